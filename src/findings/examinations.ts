import { viewCase, workOnCase } from '../cases/service.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notAllowed, notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { examinationPolicy } from './policy.ts'
import {
  type ExaminationContents,
  findExamination,
  insertExamination,
  listExaminations,
  revealExaminations,
  updateExamination,
} from './repo-examinations.ts'
import type { ExaminationChange, NewExamination } from './schema-examination.ts'

type Recording = { readonly case_id: Id<'cases'>; readonly examination: NewExamination }

export function recordExamination(op: Op<'examination.record'>, { case_id, examination }: Recording) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    if (!act.actor.roles.includes('clinician')) throw new Problem(notAllowed)
    const recorded_on = dayOf(act.services.now())
    const { organisation_id } = found
    const row = { id: newId('examinations'), case_id, organisation_id, recorded_by: act.actor.id, recorded_on }
    const access = await createRecordKey(act, row, [{ part: 'record', heldAs: found.held }])
    const { facts, identity = new Secret({}), narrative = new Secret({}) } = examination
    await insertExamination(act, row, { access, values: { identity, narrative, facts } })
    return { ...row, version: 1 }
  })
}

export function readExaminations(
  op: Op<'examination.list'>,
  { case_id, ...query }: PageQuery & { case_id: Id<'cases'> },
) {
  return op.act(async (act) => {
    const found = await viewCase(act, case_id)
    const after = decodeCursor(DayCursor, query.after)
    const rows = await listExaminations(act.db, { case_id, after, limit: query.limit + 1 })
    const { page, next } = cut(rows, query.limit, (last) => [last.recorded_on, last.id])
    return { items: await revealExaminations(act, examinationPolicy(found).grantEach(act, page)), next }
  })
}

type Changing = {
  readonly case_id: Id<'cases'>
  readonly id: Id<'examinations'>
  readonly version: number
  readonly change: ExaminationChange
}

export function changeExamination(op: Op<'examination.change'>, { case_id, id, version, change }: Changing) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    const row = examinationPolicy(found).grant(act, await findExamination(act.db, id))
    const [before] = await revealExaminations(act, [row])
    const values = merged(before, change)
    const access = await renewRecordKey(act, row)
    if (!(await updateExamination(act, row, { access, values, version }))) throw new Problem(staleVersion)
    return { ...row, ...values, version: version + 1 }
  })
}

type Before = { readonly [C in keyof ExaminationContents]: ExaminationContents[C] | null }

/** What is not replaced stays. Who reads a part of it only, changes nothing. */
function merged(before: Before | undefined, change: ExaminationChange): ExaminationContents {
  if (!before?.facts || !before.narrative || !before.identity) throw new Problem(notFound)
  return {
    identity: change.identity ?? before.identity,
    narrative: change.narrative ?? before.narrative,
    facts: change.facts ?? before.facts,
  }
}
