import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { checkRelease } from '../src/statistics/checker/check.ts'
import { readInput, readJson } from './statistics/input.ts'

const usage = `check-release --cube CUBE.json --records RECORDS.csv DIR

  Counts again, in whole numbers, all that the certificate in DIR says of the release beside it. Exit 1 and the cell
  where it does not hold.`

const at = z.record(z.string(), z.string())
const Cell = z.strictObject({
  at,
  value: z.int().exactOptional(),
  lo: z.int().exactOptional(),
  hi: z.int().exactOptional(),
  hidden: z.literal(true).exactOptional(),
})
const Release = z.object({ releases: z.tuple([z.object({ cells: z.array(Cell) })]) })
const Certificate = z.object({
  release_sha256: z.string(),
  records: z.int(),
  threshold: z.int(),
  also_deniable: z.array(at),
  views: z.array(z.object({ knows: z.array(z.int()), witnesses: z.array(z.array(z.array(z.int()))) })),
})

await main().catch((error: unknown) => {
  console.error(`check-release: REFUSED ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({ options: { cube: text, records: text }, allowPositionals: true })
  const [directory] = positionals
  if (values.cube === undefined || values.records === undefined || directory === undefined)
    throw new Error(`usage: ${usage}`)
  const { cube, records, earlier } = await readInput(values.cube, values.records)
  const file = path.join(directory, 'release.json')
  const certificate = await readJson(path.join(directory, 'certificate.json'), Certificate)
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
  if (hash !== certificate.release_sha256) throw new Error('the certificate is for other bytes')
  const { releases } = await readJson(file, Release)
  const cells = releases[0].cells.map(({ value, ...cell }) => {
    const zero = value === 0 && (cube.structural_zeros ?? []).some((zeros) => isWithin(cell.at, zeros))
    if (zero) return { at: cell.at, structural_zero: true }
    return value === undefined ? cell : { ...cell, lo: value, hi: value }
  })
  const began = performance.now()
  checkRelease({ cube, cells, records, earlier, certificate })
  console.log(`check-release: ACCEPTED ${cells.length} cells in ${((performance.now() - began) / 1000).toFixed(2)} s`)
}

const isWithin = (cell: Record<string, string>, zeros: Readonly<Record<string, string>>): boolean =>
  Object.entries(zeros).every(([name, code]) => cell[name] === code)
