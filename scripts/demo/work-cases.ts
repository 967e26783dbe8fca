import { z } from 'zod'
import { DemoStopped, eachOf } from './api.ts'
import type { Organisation, Person } from './coalition.ts'
import type { Submitted } from './submit-reports.ts'
import { State } from './wire.ts'

const Opened = z.object({ id: z.string(), reference: z.string(), version: z.int() })
const Team = z.object({ version: z.int(), team: z.array(z.object({ user_id: z.string() })) })
const Made = z.object({ id: z.string() })
const Incident = z.object({ version: z.int() })
const Visible = z.object({ narrative: z.object({ summary: z.string() }).nullable() })
const Refusal = z.object({ title: z.string(), missing: z.array(z.string()) })
const Ways = z.object({
  version: z.int(),
  stage: z.string(),
  allowed: z.array(z.object({ to: z.string(), missing: z.array(z.string()) })),
})

/** A case that is open, with the decision it is about. */
export type OpenCase = Submitted & { readonly caseId: string; readonly reference: string }

/** The intake lawyers open a case for each decision. */
export function openCases(submitted: readonly Submitted[]): Promise<OpenCase[]> {
  return eachOf(submitted, 4, async (one) => {
    const { view, home } = one
    const body = {
      identity: { title: view.title },
      narrative: { summary: view.subject },
      legal: { notes: `Decided as ${view.symbol}.` },
      facts: { tags: view.violation_types },
    }
    const { id, reference } = await home.people.lawyer.api('POST /v1/cases', { status: 201, reply: Opened, body })
    return { ...one, caseId: id, reference }
  })
}

/** Accepts the report into its case: from then on the team reads it, and the intake no longer. */
export async function acceptIntoCase({ home, id, caseId }: OpenCase): Promise<void> {
  const { api } = home.people.lawyer
  const { version } = await api(`GET /v1/incidents/${id}`, { status: 200, reply: Incident })
  const body = { decision: 'accept', case_id: caseId }
  await api(`POST /v1/incidents/${id}/triage`, { status: 200, reply: State, version, body })
}

/** Clinician and coordinator join; the coordinator leaves again, and must then read no word of the case. */
export async function changeTeam({ home, caseId }: OpenCase): Promise<void> {
  const { lawyer, clinician, coordinator } = home.people
  const joined = await addTo(caseId, lawyer, clinician)
  const grown = await addTo(caseId, lawyer, coordinator)
  if (grown.team.length !== joined.team.length + 1) throw new DemoStopped('A team did not grow')
  await mustRead(caseId, coordinator, true)
  await lawyer.api(`DELETE /v1/cases/${caseId}/members/${coordinator.id}`, {
    status: 200,
    reply: Team,
    version: grown.version,
  })
  await mustRead(caseId, coordinator, false)
  await mustRead(caseId, clinician, true)
}

async function mustRead(caseId: string, { api, handle }: Person, expected: boolean): Promise<void> {
  const { narrative } = await api(`GET /v1/cases/${caseId}`, { status: 200, reply: Visible })
  if ((narrative !== null) !== expected)
    throw new DemoStopped(`${handle} ${expected ? 'cannot' : 'can still'} read a case`)
}

async function addTo(caseId: string, { api }: Person, { id }: Person): Promise<z.output<typeof Team>> {
  const body = { user_id: id, part: 'member' }
  const { version } = await waysOf(caseId, { api })
  return api(`POST /v1/cases/${caseId}/members`, { status: 200, reply: Team, version, body })
}

/** Where a case can go, and what it lacks for that. */
const waysOf = (caseId: string, { api }: Pick<Person, 'api'>) =>
  api(`GET /v1/cases/${caseId}/transitions`, { status: 200, reply: Ways })

/** Tries to document a case too early; the codes of what is missing. */
export async function moveTooEarly({ home, caseId }: OpenCase): Promise<string[]> {
  const { api } = home.people.lawyer
  const { version } = await waysOf(caseId, { api })
  const body = { to: 'documentation' }
  const { missing } = await api(`POST /v1/cases/${caseId}/transitions`, { status: 409, reply: Refusal, version, body })
  return missing
}

const threat = {
  threat: 'Reprisals (invented)',
  likelihood: 'high',
  severity: 'grave',
  measures: 'Calls to a friend only',
}
const papers = [
  { kind: 'risk_assessment', narrative: { for_whom: 'The family', threats: [threat] } },
  { kind: 'conflict_check', narrative: { result: 'clear', searched: 'The names of all our cases' } },
]
const consent = { purpose: 'store', value: 'given', method: 'written', said_on: '2026-01-15' }

/** Consent to keep what was told, an assessment of the risk and a look for conflicts of interest: all invented. */
async function makeSafe({ home, caseId }: OpenCase): Promise<void> {
  const { api } = home.people.lawyer
  const made = { status: 201, reply: Made } as const
  await api(`POST /v1/cases/${caseId}/consents`, { ...made, body: { facts: consent } })
  for (const body of papers) await api(`POST /v1/cases/${caseId}/papers`, { ...made, body })
}

/** Gives the case what it lacked, and moves it; what the stage after that would ask. */
export async function document(file: OpenCase): Promise<string[]> {
  const { caseId, home } = file
  const { lawyer, clinician } = home.people
  await addTo(caseId, lawyer, clinician)
  await acceptIntoCase(file)
  await makeSafe(file)
  const { version } = await waysOf(caseId, lawyer)
  const body = { to: 'documentation' }
  await lawyer.api(`POST /v1/cases/${caseId}/transitions`, {
    status: 200,
    reply: State.pick({ version: true }),
    version,
    body,
  })
  const { stage, allowed } = await waysOf(caseId, lawyer)
  if (stage !== 'documentation') throw new DemoStopped(`The case is in ${stage}, not in documentation`)
  return allowed.find(({ to }) => to === 'litigation')?.missing ?? []
}

/** One case of each organisation. */
export function firstOfEach(cases: readonly OpenCase[], organisations: readonly Organisation[]): OpenCase[] {
  return organisations.flatMap((wanted) => cases.find(({ home }) => home === wanted) ?? [])
}
