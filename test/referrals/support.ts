import { expect } from 'vitest'
import type { As } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

type Facts = Record<string, unknown>

export async function newProvider(by: As): Promise<string> {
  const listed = await by.post('/v1/providers', {
    identity: { name: 'An invented clinic' },
    facts: { sort: 'clinic', services: ['psychological'] },
  })
  expect(listed.status).toBe(201)
  return listed.body.id
}

export const asked = (to: object) => ({
  to,
  facts: { help: 'psychological' },
  narrative: { request: 'Ten sessions, in Tajik.' },
})

/** Drafts a referral and answers its id. */
export async function refer(by: As, caseId: string, to: object): Promise<string> {
  const made = await by.post(`/v1/cases/${caseId}/referrals`, asked(to))
  expect([made.status, made.text.slice(0, 200)]).toEqual([201, expect.any(String)])
  return made.body.id
}

/** Takes down a word on sharing with one recipient; answers its id and what it stopped. */
export async function say(by: As, caseId: string, { recipient, ...facts }: Facts & { recipient?: string }) {
  const said = await by.post(`/v1/cases/${caseId}/consents`, {
    facts: { purpose: 'share_with_provider', value: 'given', method: 'oral', said_on: '2026-03-02', ...facts },
    identity: recipient === undefined ? {} : { recipient },
  })
  expect(said.status).toBe(201)
  const { id, stopped }: { id: string; stopped: string[] } = said.body
  return { id, stopped }
}

export const look = async (by: As, id: string) => (await by.get(`/v1/referrals/${id}`)).body

/** One step, from the version that the mover sees. */
export async function step(by: As, id: string, wish: string | object) {
  const { version = 1 } = await look(by, id)
  const said = wish === 'declined' ? { said: { reason_code: 'no_capacity' } } : {}
  const move = typeof wish === 'string' ? { to: wish, ...said } : wish
  return by.post(`/v1/referrals/${id}/transitions`, move, ifMatch(version))
}

export async function steps(by: As, id: string, ...states: string[]): Promise<void> {
  for (const to of states) expect([to, (await step(by, id, to)).status]).toEqual([to, 200])
}

export async function end(by: As, id: string) {
  const { version = 1 } = await look(by, id)
  return by.post(`/v1/referrals/${id}/end`, {}, ifMatch(version))
}

/** Proposes what was previewed. */
export async function propose(by: As, id: string) {
  const { sha256 } = (await by.get(`/v1/referrals/${id}/preview`)).body
  return step(by, id, { to: 'proposed', package_sha256: sha256 })
}
