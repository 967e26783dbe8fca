import { openClaim } from '../admissibility/service.ts'
import { viewCase, workOnCase, type SeatedCase } from '../cases/service.ts'
import { hasItems } from '../evidence/service.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { mustFollowFacts } from './check-steps.ts'
import { datesOf, nextSteps } from './lifecycle.ts'
import { openLetters } from './letters.ts'
import { mustBeKnown, oneBody } from './one-body.ts'
import { openSteps, type OpenStep } from './open-steps.ts'
import { complaintsOf } from './policy.ts'
import { mechanismIsFixed, notOfThisCase, tooManyComplaints } from './problems.ts'
import {
  type ComplaintContents,
  type ComplaintRow,
  findComplaint,
  insertComplaint,
  listComplaints,
  type OpenComplaint,
  revealComplaints,
  updateComplaint,
} from './repo.ts'
import {
  type Complaint,
  type ComplaintChange,
  type ComplaintReceipt,
  COMPLAINTS_MAX,
  type NewComplaint,
  type Step,
} from './schema.ts'

export { type CountedComplaint, openCounted } from './counted.ts'
export { complaintBehind, filedOf, hasDecision, waitingToFile } from './filed.ts'

/** Begins one, to one body. */
export function openComplaint(
  op: Op<'complaint.open'>,
  caseId: Id<'cases'>,
  { legal: given, identity, narrative }: NewComplaint,
): Promise<ComplaintReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, caseId)
    const legal = oneBody(given)
    await mustBeKnown(act, legal)
    if ((await listComplaints(act, caseId)).length >= COMPLAINTS_MAX) throw new Problem(tooManyComplaints)
    const values = { legal, identity, narrative }
    await mustHaveAnnexes(act, caseId, values)
    return insertComplaint(act, found, values)
  })
}

async function mustHaveAnnexes(act: Act, caseId: Id<'cases'>, { narrative }: ComplaintContents): Promise<void> {
  const ids = consult(narrative, ({ annexes }) => annexes.flatMap(({ evidence_id }) => evidence_id ?? []))
  if (!(await hasItems(act, caseId, ids))) throw new Problem(notOfThisCase)
}

type Changing = {
  readonly id: Id<'cases'>
  readonly complaint_id: Id<'complaints'>
  readonly version: number
  readonly change: ComplaintChange
}

/** Replaces the classes that are given. To whom and against whom stays as it is once it is submitted. */
export function changeComplaint(
  op: Op<'complaint.change'>,
  { id, complaint_id, version, change }: Changing,
): Promise<ComplaintReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    const row = complaintsOf<ComplaintRow>(found).grant(act, await findComplaint(act, complaint_id))
    const [opened] = await revealComplaints(act, [row])
    const before = contentsOf(opened)
    const legal = change.legal === undefined ? before.legal : oneBody(change.legal)
    const values = {
      legal,
      identity: change.identity ?? before.identity,
      narrative: change.narrative ?? before.narrative,
    }
    await mustBeKnown(act, legal)
    await mustHaveAnnexes(act, id, values)
    if (row.stage !== 'drafting') await mustStayFiled(act, found, { id: complaint_id, before, values })
    if (!(await updateComplaint(act, row, { version, values }))) throw new Problem(staleVersion)
    const { case_id, stage, opened_by, opened_on } = row
    return { id: complaint_id, case_id, stage, opened_by, opened_on, version: version + 1 }
  })
}

type Filed = {
  readonly id: Id<'complaints'>
  readonly before: ComplaintContents
  readonly values: ComplaintContents
}

async function mustStayFiled(act: Act, found: SeatedCase, { id, before, values }: Filed): Promise<void> {
  const to = ({ legal }: ComplaintContents) => consult(legal, ({ mechanism, state }) => `${state} ${mechanism}`)
  if (to(before) !== to(values)) throw new Problem(mechanismIsFixed)
  const steps = (await openSteps(act, found, [id])).filter(({ is_void }) => !is_void)
  mustFollowFacts(steps, { narrative: values.narrative, claim: (await openClaim(act, found.id)).legal })
}

/** A class without its key is no class: 404. */
export function contentsOf(opened: OpenComplaint | undefined): ComplaintContents {
  if (!opened?.legal || !opened.identity || !opened.narrative) throw new Problem(notFound)
  const { legal, identity, narrative } = opened
  return { legal, identity, narrative }
}

/** The complaints of a case, each with its steps in their order and its letters. */
export function readComplaints(op: Op<'complaint.list'>, caseId: Id<'cases'>): Promise<{ items: Complaint[] }> {
  return op.act(async (act) => {
    const found = await viewCase(act, caseId)
    const rows = complaintsOf<ComplaintRow>(found).grantEach(act, await listComplaints(act, caseId))
    return { items: await wholly(act, found, await revealComplaints(act, rows)) }
  })
}

export function readComplaint(
  op: Op<'complaint.list'>,
  { id, complaint_id }: { readonly id: Id<'cases'>; readonly complaint_id: Id<'complaints'> },
): Promise<Complaint> {
  return op.act(async (act) => {
    const found = await viewCase(act, id)
    const row = complaintsOf<ComplaintRow>(found).grant(act, await findComplaint(act, complaint_id))
    const [complaint] = await wholly(act, found, await revealComplaints(act, [row]))
    if (complaint === undefined) throw new Error('a complaint that was granted was not opened')
    return complaint
  })
}

async function wholly(act: Act, found: SeatedCase, opened: readonly OpenComplaint[]): Promise<Complaint[]> {
  const ids = opened.map(({ id }) => id)
  const steps = await openSteps(act, found, ids)
  const letters = await openLetters(act, found, ids)
  return opened.map((complaint) => ({
    ...complaint,
    ...reckoned(steps.filter(({ complaint_id }) => complaint_id === complaint.id)),
    letters: letters.filter(({ complaint_id }): boolean => complaint_id === complaint.id),
  }))
}

function reckoned(steps: readonly OpenStep[]): Pick<Complaint, 'dates' | 'may_follow' | 'steps'> {
  const standing = steps.filter(({ is_void }) => !is_void)
  return {
    steps: steps.map(({ told: _told, ...step }): Step => step),
    dates: new Secret(datesOf(standing.map(({ told }) => told))),
    may_follow: new Secret(nextSteps(standing.map(({ told }) => told))),
  }
}
