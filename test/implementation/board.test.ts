import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { EventType, MeasureStatus } from '../../src/implementation/schema.ts'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

type Group = { key: string; decisions: number; measures: number; by_status: Record<string, number>; payments: object[] }

const board = async (query = '') => {
  const { status, body } = await lawyer.get(`/v1/implementation/board${query}`)
  expect(status).toBe(200)
  return body
}
const counts = (groups: Group[]) => Object.fromEntries(groups.map(({ key, decisions }) => [key, decisions]))
const measures = (groups: Group[]) => Object.fromEntries(groups.map((group) => [group.key, group.measures]))
/** What is not zero. */
const told = (found: Record<string, number>) =>
  Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0))

// Counted by hand, row by row, over schemas/reference/views.json.
test('the totals of the 24 public decisions are those of a count by hand', async () => {
  const { public: all } = await board()

  expect([all.decisions, all.measures, all.share_implemented]).toEqual([24, 69, 0])
  expect(counts(all.by_state)).toEqual({ KZ: 9, KG: 5, TJ: 3, TM: 3, UZ: 4 })
  expect(measures(all.by_state)).toEqual({ KZ: 29, KG: 12, TJ: 8, TM: 13, UZ: 7 })
  expect(counts(all.by_committee)).toEqual({ CCPR: 19, CAT: 4, CEDAW: 1 })
  expect(counts(all.by_year)).toEqual({
    2003: 1,
    2004: 1,
    2007: 1,
    2009: 1,
    2010: 1,
    2011: 2,
    2012: 1,
    2013: 1,
    2014: 4,
    2015: 3,
    2016: 1,
    2017: 3,
    2018: 2,
    2019: 1,
    2023: 1,
  })
})

test('how the public measures stand, what was ordered and what is not known, by hand', async () => {
  const { public: all } = await board()

  expect(told(all.by_status)).toEqual({
    partly_implemented: 3,
    refused: 3,
    not_started: 2,
    no_longer_possible: 1,
    unknown: 60,
  })
  // No public fact says that a State replied, and no row has the day of transmittal.
  expect(told(all.replies)).toEqual({ possibly_overdue: 24 })
  expect(all.payments).toEqual([
    { currency: 'KGS', ordered_minor: 20_000_000, paid_minor: 0, left_minor: 20_000_000 },
    { currency: 'KZT', ordered_minor: 200_000_000, paid_minor: 0, left_minor: 200_000_000 },
  ])
  expect(counts(all.by_certainty)).toEqual({ high: 7, medium: 5, low: 12 })
})

test('articles and remedies, by hand', async () => {
  const { public: all } = await board()
  const articles = counts(all.by_article)
  const remedies = measures(all.by_remedy)

  expect([articles['CAT-12'], articles['CCPR-7'], articles['CCPR-6-1'], articles['CCPR-18-1']]).toEqual([4, 10, 4, 2])
  expect([remedies['compensate'], remedies['investigate'], remedies['release'], remedies['publish_views']]).toEqual([
    20, 10, 4, 1,
  ])
})

test('the board of one State, one committee, one year, an article with its paragraphs, a remedy', async () => {
  const of = async (query: string) => {
    const { public: found } = await board(query)
    return [found.decisions, found.measures]
  }

  expect(await of('?state=KZ&committee=CAT')).toEqual([4, 13])
  expect(await of('?year=2014')).toEqual([4, 14])
  // CCPR-9 itself in 2137 and 2069, its first paragraph in 2231, its second and third in 1096.
  expect(await of('?article=CCPR-9')).toEqual([4, 16])
  expect(await of('?remedy=release')).toEqual([4, 4])
  expect(await of('?state=UZ&remedy=release')).toEqual([0, 0])
  expect((await lawyer.get('/v1/implementation/board?state=XX')).status).toBe(400)
})

test('ours stand beside what is public, and only those of my own cases', async () => {
  const id = await openCase(lawyer)
  const legal = {
    mechanism: 'CAT-22',
    state: 'KZ',
    adopted_on: '2020-05-20',
    transmitted_on: '2020-06-01',
    outcome: 'violation',
    findings: [
      { article: 'CAT-1', finding: 'violation' },
      { article: 'CAT-15', finding: 'no_violation' },
    ],
  }
  const path = `/v1/cases/${id}/decisions`
  const decision = (await lawyer.post(path, { legal })).body.id
  const measure = { legal: { remedy: 'compensate', level: 'individual', responsible: 'Ministry of Finance' } }
  const measure_id = (await lawyer.post(`${path}/${decision}/measures`, measure)).body.id
  const pay = (event: string, amount_minor: number, more: object = {}) =>
    lawyer.post(`${path}/${decision}/events`, {
      measure_id,
      legal: { event, on: '2021-01-01', money: { amount_minor, currency: 'KZT' }, ...more },
    })
  await pay('payment_ordered', 1_000, { status: 'partly_implemented' })
  await pay('payment_made', 400)

  const mine = await board()
  const theirs = (await app.as('intake').get('/v1/implementation/board')).body

  expect(mine.own).toMatchObject({
    decisions: 1,
    measures: 1,
    replies: { overdue: 1 },
    by_status: { partly_implemented: 1 },
    payments: [{ currency: 'KZT', ordered_minor: 1_000, paid_minor: 400, left_minor: 600 }],
  })
  expect(counts(mine.own.by_article)).toEqual({ 'CAT-1': 1 })
  expect([mine.public.decisions, theirs.own.decisions, theirs.public.decisions]).toEqual([24, 0, 24])
})

test('the codes are those of the model', () => {
  const file = new URL('../../schemas/reference/implementation_model.json', import.meta.url)
  const Model = z.looseObject({ event_types: z.array(z.string()), measure_status: z.array(z.string()) })
  const model = Model.parse(JSON.parse(readFileSync(file, 'utf8')))

  expect(EventType.options).toEqual(model.event_types)
  expect(MeasureStatus.options).toEqual(model.measure_status)
})
