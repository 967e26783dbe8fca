import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { filesOfDocx, textOfDocx } from '../platform/documents/read-docx.ts'
import { textOfPdf } from '../platform/documents/read-pdf.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

const legal = {
  mechanism: 'CCPR-OP1',
  state: 'TJ',
  symbol: 'CCPR/C/140/D/1/2020',
  adopted_on: '2024-03-20',
  transmitted_on: '2024-05-02',
  outcome: 'violation',
  findings: [{ article: 'CCPR-7', finding: 'violation', read_with: ['CCPR-2-3'] }],
}

/** A decision with two measures: of one the money is ordered and paid in part, of the other nothing is done. */
async function decided(more: object = {}) {
  const id = await openCase(lawyer)
  const made = await lawyer.post(`/v1/cases/${id}/decisions`, { legal: { ...legal, ...more } })
  expect(made.status).toBe(201)
  const path = `/v1/cases/${id}/decisions/${String(made.body.id)}`
  const add = async (remedy: string): Promise<string> => {
    const measure = { remedy, level: 'individual', responsible: 'Вазорати молия', text: 'Adequate compensation.' }
    return (await lawyer.post(`${path}/measures`, { legal: measure })).body.id
  }
  const [compensate, investigate] = [await add('compensate'), await add('investigate')]
  const tell = async (measure_id: string | null, told: object): Promise<string> => {
    const reply = await lawyer.post(`${path}/events`, { measure_id, legal: told })
    expect(reply.status).toBe(201)
    return reply.body.id
  }
  const pay = (event: string, on: string, amount: number) =>
    tell(compensate, { event, on, money: { amount_minor: amount, currency: 'TJS' }, status: 'partly_implemented' })
  return { id, path, compensate, investigate, tell, pay }
}

async function take(url: string) {
  const headers = { authorization: `Bearer ${(await lawyer.token()) ?? ''}` }
  const reply = await app.server.inject({ method: 'GET', url, headers })
  expect(reply.statusCode).toBe(200)
  return reply.rawPayload
}
const docxOf = async (path: string, language = 'en') =>
  textOfDocx((await filesOfDocx(await take(`${path}/follow-up?format=docx&language=${language}`))).files)

const inOrder = (text: string, parts: readonly string[]) => {
  const places = parts.map((part) => text.indexOf(part))
  expect(parts.filter((_, at) => (places[at] ?? -1) < 0)).toEqual([])
  expect(places).toEqual(places.toSorted((a, b) => a - b))
}

test('the submission says what was ordered, what was done by its days, what is left and what is asked', async () => {
  const { path, pay, tell } = await decided()
  await pay('payment_made', '2025-02-01', 250_000)
  await pay('payment_ordered', '2024-12-01', 1_250_000)
  await tell(null, { event: 'state_reply', on: '2024-11-15', note: 'It denies all.' })

  const text = await docxOf(path)

  inOrder(text, [
    'Follow-up submission',
    '1. Decision',
    'CCPR/C/140/D/1/2020',
    'Human Rights Committee',
    'CCPR-7',
    'CCPR-2-3',
    '2. The State’s reply',
    'received',
    '2024-10-29',
    'It denies all.',
    '3. What was asked',
    'Payment ordered',
    '12 500.00 TJS',
    'Payment made',
    '4. Payments',
    '10 000.00 TJS',
    '5. What the Committee is asked',
    'To ask the State to carry out',
    'To ask the State to pay what is left: 10 000.00 TJS.',
    'To keep the follow-up open',
  ])
  // Two measures of one day stand in no order that is told.
  expect(text).toContain('Nothing is recorded as done.')
  expect(text).not.toContain('To remind the State')
})

test('an event that is void is not in it', async () => {
  const { path, pay } = await decided()
  const event = await pay('payment_ordered', '2024-12-01', 1_250_000)
  await lawyer.patch(`${path}/events/${event}`, { is_void: true }, ifMatch(1))

  const text = await docxOf(path)

  expect(text).toContain('No payment is recorded as ordered or made.')
  expect(text).not.toContain('TJS')
})

test.each([
  ['ru', 'Представление о последующих мерах', '5. О чём просят Комитет'],
  ['fr', 'Communication sur la suite donnée', '5. Ce qui est demandé au Comité'],
  ['es', 'Comunicación de seguimiento', '5. Lo que se pide al Comité'],
])('it is written in %s, with all letters in the PDF, and traced by its hash', async (language, ...headings) => {
  const { path } = await decided()

  const text = await docxOf(path, language)
  const pdf = await take(`${path}/follow-up?language=${language}`)

  inOrder(text, headings)
  expect(text).not.toContain('[ru]')
  expect(textOfPdf(pdf).replaceAll(/\s+/g, ' ')).toContain('Вазорати молия')
  const hash = createHash('sha256').update(pdf).digest('hex')
  const trail = app.database.selectFrom('audit_events').select('body').where('body', 'like', `%${hash}%`)
  expect(await trail.execute()).toHaveLength(1)
})

test('what is missing is marked and listed', async () => {
  const { path } = await decided({ symbol: undefined, transmitted_on: undefined })

  const { body } = await lawyer.get(`${path}/follow-up/check`)

  expect(body.check.missing).toEqual(['1. Decision: Number or symbol', '1. Decision: Transmitted to the State'])
  expect(await docxOf(path)).toContain('[missing]')
})

test('a case in follow-up closes when each measure is carried out and paid, impossible, or waived', async () => {
  const { id, path, investigate, compensate, pay, tell } = await decided()
  const to = async () => (await lawyer.get(`/v1/cases/${id}/transitions`)).body
  const missing = async () => {
    await sql`update cases set stage = 'follow_up' where id = ${id}`.execute(app.database)
    const { allowed } = await to()
    return allowed.find((one: { to: string }) => one.to === 'closed').missing
  }

  const seen = [await missing()]
  await pay('payment_ordered', '2024-12-01', 1_250_000)
  await tell(compensate, { event: 'domestic_court_decision', on: '2024-12-02', status: 'implemented' })
  const waived = { remedy: 'investigate', level: 'individual', waived_because: 'The family asks for nothing more.' }
  expect((await lawyer.patch(`${path}/measures/${investigate}`, { legal: waived }, ifMatch(1))).status).toBe(200)
  seen.push(await missing())
  const payment = { event: 'payment_made', on: '2025-01-02', money: { amount_minor: 1_250_000, currency: 'TJS' } }
  await tell(compensate, payment)
  seen.push(await missing())

  expect(seen).toEqual([['measures_settled'], ['measures_settled'], []])
})
