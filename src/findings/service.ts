import { viewCase, workOnCase } from '../cases/service.ts'
import type { Actor } from '../platform/access/roles.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { examinationPolicy, findingPolicy } from './policy.ts'
import { gradedByAnother, gradeNeedsClinician, unknownExamination } from './problems.ts'
import { findExamination } from './repo-examinations.ts'
import { findFinding, insertFinding, listFindings, revealFindings, updateFinding } from './repo.ts'
import type { FindingChange, FindingFacts, KeptFindingFacts, NewFinding } from './schema.ts'

type Found = { readonly id: Id<'cases'> }
type Recording = { readonly case_id: Id<'cases'>; readonly finding: NewFinding }

/** A clinician's finding with its grade, or what a lawyer has seen, without one. */
export function recordFinding(op: Op<'finding.record'>, { case_id, finding }: Recording) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    const facts = kept(act.actor, finding.facts)
    const examination_id = await examinationOf(act, found, finding.examination_id)
    const recorded_on = dayOf(act.services.now())
    const { organisation_id } = found
    const recorded = { case_id, examination_id, organisation_id, recorded_by: act.actor.id, recorded_on }
    const row = { id: newId('findings'), ...recorded }
    const access = await createRecordKey(act, row, [{ part: 'record', heldAs: found.held }])
    await insertFinding(act, row, { access, values: { facts, narrative: finding.narrative } })
    return { ...row, version: 1 }
  })
}

async function examinationOf(act: Act<'finding.record'>, found: Found, id: Id<'examinations'> | undefined) {
  if (id === undefined) return null
  const row = await findExamination(act.db, id)
  const [ours] = examinationPolicy(found).grantEach(act, row === undefined ? [] : [row])
  if (ours === undefined) throw new Problem(unknownExamination)
  return ours.id
}

/** The facts with whose grade it is. 403 for a grade by somebody who is no clinician. */
function kept(actor: Actor, facts: Secret<FindingFacts>): Secret<KeptFindingFacts> {
  const isGraded = consult(facts, ({ grade }) => grade !== undefined)
  if (isGraded && !actor.roles.includes('clinician')) throw new Problem(gradeNeedsClinician)
  return revealTo(facts, (found) => ({ found, graded_by: isGraded ? actor.id : null }))
}

export function readFindings(op: Op<'finding.list'>, { case_id, ...query }: PageQuery & { case_id: Id<'cases'> }) {
  return op.act(async (act) => {
    const found = await viewCase(act, case_id)
    const after = decodeCursor(DayCursor, query.after)
    const rows = await listFindings(act.db, { case_id, after, limit: query.limit + 1 })
    const { page, next } = cut(rows, query.limit, (last) => [last.recorded_on, last.id])
    return { items: await revealFindings(act, findingPolicy(found).grantEach(act, page)), next }
  })
}

type Changing = {
  readonly case_id: Id<'cases'>
  readonly id: Id<'findings'>
  readonly version: number
  readonly change: FindingChange
}

function mustBeOwnGrade(actor: Actor, facts: Secret<KeptFindingFacts>): void {
  const graded_by = consult(facts, (known) => known.graded_by)
  if (graded_by !== null && graded_by !== actor.id) throw new Problem(gradedByAnother)
}

/** What a clinician has graded, that clinician alone changes: a grade must not stand over a text its giver never saw. */
export function changeFinding(op: Op<'finding.change'>, { case_id, id, version, change }: Changing) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    const row = findingPolicy(found).grant(act, await findFinding(act.db, id))
    const [before] = await revealFindings(act, [row])
    if (!before?.facts || !before.narrative) throw new Problem(notFound)
    mustBeOwnGrade(act.actor, before.facts)
    const facts = change.facts === undefined ? before.facts : kept(act.actor, change.facts)
    const values = { facts, narrative: change.narrative ?? before.narrative }
    const access = await renewRecordKey(act, row)
    if (!(await updateFinding(act, row, { access, values, version }))) throw new Problem(staleVersion)
    return { ...row, ...values, version: version + 1 }
  })
}
