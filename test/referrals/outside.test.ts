import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { waysFrom, wayOf } from '../../src/referrals/ways.ts'
import { ReferralState } from '../../src/referrals/schema.ts'
import { add, move, openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { asked, end, look, newProvider, refer, say, step, steps } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')
const coordinator = app.as('coordinator')
const abroad = app.as('lawyer', 'away')

const model = JSON.parse(readFileSync(new URL('../../schemas/reference/referral_model.json', import.meta.url), 'utf8'))
const states = ReferralState.options

let id: string
let provider: string
beforeAll(async () => {
  id = await openCase(lawyer)
  await add(lawyer, id, { user_id: clinician.id, part: 'member' })
  provider = await newProvider(lawyer)
})

test('the machine has the states and the ways of the model, and no more', () => {
  const ways = states.flatMap((from) => waysFrom(from).map(({ to }) => [from, to]))

  expect([...states].sort()).toEqual([...model.referral_states].sort())
  expect(ways.map(String).sort()).toEqual(model.transitions.map(String).sort())
  for (const from of states)
    for (const to of states)
      expect([from, to, wayOf(from, to) !== undefined]).toEqual([
        from,
        to,
        model.transitions.some(([a, b]: string[]) => a === from && b === to),
      ])
})

describe('a referral to a provider', () => {
  test('is not proposed without a consent for that very provider, and is with one', async () => {
    const referral = await refer(lawyer, id, { provider_id: provider })
    await steps(lawyer, referral, 'awaiting_consent')
    const other = await newProvider(lawyer)
    await say(lawyer, id, { recipient: other })

    const refused = await step(lawyer, referral, 'proposed')
    await say(lawyer, id, { recipient: provider, expires_on: '2031-01-01' })
    const proposed = await step(lawyer, referral, 'proposed')

    expect([refused.status, refused.body.type, refused.body.why]).toEqual([
      409,
      '/problems/consent-required',
      ['not_asked'],
    ])
    expect([proposed.status, proposed.body.state]).toEqual([200, 'proposed'])
    expect(await look(clinician, referral)).toMatchObject({
      side: 'sender',
      case_id: id,
      identity: { provider_id: provider },
      consent_until: '2031-01-01',
      is_overdue: false,
      allowed: ['accepted', 'declined', 'waitlisted'],
    })
  })

  test('goes its whole way and keeps each step, with what was said', async () => {
    const referral = await refer(lawyer, id, { provider_id: provider })
    await say(lawyer, id, { recipient: provider })
    await steps(lawyer, referral, 'awaiting_consent', 'proposed', 'waitlisted', 'accepted', 'in_progress')
    await steps(clinician, referral, 'lost_contact', 'in_progress')
    await step(lawyer, referral, { to: 'completed', said: { note: 'Ten sessions held.' } })

    const { state, history, allowed } = await look(lawyer, referral)

    expect([state, allowed]).toEqual(['completed', []])
    expect(history.map(({ to_state }: { to_state: string }) => to_state)).toEqual([
      'awaiting_consent',
      'proposed',
      'waitlisted',
      'accepted',
      'in_progress',
      'lost_contact',
      'in_progress',
      'completed',
    ])
    expect(history.at(-1).narrative).toEqual({ note: 'Ten sessions held.' })
  })

  test('takes no step that the model does not have, and names those it has', async () => {
    const referral = await refer(lawyer, id, { provider_id: provider })

    const leap = await step(lawyer, referral, 'proposed')

    expect([leap.status, leap.body.type, leap.body.allowed]).toEqual([
      409,
      '/problems/no-such-referral-transition',
      ['awaiting_consent'],
    ])
  })

  test('is declined for a coded reason, which nothing else takes', async () => {
    const referral = await refer(lawyer, id, { provider_id: provider })
    await say(lawyer, id, { recipient: provider })
    await steps(lawyer, referral, 'awaiting_consent', 'proposed')

    const mute = await step(lawyer, referral, { to: 'declined', said: {} })
    const wrong = await step(lawyer, referral, { to: 'accepted', said: { reason_code: 'no_funds' } })
    const invented = await step(lawyer, referral, { to: 'declined', said: { reason_code: 'bad_mood' } })
    const declined = await step(lawyer, referral, { to: 'declined', said: { reason_code: 'no_funds' } })

    expect([mute.status, wrong.status, invented.status, declined.status]).toEqual([400, 400, 400, 200])
    expect(mute.body.errors).toEqual([{ pointer: '#/said/reason_code', detail: 'say why it is declined' }])
    expect(await look(lawyer, referral)).toMatchObject({ ended_by: 'recipient', allowed: [] })
  })

  test('is overdue once the day for an answer is over', async () => {
    const referral = await refer(lawyer, id, { provider_id: provider })
    await say(lawyer, id, { recipient: provider })
    await steps(lawyer, referral, 'awaiting_consent', 'proposed')
    const before = await look(lawyer, referral)

    await app.database.updateTable('referrals').set({ due_on: '2026-01-01' }).where('id', '=', before.id).execute()

    expect([before.is_overdue, (await look(lawyer, referral)).is_overdue]).toEqual([false, true])
  })

  test('changes until it is proposed, under If-Match, and not after', async () => {
    const referral = await refer(lawyer, id, { provider_id: provider })
    const change = { narrative: { request: 'Twelve sessions.' }, answer_days: 3 }

    const blind = await lawyer.patch(`/v1/referrals/${referral}`, change)
    const changed = await lawyer.patch(`/v1/referrals/${referral}`, change, ifMatch(1))
    const stale = await lawyer.patch(`/v1/referrals/${referral}`, change, ifMatch(1))
    await say(lawyer, id, { recipient: provider })
    await steps(lawyer, referral, 'awaiting_consent', 'proposed')
    const late = await lawyer.patch(`/v1/referrals/${referral}`, change, ifMatch(4))

    expect([blind, changed, stale, late].map(({ status }) => status)).toEqual([428, 200, 412, 409])
    expect(await look(lawyer, referral)).toMatchObject({ narrative: change.narrative, answer_days: 3 })
  })

  test('goes to nobody who is not in a directory of ours, and asks for help that a list has', async () => {
    const there = `/v1/cases/${id}/referrals`
    const strange = await lawyer.post(there, asked({ provider_id: await newProvider(abroad) }))
    const magic = await lawyer.post(there, { ...asked({ provider_id: provider }), facts: { help: 'magic' } })

    expect([strange.status, strange.body.type, magic.status]).toEqual([422, '/problems/unknown-recipient', 400])
  })
})

describe('a consent that is taken back', () => {
  test('ends at once what stands on it, in the act that records it, and says so', async () => {
    const [running, waiting, elsewhere] = [
      await refer(lawyer, id, { provider_id: provider }),
      await refer(lawyer, id, { provider_id: provider }),
      await refer(lawyer, id, { provider_id: await newProvider(lawyer) }),
    ]
    const other = (await look(lawyer, elsewhere)).identity.provider_id
    await say(lawyer, id, { recipient: provider })
    await say(lawyer, id, { recipient: other })
    await steps(lawyer, running, 'awaiting_consent', 'proposed', 'accepted')
    await steps(lawyer, waiting, 'awaiting_consent', 'proposed')
    await steps(lawyer, elsewhere, 'awaiting_consent', 'proposed')

    const { id: word, stopped } = await say(clinician, id, { recipient: provider, value: 'withdrawn' })

    expect(stopped).toEqual(expect.arrayContaining([running, waiting]))
    expect(stopped).not.toContain(elsewhere)
    expect(await look(lawyer, running)).toMatchObject({
      state: 'withdrawn_by_client',
      ended_by: 'consent',
      has_news: true,
      allowed: [],
    })
    expect(await look(lawyer, waiting)).toMatchObject({ state: 'proposed', ended_by: 'consent', allowed: [] })
    expect(await look(lawyer, elsewhere)).toMatchObject({ state: 'proposed', ended_by: null })
    const late = await step(lawyer, waiting, 'accepted')
    expect([late.status, late.body.type, late.body.ended_by]).toEqual([409, '/problems/referral-ended', 'consent'])
    const { blocks } = (await lawyer.get(`/v1/cases/${id}/consents/${word}/effects`)).body
    expect(blocks[0]).toMatchObject({ code: 'referrals', records: expect.arrayContaining([running, waiting]) })
    expect((await lawyer.post(`/v1/referrals/${running}/seen`)).status).toBe(204)
    expect((await look(lawyer, running)).has_news).toBe(false)
  })

  test('stops everything when it is the consent to store, on a closed case too', async () => {
    const closed = await openCase(lawyer)
    const referral = await refer(lawyer, closed, { provider_id: provider })
    await say(lawyer, closed, { purpose: 'store' })
    await say(lawyer, closed, { recipient: provider })
    await steps(lawyer, referral, 'awaiting_consent', 'proposed')
    expect((await move(lawyer, closed, { to: 'declined', reason_code: 'no_capacity' })).status).toBe(200)

    const { stopped } = await say(lawyer, closed, { purpose: 'store', value: 'withdrawn' })

    expect(stopped).toEqual([referral])
  })

  test('one that ran out lets nothing go on', async () => {
    const referral = await refer(lawyer, id, { provider_id: await newProvider(lawyer) })
    const { provider_id } = (await look(lawyer, referral)).identity
    await say(lawyer, id, { recipient: provider_id, expires_on: '2026-03-03' })
    await steps(lawyer, referral, 'awaiting_consent')

    expect((await step(lawyer, referral, 'proposed')).body.why).toEqual(['expired'])
  })

  test('said at the same moment as the proposal: never is something shared without one', async () => {
    for (let round = 0; round < 10; round += 1) {
      const mine = await openCase(lawyer)
      await add(lawyer, mine, { user_id: clinician.id, part: 'member' })
      const referral = await refer(lawyer, mine, { provider_id: provider })
      await say(lawyer, mine, { recipient: provider })
      await steps(lawyer, referral, 'awaiting_consent')

      await Promise.all([
        step(lawyer, referral, 'proposed'),
        say(clinician, mine, { recipient: provider, value: 'withdrawn' }),
      ])

      const { state, ended_by } = await look(lawyer, referral)
      expect([
        ['awaiting_consent', null],
        ['proposed', 'consent'],
      ]).toContainEqual([state, ended_by])
    }
  })
})

describe('who sees a referral', () => {
  test('the team; a coordinator sees that there is one and which help, and moves nothing', async () => {
    const referral = await refer(lawyer, id, { provider_id: provider })

    expect(await look(coordinator, referral)).toMatchObject({
      facts: { help: 'psychological' },
      identity: null,
      narrative: null,
      allowed: [],
    })
    expect((await step(coordinator, referral, 'awaiting_consent')).status).toBe(403)
    expect((await end(coordinator, referral)).status).toBe(403)
    for (const who of [app.as('intake'), abroad, app.as('coordinator', 'away')])
      expect((await who.get(`/v1/referrals/${referral}`)).status).toBe(404)
    const listed = (await coordinator.get('/v1/referrals?limit=200')).body.items.map((one: { id: string }) => one.id)
    expect(listed).toContain(referral)
    expect((await app.as('intake').get('/v1/referrals?limit=200')).body.items).toEqual([])
  })

  test('a wall around the case is one around its referrals', async () => {
    const mine = await openCase(lawyer)
    const referral = await refer(lawyer, mine, { provider_id: provider })
    expect((await coordinator.get(`/v1/referrals/${referral}`)).status).toBe(200)
    const { version } = (await lawyer.get(`/v1/cases/${mine}`)).body

    await lawyer.post(`/v1/cases/${mine}/walls`, { user_id: coordinator.id }, ifMatch(version))

    expect((await coordinator.get(`/v1/referrals/${referral}`)).status).toBe(404)
  })

  test('a list of a case comes a page at a time', async () => {
    const mine = await openCase(lawyer)
    const made = []
    for (let at = 0; at < 3; at += 1) made.push(await refer(lawyer, mine, { provider_id: provider }))

    const first = (await lawyer.get(`/v1/cases/${mine}/referrals?limit=2`)).body
    const rest = (await lawyer.get(`/v1/cases/${mine}/referrals?limit=2&after=${String(first.next)}`)).body

    const seen = [...first.items, ...rest.items].map((one: { id: string }) => one.id)
    expect(seen.sort()).toEqual(made.sort())
    expect(rest.next).toBeNull()
  })
})
