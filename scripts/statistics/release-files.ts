import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readInput, readJson } from './input.ts'

/** What protect-table writes and others read. */

const at = z.record(z.string(), z.string())
/** As a fact: from lo to hi. A hidden one tells nothing else. */
const Cell = z.union([
  z.strictObject({ at, hidden: z.literal(true) }),
  z.strictObject({ at, lo: z.int(), hi: z.int() }),
  z.strictObject({ at, value: z.int() }).transform(({ value, ...cell }) => ({ ...cell, lo: value, hi: value })),
])
const codes = { name: z.string(), leaves: z.array(z.string()) }
const Dim = z.object({ ...codes, groups: z.array(z.object(codes)).exactOptional() })
const Release = z.object({
  cube: z.object({ dims: z.array(Dim) }),
  releases: z.tuple([z.object({ id: z.string(), within: at.exactOptional(), cells: z.array(Cell) })]),
})
const Certificate = z.object({
  sha256: z.record(z.string(), z.string()),
  records: z.int(),
  threshold: z.int(),
  also_deniable: z.array(at),
  views: z.array(z.object({ knows: z.array(z.int()), witnesses: z.array(z.array(z.array(z.int()))) })),
})

/** The published bytes alone. */
export async function readRelease(directory: string) {
  const { cube, releases } = await readJson(path.join(directory, 'release.json'), Release)
  return { dims: cube.dims, ...releases[0] }
}

const NO_LIMIT = 1_000_000_000

/** What earlier releases of the same people have told, as facts of the next. */
export async function factsIn(directories: readonly string[]) {
  const releases = await Promise.all(directories.map(readRelease))
  return releases.flatMap(({ cells, within = {} }) =>
    cells.map((cell) => {
      const at = { ...cell.at, ...within }
      return 'hidden' in cell ? { at, lo: 0, hi: NO_LIMIT, hidden: true as const } : { at, lo: cell.lo, hi: cell.hi }
    }),
  )
}

/** All that a release is checked against: --cube CUBE.json --records RECORDS.csv [--earlier DIR]... DIR */
export async function readChecked(args: readonly string[]) {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { cube: text, records: text, earlier: { ...text, multiple: true } },
    allowPositionals: true,
  })
  const [directory] = positionals
  if (values.cube === undefined || values.records === undefined || directory === undefined)
    throw new Error('nothing: name --cube CUBE.json --records RECORDS.csv DIR')
  const { cube, records, earlier } = await readInput(values.cube, values.records)
  const facts = [...earlier, ...(await factsIn(values.earlier ?? []))]
  return { cube, records, earlier: facts, ...(await readCertified(directory)) }
}

/** A release and the certificate that was made for exactly these files. */
async function readCertified(directory: string) {
  const certificate = await readJson(path.join(directory, 'certificate.json'), Certificate)
  if (certificate.sha256['release.json'] === undefined) throw new Error('the certificate names no release')
  for (const [file, hash] of Object.entries(certificate.sha256)) {
    const bytes = await readFile(path.join(directory, file)).catch(() => undefined)
    if (bytes === undefined || hashOf(bytes) !== hash) throw new Error(`${file}: the certificate is for other bytes`)
  }
  const { cells } = await readRelease(directory)
  return { cells, certificate }
}

export const hashOf = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
