import { parseArgs } from 'node:util'
import { attackLedger } from './statistics/attacks/attack-ledger.ts'
import { attackRelease, type Finding } from './statistics/attacks/attack.ts'
import { boundsOf, piecesOf } from './statistics/attacks/bounds.ts'
import { difference } from './statistics/attacks/elimination.ts'
import { ledgerOf, naiveLedger, protectedLedger } from './statistics/attacks/ledger.ts'
import { smallestOther, thresholdOnly } from './statistics/attacks/naive.ts'
import {
  possibleWorlds,
  protectedBy,
  protectedWith,
  thresholdOnly as smallHidden,
  tiny,
  worldsBehind,
} from './statistics/attacks/possible-worlds.ts'
import { type Bound, hiddenIn, keyOf, type Published, together } from './statistics/attacks/published.ts'
import { attempt, wishesOf } from './statistics/attacks/random-sets.ts'
import { totalsOf } from './statistics/attacks/totals.ts'
import { readCube, readInput } from './statistics/input.ts'
import { readRelease } from './statistics/release-files.ts'
import { drawsFrom } from './statistics/synthetic-records.ts'

const USAGE = `attack-release DIR
  What the published files of protect-table prove: subtraction, linear programs, integer programs.
attack-release --ledger DIR...
  The same of many releases side by side: each two of them, and all at once.
attack-release --cube CUBE.json --records RECORDS.csv DIR
  The same told apart from what is true, with organisations, pairs of them and known records; beside naive tables.
attack-release --worlds --cube CUBE.json --most N DIR
  The reader with this program: all fillings up to N records that lead to these files. For tiny tables; the cube must
  have a seed, which the reader is given for everything but the coins.

Without files, on invented data:
attack-release --random SETS --seed N      tables of all sizes
attack-release --years YEARS --seed N      quarters, years and late corrections
attack-release --fillings 2x3 --most N     the reader with this program, and every filling up to N records

Exit 1 where anything was found.`

/** Integer programs take long where they find nothing: so many of each piece. */
const WHOLE_MAX = 6

