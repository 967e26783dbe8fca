import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { protect } from '../src/statistics/protection/protect.ts'
import type { Certificate, Figures, ReleasedCell } from '../src/statistics/protection/types.ts'
import { type Input, readInput } from './statistics/input.ts'
import { filesOf } from '../src/statistics/publication/package.ts'
import { factsIn, hashOf } from './statistics/release-files.ts'
import { tableOf } from './statistics/table-of.ts'
import { drawsFrom } from './statistics/synthetic-records.ts'

const usage = `protect-table --cube CUBE.json --records RECORDS.csv --out DIR [--earlier DIR]...

  Writes what may be shown of a table: release.json; the same as CSV in a data package, CSVW, DCAT, SDMX-CSV, XLSX and
  SVG; and certificate.json, which is not to be published. What was released of the same people before is named with
  --earlier; where that was a part of them, its cube says which: "within": {"quarter": "2026-Q1"}, and this cube has
  the dimension, "only_earlier": true. Exit 1 when the cube cannot be protected, 2 when the input makes no sense.`

await main().catch((error: unknown) => {
  console.error(`protect-table: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  process.exitCode = 2
})

async function main(): Promise<void> {
  const { help, ...values } = options()
  if (help) return console.log(usage)
  await make(values)
}

async function make({ cube: cubeFile, records: recordsFile, out, earlier: before = [] }: Asked): Promise<void> {
  if (cubeFile === undefined || recordsFile === undefined || out === undefined) throw new Error(`usage: ${usage}`)
  const input = await readInput(cubeFile, recordsFile)
  const key = input.seed === undefined ? randomBytes(32).toString('hex') : String(input.seed)
  const { cube, records } = input
  const earlier = [...input.earlier, ...(await factsIn(before))]
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
  const earlier = { type: 'string', multiple: true } as const
  const help = { type: 'boolean', default: false } as const
  return parseArgs({ options: { cube: text, records: text, out: text, earlier, help } }).values
}

type Asked = Omit<ReturnType<typeof options>, 'help'>

const leftOut = (names: readonly string[]) => (names.length === 0 ? '' : ` without ${names.join(', ')}`)

type Released = { readonly cells: readonly ReleasedCell[]; readonly certificate: Certificate }

async function write(out: string, input: Input, { cells, certificate }: Released): Promise<void> {
  const { cube, population, within } = input
  const shown = cells.map((cell) => {
    if ('structural_zero' in cell) return { at: cell.at, value: 0 }
    if ('hidden' in cell) return cell
    return cell.lo === cell.hi ? { at: cell.at, value: cell.value } : { at: cell.at, lo: cell.lo, hi: cell.hi }
  })
  const part = within === undefined ? {} : { within }
  const id = identifierOf(JSON.stringify([within, shown]))
  const release = { cube: { dims: cube.dims }, releases: [{ id, population, ...part, cells: shown }] }
  const files = [
    ['release.json', JSON.stringify(release)] as const,
    ...(await filesOf(tableOf({ ...input, id }, cells))),
  ]
  const sha256 = Object.fromEntries(files.map(([name, content]) => [name, hashOf(content)]))
  await mkdir(out, { recursive: true })
  for (const [name, content] of files) await writeFile(path.join(out, name), content)
  await writeFile(path.join(out, 'certificate.json'), JSON.stringify({ sha256, ...certificate }), { mode: 0o600 })
}

/** A UUID that hangs on what is published alone: the same table has the same bytes. */
function identifierOf(text: string): string {
  const [, a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(hashOf(text)) ?? []
  return [a, b, `8${String(c)}`, `8${String(d)}`, e].join('-')
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
