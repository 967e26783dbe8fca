import type { ExhaustionRule } from '../reference/schema.ts'
import type { ProceedingLegal } from './schema.ts'

type Told = Pick<ProceedingLegal, 'step_code' | 'result' | 'filed_on' | 'decided_on'>
type Ways = Pick<ExhaustionRule, 'ways' | 'final_steps' | 'not_required'>

/** Whether a step leads to a remedy that has to be tried: of an effective way, or an end by the rule's own word. */
export const isEffective = ({ ways, final_steps }: Ways, { step_code }: Told): boolean =>
  ways.length === 0 ||
  final_steps.includes(step_code) ||
  ways.some(({ is_effective, steps }) => is_effective && steps.includes(step_code))

const ofOneWay = ({ ways }: Ways, one: Told, other: Told): boolean =>
  ways.length === 0 || ways.some(({ steps }) => steps.includes(one.step_code) && steps.includes(other.step_code))

/** What went nowhere by the will of whoever could take it. */
const leftAlone = ['withdrawn', 'not_attempted_ineffective', 'not_attempted_risk']

/** Whether a step was taken anew on a way that had ended: a case sent back, a new investigation. */
export function isBegunAgain(rule: Ways, step: Told, ends: readonly Told[]): boolean {
  if (rule.not_required.includes(step.step_code) || leftAlone.includes(step.result)) return false
  const days = ends.filter((end) => ofOneWay(rule, step, end)).flatMap(({ decided_on }) => decided_on ?? [])
  const last = days.sort().at(-1)
  return last !== undefined && step.filed_on !== undefined && step.filed_on > last
}

/** Whether a step still waits on a way that has not ended, while another has. */
export const isOtherWayOpen = (rule: Ways, step: Told, ends: readonly Told[]): boolean =>
  step.result === 'pending' &&
  !rule.not_required.includes(step.step_code) &&
  !ends.some((end) => ofOneWay(rule, step, end))
