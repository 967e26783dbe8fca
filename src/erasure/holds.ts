import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { holdPolicy, subjectPolicy } from './policy.ts'
import { holdLifted } from './problems.ts'
import { findHold, insertHold, listHolds, markLifted } from './repo-holds.ts'
import { findSubject } from './repo-subjects.ts'
import type { NewHold } from './schema.ts'

const caseOf = (id: Id<'cases'>) => ({ kind: 'case', id }) as const

/** Says that a case must be kept, and why: nobody erases it while this stands. */
export function placeHold(op: Op<'hold.place'>, { id, hold }: { readonly id: Id<'cases'>; readonly hold: NewHold }) {
  return op.act(async (act) => {
    const found = subjectPolicy.grant(act, await findSubject(act.db, caseOf(id), act.actor.id))
    return insertHold(act, { ...found, case_id: id }, hold)
  })
}

export function readHolds(op: Op<'hold.list'>, id: Id<'cases'>) {
  return op.read(async (db) => {
    subjectPolicy.grant(op, await findSubject(db, caseOf(id), op.actor.id))
    return { items: await listHolds(db, id) }
  })
}

type Lifting = { readonly id: Id<'cases'>; readonly hold_id: Id<'case_holds'> }

export function liftHold(op: Op<'hold.lift'>, { id, hold_id }: Lifting): Promise<void> {
  return op.act(async (act) => {
    subjectPolicy.grant(act, await findSubject(act.db, caseOf(id), act.actor.id))
    const hold = await findHold(act.db, { id: hold_id, case_id: id })
    if (hold === undefined) throw new Problem(notFound)
    if (!(await markLifted(act, holdPolicy.grant(act, hold)))) throw new Problem(holdLifted)
  })
}
