import { type ClaimLegal } from '../admissibility/schema.ts'
import { firstPossible } from '../admissibility/service.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { Problem } from '../platform/kernel/problem.ts'
import { type Dated, datesOf, walk } from './lifecycle.ts'
import { dayNotCome, decisionBeforeSubmission, filingBeforeFacts, stepOutOfOrder } from './problems.ts'
import type { ComplaintNarrative } from './schema-content.ts'

/** The steps, as they would stand, can have happened in that order and by that day. */
export function mustBeInOrder(steps: readonly Dated[], today: string): void {
  if (steps.some(({ on }) => on > today)) throw new Problem(dayNotCome)
  const { submitted_on, adopted_on } = datesOf(steps)
  if (adopted_on !== null && (submitted_on === null || adopted_on < submitted_on))
    throw new Problem(decisionBeforeSubmission)
  const walked = walk(steps)
  if ('broken' in walked)
    throw new Problem(stepOutOfOrder, { step: walked.broken, stage: walked.stage, why: walked.why })
}

type Facts = {
  readonly narrative: Secret<ComplaintNarrative>
  readonly claim: Secret<ClaimLegal> | null
}

/** Nobody complains of what has not begun: as far as its day is known. */
export function mustFollowFacts(steps: readonly { readonly told: Dated }[], { narrative, claim }: Facts): void {
  const { submitted_on } = datesOf(steps.map(({ told }) => told))
  if (submitted_on === null) return
  const events = consult(narrative, (told) => told.events.flatMap(({ on }) => on ?? []))
  const claimed = claim === null ? undefined : consult(claim, ({ began }) => began)
  const began = firstPossible([...events, ...(claimed === undefined ? [] : [claimed])])
  if (began !== undefined && began > submitted_on) throw new Problem(filingBeforeFacts)
}
