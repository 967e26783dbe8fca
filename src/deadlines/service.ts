import { viewCase, workOnCase } from '../cases/service.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { deadlinesOf } from './policy.ts'
import { tooManyDeadlines } from './problems.ts'
import {
  type DeadlineRow,
  findDeadline,
  insertDeadline,
  listDeadlines,
  type NewDay,
  revealDeadlines,
  updateDeadline,
} from './repo.ts'
import { type Reckoned, reckon, reckonFromStep } from './rules.ts'
import {
  type ByHand,
  type ByRule,
  type Deadline,
  type DeadlineChange,
  type DeadlineReceipt,
  DEADLINES_MAX,
} from './schema.ts'

export { type Caused, followCauses } from './follow-cause.ts'
export { lastDay } from './reckon.ts'

type Given = Secret<ByRule | ByHand>

/** A deadline by a rule, from a step or a day; or by hand. */
export function addDeadline(op: Op<'deadline.add'>, case_id: Id<'cases'>, given: Given): Promise<DeadlineReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    if ((await listDeadlines(act, case_id)).length >= DEADLINES_MAX) throw new Problem(tooManyDeadlines)
    const day = await dayFor(act, case_id, given)
    const id = await insertDeadline(act, found, day)
    return { id, case_id, version: 1, kind: day.kind, status: 'open', due_on: day.due_on }
  })
}

async function dayFor(act: Act, case_id: Id<'cases'>, given: Given): Promise<NewDay> {
  const { proceeding_id, ...day } = await consult(given, (told) =>
    told.by === 'hand' ? { ...told, proceeding_id: null, reckoning: null } : byRule(act, case_id, told),
  )
  const { kind, due_on, zone, reckoning } = day
  const legal = revealTo(given, ({ note }) => ({ zone, reckoning, note, history: [] }))
  return { kind, due_on, proceeding_id, legal }
}

type OfStep = Reckoned & { readonly proceeding_id: Id<'proceedings'> | null }

async function byRule(act: Act, case_id: Id<'cases'>, told: ByRule): Promise<OfStep> {
  const { rule, state, proceeding_id, trigger_on } = told
  if (proceeding_id !== undefined) {
    return { ...(await reckonFromStep(act, { rule, state, case_id, proceeding_id })), proceeding_id }
  }
  if (trigger_on === undefined) throw new Error('a deadline by a rule has a step or a day')
  return { ...(await reckon(act, { rule, state }, trigger_on)), proceeding_id: null }
}

export function readDeadlines(op: Op<'deadline.list'>, caseId: Id<'cases'>): Promise<{ items: Deadline[] }> {
  return op.act(async (act) => {
    const found = await viewCase(act, caseId)
    const rows = deadlinesOf(found).grantEach(act, await listDeadlines(act, caseId))
    return { items: await revealDeadlines(act, rows) }
  })
}

type Changing = {
  readonly id: Id<'cases'>
  readonly deadline_id: Id<'deadlines'>
  readonly version: number
  readonly change: DeadlineChange
}

/** Done, waived or open again; always with a reason. */
export function changeDeadline(
  op: Op<'deadline.change'>,
  { id, deadline_id, version, change: { status, told } }: Changing,
): Promise<DeadlineReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    const row = deadlinesOf(found).grant(act, await findDeadline(act, deadline_id))
    const [opened] = await revealDeadlines(act, [row])
    if (opened === undefined || opened.legal === null) throw new Error('a deadline of the case was not opened')
    const legal = revealTo(opened.legal, (before) => ({ ...before, reason: consult(told, ({ reason }) => reason) }))
    const { due_on } = row
    if (!(await updateDeadline(act, row, { version, status, due_on, legal }))) throw new Problem(staleVersion)
    return receiptOf({ ...row, version: version + 1, status })
  })
}

const receiptOf = ({ id, case_id, version, kind, status, due_on }: DeadlineRow): DeadlineReceipt => ({
  id,
  case_id,
  version,
  kind,
  status,
  due_on,
})
