import type { As, startApp } from '../../support/app.ts'
import { type Client, ifMatch } from '../../support/client.ts'

export type App = Awaited<ReturnType<typeof startApp>>
type Sent = ReturnType<Client['get']>

/** The body of a reply that must have this status. */
export async function expectStatus(status: number, sent: Sent) {
  const reply = await sent
  if (reply.status !== status) throw new Error(`expected ${String(status)}, got ${String(reply.status)}: ${reply.text}`)
  return reply.body
}

export const report = {
  facts: {
    kind: 'torture_or_ill_treatment',
    occurred: { precision: 'day', from: '2025-11-03' },
    place: { country: 'TJ', region: 'TJ-SU' },
    parties: [{ ref: 'v1', roles: ['victim'], sort: 'person' }],
    acts: [{ violation: 'torture', victim_ref: 'v1' }],
    sources: [{ connection: 'victim', reliability: 'reliable', validity: 'confirmed' }],
    details: { purposes: ['confession'] },
  },
  narrative: { summary: 'Invented: beaten at the station.', language: 'en' },
  identity: { parties: [{ ref: 'v1', names: [{ text: 'Ҷамшед Мисолов', script: 'cyrillic' }] }] },
  legal: { readings: [], notes: 'Invented: article 7.' },
}

const caseFile = (title: string) => ({
  identity: { title },
  narrative: { summary: 'Invented: held for three days.', strategy: 'Invented: complain.' },
  legal: { notes: 'Invented: article 9.' },
  facts: { kind: 'arbitrary_detention' },
})

export const submit = async (by: As): Promise<string> => (await expectStatus(201, by.post('/v1/incidents', report))).id

export const openCase = async (by: As, title: string): Promise<string> =>
  (await expectStatus(201, by.post('/v1/cases', caseFile(title)))).id

const triage = (by: As, id: string, decision: object) =>
  expectStatus(200, by.post(`/v1/incidents/${id}/triage`, decision, ifMatch(1)))

export async function addToCase(by: As, id: string, user: As): Promise<void> {
  const { version } = await expectStatus(200, by.get(`/v1/cases/${id}`))
  await expectStatus(200, by.post(`/v1/cases/${id}/members`, { user_id: user.id, part: 'member' }, ifMatch(version)))
}

/** A report in the case of somebody who is not of the intake, whose member comes onto the team for it and leaves again. */
export async function linkReport(app: App, lead: As, id: string): Promise<void> {
  const intake = app.as('intake')
  await addToCase(lead, id, intake)
  await triage(intake, await submit(app.as('monitor')), { decision: 'accept', case_id: id })
  const { version } = await expectStatus(200, lead.get(`/v1/cases/${id}`))
  await expectStatus(200, lead.delete(`/v1/cases/${id}/members/${intake.id}`, ifMatch(version)))
}

export const newProgramme = async (by: As): Promise<string> => {
  const programme = { starts_on: '2026-01-01', ends_on: '2026-12-31', profile: { name: 'Invented programme' } }
  return (await expectStatus(201, by.post('/v1/programmes', programme))).id
}

/** A little of everything that is kept sealed, and who made it. Everything is `home`'s, but for `elsewhere`. */
export async function playScenario(app: App) {
  const [monitor, intake, lawyer, clinician] = [
    app.as('monitor'),
    app.as('intake'),
    app.as('lawyer'),
    app.as('clinician'),
  ]
  const [waiting, asked, linked] = [await submit(monitor), await submit(monitor), await submit(monitor)]
  const elsewhere = await submit(app.as('monitor', 'away'))

  const shared = await openCase(intake, 'Invented case of a team')
  await addToCase(intake, shared, clinician)
  await triage(intake, linked, { decision: 'accept', case_id: shared })
  await triage(intake, asked, { decision: 'return', question: 'Invented: who else saw it?' })
  await expectStatus(
    201,
    monitor.post(`/v1/incidents/${asked}/supplements`, { narrative: { account: 'Invented: a neighbour.' } }),
  )

  const alone = await openCase(lawyer, 'Invented case of one lawyer')
  const decline = { to: 'declined', reason_code: 'no_capacity', reason: 'Invented: nobody is free.' }
  await expectStatus(200, lawyer.post(`/v1/cases/${alone}/transitions`, decline, ifMatch(1)))

  const programme = await newProgramme(app.as('coordinator'))
  await expectStatus(200, lawyer.put('/v1/me/reminders', { address: 'blue.kettle.41@example.org' }))
  return { waiting, asked, linked, elsewhere, shared, alone, programme }
}

/** Ends a membership, by another than the one who is removed. */
export async function removeFromOrganisation(by: As, gone: As): Promise<void> {
  const { version } = await expectStatus(200, by.get(`/v1/members/${gone.id}`))
  await expectStatus(200, by.delete(`/v1/members/${gone.id}`, ifMatch(version)))
}
