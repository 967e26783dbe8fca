import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { vocabularyNames } from '../../src/vocabularies/schema.ts'
import { findTerm, isTerm, termCode, vocabulary } from '../../src/vocabularies/service.ts'

const folder = new URL('../../schemas/vocabularies/', import.meta.url)

function childrenOf(name: (typeof vocabularyNames)[number], parent: string): string[] {
  return vocabulary(name)
    .terms.filter((term) => term.parent === parent)
    .map((term) => term.code)
}

test('every file in the folder is a list that the service knows, and the other way round', () => {
  const files = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))

  expect(files.sort()).toEqual([...vocabularyNames].sort())
})

test.each(vocabularyNames)('%s has unique codes, labels that differ, and a sentence for each term', (name) => {
  const { terms } = vocabulary(name)

  expect(new Set(terms.map((term) => term.code)).size).toBe(terms.length)
  expect(new Set(terms.map((term) => term.labels.en)).size).toBe(terms.length)
  expect(new Set(terms.map((term) => term.labels.ru)).size).toBe(terms.length)
  expect(terms.filter((term) => !/^[A-Z].*\.$/.test(term.definition)).map((term) => term.code)).toEqual([])
})

test('codes are snake_case, but for those that a standard or a treaty gives', () => {
  const given = new Set(['countries', 'regions', 'treaty_articles', 'treaty_bodies'])

  const odd = vocabularyNames
    .filter((name) => !given.has(name))
    .flatMap((name) => vocabulary(name).terms.map((term) => term.code))
    .filter((code) => !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(code))

  expect(odd).toEqual([])
})

test('lists have two levels; only articles of treaties go down to the letter', () => {
  const grandchildren = vocabularyNames
    .filter((name) => name !== 'treaty_articles')
    .flatMap((name) => vocabulary(name).terms.map((term) => ({ name, parent: term.parent })))
    .filter(({ name, parent }) => parent !== undefined && findTerm(name, parent)?.parent !== undefined)

  expect(grandchildren).toEqual([])
})

test('a child of a violation type begins with the code of its parent', () => {
  const strays = vocabulary('violation_types').terms.filter(
    (term) => term.parent !== undefined && !term.code.startsWith(`${term.parent}_`),
  )

  expect(strays).toEqual([])
})

test('violation types cover the eighteen groups', () => {
  const groups = vocabulary('violation_types').terms.filter((term) => term.parent === undefined)

  expect(groups.map((term) => term.code)).toEqual([
    ...['life', 'torture', 'liberty', 'disappearance', 'fair_trial', 'privacy', 'expression', 'media', 'assembly'],
    ...['association', 'religion', 'movement', 'equality', 'gbv', 'property', 'education', 'work', 'reprisals'],
  ])
  expect(groups.filter((group) => childrenOf('violation_types', group.code).length < 2)).toEqual([])
})

test.each([
  ['KZ', 20],
  ['KG', 9],
  ['TJ', 5],
  ['TM', 6],
  ['UZ', 14],
])('%s has %i regions of the first level, coded by ISO 3166-2', (country, count) => {
  const regions = childrenOf('regions', country)

  expect(regions).toHaveLength(count)
  expect(regions.filter((code) => !new RegExp(`^${country}-[A-Z0-9]{1,2}$`).test(code))).toEqual([])
  expect(regions.filter((code) => findTerm('regions', code)?.international?.code !== code)).toEqual([])
})

test('Kazakhstan has the regions and the numbers of 2022, not the letters before', () => {
  const labels = ['KZ-10', 'KZ-33', 'KZ-62', 'KZ-71', 'KZ-75', 'KZ-79'].map(
    (code) => findTerm('regions', code)?.labels.en,
  )

  expect(labels).toEqual([
    ...['Abai Region', 'Jetisu Region', 'Ulytau Region'],
    ...['Astana (city)', 'Almaty (city)', 'Shymkent (city)'],
  ])
  expect(isTerm('regions', 'KZ-ALA')).toBe(false)
})

test('each region carries its name in the language of its State', () => {
  const languages = { KZ: 'kk', KG: 'ky', TJ: 'tg', TM: 'tk', UZ: 'uz' } as const

  const nameless = Object.entries(languages).flatMap(([country, language]) =>
    childrenOf('regions', country).filter((code) => findTerm('regions', code)?.labels[language] === undefined),
  )

  expect(nameless).toEqual([])
})

test('a coded fact accepts the codes of its list and nothing else', () => {
  const grade = termCode('verification_grades')

  expect(grade.parse('verified')).toBe('verified')
  expect(['Verified', 'proved', '', 'toString', null].map((value) => grade.safeParse(value).success)).toEqual(
    Array(5).fill(false),
  )
})

test('the JSON schema of a coded fact lists its codes', () => {
  expect(z.toJSONSchema(termCode('party_roles'))).toMatchObject({
    type: 'string',
    enum: ['victim', 'witness', 'source', 'alleged_perpetrator'],
    description: expect.stringContaining('/v1/vocabularies/party_roles'),
  })
})

test('a term is found by its code in its own list only', () => {
  expect(findTerm('age_bands', '14_17')?.labels.en).toBe('14–17')
  expect(findTerm('sex', '14_17')).toBeUndefined()
  expect([isTerm('countries', 'KG'), isTerm('countries', 'kg')]).toEqual([true, false])
})
