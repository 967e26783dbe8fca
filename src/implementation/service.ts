import { workOnCase, type WorkingCase } from '../cases/service.ts'
import { complaintBehind } from '../complaints/service.ts'
import { followCauses } from '../deadlines/service.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { Mechanism } from '../reference/schema.ts'
import { rulesOn } from '../reference/service.ts'
import { openEvents } from './open-events.ts'
import { decisionsOf } from './policy.ts'
import { dayNotCome, decisionBeforeSubmission, notOfThisDecision, tooManyHere, unknownMechanism } from './problems.ts'
import { type DecisionRow, findDecision, insertDecision, listDecisions, updateDecision } from './repo.ts'
import { type DecisionLegal, type DecisionReceipt, DECISIONS_MAX, type NewDecision } from './schema.ts'

export { areMeasuresSettled } from './settled.ts'

type Recording = Act<'decision.record'>

/** Records a decision; from its transmittal the State's term to reply runs. */
export function recordDecision(
  op: Op<'decision.record'>,
  id: Id<'cases'>,
  { complaint_id, legal }: NewDecision,
): Promise<DecisionReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    if ((await listDecisions(act, id)).length >= DECISIONS_MAX) throw new Problem(tooManyHere)
    await mustFit(act, found, { complaint_id, legal })
    const made = await insertDecision(act, found, { complaint_id, legal })
    await followReply(act, found, { ...made, legal })
    return made
  })
}

const DAY_AHEAD_SECONDS = 14 * 60 * 60

/** The day that has begun somewhere on earth. */
export const lastDayOnEarth = ({ services }: Act) => dayOf(secondsAfter(services.now(), DAY_AHEAD_SECONDS))

async function mustFit(act: Act, found: WorkingCase, { complaint_id, legal }: NewDecision): Promise<void> {
  const told = consult(legal, (decision) => decision)
  const days = [told.adopted_on, told.transmitted_on, told.published_on].flatMap((day) => day ?? [])
  if (days.some((day) => day > lastDayOnEarth(act))) throw new Problem(dayNotCome)
  const committees = await rulesOn(act, { file: 'mechanisms', schema: Mechanism }, dayOf(act.services.now()))
  if (!committees.some(({ rule }) => rule.id === told.mechanism)) throw new Problem(unknownMechanism)
  if (complaint_id !== null) await mustAnswer(act, found, { complaint_id, told })
}

type Answering = { readonly complaint_id: Id<'complaints'>; readonly told: DecisionLegal }

/** A decision on a complaint of the case is of its body, against its State, and later than it. */
async function mustAnswer(act: Act, found: WorkingCase, { complaint_id, told }: Answering): Promise<void> {
  const complaint = await complaintBehind(act, found.id, complaint_id)
  if (complaint?.mechanism !== told.mechanism || complaint.state !== told.state) throw new Problem(notOfThisDecision)
  const { submitted_on } = complaint
  if (submitted_on === null || told.adopted_on < submitted_on) throw new Problem(decisionBeforeSubmission)
}

type Followed = Pick<DecisionRow, 'id' | 'complaint_id'> & { readonly legal: Secret<DecisionLegal> }

/** The day on which the State's reply is due. Of a complaint kept here it hangs on the complaint's own steps. */
export async function followReply(act: Recording, found: WorkingCase, { id, complaint_id, legal }: Followed) {
  if (complaint_id !== null) return
  const { mechanism, state, transmitted_on, outcome } = consult(legal, (told) => told)
  const isFollowed = outcome === 'violation' || outcome === 'mixed'
  const events = await openEvents(act, found, [id])
  const is_met = events.some(({ is_void, told }) => !is_void && ['state_reply', 'closure'].includes(told.event))
  const rule = `${mechanism}-FOLLOW-UP`
  const caused =
    transmitted_on === undefined || !isFollowed ? [] : [{ cause_id: id, rule, trigger_on: transmitted_on, is_met }]
  await followCauses(act, found, { state, causes: [id], caused })
}

type Changing = {
  readonly id: Id<'cases'>
  readonly decision_id: Id<'decisions'>
  readonly version: number
  readonly legal: Secret<DecisionLegal>
}

/** Replaces what is known of a decision; the day of the reply is counted again. */
export function changeDecision(
  op: Op<'decision.record'>,
  { id, decision_id, version, legal }: Changing,
): Promise<DecisionReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    const row = decisionsOf<DecisionRow>(found).grant(act, await findDecision(act, decision_id))
    const { complaint_id, case_id, recorded_by, recorded_on } = row
    await mustFit(act, found, { complaint_id, legal })
    if (!(await updateDecision(act, row, { version, legal }))) throw new Problem(staleVersion)
    await followReply(act, found, { id: decision_id, complaint_id, legal })
    return { id: decision_id, case_id, complaint_id, recorded_by, recorded_on, version: version + 1 }
  })
}
