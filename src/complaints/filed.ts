import type { Elsewhere } from '../admissibility/schema.ts'
import { viewCase } from '../cases/service.ts'
import { mayDo } from '../consents/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { bodyOf } from './one-body.ts'
import { type OpenStep, openSteps } from './open-steps.ts'
import { complaintsOf } from './policy.ts'
import { type ComplaintRow, listComplaints, type OpenComplaint, revealComplaints } from './repo.ts'

async function openAll(act: Act, caseId: Id<'cases'>): Promise<{ complaint: OpenComplaint; steps: OpenStep[] }[]> {
  const found = await viewCase(act, caseId)
  // To rely on a complaint is to read it, whatever the act around it is for.
  const by = { actor: act.actor, action: 'complaint.list' } as const
  const rows = complaintsOf<ComplaintRow>(found).grantEach(by, await listComplaints(act, caseId))
  const opened = await revealComplaints(act, rows)
  const steps = await openSteps(
    act,
    found,
    rows.map(({ id }) => id),
  )
  return opened.map((complaint) => ({
    complaint,
    steps: steps.filter((step) => step.complaint_id === complaint.id && !step.is_void),
  }))
}

/** What was filed of a case from here, as the check of admissibility asks for it. */
export async function filedOf(act: Act, caseId: Id<'cases'>): Promise<Elsewhere[]> {
  const all = await openAll(act, caseId)
  return all.flatMap(({ complaint, steps }): Elsewhere[] => {
    if (complaint.stage === 'drafting' || complaint.legal === null) return []
    const body = consult(complaint.legal, ({ mechanism }) => mechanism)
    const decided = steps.find(({ told }) => told.step === 'decided')?.told
    if (decided === undefined)
      return [{ body, status: complaint.stage === 'ended' ? 'withdrawn' : 'pending', same_matter: 'yes' }]
    // Whether a matter that was found inadmissible was examined depends on why.
    const same_matter = decided.outcome === 'inadmissible' ? 'unclear' : 'yes'
    return [{ body, status: 'decided', same_matter, ended_on: decided.on }]
  })
}

/** Whether a body has decided a complaint of the case. */
export async function hasDecision(act: Act, caseId: Id<'cases'>): Promise<boolean> {
  return (await openAll(act, caseId)).some(({ steps }) => steps.some(({ told }) => told.step === 'decided'))
}

/** Drafts that may not be filed as consents stand. */
export async function waitingToFile(act: Act, caseId: Id<'cases'>): Promise<string[]> {
  const waiting: string[] = []
  for (const { complaint } of await openAll(act, caseId))
    if (complaint.stage === 'drafting' && !(await mayBeFiled(act, caseId, complaint))) waiting.push(complaint.id)
  return waiting
}

async function mayBeFiled(act: Act, case_id: Id<'cases'>, { legal, identity }: OpenComplaint): Promise<boolean> {
  if (legal === null || identity === null) return false
  const recipient = await bodyOf(act, legal)
  if (recipient === undefined) return false
  for (const subject of consult(identity, ({ victims }) => victims.map(({ consent_of }) => consent_of))) {
    const { may } = await mayDo(act, { case_id, purpose: 'submit_to_un_body', recipient, subject })
    if (!may) return false
  }
  return true
}

/** A complaint of the case, as a decision on it needs to know it; undefined when the case has none of that id. */
export async function complaintBehind(act: Act, caseId: Id<'cases'>, id: Id<'complaints'>) {
  const found = (await openAll(act, caseId)).find(({ complaint }) => complaint.id === id)
  if (found === undefined || found.complaint.legal === null) return undefined
  const { mechanism, state } = consult(found.complaint.legal, (told) => told)
  return { mechanism, state, submitted_on: found.steps.find(({ told }) => told.step === 'submitted')?.told.on ?? null }
}
