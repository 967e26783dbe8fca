import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { filesOfDocx, textOfDocx } from '../platform/documents/read-docx.ts'
import { textOfPdf } from '../platform/documents/read-pdf.ts'
import { startApp } from '../support/app.ts'
import { allow, begin, complaintOf } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

async function take(path: string, query: string) {
  const headers = { authorization: `Bearer ${(await lawyer.token()) ?? ''}` }
  const reply = await app.server.inject({ method: 'GET', url: `${path}/document?${query}`, headers })
  expect(reply.statusCode).toBe(200)
  return reply.rawPayload
}
const docxOf = async (path: string, language = 'en') =>
  textOfDocx((await filesOfDocx(await take(path, `format=docx&language=${language}`))).files)

const checkOf = async (path: string) => (await lawyer.get(`${path}/check`)).body.check

const particulars = {
  forces: 'Men of the district police, two of them masked.',
  warrant: 'not_shown',
  reasons_given: 'None.',
  law_applied: 'Criminal Code, article 307.',
  held_by: 'State security service.',
  ordered_by: 'A district court.',
  last_seen_on: '2024-03-17',
  last_seen_at: 'Before his house.',
  search: 'His mother asked at four stations.',
}

/** A man who was arrested and held, of whom as much is known as the forms ask. */
async function held(mechanism: string, legal: object = {}): Promise<{ caseId: string; path: string }> {
  const caseId = await openCase(lawyer)
  const episode = {
    facts: {
      person: 'victim',
      came_by: 'arrest',
      place: 'police_station',
      from: '2024-03-17T09:40',
      recorded_at: '2024-03-18',
      legal_basis: 'criminal_suspect',
      safeguards: [{ safeguard: 'lawyer', state: 'not_met', said_by: 'victim' }],
    },
    narrative: { place: 'Сомониён 5' },
  }
  expect((await lawyer.post(`/v1/cases/${caseId}/detentions`, episode)).status).toBe(201)
  const proceeding = { state: 'TJ', step_code: 'L1_REPORT', result: 'rejected', authority: 'Prosecutor of the city' }
  expect((await lawyer.post(`/v1/cases/${caseId}/proceedings`, { legal: proceeding })).status).toBe(201)
  const body = complaintOf({
    legal: {
      mechanism,
      claims: [{ article: 'CCPR-9', argument: 'Held without a judge for ten days.', facts: [1] }],
      procedure: {
        categories: ['III', 'I'],
        communication: 'urgent_appeal',
        addressees: ['Special Rapporteur on torture'],
      },
      remedies: ['release'],
      signed_at: 'Dushanbe',
      signed_on: '2026-03-02',
      ...legal,
    },
    identity: {
      author: { capacity: 'ngo', family_name: 'Қодирова', organisation: 'An invented house' },
      victims: [
        { family_name: 'Ғафуров', given_names: 'Ӯктам', initials: 'Ғ. Ӯ.', sex: 'male', occupation: 'Teacher' },
      ],
    },
    narrative: { events: [{ on: '2024-03-17', text: 'Taken before his house.' }], particulars },
  })
  return { caseId, path: await begin(lawyer, caseId, body) }
}

const inOrder = (text: string, parts: readonly string[]) => {
  const places = parts.map((part) => text.indexOf(part))
  expect(parts.filter((_, at) => (places[at] ?? -1) < 0)).toEqual([])
  expect(places).toEqual(places.toSorted((a, b) => a - b))
}

test('the questionnaire on arbitrary detention stands in its order, with what the case knows of the detention', async () => {
  const { path } = await held('WGAD_REGULAR')

  const text = await docxOf(path)

  inOrder(text, [
    'Questionnaire for the Working Group on Arbitrary Detention',
    '1. To whom it is sent',
    '2. Identity',
    'Ғафуров',
    'Teacher',
    '3. Arrest',
    '2024-03-17 09:40',
    'Police station: Сомониён 5',
    'Men of the district police',
    '4. Detention',
    'not ended, or not known',
    'State security service.',
    '5. Facts',
    'Taken before his house.',
    '6. Why the detention is arbitrary',
    'I, III',
    'CCPR-9',
    '7. Domestic remedies',
    'Prosecutor of the city',
    '8. Other international procedures',
    '9. Urgency',
    '10. Consent',
    '11. Annexes and signature',
    'Source: confidential, not for the State',
    '12. Source',
    'Қодирова',
  ])
})

