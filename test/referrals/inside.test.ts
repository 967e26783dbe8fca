import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { add, openCase } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { type Handing, handing } from './handing.ts'
import { asked, look, propose, say, step, steps } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')
const intake = app.as('intake', 'away')
const theirs = app.as('lawyer', 'away')
const to = { organisation_id: intake.organisationId }

let hands: Handing
let id: string
beforeAll(async () => {
  hands = await handing(app)
  id = hands.caseId
})

describe('a package', () => {
  test('is what was previewed to the letter, and nothing that was not chosen', async () => {
    const referral = await hands.draft()
    await say(lawyer, id, hands.shared)
    await steps(lawyer, referral, 'awaiting_consent')

    const preview = (await lawyer.get(`/v1/referrals/${referral}/preview`)).body
    const early = await hands.packageOf(lawyer, referral)
    expect((await propose(lawyer, referral)).status).toBe(200)
    const [sent, received] = [await hands.packageOf(clinician, referral), await hands.packageOf(intake, referral)]

    expect(preview.content).toEqual({
      identity: {
        title: 'Two brothers',
        persons: [{ ref: 'p1', names: [{ text: 'Invented Person' }], roles: ['victim'] }],
      },
      narrative: { request: 'Represent her.' },
      facts: { help: 'psychological', kind: 'torture_or_ill_treatment', persons: [{ ref: 'p1', sex: 'female' }] },
    })
    expect(early).toEqual({ content: null, sha256: null })
    expect([sent, received]).toEqual([preview, preview])
    expect(createHash('sha256').update(JSON.stringify(received.content)).digest('hex')).toBe(preview.sha256)
  })

  test('that nobody looked at, or that has changed since, is not sent', async () => {
    const referral = await hands.draft()
    await say(lawyer, id, hands.shared)
    await steps(lawyer, referral, 'awaiting_consent')
    const { sha256 } = (await lawyer.get(`/v1/referrals/${referral}/preview`)).body
    const { version } = await look(lawyer, referral)
    const change = { narrative: { request: 'Represent her soon.', hand_over: hands.chosen } }
    expect((await lawyer.patch(`/v1/referrals/${referral}`, change, ifMatch(version))).status).toBe(200)

    const blind = await step(lawyer, referral, 'proposed')
    const stale = await step(lawyer, referral, { to: 'proposed', package_sha256: sha256 })

    for (const { status, body } of [blind, stale])
      expect([status, body.type]).toEqual([409, '/problems/package-not-as-previewed'])
    expect((await look(lawyer, referral)).state).toBe('awaiting_consent')
    expect((await intake.get(`/v1/referrals/${referral}`)).status).toBe(404)
  })

  test('with somebody who is not in the case is refused', async () => {
    const stranger = crypto.randomUUID()
    const chosen = { fields: [], persons: [{ person_id: stranger, fields: ['names'] }] }
    const referral = await hands.draft(id, { ...asked(to), narrative: { request: 'Help.', hand_over: chosen } })

    const { status, body } = await lawyer.get(`/v1/referrals/${referral}/preview`)

    expect([status, body.type, body.person_ids]).toEqual([422, '/problems/person-not-in-case', [stranger]])
  })

  test('needs a consent that names the recipient: sharing in the coalition at large is none', async () => {
    const mine = await openCase(lawyer)
    const referral = await hands.draft(mine, asked(to))
    await steps(lawyer, referral, 'awaiting_consent')
    await say(lawyer, mine, { purpose: 'share_in_coalition', recipient: crypto.randomUUID() })
    const vague = await lawyer.post(`/v1/cases/${mine}/consents`, {
      facts: { purpose: 'share_in_coalition', value: 'given', method: 'oral', said_on: '2026-03-02' },
    })

    expect(vague.status).toBe(400)
    expect((await propose(lawyer, referral)).body.type).toBe('/problems/consent-required')
  })

  test('for a recipient whose key is not confirmed is refused before anything is sealed', async () => {
    const founder = app.as('founder')
    const offer = await founder.post('/v1/organisations', { profile: { name: 'Invented third', country: 'KG' } })
    const { code } = offer.body.invitation
    const passphrase = 'seven other words for a test only'
    const profile = { name: 'Third', email: 'third@example.org' }
    const joined = await app.stranger.post('/v1/invitations/accept', { code, handle: 'third', passphrase, profile })
    const { organisation_id } = joined.body
    const mine = await openCase(lawyer)
    const referral = await hands.draft(mine, asked({ organisation_id }))
    await say(lawyer, mine, { purpose: 'share_in_coalition', recipient: organisation_id })
    await steps(lawyer, referral, 'awaiting_consent')
    const before = await counts()

    const refused = await propose(lawyer, referral)

    expect([refused.status, refused.body.type]).toEqual([409, '/problems/key-not-confirmed'])
    expect(await counts()).toEqual(before)
    expect((await look(lawyer, referral)).state).toBe('awaiting_consent')
  })
})

