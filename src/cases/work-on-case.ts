import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import { type HeldKeyring, heldKeyring } from '../platform/operation/keyrings.ts'
import type { Act } from '../platform/operation/op.ts'
import { caseAtRest } from './problems.ts'
import { findCaseAtWork, findSeat } from './repo.ts'
import type { CaseStage } from './schema.ts'

/** A case as the records that hang on it need it: the actor is on its team. */
export type SeatedCase = {
  readonly id: Id<'cases'>
  readonly organisation_id: Id<'organisations'>
  readonly reference: string
  readonly keyring_id: Id<'keyrings'>
  readonly stage: CaseStage
  readonly my_part: 'lead' | 'member'
}

/** The same to work on: `held` is the keyring under which the keys of new records are wrapped. */
export type WorkingCase = SeatedCase & { readonly held: HeldKeyring }

/** To read what hangs on a case, at any stage. 404 unless the actor is on its team. */
export async function viewCase(act: Act, id: Id<'cases'>): Promise<SeatedCase> {
  const found = await findSeat(act, id)
  if (found === undefined) throw new Problem(notFound)
  return found
}

/**
 * To add to a case or to change what hangs on it. Until the act ends nobody closes it or changes its keyring. 404 unless
 * the actor is on its team; 409 case-at-rest, but for what must be written down even then (`evenAtRest`).
 */
export async function workOnCase(act: Act, id: Id<'cases'>, how?: { evenAtRest: boolean }): Promise<WorkingCase> {
  const seat = await viewCase(act, id)
  const found = await findCaseAtWork(act, id, how)
  if (found === undefined) throw new Problem(caseAtRest)
  const held = await heldKeyring(act, found.keyring_id)
  if (held === undefined) throw new Problem(notFound)
  act.concerns('cases', id)
  return { ...seat, stage: found.stage, held }
}
