import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { filesOfDocx, textOfDocx } from '../platform/documents/read-docx.ts'
import { textOfPdf } from '../platform/documents/read-pdf.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { begin, complaintOf } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

async function take(url: string) {
  const headers = { authorization: `Bearer ${(await lawyer.token()) ?? ''}` }
  const reply = await app.server.inject({ method: 'GET', url, headers })
  expect(reply.statusCode).toBe(200)
  return reply
}
const docxOf = async (path: string, language = 'en') =>
  textOfDocx((await filesOfDocx((await take(`${path}/document?format=docx&language=${language}`)).rawPayload)).files)

const annexes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ref: `A${String(at + 1)}`,
    title: `Invented annex ${String(at + 1)}`,
    kind: 'other_evidence',
    language: 'ru',
    pages: 3,
  }))

/** Five brothers, forty annexes, events out of order, a ladder. */
async function large(more: object = {}): Promise<string> {
  const caseId = await openCase(lawyer)
  for (const legal of [
    { state: 'TJ', step_code: 'L6_APPEAL', result: 'rejected', authority: 'Верховный суд', filed_on: '2024-09-01' },
    { state: 'TJ', step_code: 'L1_REPORT', result: 'rejected', authority: 'Прокуратура', filed_on: '2024-04-01' },
    { state: 'KZ', step_code: 'L1_REPORT', result: 'rejected', authority: 'Elsewhere', filed_on: '2024-04-01' },
  ])
    expect((await lawyer.post(`/v1/cases/${caseId}/proceedings`, { legal })).status).toBe(201)
  return begin(
    lawyer,
    caseId,
    complaintOf({
      legal: {
        claims: [{ article: 'CCPR-7', argument: 'Beaten to make them confess.', facts: [2] }],
        remedies: ['investigate', 'compensate'],
        signed_at: 'Душанбе',
        ...more,
      },
      identity: {
        author: { capacity: 'counsel', family_name: 'Қодирова', given_names: 'Нигина', address: 'Душанбе' },
        victims: [1, 2, 3, 4, 5].map((nth) => ({
          family_name: `Ғафуров${String(nth)}`,
          given_names: 'Ӯктам',
          initials: `Ғ. ${String(nth)}`,
          authority: { annex: 'A1' },
        })),
      },
      narrative: {
        annexes: annexes(40),
        events: [
          { on: '2024-04-02', text: 'Their mother complained.', annexes: ['A2'] },
          { on: '2024-03-17', text: 'Arrested at home.', annexes: ['A1', 'A40'] },
          { text: 'Threatened later.' },
        ],
      },
    }),
  )
}

const inOrder = (text: string, parts: readonly string[]) => {
  const places = parts.map((part) => text.indexOf(part))
  expect(places.filter((place) => place < 0)).toEqual([])
  expect(places).toEqual(places.toSorted((a, b) => a - b))
}

test('the document stands in the order of the form', async () => {
  const text = await docxOf(await large())

  inOrder(text, [
    'Individual communication',
    '1. General',
    'Human Rights Committee',
    '2. Complainant',
    'Қодирова',
    '3. Alleged victims',
    'Ғафуров1',
    'Ғафуров5',
    '4. Confidentiality',
    '5. Interim or protection measures',
    '6. Facts',
    'Arrested at home.',
    'Their mother complained.',
    'Threatened later.',
    '7. Domestic remedies',
    'Прокуратура',
    'Верховный суд',
    '8. Other international procedures',
    '9. Claims',
    'CCPR-7',
    '10. Remedies sought',
    'Investigate',
    '11. Annexes and signature',
    'Invented annex 40',
    'Signature',
  ])
  expect(text).not.toContain('Elsewhere')
})

test.each([
  ['ru', 'Индивидуальное сообщение', '7. Внутренние средства правовой защиты'],
  ['fr', 'Communication individuelle', '7. Recours internes'],
  ['es', 'Comunicación individual', '7. Recursos internos'],
])('the headings are there in %s', async (language, ...words) => {
  const text = await docxOf(await large(), language)

  inOrder(text, words)
  expect(text).not.toContain('[ru]')
})

test('the PDF has all letters, and what was handed out can be traced by its hash', async () => {
  const path = await large()
  const { rawPayload, headers } = await take(`${path}/document?language=ru`)

  const text = textOfPdf(rawPayload).replaceAll(/\s+/g, ' ')
  expect(headers['content-type']).toBe('application/pdf')
  expect(headers['content-disposition']).toBe('attachment; filename="complaint.pdf"')
  for (const part of ['Қодирова', 'Ғафуров5', 'Ӯктам', 'Верховный суд', 'Invented annex 40', 'CCPR-7'])
    expect(text).toContain(part)
  const trail = await app.database
    .selectFrom('audit_events')
    .select('body')
    .where('body', 'like', `%${createHash('sha256').update(rawPayload).digest('hex')}%`)
    .execute()
  expect(trail).toHaveLength(1)
})

test('names that are not for the State stand on a last page of their own, and nowhere else', async () => {
  const path = await large({ withhold: { from_state: true, reasons: 'Reprisals against the family.' } })

  const text = await docxOf(path)

  const apart = text.indexOf('Identity of the complainant and the alleged victims: not for the State party')
  expect(apart).toBeGreaterThan(text.indexOf('11. Annexes and signature'))
  expect(text.indexOf('Ғафуров')).toBeGreaterThan(apart)
  expect(text.indexOf('Қодирова')).toBeGreaterThan(apart)
  expect(text.indexOf('Ғ. 1')).toBeLessThan(apart)
})

test('what is missing is marked in the text and listed by the check', async () => {
  const path = await begin(lawyer, await openCase(lawyer))

  const { body } = await lawyer.get(`${path}/check`)
  const text = await docxOf(path)

  expect(body.check.missing).toEqual(
    expect.arrayContaining([
      '2. Complainant: Address for correspondence',
      '3. Alleged victims: Authority to act',
      '7. Domestic remedies',
      '9. Claims',
      '10. Remedies sought',
      '11. Annexes and signature',
      '11. Annexes and signature: Date',
    ]),
  )
  expect(text.split('[missing]').length - 1).toBeGreaterThanOrEqual(body.check.missing.length)
})

test('the check names what a secretariat would send back', async () => {
  const path = await large({ withhold: { from_state: true, reasons: 'Reprisals.' } })
  const { body: before } = await lawyer.get(path)
  const narrative = {
    ...before.narrative,
    events: [{ on: '2024-03-17', text: 'They came for ғафуров3 at night.' }],
    annexes: [{ ref: 'A1', title: 'Медсправка', kind: 'medical', language: 'tg', pages: 2 }],
  }
  await lawyer.patch(path, { narrative }, ifMatch(1))

  const { body } = await lawyer.get(`${path}/check?language=fr`)

  expect(body.check.found).toEqual([
    { code: 'language_differs', at: 'fr' },
    ...['1', '2', '3', '4', '5'].map((at) => ({ code: 'consent_missing', at })),
    { code: 'annex_without_file', at: 'A1' },
    { code: 'annex_needs_translation', at: 'A1' },
    { code: 'annex_is_not_referred_to', at: 'A1' },
    { code: 'claim_names_no_such_fact', at: 'CCPR-7' },
    { code: 'name_in_text_though_withheld', at: '3' },
  ])
  // Six words of the event, five of the argument.
  expect([body.check.words, body.check.annexes, body.check.annex_pages]).toEqual([11, 1, 2])
})
