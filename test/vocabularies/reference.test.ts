import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { findTerm, termCode } from '../../src/vocabularies/service.ts'

const folder = new URL('../../schemas/reference/', import.meta.url)

const certainty = z.enum(['sourced', 'partly_sourced', 'unverified', 'not_found'])
const article = termCode('treaty_articles')
const View = z.strictObject({
  state: termCode('countries'),
  committee: termCode('treaty_bodies'),
  symbol: z.string().min(10),
  title: z.string().min(5),
  communications: z
    .array(
      z.strictObject({
        number: z.string().regex(/^\d+\/\d{4}$/),
        symbol: z.string().regex(/^(CCPR|CAT|CEDAW)\/C\/\d+\/D\/\d+\/\d{4}$/),
        submitted_on: z.iso.date().nullable(),
        transmitted_on: z.iso.date().nullable(),
      }),
    )
    .min(1),
  author: z.string().min(3),
  alleged_victim: z.string().min(3),
  counsel: z.string().nullable(),
  adopted_on: z.iso.date(),
  subject: z.string().min(5),
  violation_types: z.array(termCode('violation_types')).min(1),
  articles_claimed: z.array(article).min(1).nullable(),
  articles_claimed_note: z.string().optional(),
  articles_violated: z
    .array(
      z.strictObject({
        article,
        read_with: z.array(article).min(1).optional(),
        concerning: z.string().optional(),
        certainty: z.enum(['sourced', 'unverified']),
      }),
    )
    .min(1)
    .nullable(),
  certainty,
  certainty_note: z.string().min(5),
  remedy_codes: z.array(termCode('remedies')).min(1).nullable(),
  remedy_text: z.string().nullable(),
  state_reply_due_days: z.int().nullable(),
  state_reply_due_months: z.int().nullable(),
  interim_measures: z.string().nullable(),
  implementation_public_facts: z.array(
    z.strictObject({
      date: z.string().min(4),
      fact: z.string().min(5),
      event: z.string().optional(),
      remedy: termCode('remedies').optional(),
      amount: z.int().positive().optional(),
      currency: z.string().length(3).optional(),
      status: z.string().optional(),
    }),
  ),
  sources: z.array(z.string().min(5)).min(1),
})
const Views = z.strictObject({
  as_of: z.string(),
  rules: z.array(z.string()),
  certainty_grades: z.array(certainty),
  count: z.literal(24),
  views: z.array(View).length(24),
})

function readReference(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
}

const { views } = Views.parse(readReference('views.json'))

test('the public decisions are 24, of five States and three committees, each once', () => {
  const count = (state: string) => views.filter((view) => view.state === state).length

  expect(['KZ', 'KG', 'TJ', 'TM', 'UZ'].map(count)).toEqual([9, 5, 3, 3, 4])
  expect(new Set(views.map((view) => view.committee))).toEqual(new Set(['CAT', 'CCPR', 'CEDAW']))
  expect(new Set(views.flatMap((view) => view.communications.map(({ number }) => number))).size).toBe(25)
})

test('the symbol of a decision is made of the symbols of its communications, and these end in their numbers', () => {
  for (const { symbol, committee, communications } of views) {
    expect(symbol).toBe(communications.map((communication) => communication.symbol).join(', '))
    for (const communication of communications) {
      expect(communication.symbol).toMatch(new RegExp(`^${committee}/C/.*/${communication.number}$`))
    }
  }
})

test('a communication is submitted before it is transmitted, and transmitted before it is decided', () => {
  const outOfOrder = views.filter(({ communications, adopted_on }) =>
    communications.some(({ submitted_on, transmitted_on }) => {
      const days = [submitted_on, transmitted_on, adopted_on].filter((day) => day !== null)
      return days.join() !== [...days].sort().join()
    }),
  )

  expect(outOfOrder.map((view) => view.title)).toEqual([])
})

test('no article looks surer than the decision it stands in', () => {
  const certaintiesIn = (grade: string) =>
    new Set(
      views
        .filter((view) => view.certainty === grade)
        .flatMap((view) => view.articles_violated?.map((found) => found.certainty) ?? ['none']),
    )

  expect(certaintiesIn('sourced')).toEqual(new Set(['sourced']))
  expect(certaintiesIn('unverified')).toEqual(new Set(['unverified']))
  expect(certaintiesIn('not_found')).toEqual(new Set(['none']))
})

test('articles belong to the treaty of the committee', () => {
  for (const { committee, articles_claimed, articles_violated } of views) {
    const articles = [...(articles_claimed ?? []), ...(articles_violated ?? []).map((found) => found.article)]
    expect(articles.filter((code) => !code.startsWith(`${committee}-`))).toEqual([])
  }
})

test('every article of a treaty leads up to its treaty', () => {
  const topOf = (code: string): string => {
    const parent = findTerm('treaty_articles', code)?.parent
    return parent === undefined ? code : topOf(parent)
  }

  expect(['CCPR-14-3-g', 'CCPR-OP-1', 'CAT-2-1', 'CEDAW-2-e'].map(topOf)).toEqual(['CCPR', 'CCPR', 'CAT', 'CEDAW'])
})

test('the decision that joined two communications keeps the days of each', () => {
  const joined = views.filter((view) => view.communications.length > 1)

  expect(joined.map((view) => view.communications)).toEqual([
    [
      {
        number: '2257/2013',
        symbol: 'CCPR/C/124/D/2257/2013',
        submitted_on: '2012-11-07',
        transmitted_on: '2013-06-14',
      },
      {
        number: '2334/2014',
        symbol: 'CCPR/C/124/D/2334/2014',
        submitted_on: '2013-09-25',
        transmitted_on: '2014-01-15',
      },
    ],
  ])
})

test('every reference file says when it was compiled', () => {
  const Dated = z.looseObject({ as_of: z.string().min(10) })
  const files = readdirSync(folder)

  expect(files).toHaveLength(12)
  expect(files.filter((file) => !Dated.safeParse(readReference(file)).success)).toEqual([])
})

test('every remedy of the implementation model is a term under its form of reparation', () => {
  const Model = z.looseObject({ remedy_codes: z.record(z.string(), z.array(z.string())) })
  const groups = Object.entries(Model.parse(readReference('implementation_model.json')).remedy_codes)

  const misplaced = groups.flatMap(([group, codes]) => {
    const parent = group === 'non_repetition' ? 'guarantees' : group
    return codes.filter((code) => findTerm('remedies', code)?.parent !== parent)
  })

  expect(groups).toHaveLength(6)
  expect(misplaced).toEqual([])
})
