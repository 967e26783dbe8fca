import { expect } from 'vitest'
import { add, type App, openCase } from '../cases/support.ts'
import type { As } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { asked, look, propose, say, steps } from './support.ts'

/** A lawyer's case with a clinician on its team and a victim in it, of which parts are handed to the other organisation. */
export async function handing(app: App) {
  const lawyer = app.as('lawyer')
  const intake = app.as('intake', 'away')
  const recipient = intake.organisationId
  const caseId = await openCase(lawyer)
  await add(lawyer, caseId, { user_id: app.as('clinician').id, part: 'member' })
  const made = await lawyer.post('/v1/persons', {
    case_id: caseId,
    role: { roles: ['victim'], note: 'Stays here.' },
    identity: { names: [{ text: 'Invented Person' }], born: '1990', contacts: [{ kind: 'phone', text: '+000' }] },
    facts: { sex: 'female', age_band: '25_34' },
  })
  expect(made.status).toBe(201)

  const shared = { purpose: 'share_in_coalition', recipient }
  const persons = [{ person_id: String(made.body.id), fields: ['names', 'roles', 'sex'] }]
  const chosen = { fields: ['title', 'kind'], persons }
  const request = {
    ...asked({ organisation_id: recipient }),
    narrative: { request: 'Represent her.', hand_over: chosen },
  }

  const draft = async (of = caseId, body: object = request): Promise<string> => {
    const drafted = await lawyer.post(`/v1/cases/${of}/referrals`, body)
    expect([drafted.status, drafted.text.slice(0, 200)]).toEqual([201, expect.any(String)])
    return drafted.body.id
  }
  /** Under consent, and proposed. */
  const handed = async (): Promise<string> => {
    const referral = await draft()
    await say(lawyer, caseId, shared)
    await steps(lawyer, referral, 'awaiting_consent')
    expect((await propose(lawyer, referral)).status).toBe(200)
    return referral
  }
  const packageOf = async (by: As, referral: string) => (await by.get(`/v1/referrals/${referral}/package`)).body
  const link = async (referral: string, own: string) => {
    const { version } = await look(intake, referral)
    return intake.post(`/v1/referrals/${referral}/link`, { case_id: own }, ifMatch(version))
  }
  return { caseId, shared, chosen, draft, handed, packageOf, link }
}

export type Handing = Awaited<ReturnType<typeof handing>>
