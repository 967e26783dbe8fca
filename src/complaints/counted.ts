import { homeOf } from '../platform/access/home.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { Stage } from './lifecycle.ts'
import { type Counting, countingPolicy } from './policy.ts'
import type { ComplaintRow } from './repo.ts'
import { listOpenedBetween, revealCounted, revealCountedSteps } from './repo-counted.ts'
import { listSteps, type StepRow } from './repo-steps.ts'
import type { ComplaintFacts, StepFacts } from './schema.ts'

/** A complaint as it is counted: no name, no text, no article. */
export type CountedComplaint = {
  readonly id: Id<'complaints'>
  readonly case_id: Id<'cases'>
  readonly stage: Stage
  readonly facts: Secret<ComplaintFacts & { readonly steps: readonly StepFacts[] }>
}

type Days = { readonly from?: string | undefined; readonly to?: string | undefined }

/** Those opened between these days, as far as the actor's keys open their coded facts; the first first. */
export async function openCounted(act: Act<Counting>, days: Days): Promise<CountedComplaint[]> {
  const listed = await listOpenedBetween(act.db, { organisation_id: homeOf(act.actor), ...days })
  const rows = countingPolicy<ComplaintRow>().grantEach(act, listed)
  const steps = await standingSteps(
    act,
    rows.map(({ id }) => id),
  )
  return (await revealCounted(act, rows)).flatMap(({ id, case_id, stage, facts }) =>
    facts === null
      ? []
      : [{ id, case_id, stage, facts: revealTo(facts, (known) => ({ ...known, steps: steps.get(id) ?? [] })) }],
  )
}

async function standingSteps(act: Act<Counting>, ids: readonly Id<'complaints'>[]) {
  const rows = countingPolicy<StepRow>().grantEach(act, await listSteps(act, ids))
  const open = (await revealCountedSteps(act, rows)).filter(({ is_void }) => !is_void)
  const byComplaint = new Map<Id<'complaints'>, StepFacts[]>()
  for (const { complaint_id, facts } of open)
    if (facts !== null)
      byComplaint.set(complaint_id, [...(byComplaint.get(complaint_id) ?? []), consult(facts, (known) => known)])
  return byComplaint
}