test('the report of a disappearance asks for the forces and the search', async () => {
  const { path } = await held('WGEID')

  const text = await docxOf(path)

  inOrder(text, [
    'Report of an enforced disappearance',
    '2. Identity of the disappeared person',
    '3. Disappearance',
    'Before his house.',
    '5. Forces believed to be responsible',
    'Men of the district police',
    '6. What was done to find the person',
    'His mother asked at four stations.',
    '12. Source',
  ])
  expect(text).not.toContain('Сомониён 5')
})

test('the letter to special procedures names its mandates and its kind', async () => {
  const { path } = await held('SP_COMMS')

  const text = await docxOf(path)

  inOrder(text, [
    'Letter to special procedures',
    'Special Rapporteur on torture',
    'urgent appeal',
    '2. Identity',
    '3. Facts',
    '4. Forces believed to be responsible',
    '7. Claims',
    '9. Remedies sought',
    '10. Confidentiality',
    '11. Consent',
    '13. Source',
  ])
})

test.each([
  ['ru', 'Вопросник Рабочей группы по произвольным задержаниям', '3. Арест', '12. Источник'],
  ['fr', 'Questionnaire du Groupe de travail sur la détention arbitraire', '3. Arrestation', '12. Source'],
  ['es', 'Cuestionario del Grupo de Trabajo sobre la Detención Arbitraria', '3. Arresto', '12. Fuente'],
])('the forms have headings in %s, and all letters in the PDF', async (language, ...headings) => {
  const { path } = await held('WGAD_URGENT')

  const text = await docxOf(path, language)
  const pdf = textOfPdf(await take(path, `format=pdf&language=${language}`)).replaceAll(/\s+/g, ' ')

  inOrder(text, headings)
  expect(text).not.toContain('[ru]')
  for (const part of ['Ғафуров', 'Ӯктам', 'Қодирова', 'Сомониён 5']) expect(pdf).toContain(part)
})

test('the one it is from stands on the last page alone; the one it is about too, where that was asked', async () => {
  const named = await docxOf((await held('WGEID')).path)
  const withheld = await docxOf((await held('WGEID', { withhold: { from_state: true, reasons: 'Reprisals.' } })).path)

  expect(named.indexOf('Қодирова')).toBeGreaterThan(named.indexOf('Source: confidential'))
  expect(named.indexOf('Ғафуров')).toBeLessThan(named.indexOf('Source: confidential'))
  const apart = withheld.indexOf('not for the State party', withheld.indexOf('11. Annexes'))
  expect(apart).toBeGreaterThan(0)
  expect(withheld.indexOf('Ғафуров')).toBeGreaterThan(apart)
  expect(withheld.indexOf('Ғ. Ӯ.')).toBeLessThan(apart)
})

test('consent to this very body is marked as missing until it is given', async () => {
  const { caseId, path } = await held('WGAD_REGULAR')

  const before = await checkOf(path)
  await allow(lawyer, caseId, 'WGEID')
  const other = await checkOf(path)
  await allow(lawyer, caseId, 'WGAD')
  const after = await checkOf(path)

  expect([before, other, after].map(({ missing }) => missing.includes('10. Consent: Alleged victim 1'))).toEqual([
    true,
    true,
    false,
  ])
  expect(before.found).toContainEqual({ code: 'consent_missing', at: '1' })
  expect(after.found).not.toContainEqual({ code: 'consent_missing', at: '1' })
})

test('the check says how sure the form is, and what a body does not take', async () => {
  const { path } = await held('SP_COMMS', {
    language: 'ru',
    claims: [{ article: 'CCPR-9', argument: 'As Қодирова saw.', facts: [1] }],
  })

  const check = await checkOf(path)

  expect(check.form).toMatchObject({ file: 'submission_forms', row: 'SP_LETTER', version: 1, certainty: 'low' })
  expect(check.found).toEqual(
    expect.arrayContaining([
      { code: 'language_not_accepted', at: 'ru' },
      { code: 'source_named_in_text', at: '' },
    ]),
  )
})

test('a questionnaire of which nothing is known marks what it asks', async () => {
  const path = await begin(lawyer, await openCase(lawyer), complaintOf({ legal: { mechanism: 'WGAD_REGULAR' } }))

  const { missing } = await checkOf(path)
  const text = await docxOf(path)

  for (const what of [
    '2. Identity: Sex',
    '3. Arrest: Day of the arrest',
    '3. Arrest: Forces believed to be responsible',
    '4. Detention',
    '6. Why the detention is arbitrary: Categories',
    '7. Domestic remedies',
    '12. Source: Address for correspondence',
  ])
    expect(missing).toContain(what)
  expect(text.split('[missing]').length - 1).toBeGreaterThanOrEqual(missing.length)
})
