import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { type Api, DemoStopped } from './api.ts'

const Page = z.looseObject({ items: z.array(z.unknown()), next: z.string().nullable() })

/** Writes the whole trail as verify-audit reads it: the pages as they came, one a line. */
export async function exportTrail(api: Api, file: string): Promise<{ events: number; pages: number }> {
  const lines: string[] = []
  let events = 0
  for (let next: string | null = ''; next !== null; ) {
    const after: string = next === '' ? '' : `&after=${next}`
    const page: z.output<typeof Page> = await api(`GET /v1/audit?limit=200${after}`, { status: 200, reply: Page })
    lines.push(JSON.stringify(page))
    events += page.items.length
    next = page.next
  }
  await writeFile(file, `${lines.join('\n')}\n`)
  return { events, pages: lines.length }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The verdict of the independent verifier, run as a process of its own. */
export async function verifyTrail(file: string): Promise<string> {
  const args = ['--import', 'tsx', 'scripts/verify-audit.ts', path.resolve(file)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((error: unknown) => {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
    throw new DemoStopped(`scripts/verify-audit refuses the export: ${said.trim()}`)
  })
  return stdout.trim().slice(path.resolve(file).length + 2)
}
