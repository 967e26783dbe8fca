import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Checkpoint, TrailPage } from '../../src/audit/schema.ts'
import type { Client } from '../support/client.ts'

/** Reads the whole trail as one person, a page after the other. */
export async function readWhole(reader: Client, limit = 7): Promise<TrailPage[]> {
  const pages: TrailPage[] = []
  for (let after = ''; ; ) {
    const { status, body, text } = await reader.get(`/v1/audit?limit=${String(limit)}${after}`)
    if (status !== 200) throw new Error(`the trail cannot be read: ${text}`)
    pages.push(body)
    if (body.next === null) return pages
    after = `&after=${String(body.next)}`
  }
}

export const itemsOf = (pages: readonly TrailPage[]) => pages.flatMap(({ items }) => items)

const script = path.resolve(import.meta.dirname, '../../scripts/verify-audit.ts')

/** What the independent verifier says of exports, a verdict each, and how it exits. It is run once for all of them. */
export async function verify(exports: readonly (readonly unknown[])[], ...options: string[]) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guvoh-audit-'))
  try {
    const files = exports.map((_, index) => path.join(folder, `${String(index)}.jsonl`))
    for (const [index, lines] of exports.entries())
      await writeFile(
        files[index] ?? '',
        lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
      )
    const { code, stdout } = await run([...options, ...files])
    const verdicts = stdout
      .trim()
      .split('\n')
      .map((line) => line.slice(line.indexOf(': ') + 2))
    return { code, verdicts }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function run(args: readonly string[]): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--import', 'tsx', script, ...args], (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout: stdout || stderr })
    })
  })
}

export const remembering = ({ size, root }: Pick<Checkpoint, 'size' | 'root'>) => [
  '--remember',
  `${String(size)}:${root}`,
]
