import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { traced } from '../identity/support.ts'
import { filesOfDocx, textOfDocx } from '../platform/documents/read-docx.ts'
import { textOfPdf } from '../platform/documents/read-pdf.ts'
import { type As, startApp } from '../support/app.ts'
import { type Handing, handing } from './handing.ts'
import { asked, newProvider, say, step, steps } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

let hands: Handing
let provider: string
beforeAll(async () => {
  hands = await handing(app)
  provider = await newProvider(lawyer)
})

async function take(referral: string, query: string, by: As = lawyer) {
  const reply = await app.server.inject({
    method: 'GET',
    url: `/v1/referrals/${referral}/letter?${query}`,
    headers: { authorization: `Bearer ${(await by.token()) ?? ''}` },
  })
  return { status: reply.statusCode, bytes: reply.rawPayload, headers: reply.headers, text: reply.body }
}

/** Drafted to the provider, with what was chosen. */
const draft = () =>
  hands.draft(hands.caseId, {
    ...asked({ provider_id: provider }),
    narrative: { request: 'Десять встреч, на таджикском.', hand_over: hands.chosen },
  })

async function allowed(): Promise<string> {
  const referral = await draft()
  await say(lawyer, hands.caseId, { recipient: provider })
  await steps(lawyer, referral, 'awaiting_consent', 'proposed')
  return referral
}

const words = {
  en: ['Referral', 'Name', 'Female'],
  ru: ['Направление', 'Имя', 'Десять встреч'],
  kk: ['Аты-жөні', '[ru]'],
  ky: ['Аты-жөнү', '[ru]'],
  tg: ['Ному насаб', '[ru]'],
  uz: ['Ism va familiya', '[ru]'],
  tk: ['Ady', '[ru]'],
}

test.each(Object.entries(words))('a letter in %s says what was chosen, in both formats', async (language, expected) => {
  const referral = await allowed()

  const pdf = await take(referral, `language=${language}`)
  const docx = await take(referral, `language=${language}&format=docx`)

  expect([pdf.status, docx.status]).toEqual([200, 200])
  const texts = [textOfPdf(pdf.bytes), textOfDocx((await filesOfDocx(docx.bytes)).files)]
  for (const text of texts) {
    const flat = text.replaceAll(/\s+/g, ' ')
    for (const word of [...expected, 'Invented Person', 'An invented clinic', 'Home, invented', 'Two brothers'])
      expect([word, flat.includes(word)]).toEqual([word, true])
    for (const word of ['+000', '1990', 'Held for three days', 'Article 7']) expect(flat).not.toContain(word)
  }
  const folder = process.env['LETTERS']
  if (folder !== undefined) await writeFile(`${folder}/letter-${language}.pdf`, pdf.bytes)
})

test('a letter is an act of export: the trail has its hash and the consent, and the name of the file names nobody', async () => {
  const referral = await allowed()

  const { reply, events } = await traced(app, () => take(referral, 'language=en'))

  const subjects = events.flatMap((event) => event.subjects)
  const hash = createHash('sha256').update(reply.bytes).digest('hex')
  expect(events.map(({ action }) => action)).toEqual(['referral.make_letter', 'referral.make_letter'])
  expect(subjects).toContainEqual({ table: 'referrals', id: referral, ciphertext_sha256: hash })
  expect(subjects.filter(({ table }) => table === 'consents')).toHaveLength(2)
  expect(reply.headers['content-disposition']).toBe('attachment; filename="referral.pdf"')
})

test('without a consent that holds there is no letter, and none once the referral has ended', async () => {
  const referral = await draft()
  await say(lawyer, hands.caseId, { recipient: provider, value: 'refused' })
  const unasked = await take(referral, 'language=en')
  await say(lawyer, hands.caseId, { recipient: provider })
  await steps(lawyer, referral, 'awaiting_consent', 'proposed')
  const open = await take(referral, 'language=en')
  await step(lawyer, referral, 'declined')
  const ended = await take(referral, 'language=en')

  expect([unasked.status, open.status, ended.status]).toEqual([409, 200, 409])
  expect(unasked.text).toContain('/problems/consent-required')
  expect(ended.text).toContain('/problems/referral-ended')
})

test('inside the coalition there is no letter, and nobody beside the team makes one', async () => {
  const inside = await hands.handed()
  const outside = await allowed()

  expect((await take(inside, 'language=en')).text).toContain('/problems/referral-needs-no-letter')
  expect((await take(outside, 'language=en', app.as('coordinator'))).status).toBe(403)
  expect((await take(outside, 'language=en', app.as('intake'))).status).toBe(404)
})
