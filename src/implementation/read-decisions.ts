import { type SeatedCase, viewCase } from '../cases/service.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { DeadlineRule } from '../reference/schema.ts'
import { rulesOn } from '../reference/service.ts'
import { type OpenEvent, openEvents } from './open-events.ts'
import { decisionsOf } from './policy.ts'
import { paymentsIn, type Reply, replyTo, statusAfter } from './reckon-measures.ts'
import { type DecisionRow, listDecisions, revealDecisions } from './repo.ts'
import { listMeasures, type MeasureRow, revealMeasures } from './repo-measures.ts'
import type { Decision, DecisionLegal } from './schema.ts'

export type OpenDecision = Awaited<ReturnType<typeof revealDecisions>>[number]

/** The decisions of a case: findings, measures and how they stand, events, and the State's reply. */
export function readDecisions(op: Op<'decision.list'>, id: Id<'cases'>): Promise<{ items: Decision[] }> {
  return op.act(async (act) => {
    const found = await viewCase(act, id)
    const rows = decisionsOf<DecisionRow>(found).grantEach(act, await listDecisions(act, id))
    return { items: await wholly(act, found, await revealDecisions(act, rows)) }
  })
}

/** Decisions of one case with all that hangs on them. */
export async function wholly(
  act: Act,
  found: Pick<SeatedCase, 'id'>,
  opened: readonly OpenDecision[],
): Promise<Decision[]> {
  const ids = opened.map(({ id }) => id)
  const by = { actor: act.actor, action: 'decision.list' } as const
  const rows = decisionsOf<MeasureRow>(found).grantEach(by, await listMeasures(act, ids))
  const measures = await revealMeasures(act, rows)
  const events = await openEvents(act, found, ids)
  const terms = await termsToReply(act)
  const today = dayOf(act.services.now())
  return opened.map((decision) => {
    const own = events.filter(({ decision_id }) => decision_id === decision.id)
    const live = own.filter(({ is_void }) => !is_void)
    return {
      ...decision,
      reply: new Secret(replyOf(decision, { live, terms, today })),
      measures: measures
        .filter(({ decision_id }) => decision_id === decision.id)
        .map((measure) => ({ ...measure, ...standing(live.filter(({ measure_id }) => measure_id === measure.id)) })),
      events: own.map(({ told: _told, ...event }) => event),
    }
  })
}

function standing(events: readonly OpenEvent[]) {
  const told = events.map((event) => event.told)
  return { status: new Secret(statusAfter(told, 'not_started')), payments: new Secret(paymentsIn(told)) }
}

type Terms = ReadonlyMap<string, DeadlineRule>

/** Each mechanism's term for the State's reply. */
async function termsToReply(act: Act): Promise<Terms> {
  const rules = await rulesOn(act, { file: 'deadline_rules', schema: DeadlineRule }, dayOf(act.services.now()))
  return new Map(rules.map(({ rule }) => [rule.code, rule]))
}

type Known = { readonly live: readonly OpenEvent[]; readonly terms: Terms; readonly today: string }

function replyOf({ legal }: OpenDecision, { live, terms, today }: Known): Reply {
  if (legal === null) return { status: 'no_term', due_on: null }
  const told = consult(legal, (decision: DecisionLegal) => decision)
  const isFollowed = told.outcome === 'violation' || told.outcome === 'mixed'
  const term = isFollowed ? terms.get(`${told.mechanism}-FOLLOW-UP`) : undefined
  return replyTo(told, { term, isReceived: live.some((event) => event.told.event === 'state_reply') }, today)
}
