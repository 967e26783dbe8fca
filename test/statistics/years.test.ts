import { beforeAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { definition, many, releasing, type Told } from './releasing.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const { registered, declared, make } = releasing(app)

type Figure = { at: string[]; shown: { low: number; high: number; value: number } | null }

const YEAR = 2025
const firstDays = ['02-10', '05-10', '08-10', '11-10'].map((day) => `${String(YEAR)}-${day}`)
const quarters = ['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => `${String(YEAR)}-${quarter}`)

const figuresOf = async (id: string): Promise<Figure[]> =>
  (await coordinator.get(`/v1/statistics/releases/${id}`)).body.entry.figures
const totalIn = (figures: Figure[]) => figures.find(({ at }) => at.every((code) => code === '_T'))?.shown

/** The last event, which must be a release. */
async function releasedOf(cube: string, period: string): Promise<string> {
  const { events, text } = await make(cube, period)
  if (events.at(-1)?.event !== 'done') throw new Error(`was not released: ${text}`)
  return events.at(-1)?.data.id
}

let cube: string
const byQuarter: Figure[][] = []
beforeAll(async () => {
  for (const day of firstDays) for (const told of many) await registered(told, day)
  cube = await declared()
  for (const quarter of quarters) byQuarter.push(await figuresOf(await releasedOf(cube, quarter)))
}, 120_000)

test('a year counts its quarters as they were released, and leaves out a few who came later', async () => {
  await registered({ people: 3, country: 'TJ' }, firstDays[1])

  const year = await figuresOf(await releasedOf(cube, String(YEAR)))

  expect(totalIn(year)).toMatchObject({ value: 4 * 703 - ((4 * 703) % 5) })
  for (const [index, { at, shown }] of year.entries()) {
    const parts = byQuarter.map((figures) => figures[index]?.shown ?? null)
    if (shown === null || parts.includes(null)) continue
    const least = parts.reduce((sum, part) => sum + (part?.low ?? 0), 0)
    const most = parts.reduce((sum, part) => sum + (part?.high ?? 0), 0)
    expect([at, shown.low <= most, shown.high >= least]).toEqual([at, true, true])
  }
}, 60_000)

test('a quarter without a table is not found by taking the others from the year', async () => {
  const few: Told[] = [{ people: 120 }, { people: 60, country: 'TJ' }, { people: 4, sex: 'female', country: 'KZ' }]
  for (const day of ['2024-02-10', '2024-05-10', '2024-08-10']) for (const told of many) await registered(told, day)
  for (const told of few) await registered(told, '2024-11-10')
  const shown: Figure[][] = []
  for (const quarter of ['2024-Q1', '2024-Q2', '2024-Q3']) shown.push(await figuresOf(await releasedOf(cube, quarter)))

  const { events } = await make(cube, '2024')

  const done = events.filter(({ event }) => event === 'done')
  const year = (await Promise.all(done.map(({ data }) => figuresOf(data.id)))).flat()
  for (const [index, { at, shown: whole }] of year.entries()) {
    const rest = restOf(
      whole,
      shown.map((figures) => figures[index]?.shown ?? null),
    )
    if (countIn(few, at) < 10) expect([at, rest.least <= 0, rest.most >= 10]).toEqual([at, true, true])
  }
}, 120_000)

const hidden = { low: 0, high: 10_000 }

/** What is left of a whole without its parts: bounds, wide ones where something is hidden. */
function restOf(whole: Figure['shown'], parts: Figure['shown'][]) {
  const known = parts.map((part) => part ?? hidden)
  return {
    least: (whole ?? hidden).low - known.reduce((sum, { high }) => sum + high, 0),
    most: (whole ?? hidden).high - known.reduce((sum, { low }) => sum + low, 0),
  }
}

/** How many of these invented people stand in a cell of sex and country. */
const countIn = (people: Told[], [sex, country]: string[]): number =>
  people
    .filter((told) => sex === '_T' || (told.sex ?? 'male') === sex)
    .filter((told) => country === '_T' || (told.country ?? 'KG') === country)
    .reduce((sum, told) => sum + told.people, 0)

test('after the year, a quarter of it with another table is refused', async () => {
  const narrow = await declared({
    ...definition,
    dimensions: ['sex'],
    codes: { sex: definition.codes.sex },
    margins: 1,
  })

  const { status, body } = await make(narrow, quarters[0])

  expect([status, body.type]).toEqual([409, '/problems/overlaps-release'])
})

test('many who came later are counted in the year', async () => {
  const days = ['2023-02-10', '2023-05-10', '2023-08-10', '2023-11-10']
  for (const day of days) for (const told of many) await registered(told, day)
  for (const quarter of ['2023-Q1', '2023-Q2', '2023-Q3', '2023-Q4']) await releasedOf(cube, quarter)
  for (const told of many.slice(0, -1)) await registered(told, days[0])

  const year = await figuresOf(await releasedOf(cube, '2023'))

  expect(totalIn(year)?.value).toBe(4 * 703 + 700 - 2)
}, 120_000)

test('a month is released where it holds fifty people, and not in a quarter again', async () => {
  const small = await declared({ ...definition, dimensions: ['sex'], codes: { sex: definition.codes.sex }, margins: 1 })
  await registered({ people: 49 }, '2022-01-10')
  await registered({ people: 60 }, '2022-02-10')

  const few = await make(small, '2022-01')
  const enough = await make(small, '2022-02')
  const quarter = await make(small, '2022-Q1')

  expect([few.status, few.body.type]).toEqual([409, '/problems/month-too-small'])
  expect(enough.status).toBe(200)
  expect(quarter.status).toBe(enough.events.at(-1)?.event === 'done' ? 409 : 200)
}, 60_000)
