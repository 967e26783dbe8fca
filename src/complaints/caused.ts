import type { Id } from '../platform/kernel/ids.ts'
import type { Caused } from '../deadlines/service.ts'
import { type Dated, inOrder, type StepName } from './lifecycle.ts'
import type { StepLegal } from './schema.ts'

/** A step with the id of its row. */
export type Marked = Dated & Pick<StepLegal, 'outcome'> & { readonly id: Id<'complaint_steps'> }

const over: readonly StepName[] = ['decided', 'withdrawn', 'discontinued']

/**
 * The deadlines that the steps of a complaint bring with them. A rule is named by the mechanism and what is waited for;
 * which mechanism has which, and how long it is, stands in `deadline_rules`.
 */
export function causedBy(mechanism: string, steps: readonly Marked[]): Caused[] {
  const ordered = inOrder(steps)
  return ordered.flatMap((step, at) => {
    const later = ordered.slice(at + 1).map((one) => one.step)
    return termsOf(step, ordered).map(({ name, until }) => ({
      cause_id: step.id,
      rule: `${mechanism}-${name}`,
      trigger_on: step.on,
      is_met: later.some((one) => until.includes(one)),
    }))
  })
}

type Term = { readonly name: string; readonly until: readonly StepName[] }

const terms: Partial<Record<StepName, readonly Term[]>> = {
  transmitted: [
    { name: 'OBSERVATIONS', until: ['observations', ...over] },
    { name: 'SPLIT', until: ['split_requested', 'observations', ...over] },
  ],
  observations: [{ name: 'COMMENTS', until: ['comments', ...over] }],
  admissible: [{ name: 'MERITS', until: ['observations', ...over] }],
  decision_transmitted: [{ name: 'FOLLOW-UP', until: ['state_replied', 'closed'] }],
}

/** After a decision that finds nothing, nothing is followed up. */
function termsOf({ step }: Marked, all: readonly Marked[]): readonly Term[] {
  const isFound = all.some(({ outcome }) => outcome === 'violation' || outcome === 'mixed')
  return step === 'decision_transmitted' && !isFound ? [] : (terms[step] ?? [])
}
