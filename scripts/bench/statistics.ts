import { checkRelease } from '../../src/statistics/checker/check.ts'
import { protect } from '../../src/statistics/protection/protect.ts'
import { attackRelease } from '../statistics/attacks/attack.ts'
import { counterOf, smallestOther, thresholdOnly } from '../statistics/attacks/naive.ts'
import type { Published } from '../statistics/attacks/published.ts'
import { drawsFrom, invent, type Invented, type Wish } from '../statistics/synthetic-records.ts'

// What the protection of statistics keeps and costs, on invented records, with every organisation and pair an insider;
// and beside it what is often done instead, with how much of it is broken. Arguments: numbers of records.

const CUBES = {
  'three dimensions': { sizes: [6, 8, 9], margins: 3, organisations: 5, seed: 1 },
  'six dimensions': { sizes: [10, 9, 7, 5, 4, 7], margins: 2, organisations: 5, seed: 1 },
}
/** Under other coins the same records keep a little more or less. */
const KEYS = Array.from({ length: 10 }, (_, key) => `key ${key}`)
const COMPARED = 1200

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const secondsSince = (began: number) => `${((performance.now() - began) / 1000).toFixed(1)} s`

const sizes = process.argv.slice(2).map(Number)
for (const [name, cube] of Object.entries(CUBES))
  for (const records of sizes.length > 0 ? sizes : [1200, 5000, 20_000]) {
    const wish = { ...cube, records }
    await measure(`${name}, ${records} records`, wish)
    if (records === COMPARED) await compare(name, invent(wish))
  }

async function measure(name: string, wish: Wish): Promise<void> {
  const { cube, records } = invent(wish)
  const verdict = await protect(cube, records, { draw: drawsFrom('a fixed key') })
  if (verdict.verdict === 'refused') return console.log(`${name}: refused. ${verdict.reason}`)
  const { cells, certificate, figures } = verdict
  const began = performance.now()
  checkRelease({ cube, cells, records, certificate })
  const facts = [
    `${figures.cells_shown} of ${figures.cells} cells`,
    `persons shown: one-way ${percent(figures.persons_shown_1)}, two-way ${percent(figures.persons_shown_2)}`,
    `${figures.witnesses} witnesses`,
    `${figures.seconds.toFixed(1)} s`,
    `checked in ${secondsSince(began)}`,
    `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most`,
  ]
  console.log(`${name}: ${facts.join(', ')}`)
}

/** Ours under several coins; then the same table as others would publish it; each attacked. */
async function compare(name: string, { cube, records }: Invented): Promise<void> {
  const { dims, threshold } = cube
  const shares: number[] = []
  for (const key of KEYS) {
    const verdict = await protect(cube, records, { draw: drawsFrom(key) })
    if (verdict.verdict === 'released') shares.push(verdict.figures.persons_shown_2)
  }
  const [least, most] = [Math.min(...shares), Math.max(...shares)]
  console.log(`${name}, under ${shares.length} other coins: two-way ${percent(least)} to ${percent(most)}`)
  const verdict = await protect(cube, records, { draw: drawsFrom('a fixed key') })
  if (verdict.verdict === 'refused') return
  const naive = { dims, rows: records.rows, threshold }
  const places = verdict.cells.map(({ at }) => at)
  await attacked(`${name}, ours`, { cube, records }, { dims, cells: verdict.cells })
  await attacked(`${name}, threshold only`, { cube, records }, thresholdOnly(naive, places))
  await attacked(`${name}, smallest other cell hidden too`, { cube, records }, smallestOther(naive, places))
}

async function attacked(name: string, { cube, records }: Invented, published: Published): Promise<void> {
  const { rows, organisations: owners = [] } = records
  const effort = { insiders: 3, pieces: 6, cells: 40, whole: 3 }
  const findings = await attackRelease({ published, rows, owners, threshold: cube.threshold, effort })
  const broken = findings.map(
    ({ attack, targets, recovered, proved }) => `${attack} ${recovered} recovered and ${proved} proved of ${targets}`,
  )
  const count = counterOf(published.dims, rows)
  const twoWay = published.cells.filter(({ at }) => Object.keys(at).length === 2)
  const persons = (cells: Published['cells']) => cells.reduce((sum, { at }) => sum + count(at), 0)
  const shown = published.cells.filter(({ lo }) => lo !== undefined)
  const share = persons(twoWay.filter((cell) => shown.includes(cell))) / persons(twoWay)
  console.log(`${name}: ${shown.length} cells, two-way ${percent(share)}; ${broken.join('; ')}`)
}
