import { expect, test } from 'vitest'
import { type LabelLanguage, vocabularyNames } from '../../src/vocabularies/schema.ts'
import { vocabulary } from '../../src/vocabularies/service.ts'

type Label = { readonly at: string; readonly text: string }

/** The letters each language is written in: a letter of another one betrays a label pasted in the wrong place. */
const letters = {
  ru: 'а-яё',
  kk: 'а-яёәғқңөұүһі',
  ky: 'а-яёңөү',
  tg: 'а-яёғӣқӯҳҷ',
  uz: 'a-zʻʼ',
  tk: 'a-zäçňöşüýž',
} as const satisfies Partial<Record<LabelLanguage, string>>

/** Official Russian names that keep a Kazakh letter. */
const namesWithKazakhLetters = new Set(['область Жетісу', 'область Ұлытау'])

/** Words that Kazakh, Kyrgyz or Tajik share with Russian letter by letter. */
const shared = new Set([
  ...['Адвокат', 'Активист', 'Блогер', 'Документ', 'Журналист', 'Кыргызстан', 'Мигрант', 'Пенсионер'],
  ...['Прокуратура', 'Россия', 'Суд'],
])

const terms = vocabularyNames.flatMap((name) => vocabulary(name).terms.map((term) => ({ name, ...term })))

function labelsIn(language: LabelLanguage): Label[] {
  return terms.flatMap(({ name, code, labels }) => {
    const text = labels[language]
    return text === undefined ? [] : [{ at: `${name}.${code}`, text }]
  })
}

/** Subparagraphs keep the Latin letter that the Russian text of the treaties gives them. */
function withoutMarks(text: string): string {
  return text.replace(/ [a-g]\)/g, '')
}

test('every term has a label in English and in Russian, without stray spaces', () => {
  const labels = [...labelsIn('en'), ...labelsIn('ru')]

  expect(labels).toHaveLength(2 * terms.length)
  expect(labels.filter(({ text }) => text.trim() === '' || text !== text.trim() || /\s\s/.test(text))).toEqual([])
})

test('English labels are in Latin letters', () => {
  expect(labelsIn('en').filter(({ text }) => /\p{Script=Cyrillic}/u.test(text))).toEqual([])
})

test.each(['ru', 'kk', 'ky', 'tg', 'uz', 'tk'] as const)('labels in %s are written in its own letters', (language) => {
  const foreign = new RegExp(`(?![${letters[language]}])[\\p{L}\\p{M}'‘’\`]`, 'iu')
  const labels = labelsIn(language).filter(({ text }) => !namesWithKazakhLetters.has(text))

  expect(labels.length).toBeGreaterThan(100)
  expect(labels.filter(({ text }) => foreign.test(withoutMarks(text)))).toEqual([])
})

test('Russian labels say something in Cyrillic', () => {
  expect(labelsIn('ru').filter(({ text }) => !/[а-яё]{2}/i.test(text))).toEqual([])
})

test('a label in Kazakh, Kyrgyz or Tajik is the Russian one only where the word is shared', () => {
  const copied = terms.flatMap(({ name, code, labels }) =>
    [labels.kk, labels.ky, labels.tg]
      .filter((text) => text !== undefined && text === labels.ru && !shared.has(text))
      .map((text) => ({ at: `${name}.${code}`, text })),
  )

  expect(copied).toEqual([])
})

test('nothing but English is marked as reviewed, since no native speaker has reviewed the rest', () => {
  expect(terms.filter(({ reviewed }) => reviewed.join() !== 'en').map(({ name, code }) => `${name}.${code}`)).toEqual(
    [],
  )
})