try {
  process.exitCode = (await main()) ? 1 : 0
} catch (error) {
  console.error(`attack-release: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}

async function main(): Promise<boolean> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values, positionals } = parseArgs({
    options: {
      cube: text,
      records: text,
      random: text,
      years: text,
      fillings: text,
      ledger: flag,
      worlds: flag,
      help: flag,
      most: text,
      seed: text,
      threshold: text,
    },
    allowPositionals: true,
  })
  if (values.help) return help()
  const seed = numberIn(values.seed, 1)
  if (values.random !== undefined) return randomSets(numberIn(values.random), seed)
  if (values.years !== undefined) return ledger(numberIn(values.years), seed)
  if (values.fillings !== undefined) return worlds(values.fillings, numberIn(values.most, 6))
  return published(values, positionals)
}

type Asked = {
  readonly cube?: string
  readonly records?: string
  readonly threshold?: string
  readonly most?: string
  readonly worlds: boolean
}

function published({ cube, records, ...values }: Asked, positionals: readonly string[]): Promise<boolean> {
  const [directory] = positionals
  if (directory === undefined) throw new Error(`usage:\n${USAGE}`)
  if (values.worlds && cube !== undefined) return behind(directory, cube, numberIn(values.most, 9))
  if (cube === undefined || records === undefined) return readers(positionals, numberIn(values.threshold, 10))
  return withTheTruth(directory, cube, records)
}

function help(): boolean {
  console.log(USAGE)
  return false
}

function numberIn(text: string | undefined, otherwise?: number): number {
  const number = text === undefined ? otherwise : Number(text)
  if (number === undefined || !Number.isSafeInteger(number) || number < 1) throw new Error(`usage:\n${USAGE}`)
  return number
}

function isFound(findings: readonly Finding[]): boolean {
  return findings.some(({ recovered, proved }) => recovered + proved > 0)
}

function print(name: string, findings: readonly Finding[]): void {
  for (const { attack, targets, recovered, proved } of findings)
    console.log(`${name}, ${attack}: of ${targets} small cells ${recovered} recovered, ${proved} proved`)
}

/** What anybody can compute: without the truth, a proof that few are there, or that somebody is. */
async function readers(directories: readonly string[], threshold: number): Promise<boolean> {
  const releases = await Promise.all(directories.map(readRelease))
  const all = together(releases)
  const hidden = new Set(hiddenIn(all).map(keyOf))
  const differences = difference(releases).filter(({ at }) => hidden.has(keyOf(at)))
  const programs: Bound[] = []
  const wholes: Bound[] = []
  for (const piece of piecesOf(all)) {
    const targets = hiddenIn(piece)
    programs.push(...(await boundsOf(piece, { knows: [], targets, whole: false })))
    wholes.push(...(await boundsOf(piece, { knows: [], targets: targets.slice(-WHOLE_MAX), whole: true })))
  }
  const told = ([attack, bounds]: readonly [string, readonly Bound[]]): boolean => {
    const exact = bounds.filter(({ least, most }) => least === most).length
    const few = bounds.filter(({ most }) => most < threshold).length
    const some = bounds.filter(({ least }) => least > 0 && least < threshold).length
    console.log(
      `${attack}: of ${hidden.size} hidden cells ${exact} recovered, ${few} proved to be small, ${some} not empty`,
    )
    return exact + few > 0
  }
  return (
    [
      ['subtraction', differences],
      ['linear programs', programs],
      [`integer programs, ${wholes.length} cells`, wholes],
    ] as const
  )
    .map(told)
    .includes(true)
}

async function withTheTruth(directory: string, cubeFile: string, recordsFile: string): Promise<boolean> {
  const { cube, records } = await readInput(cubeFile, recordsFile)
  const { dims, threshold } = cube
  const { rows } = records
  const owners = 'organisations' in records ? records.organisations : []
  const release = await readRelease(directory)
  const places = release.cells.map(({ at }) => at)
  const naive = { dims, rows, threshold }
  const effort = { insiders: 6, pieces: 8, cells: 60, whole: 5 }
  const attack = (published: Published) => attackRelease({ published, rows, owners, threshold, effort })
  const ours = await attack(release)
  print('this release', ours)
  print('only the small hidden', await attack(thresholdOnly(naive, places)))
  print('the smallest other cell hidden too', await attack(smallestOther(naive, places)))
  return isFound(ours)
}

async function randomSets(sets: number, seed: number): Promise<boolean> {
  const [ours, naive]: [Finding[], Finding[]] = [[], []]
  let certified = 0
  for (const [index, wish] of wishesOf(sets, seed).entries()) {
    const tried = await attempt(wish, { insiders: 2, pieces: 2, cells: 8, whole: 1 })
    ours.push(...tried.ours)
    naive.push(...tried.naive)
    if (tried.verdict === 'certified') certified += 1
    const { sizes, margins, records, organisations } = wish
    const what = `${records} records, ${sizes.join('x')} in ${margins}s, ${organisations} organisations`
    console.log(
      `${index + 1}: ${what}: ${tried.verdict} in ${tried.seconds.toFixed(1)} s${isFound(tried.ours) ? ' BROKEN' : ''}`,
    )
  }
  console.log(`${certified} certified and accepted by the checker, ${sets - certified} refused`)
  print('ours', totalsOf(ours))
  print('only the small hidden', totalsOf(naive))
  return isFound(ours)
}

async function ledger(years: number, seed: number): Promise<boolean> {
  const wish = { years, sizes: [4, 5], records_per_quarter: 260, organisations: 3, seed }
  const ours = await attackLedger(await ledgerOf(wish, protectedLedger(String(seed))))
  print('ours', ours)
  print('only the small hidden', await attackLedger(await ledgerOf(wish, naiveLedger)))
  return isFound(ours)
}

async function behind(directory: string, cubeFile: string, most: number): Promise<boolean> {
  const { dims, margins, threshold, rounding, coin, others_threshold = 3, seed } = await readCube(cubeFile)
  const cube = { dims, margins, threshold, rounding, coin, others_threshold }
  if (seed === undefined) throw new Error(`${cubeFile}: needs a seed`)
  const { cells } = await readRelease(directory)
  const publish = protectedWith(cube, drawsFrom(String(seed)))
  const { runs, worlds: found, small, leaks } = await worldsBehind(cube, { cells, most, publish })
  if (found === 0) throw new Error('no filling of so few records leads to these files')
  console.log(`${runs} runs, ${found} lead to these files; of ${small} small cells in them ${leaks} proved`)
  return leaks > 0
}

async function worlds(size: string, most: number): Promise<boolean> {
  const [rows, columns] = size.split('x').map(Number)
  if (rows === undefined || columns === undefined || rows > 2 || columns > 3) throw new Error(`usage:\n${USAGE}`)
  const cube = tiny(rows, columns)
  const ours = await possibleWorlds(cube, most, protectedBy(cube))
  const naive = await possibleWorlds(cube, most, smallHidden(cube))
  for (const [name, found] of [
    ['ours', ours],
    ['only the small hidden', naive],
  ] as const)
    console.log(
      `${name}: ${found.runs} runs, ${found.releases} releases, ${found.smallCells} small cells, ${found.leaks} proved`,
    )
  return ours.leaks > 0
}
