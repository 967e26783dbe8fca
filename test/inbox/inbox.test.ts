import { beforeAll, expect, test } from 'vitest'
import { add, openCase } from '../cases/support.ts'
import { type Handing, handing } from '../referrals/handing.ts'
import { end, look, newProvider, refer, say, step, steps } from '../referrals/support.ts'
import { type As, startApp } from '../support/app.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const coordinator = app.as('coordinator')
const intake = app.as('intake', 'away')
const theirs = app.as('lawyer', 'away')

let hands: Handing
beforeAll(async () => {
  hands = await handing(app)
})

/** The next step of a referral for somebody. */
async function stepFor(by: As, id: string): Promise<string | undefined> {
  const { items } = (await by.get('/v1/me/inbox')).body
  return items.find((item: { id: string }) => item.id === id)?.next_step
}

test('a referral inside asks of each side, in turn, the one thing that is next', async () => {
  const draft = await hands.draft()
  await steps(lawyer, draft, 'awaiting_consent')
  expect([await stepFor(lawyer, draft), await stepFor(intake, draft)]).toEqual(['ask_for_consent', undefined])

  const referral = await hands.handed()
  expect([await stepFor(lawyer, referral), await stepFor(intake, referral)]).toEqual([undefined, 'answer_referral'])

  await steps(intake, referral, 'accepted')
  expect([await stepFor(lawyer, referral), await stepFor(intake, referral)]).toEqual(['read_news', 'link_case'])
  await lawyer.post(`/v1/referrals/${referral}/seen`)
  expect(await stepFor(lawyer, referral)).toBeUndefined()

  const own = await openCase(theirs)
  await add(theirs, own, { user_id: intake.id, part: 'member' })
  await hands.link(referral, own)
  await end(lawyer, referral)
  expect([await stepFor(theirs, referral), await stepFor(lawyer, referral)]).toEqual(['stop_using_package', undefined])
  await theirs.post(`/v1/referrals/${referral}/seen`)
  expect(await stepFor(theirs, referral)).toBeUndefined()
})

test('an answer that is overdue is the team’s to ask for, and a coordinator sees it', async () => {
  const referral = await hands.handed()
  await app.database
    .updateTable('referrals')
    .set({ due_on: '2026-01-01' })
    .where('id', '=', (await look(lawyer, referral)).id)
    .execute()

  for (const who of [lawyer, coordinator, app.as('coordinator', 'away')])
    expect(await stepFor(who, referral)).toBe('ask_for_answer')
  const { items } = (await intake.get('/v1/me/inbox')).body
  expect(items.find((item: { id: string }) => item.id === referral)).toMatchObject({
    next_step: 'answer_referral',
    is_overdue: true,
    case_id: null,
  })
})

test('a consent that runs out is to be renewed, and one taken back is to be told to the provider', async () => {
  const provider = await newProvider(lawyer)
  const referral = await refer(lawyer, hands.caseId, { provider_id: provider })
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  await say(lawyer, hands.caseId, { recipient: provider, expires_on: soon })
  await steps(lawyer, referral, 'awaiting_consent', 'proposed')
  expect(await stepFor(lawyer, referral)).toBe('renew_consent')

  await say(lawyer, hands.caseId, { recipient: provider })
  expect(await stepFor(lawyer, referral)).toBeUndefined()

  await say(lawyer, hands.caseId, { recipient: provider, value: 'withdrawn' })
  expect(await stepFor(lawyer, referral)).toBe('tell_provider')
  expect((await step(lawyer, referral, 'accepted')).status).toBe(409)
})

test('of a decline the sender is to take note, and nobody else sees anything', async () => {
  const referral = await hands.handed()
  await step(intake, referral, 'declined')

  expect(await stepFor(lawyer, referral)).toBe('note_end')
  for (const who of [app.as('intake'), app.as('lawyer', 'away'), coordinator])
    expect(await stepFor(who, referral)).toBeUndefined()
  expect((await app.as('monitor').get('/v1/me/inbox')).status).toBe(403)
})
