import type { Caller } from '../support/caller.ts'
import type { Canary, Spot } from './canary.ts'

const others = new WeakMap<Caller, Promise<string>>()

/** Another organisation of the coalition, with a founder whose key is confirmed. */
async function anotherOrganisation({ caller, founder: { token } }: Spot): Promise<string> {
  const profile = { name: 'Another, invented', country: 'KG' }
  const offer = await caller.expectOf(201, 'POST /v1/organisations', { token, body: { profile } })
  const joined = await caller.expectOf(201, 'POST /v1/invitations/accept', {
    body: { code: offer.invitation.code, profile: { name: 'Another founder, invented' } },
  })
  await caller.expectOf(200, `POST /v1/members/${String(joined.user_id)}/confirm`, {
    token,
    body: { fingerprint: joined.fingerprint },
    headers: { 'if-match': '"1"' },
  })
  return joined.organisation_id
}

function organisationFor(spot: Spot): Promise<string> {
  const known = others.get(spot.caller) ?? anotherOrganisation(spot)
  others.set(spot.caller, known)
  return known
}

async function draft({ caller, token, caseId }: Spot, to: object, narrative: object): Promise<string> {
  const body = { to, facts: { help: 'shelter' }, narrative }
  const { id } = await caller.expectOf(201, `POST /v1/cases/${caseId}/referrals`, { token, body })
  return String(id)
}

async function move({ caller, token }: Spot, id: string, [version, body]: [number, object]): Promise<void> {
  const headers = { 'if-match': `"${String(version)}"` }
  await caller.expectOf(200, `POST /v1/referrals/${id}/transitions`, { token, body, headers })
}

export const referralsCanary: Canary = {
  columns: [
    'referrals.narrative',
    'referral_moves.narrative',
    'referral_packages.identity',
    'referral_packages.narrative',
  ],
  coded: ['referrals.identity', 'referrals.facts', 'referral_packages.facts'],
  async fill(spot) {
    const { caller, token, caseId, told } = spot
    const provider = await caller.expectOf(201, 'POST /v1/providers', {
      token,
      body: { identity: { name: told('referred to') }, facts: { sort: 'clinic', services: ['shelter'] } },
    })
    await draft(spot, { provider_id: provider.id }, { request: told('referral request') })

    const recipient = await organisationFor(spot)
    const inside = { request: told('referral request'), hand_over: { fields: ['title', 'summary'] } }
    const id = await draft(spot, { organisation_id: recipient }, inside)
    const consent = { purpose: 'share_in_coalition', value: 'given', method: 'oral', said_on: '2026-03-02' }
    await caller.expectOf(201, `POST /v1/cases/${caseId}/consents`, {
      token,
      body: { facts: consent, identity: { recipient } },
    })
    await move(spot, id, [1, { to: 'awaiting_consent', said: { note: told('referral note') } }])
    const { sha256 } = await caller.expectOf(200, `GET /v1/referrals/${id}/preview`, { token })
    await move(spot, id, [2, { to: 'proposed', package_sha256: sha256 }])
  },
}
