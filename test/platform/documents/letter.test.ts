import { expect, test } from 'vitest'
import { type Letter, letterOf } from '../../../src/platform/documents/letter.ts'
import { missingIn } from '../../../src/platform/documents/model.ts'
import { render } from '../../../src/platform/documents/render.ts'
import { textOfPdf } from './read-pdf.ts'

const letter = (language: Letter['language']): Letter => ({
  language,
  letterhead: ['Invented Organisation', 'Invented Street 1'],
  addressee: ['Dr Invented'],
  on: '2026-11-05',
  reference: 'REF-2026-ABCDEF',
  subject: null,
  body: [{ kind: 'paragraph', text: 'Invented body.' }],
  signatory: { name: null, position: 'Lawyer' },
  enclosures: ['Invented enclosure'],
})

test.each([
  ['en', '5 November 2026', 'Subject'],
  ['ru', '5 ноября 2026 г.', 'Тема'],
  ['kk', '2026 ж. 5 қараша', 'Тақырыбы'],
  ['ky', '2026-ж., 5-ноябрь', 'Темасы'],
  ['tg', '5 Ноябр 2026', 'Мавзуъ'],
  ['uz', '5-noyabr, 2026', 'Mavzu'],
  ['tk', '5 noýabr 2026', 'Mowzuk'],
] as const)('a letter in %s has its day and its words, and all that was given', async (language, day, subject) => {
  const model = letterOf(letter(language))
  const text = textOfPdf(await render(model, 'pdf'))

  for (const part of [day, subject, 'Invented Organisation', 'Dr Invented', 'Invented body.', 'Invented enclosure'])
    expect(text).toContain(part)
  expect(missingIn(model.blocks)).toHaveLength(2)
})

test('a word that a language does not have is Russian, and says so', () => {
  expect(letterOf(letter('tg')).missing).toBe('[нет данных] [ru]')
  expect(letterOf(letter('ru')).missing).toBe('[нет данных]')
})
