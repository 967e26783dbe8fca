import { expect, test } from 'vitest'
import { Problem } from '../../src/platform/kernel/problem.ts'
import { VocabularyList, VocabularyReply, vocabularyNames } from '../../src/vocabularies/schema.ts'
import { listVocabularies, readVocabulary } from '../../src/vocabularies/service.ts'

test('the list of vocabularies names each with its version and the number of its terms', () => {
  const { vocabularies } = VocabularyList.parse(listVocabularies())

  expect(vocabularies.map(({ name }) => name)).toEqual(vocabularyNames)
  expect(vocabularies.find(({ name }) => name === 'countries')).toMatchObject({ version: 1, terms: 7 })
})

test('the label is in the language asked for, and all labels are given beside it', () => {
  const { terms } = VocabularyReply.parse(readVocabulary('sex', 'uz'))

  expect(terms[0]).toMatchObject({
    code: 'female',
    label: 'Ayol',
    label_language: 'uz',
    label_reviewed: false,
    labels: { en: 'Female', ru: 'Женский', kk: 'Әйел' },
  })
})

test('Russian stands in where a language has no label, and the reply says so', () => {
  const { terms } = readVocabulary('sex', 'tk')

  const intersex = terms.find(({ code }) => code === 'intersex')
  expect(intersex).toMatchObject({ label: 'Интерсекс', label_language: 'ru', label_reviewed: false })
})

test('English is given when asked for, and is reviewed', () => {
  const { terms } = readVocabulary('case_stages', 'en')

  expect(terms.map(({ label }) => label)).toContain('Follow-up')
  expect(terms.filter((term) => term.label_language !== 'en' || !term.label_reviewed)).toEqual([])
})

test.each([...vocabularyNames])('%s fits the reply that is promised', (name) => {
  expect(VocabularyReply.safeParse(readVocabulary(name, 'kk')).error).toBeUndefined()
})

test.each(['', 'Sex', 'toString', '../package', 'unheard_of'])('there is no vocabulary %j', (name) => {
  expect(() => readVocabulary(name, 'en')).toThrow(Problem)
  expect(() => readVocabulary(name, 'en')).toThrow('There is nothing here')
})
