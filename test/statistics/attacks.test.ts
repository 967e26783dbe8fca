import { expect, test } from 'vitest'
import { attackRelease, type Finding } from '../../scripts/statistics/attacks/attack.ts'
import { average } from '../../scripts/statistics/attacks/averaging.ts'
import { noisy, smallestOther, thresholdOnly, counterOf } from '../../scripts/statistics/attacks/naive.ts'
import { broken, type Published } from '../../scripts/statistics/attacks/published.ts'
import { provedShare } from '../../scripts/statistics/attacks/shares.ts'
import { drawsFrom, invent, type Invented, seeded } from '../../scripts/statistics/synthetic-records.ts'
import { protect } from '../../src/statistics/protection/protect.ts'

const table = invent({ sizes: [3, 4, 3], margins: 2, records: 160, organisations: 3, seed: 8 })

async function released({ cube, records }: Invented): Promise<Published> {
  const verdict = await protect(cube, records, { draw: drawsFrom('test'), useful_share: 0 })
  if (verdict.verdict === 'refused') throw new Error(verdict.reason)
  return { dims: cube.dims, cells: verdict.cells }
}

const effort = { insiders: 10, pieces: 1, cells: 100, whole: 100 }
const attacked = (published: Published): Promise<Finding[]> => {
  const { rows, organisations = [] } = table.records
  return attackRelease({ published, rows, owners: organisations, threshold: 10, effort })
}
const naive = { dims: table.cube.dims, rows: table.records.rows, threshold: 10 }
const ATTACKS = ['elimination', 'linear programs', 'integer programs', 'single organisations', 'pairs of organisations']

test('no attack on one release recovers or proves anything: not sums, not programs, not an insider', async () => {
  const findings = await attacked(await released(table))

  expect(findings.map(({ attack }) => attack)).toEqual([...ATTACKS, 'single records'])
  for (const { attack, targets, ...found } of findings)
    expect({ attack, isTried: targets > 0, ...found }).toEqual({ attack, isTried: true, recovered: 0, proved: 0 })
})

test('each of these attacks breaks a table in which only the small is hidden', async () => {
  const { cells } = await released(table)

  const findings = await attacked(
    thresholdOnly(
      naive,
      cells.map(({ at }) => at),
    ),
  )

  for (const { attack, recovered, proved } of findings)
    expect({ attack, isBroken: recovered > 0 && proved > 0 }).toEqual({ attack, isBroken: true })
})

test('most of them break the textbook rule, which hides the smallest other cell too', async () => {
  const { cells } = await released(table)

  const findings = await attacked(
    smallestOther(
      naive,
      cells.map(({ at }) => at),
    ),
  )

  for (const { attack, proved } of findings.filter((finding) => ATTACKS.includes(finding.attack)))
    expect({ attack, isBroken: proved > 0 }).toEqual({ attack, isBroken: true })
})

test('the mean of a thousand answers says no more than one, and finds what fresh noise was to hide', async () => {
  const small = invent({ sizes: [2, 3], margins: 2, records: 60, organisations: 0, seed: 2 })
  const { dims } = small.cube
  const { rows } = small.records
  const count = counterOf(dims, rows)
  const answers: Published[] = []
  for (let again = 0; again < 1000; again += 1) answers.push(await released(small))
  const random = seeded(3)
  const cells = answers[0]?.cells.map(({ at }) => at) ?? []
  const noise = answers.map(() => noisy({ dims, rows, threshold: 10 }, cells, random))

  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(broken(average(answers), 10, count).recovered).toBe(0)
  expect(broken(average(noise), 10, count).recovered).toBeGreaterThan(0)
}, 60_000)

test('in no shown group four fifths provably fall into one sensitive category', async () => {
  const [first, ...others] = table.cube.dims
  if (first === undefined) throw new Error('three dimensions')
  const sensitive = { ...first, sensitive: true }
  const rows = table.records.rows.map(([, ...rest], record) => [record % 9 === 0 ? 1 : 0, ...rest])
  const cube = { ...table.cube, dims: [sensitive, ...others], organisations: [] }
  const ours = await released({ cube, records: { rows } })
  const theirs = thresholdOnly(
    { dims: cube.dims, rows, threshold: 10 },
    ours.cells.map(({ at }) => at),
  )

  expect(await provedShare(ours, sensitive)).toBeLessThanOrEqual(0.8)
  expect(await provedShare(theirs, sensitive)).toBeGreaterThan(0.8)
})
