import type { SeatedCase } from '../cases/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { inOrder } from './lifecycle.ts'
import { complaintsOf } from './policy.ts'
import { listSteps, revealSteps, type StepRow } from './repo-steps.ts'
import type { Step, StepLegal } from './schema.ts'

/** A step that could be read, in memory. */
export type OpenStep = Step & { readonly told: StepLegal }

/** The steps of complaints that have been granted, in the order in which they came. */
export async function openSteps(act: Act, found: SeatedCase, ids: readonly Id<'complaints'>[]): Promise<OpenStep[]> {
  const by = { actor: act.actor, action: 'complaint.list' } as const
  const rows = complaintsOf<StepRow>(found).grantEach(by, await listSteps(act, ids))
  const opened = (await revealSteps(act, rows)).flatMap((step): OpenStep[] =>
    step.legal === null ? [] : [{ ...step, told: consult(step.legal, (told) => told) }],
  )
  const ranked = inOrder(opened.map((step) => ({ ...step.told, at: step })))
  return ranked.map(({ at }) => at)
}
