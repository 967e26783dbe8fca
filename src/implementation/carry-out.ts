import { workOnCase, type WorkingCase } from '../cases/service.ts'
import { hasItems } from '../evidence/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { rowsOn } from '../reference/service.ts'
import { decisionsOf } from './policy.ts'
import { beforeDecision, dayNotCome, notOfThisDecision, tooManyHere, unknownGrade } from './problems.ts'
import { type DecisionRow, findDecision, revealDecisions } from './repo.ts'
import { type EventRow, findEvent, insertEvent, listEvents, revealEvents, updateEvent } from './repo-events.ts'
import { findMeasure, insertMeasure, listMeasures, type MeasureRow, updateMeasure } from './repo-measures.ts'
import {
  type DecisionLegal,
  type EventChange,
  type EventLegal,
  type EventReceipt,
  EVENTS_MAX,
  type MeasureLegal,
  type MeasureReceipt,
  MEASURES_MAX,
  type NewEvent,
} from './schema.ts'
import { followReply, lastDayOnEarth } from './service.ts'

type Path = { readonly id: Id<'cases'>; readonly decision_id: Id<'decisions'> }
type Recording = Act<'decision.record'>
type Ground = {
  readonly found: WorkingCase
  readonly decision: Granted<'decision.record', DecisionRow>
  readonly legal: Secret<DecisionLegal>
}

async function groundOf(act: Recording, { id, decision_id }: Path): Promise<Ground> {
  const found = await workOnCase(act, id)
  const decision = decisionsOf<DecisionRow>(found).grant(act, await findDecision(act, decision_id))
  const [opened] = await revealDecisions(act, [decision])
  if (!opened?.legal) throw new Problem(notFound)
  return { found, decision, legal: opened.legal }
}

/** What the decision asks of the State, one by one. */
export function addMeasure(
  op: Op<'decision.record'>,
  path: Path,
  legal: Secret<MeasureLegal>,
): Promise<MeasureReceipt> {
  return op.act(async (act) => {
    const { found, decision } = await groundOf(act, path)
    if ((await listMeasures(act, [decision.id])).length >= MEASURES_MAX) throw new Problem(tooManyHere)
    return insertMeasure(act, found, { decision_id: decision.id, legal })
  })
}

type ChangingMeasure = Path & {
  readonly measure_id: Id<'measures'>
  readonly version: number
  readonly legal: Secret<MeasureLegal>
}

export function changeMeasure(
  op: Op<'decision.record'>,
  { measure_id, version, legal, ...path }: ChangingMeasure,
): Promise<MeasureReceipt> {
  return op.act(async (act) => {
    const { found, decision } = await groundOf(act, path)
    const row = decisionsOf<MeasureRow>(found).grant(act, await findMeasure(act, measure_id))
    if (row.decision_id !== decision.id) throw new Problem(notFound)
    if (!(await updateMeasure(act, row, { version, legal }))) throw new Problem(staleVersion)
    const { decision_id, recorded_by, recorded_on } = row
    return { id: measure_id, decision_id, recorded_by, recorded_on, version: version + 1 }
  })
}

/** What was done, or not, of a measure or of the decision as a whole. */
export function recordEvent(
  op: Op<'decision.record'>,
  path: Path,
  { measure_id, legal }: NewEvent,
): Promise<EventReceipt> {
  return op.act(async (act) => {
    const ground = await groundOf(act, path)
    const { found, decision } = ground
    if ((await listEvents(act, [decision.id])).length >= EVENTS_MAX) throw new Problem(tooManyHere)
    if (measure_id !== null && (await findMeasure(act, measure_id))?.decision_id !== decision.id)
      throw new Problem(notOfThisDecision)
    await mustHold(act, ground, legal)
    const made = await insertEvent(act, found, { decision_id: decision.id, measure_id, legal })
    await followReply(act, found, { ...decision, legal: ground.legal })
    return made
  })
}

async function mustHold(act: Recording, ground: Ground, legal: Secret<EventLegal>): Promise<void> {
  const told = consult(legal, (event) => event)
  const adopted_on = consult(ground.legal, (decision) => decision.adopted_on)
  if (told.on > lastDayOnEarth(act)) throw new Problem(dayNotCome)
  if (told.on < adopted_on) throw new Problem(beforeDecision)
  if (!(await hasItems(act, ground.found.id, told.evidence_id === undefined ? [] : [told.evidence_id])))
    throw new Problem(notOfThisDecision)
  if (told.grade !== undefined && !(await isGrade(act, told.grade))) throw new Problem(unknownGrade)
}

/** The scale of that name in implementation_model: a map of grades, a list, or a map with a list of codes. */
async function isGrade(act: Act, { scale, value }: NonNullable<EventLegal['grade']>): Promise<boolean> {
  if (scale === 'other') return true
  const parts = await rowsOn(act, 'implementation_model', dayOf(act.services.now()))
  const found = parts.find(({ row }) => row === scale)?.content['value']
  if (Array.isArray(found)) return found.includes(value)
  if (typeof found !== 'object' || found === null) return false
  return 'codes' in found && Array.isArray(found.codes)
    ? found.codes.includes(value)
    : Object.keys(found).includes(value)
}

type ChangingEvent = Path & {
  readonly event_id: Id<'implementation_events'>
  readonly version: number
  readonly change: EventChange
}

export function changeEvent(
  op: Op<'decision.record'>,
  { event_id, version, change, ...path }: ChangingEvent,
): Promise<EventReceipt> {
  return op.act(async (act) => {
    const ground = await groundOf(act, path)
    const row = decisionsOf<EventRow>(ground.found).grant(act, await findEvent(act, event_id))
    if (row.decision_id !== ground.decision.id) throw new Problem(notFound)
    const [before] = await revealEvents(act, [row])
    const legal = change.legal ?? before?.legal
    if (!legal) throw new Problem(notFound)
    const is_void = change.is_void ?? row.is_void
    await mustHold(act, ground, legal)
    if (!(await updateEvent(act, row, { version, legal, is_void }))) throw new Problem(staleVersion)
    await followReply(act, ground.found, { ...ground.decision, legal: ground.legal })
    const { decision_id, measure_id, recorded_by, recorded_on } = row
    return { id: event_id, decision_id, measure_id, is_void, recorded_by, recorded_on, version: version + 1 }
  })
}
