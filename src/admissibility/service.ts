import { viewCase, workOnCase } from '../cases/service.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { exhaustionByState } from '../proceedings/service.ts'
import { Acceptance, DeadlineRule, Mechanism, OtherMechanism } from '../reference/schema.ts'
import { rulesOn } from '../reference/service.ts'
import { answersTo } from './answer.ts'
import type { Claim, Rows } from './claim.ts'
import { firstOf, rangeOf } from './day-range.ts'
import { conflictsOf } from './conflicts.ts'
import { gatherClaims } from './gather-claims.ts'
import { claimsOf } from './policy.ts'
import { findClaim, insertClaim, revealClaim, updateClaim } from './repo.ts'
import {
  type Admissibility,
  type Admission,
  type CaseClaim,
  ClaimLegal,
  type ClaimReceipt,
  type Elsewhere,
} from './schema.ts'

/** What this program itself knows to be pending or decided of a case. Given from outside: complaints know this module. */
export type Filed = (act: Act, caseId: Id<'cases'>) => Promise<Elsewhere[]>

/** The first day that one of these may have been; undefined where none is known. */
export const firstPossible = (days: readonly string[]): string | undefined => firstOf(days.map(rangeOf))?.earliest

/** The rows of reference as they hold on a day. */
async function rowsOfDay(act: Act, on: string): Promise<Rows> {
  return {
    mechanisms: await rulesOn(act, { file: 'mechanisms', schema: Mechanism }, on),
    others: await rulesOn(act, { file: 'other_mechanisms', schema: OtherMechanism }, on),
    acceptance: await rulesOn(act, { file: 'acceptance', schema: Acceptance }, on),
    deadlines: await rulesOn(act, { file: 'deadline_rules', schema: DeadlineRule }, on),
  }
}

/** For a case, every mechanism: open, closing, closed or doubtful, and why. */
export function readAdmissibility(op: Op<'admissibility.read'>, filed: Filed, id: Id<'cases'>): Promise<Admissibility> {
  return op.act(async (act) => {
    const on = dayOf(act.services.now())
    return { id, on, result: new Secret(await admissionOf(act, filed, id)) }
  })
}

/** The answers for a case of the actor's, today. */
async function admissionOf(act: Act, filed: Filed, id: Id<'cases'>): Promise<Admission> {
  await viewCase(act, id)
  const on = dayOf(act.services.now())
  const said = await saidOf(act, id)
  const elsewhere = [...said.elsewhere, ...(await filed(act, id))]
  const exhaustion = await exhaustionByState(act, id, on)
  const claims = await gatherClaims(act, id, { on, said: { ...said, elsewhere }, exhaustion })
  const rows = await rowsOfDay(act, on)
  return judged(claims, rows, said)
}

function judged(claims: readonly Claim[], rows: Rows, { overrides }: ClaimLegal): Admission {
  const byState = claims.map((claim) => answersTo(claim, rows))
  const answers = byState.flat().map((answer) => ({
    ...answer,
    override: overrides.find(({ mechanism }) => mechanism === answer.mechanism)?.reason ?? null,
  }))
  return { answers, conflicts: byState.flatMap((ofState) => conflictsOf(ofState, rows)) }
}

/** What was written of the claim; where nothing was, what is then taken as said. */
async function saidOf(act: Act, id: Id<'cases'>): Promise<ClaimLegal> {
  const { legal } = await openClaim(act, id)
  return legal === null ? ClaimLegal.parse({}) : consult(legal, (told) => ClaimLegal.parse(told))
}

/** The claim of a case that the actor is on the team of. */
export async function openClaim(act: Act, case_id: Id<'cases'>): Promise<CaseClaim> {
  const found = await viewCase(act, case_id)
  const row = await findClaim(act, case_id)
  if (row === undefined) return { case_id, version: 0, legal: null }
  const by = { actor: act.actor, action: 'claim.read' } as const
  const { version, legal } = await revealClaim(act, claimsOf(found).grant(by, row))
  return { case_id, version, legal }
}

export function readClaim(op: Op<'claim.read'>, id: Id<'cases'>): Promise<CaseClaim> {
  return op.act((act) => openClaim(act, id))
}

type Writing = { readonly id: Id<'cases'>; readonly version: number; readonly legal: Secret<ClaimLegal> }

/** The first is version 1, written over version 0. */
export function writeClaim(op: Op<'claim.write'>, { id, version, legal }: Writing): Promise<ClaimReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    const row = await findClaim(act, id)
    if ((row?.version ?? 0) !== version) throw new Problem(staleVersion)
    const isWritten =
      row === undefined
        ? await insertClaim(act, found, legal)
        : await updateClaim(act, claimsOf(found).grant(act, row), { version, legal })
    if (!isWritten) throw new Problem(staleVersion)
    return { case_id: id, version: version + 1 }
  })
}
