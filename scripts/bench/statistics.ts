import { protect } from '../../src/statistics/protection/protect.ts'
import { drawsFrom, invent, type Wish } from '../statistics/synthetic-records.ts'

// What the protection of statistics keeps and costs, on invented records, with every organisation and pair an insider.

const THREE = { sizes: [6, 8, 9], margins: 3, organisations: 5, seed: 1 }
const SIX = { sizes: [10, 9, 7, 5, 4, 7], margins: 2, organisations: 5, seed: 1 }
const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`

const sizes = process.argv.slice(2).map(Number)
for (const records of sizes.length > 0 ? sizes : [1200]) {
  await measure('three dimensions', { ...THREE, records })
  await measure('six dimensions', { ...SIX, records })
}

async function measure(name: string, wish: Wish): Promise<void> {
  const { cube, records } = invent(wish)
  const verdict = await protect(cube, records, { draw: drawsFrom('a fixed key') })
  if (verdict.verdict === 'refused') return console.log(`${name}, ${wish.records} records: refused. ${verdict.reason}`)
  const { figures } = verdict
  const facts = [
    `${figures.cells_shown} of ${figures.cells} cells`,
    `persons shown: one-way ${percent(figures.persons_shown_1)}, two-way ${percent(figures.persons_shown_2)}`,
    `${figures.witnesses} witnesses`,
    `${figures.seconds.toFixed(1)} s`,
    megabytes(process.memoryUsage.rss()),
  ]
  console.log(`${name}, ${wish.records} records: ${facts.join(', ')}`)
}
