import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { add, openCase } from '../cases/support.ts'
import { filesOfDocx, textOfDocx } from '../platform/documents/read-docx.ts'
import { textOfPdf } from '../platform/documents/read-pdf.ts'
import { type As, startApp } from '../support/app.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')

async function caseWithClinician(): Promise<string> {
  const opened = await openCase(lawyer)
  await add(lawyer, opened, { user_id: clinician.id, part: 'member' })
  return opened
}

async function take(url: string, by: As = clinician) {
  const reply = await app.server.inject({
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${(await by.token()) ?? ''}` },
  })
  expect(reply.statusCode).toBe(200)
  return { headers: reply.headers, bytes: reply.rawPayload }
}
const textOf = async (url: string) => textOfDocx((await filesOfDocx((await take(`${url}format=docx`)).bytes)).files)

let id: string
let url: string
let first: string
beforeAll(async () => {
  id = await caseWithClinician()
  url = `/v1/cases/${id}/medical-report`
  const examined = await clinician.post(`/v1/cases/${id}/examinations`, {
    identity: { subject: 'Invented Person', clinician: 'Dr Invented' },
    narrative: { allegations: 'Invented: hit with a bottle.' },
    facts: { on: '2026-02-10', person: 'v1', police_present: false, overall: 'typical' },
  })
  first = examined.body.id
  await clinician.post(`/v1/cases/${id}/findings`, {
    examination_id: first,
    facts: { sort: 'physical', regions: ['sole_left', 'face'], kind: 'bruise', grade: 'highly_consistent' },
    narrative: { description: 'Invented bruise.', reasoning: 'Invented reasons.' },
  })
  await lawyer.post(`/v1/cases/${id}/findings`, {
    facts: { sort: 'psychological' },
    narrative: { description: 'Invented: seen to tremble.' },
  })
  await lawyer.post(`/v1/cases/${id}/detentions`, {
    facts: { came_by: 'arrest', person: 'v1', from: '2026-02-03', place: 'police_station' },
  })
  await lawyer.post(`/v1/cases/${id}/detentions`, { facts: { came_by: 'arrest', person: 'v2', from: '2026-02-07' } })
})

describe('the medico-legal report', () => {
  test('stands in the order of the annex of the Istanbul Protocol', async () => {
    const text = await textOf(`${url}?examination_id=${first}&`)

    const order = [
      'Case information',
      'The clinician’s qualifications',
      'Statement on the testimony',
      'Background',
      'Allegations of torture and ill-treatment',
      'Physical symptoms and disabilities',
      'Physical examination',
      'Psychological history and examination',
      'Photographs',
      'Diagnostic tests',
      'Consultations',
      'Interpretation of findings',
      'Conclusions and recommendations',
      'Statement of truthfulness',
      'Statement of restrictions',
      'Signature',
      'Annexes',
    ].map((title) => text.indexOf(title))
    expect(order.every((at, nth) => at > (order[nth - 1] ?? -1))).toBe(true)
  })

  test('says what was found, with its grade, and what is missing, in the text and in a list', async () => {
    const text = await textOf(`${url}?examination_id=${first}&`)

    for (const part of [
      'Invented Person',
      'Invented bruise.',
      'Highly consistent',
      'Left sole; Face',
      'Typical',
      '2026-02-03',
    ])
      expect(text).toContain(part)
    expect(text.match(/\[missing\]/g)?.length).toBeGreaterThan(10)
    const list = text.slice(text.indexOf('Missing in the record'))
    expect(list).toContain('Case information: Interpreter')
    expect(list).toContain('Background')
    expect(list).toContain('Physical examination: Finding 1: Cause, as alleged')
    expect(list).not.toContain('Person examined')
  })

  test('of one person says nothing of the detention of another', async () => {
    expect(await textOf(`${url}?examination_id=${first}&`)).not.toContain('2026-02-07')
  })

  test('of one examination leaves out what was seen elsewhere; that of all has it apart', async () => {
    expect(await textOf(`${url}?examination_id=${first}&`)).not.toContain('seen to tremble')
    const all = await textOf(`${url}?`)

    expect(all.indexOf('seen to tremble')).toBeGreaterThan(all.indexOf('Observed outside an examination'))
  })

  test('comes in both formats and languages, under a name that names nobody', async () => {
    for (const format of ['pdf', 'docx'])
      for (const language of ['en', 'ru']) {
        const { headers, bytes } = await take(`${url}?format=${format}&language=${language}`)

        expect(headers['cache-control']).toBe('no-store')
        expect(headers['content-disposition']).toBe(`attachment; filename="medical-report.${format}"`)
        expect(bytes.subarray(0, 2).toString()).toBe(format === 'pdf' ? '%P' : 'PK')
      }
    expect(textOfPdf((await take(`${url}?language=ru`)).bytes)).toContain('В высокой степени соответствует')
  })

  test('leaves its hash in the audit trail with who took it', async () => {
    const { bytes } = await take(`${url}?examination_id=${first}`, lawyer)
    const sha256 = createHash('sha256').update(bytes).digest('hex')

    const { body } = await app.as('coordinator').get('/v1/audit?own=true&limit=200')

    const rows = body.items.filter(
      ({ event }: { event: { action: string; subjects: { ciphertext_sha256?: string }[] } }) =>
        event.action === 'medical_report.make' && event.subjects.some((one) => one.ciphertext_sha256 === sha256),
    )
    expect(rows.map(({ event }: { event: { actor_id: string } }) => event.actor_id)).toEqual([lawyer.id])
  })
})

describe('no medico-legal report is made', () => {
  test('without an examination, or of the examination of another case', async () => {
    const other = `/v1/cases/${await caseWithClinician()}/medical-report`

    expect((await lawyer.get(other)).body.type).toBe('/problems/no-examination')
    expect((await lawyer.get(`${other}?examination_id=${first}`)).status).toBe(404)
  })

  test('for a coordinator, or for anybody who is not on the team', async () => {
    expect((await app.as('coordinator').get(url)).status).toBe(403)
    expect((await app.as('intake').get(url)).status).toBe(404)
  })

  test('once the consent to keep what was told is withdrawn', async () => {
    const of = await caseWithClinician()
    await clinician.post(`/v1/cases/${of}/examinations`, { facts: { on: '2026-02-10' } })
    const say = (value: string) =>
      lawyer.post(`/v1/cases/${of}/consents`, {
        facts: { purpose: 'store', value, method: 'oral', said_on: '2026-02-10' },
      })

    await say('given')
    expect((await lawyer.get(`/v1/cases/${of}/medical-report`)).status).toBe(200)
    await say('withdrawn')
    const { status, body } = await lawyer.get(`/v1/cases/${of}/medical-report`)

    expect([status, body.type, body.why]).toEqual([409, '/problems/storing-not-allowed', ['storing_not_allowed']])
  })
})
