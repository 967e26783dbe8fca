import { consult, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import type { ProceedingLegal } from '../proceedings/schema.ts'
import { openProceeding } from '../proceedings/service.ts'
import { DeadlineRule, type State, WorkCalendar } from '../reference/schema.ts'
import { rulesOn } from '../reference/service.ts'
import { noTriggerDay, unknownRule } from './problems.ts'
import { lastDay } from './reckon.ts'
import type { DeadlineReceipt, Reckoning } from './schema.ts'

type Named = { readonly rule: string; readonly state: State }

/** A day as a rule gives it, with all that it was counted from. */
export type Reckoned = {
  readonly kind: DeadlineReceipt['kind']
  readonly due_on: string
  readonly zone: WorkCalendar['zone']
  readonly reckoning: Reckoning
}

/** Counts from a day, by the rule as it holds on that day. */
export async function reckon(act: Act, named: Named, trigger_on: string): Promise<Reckoned> {
  const { rule, ref } = await ruleOn(act, named, trigger_on)
  const calendars = await rulesOn(act, { file: 'work_calendars', schema: WorkCalendar }, trigger_on)
  const calendar = calendars.find((found) => found.rule.code === named.state)
  if (calendar === undefined) throw new Problem(unknownRule)
  const { count, end, trigger, kind } = rule
  const looksAtWork = end === 'next_working_day' || count.unit === 'working_days'
  return {
    kind,
    due_on: lastDay(trigger_on, rule, calendar.rule),
    zone: calendar.rule.zone,
    reckoning: {
      rule: ref,
      state: named.state,
      trigger,
      trigger_on,
      count,
      end,
      calendar: looksAtWork ? calendar.ref : null,
    },
  }
}

async function ruleOn(act: Act, named: Named, day: string) {
  const found = await findRule(act, named, day)
  if (found === undefined) throw new Problem(unknownRule)
  return found
}

/** Whether a rule of that name holds there on that day. */
export const hasRule = async (act: Act, named: Named, day: string): Promise<boolean> =>
  (await findRule(act, named, day)) !== undefined

async function findRule(act: Act, { rule: name, state }: Named, day: string) {
  const rules = await rulesOn(act, { file: 'deadline_rules', schema: DeadlineRule }, day)
  return rules.find(({ ref, rule }) => ref.row === name && holdsIn(rule, state))
}

const holdsIn = ({ states }: DeadlineRule, state: State): boolean => states.length === 0 || states.includes(state)

type From = Named & { readonly case_id: Id<'cases'>; readonly proceeding_id: Id<'proceedings'> }

/** Counts from the day of a step that the rule names. */
export async function reckonFromStep(act: Act, { case_id, proceeding_id, ...named }: From): Promise<Reckoned> {
  const { rule } = await ruleOn(act, named, dayOf(act.services.now()))
  const { legal } = await openProceeding(act, case_id, proceeding_id)
  const day = legal === null ? undefined : triggerDay(legal, rule.trigger)
  if (day === undefined) throw new Problem(noTriggerDay)
  return reckon(act, named, day)
}

/** The day of a step that a rule counts from. */
export const triggerDay = (legal: Secret<ProceedingLegal>, trigger: DeadlineRule['trigger']): string | undefined =>
  consult(legal, (told) => told[trigger])