const counts = async () => {
  const tables = ['referral_packages', 'record_keys', 'referral_moves'] as const
  const rows = await Promise.all(tables.map((table) => app.database.selectFrom(table).selectAll().execute()))
  return rows.map(({ length }) => length)
}

describe('the recipient', () => {
  test('learns of it when it is proposed, of whom it answers for, and nothing of the case behind it', async () => {
    const referral = await hands.draft()
    const unseen = await intake.get(`/v1/referrals/${referral}`)
    await say(lawyer, id, hands.shared)
    await steps(lawyer, referral, 'awaiting_consent')
    await propose(lawyer, referral)

    const seen = await intake.get(`/v1/referrals/${referral}`)

    expect(unseen.status).toBe(404)
    expect(seen.body).toMatchObject({ side: 'recipient', case_id: null, identity: null, narrative: null, facts: null })
    expect(seen.body).toMatchObject({ has_news: true, allowed: ['accepted', 'declined', 'waitlisted'] })
    expect(seen.text).not.toContain(id)
    expect((await theirs.get(`/v1/referrals/${referral}`)).status).toBe(404)
    expect((await app.as('monitor', 'away').get(`/v1/referrals/${referral}`)).status).toBe(403)
    expect((await app.as('coordinator', 'away').get(`/v1/referrals/${referral}`)).body.allowed).toEqual([])
    expect((await app.as('coordinator', 'away').get(`/v1/referrals/${referral}/package`)).status).toBe(403)
    expect((await app.as('lawyer').get(`/v1/referrals/${referral}`)).status).toBe(200)
    expect((await app.as('intake').get(`/v1/referrals/${referral}`)).status).toBe(404)
  })

  test('accepts, links a case of its own whose team then reads the package, and shows it to nobody', async () => {
    const referral = await hands.handed()
    const own = await openCase(theirs)
    expect((await hands.link(referral, own)).status).toBe(409)
    await steps(intake, referral, 'accepted')
    expect((await hands.link(referral, own)).status).toBe(404)
    await add(theirs, own, { user_id: intake.id, part: 'member' })

    const linked = await hands.link(referral, own)

    expect(linked.status).toBe(200)
    expect((await hands.packageOf(theirs, referral)).content.identity.persons[0].names[0].text).toBe('Invented Person')
    expect((await theirs.get(`/v1/cases/${own}/referrals`)).body.items[0]).toMatchObject({ id: referral, case_id: own })
    const sender = await lawyer.get(`/v1/referrals/${referral}`)
    expect(sender.text).not.toContain(own)
    expect(sender.body).toMatchObject({ case_id: id, state: 'accepted', has_news: true })
    expect((await lawyer.get(`/v1/cases/${own}`)).status).toBe(404)
    expect((await theirs.get(`/v1/cases/${id}`)).status).toBe(404)
    await steps(theirs, referral, 'in_progress', 'completed')
  })

  test('says why it declines, and both sides read it', async () => {
    const referral = await hands.handed()

    await step(intake, referral, {
      to: 'declined',
      said: { reason_code: 'conflict_of_interest', note: 'We know him.' },
    })

    const last = async (by: As) => (await look(by, referral)).history.at(-1).narrative
    expect(await last(lawyer)).toEqual({ reason_code: 'conflict_of_interest', note: 'We know him.' })
    expect(await last(intake)).toEqual(await last(lawyer))
    expect(await hands.packageOf(intake, referral)).toEqual({ content: null, sha256: null })
    expect((await hands.packageOf(lawyer, referral)).content).not.toBeNull()
  })

  test('does not take steps that are the sender’s, nor the sender the recipient’s', async () => {
    const referral = await hands.handed()

    expect((await step(lawyer, referral, 'accepted')).status).toBe(403)
    await steps(intake, referral, 'accepted')
    expect((await step(lawyer, referral, 'in_progress')).status).toBe(403)
    expect((await step(lawyer, referral, 'withdrawn_by_provider')).status).toBe(403)
    expect((await step(lawyer, referral, 'withdrawn_by_client')).status).toBe(200)
  })

  test('goes no step further once the consent has run out', async () => {
    const referral = await hands.handed()
    await app.database
      .updateTable('referrals')
      .set({ consent_until: '2026-01-01' })
      .where('id', '=', (await look(lawyer, referral)).id)
      .execute()

    const late = await step(intake, referral, 'accepted')

    expect([late.status, late.body.type, late.body.why]).toEqual([409, '/problems/consent-required', ['expired']])
  })
})
