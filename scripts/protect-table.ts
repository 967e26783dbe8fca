import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { protect } from '../src/statistics/protection/protect.ts'
import type { Certificate, Figures, ReleasedCell } from '../src/statistics/protection/types.ts'
import { type Input, readInput } from './statistics/input.ts'
import { hashOf } from './statistics/release-files.ts'
import { asDataPackage, asTidyCsv } from './statistics/tidy-csv.ts'
import { drawsFrom } from './statistics/synthetic-records.ts'

const usage = `protect-table --cube CUBE.json --records RECORDS.csv --out DIR

  Writes what may be shown of a table: release.json, release.csv with its datapackage.json, and certificate.json,
  which is not to be published. Exit 1 when the cube cannot be protected, 2 when the input makes no sense.`

await main().catch((error: unknown) => {
  console.error(`protect-table: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  process.exitCode = 2
})

async function main(): Promise<void> {
  const { cube: cubeFile, records: recordsFile, out } = options()
  if (cubeFile === undefined || recordsFile === undefined || out === undefined) throw new Error(`usage: ${usage}`)
  const input = await readInput(cubeFile, recordsFile)
  const key = input.seed === undefined ? randomBytes(32).toString('hex') : String(input.seed)
  const { cube, records, earlier } = input
  const verdict = await protect(cube, records, { draw: drawsFrom(key), earlier })
  if (verdict.verdict === 'refused') {
    const works = verdict.works_with
    const instead = works === undefined ? '' : ` What works: tables of ${works.margins}${leftOut(works.leave_out)}.`
    console.error(`protect-table: refused. ${verdict.reason}${instead}`)
    process.exitCode = 1
    return
  }
  await write(out, input, verdict)
  console.log(lineOf(verdict.figures))
}

function options() {
  const text = { type: 'string' } as const
  return parseArgs({ options: { cube: text, records: text, out: text } }).values
}

const leftOut = (names: readonly string[]) => (names.length === 0 ? '' : ` without ${names.join(', ')}`)

type Released = { readonly cells: readonly ReleasedCell[]; readonly certificate: Certificate }

async function write(out: string, { cube, population }: Input, { cells, certificate }: Released): Promise<void> {
  const shown = cells.map((cell) => {
    if ('structural_zero' in cell) return { at: cell.at, value: 0 }
    if ('hidden' in cell) return cell
    return cell.lo === cell.hi ? { at: cell.at, value: cell.value } : { at: cell.at, lo: cell.lo, hi: cell.hi }
  })
  const release = { cube: { dims: cube.dims }, releases: [{ id: 'release', population, cells: shown }] }
  const files = {
    'release.json': JSON.stringify(release),
    'release.csv': asTidyCsv(cube.dims, cells),
    'datapackage.json': asDataPackage(cube.dims, population),
  }
  const sha256 = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, hashOf(text)]))
  await mkdir(out, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(out, name), text)
  await writeFile(path.join(out, 'certificate.json'), JSON.stringify({ sha256, ...certificate }), { mode: 0o600 })
}

function lineOf(figures: Figures): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  return [
    `cells shown ${figures.cells_shown} of ${figures.cells}`,
    `persons shown in one-way tables ${percent(figures.persons_shown_1)}, in two-way tables ${percent(figures.persons_shown_2)}`,
    `${figures.seconds.toFixed(1)} s`,
    `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  ].join('; ')
}
