import type { StateExhaustion } from '../proceedings/schema.ts'
import type { Mechanism } from '../reference/schema.ts'
import { because, type Claim, type Ruled } from './claim.ts'
import type { Reason } from './schema.ts'

type Committee = Ruled<Mechanism>

const check = 'remedies'

const plain = {
  exhausted: { code: 'exhausted', effect: 'passes' },
  not_exhausted: { code: 'not_exhausted', effect: 'bars' },
  needs_judgement: { code: 'needs_judgement', effect: 'doubts' },
} as const

/** Whether domestic remedies are exhausted, or an exception is claimed that the procedure knows. */
export function remediesOf({ remedies }: Claim, committee: Committee): Reason {
  const { rule, ref } = committee
  if (!rule.exhaustion.required) return because(ref, { check, code: 'not_asked', effect: 'passes' })
  if (remedies === undefined) return because(ref, { check, code: 'no_step_recorded', effect: 'bars' })
  if (remedies.status === 'exception_claimed') return exceptionOf(remedies, committee)
  return because(remedies.rule ?? ref, { check, ...plain[remedies.status] })
}

function exceptionOf({ reasons }: StateExhaustion, { rule, ref }: Committee): Reason {
  const allowed = rule.coded.exceptions.map((exception) => `exception_${exception}`)
  return reasons.some(({ code }) => allowed.includes(code))
    ? because(ref, { check, code: 'exception_in_the_rule', effect: 'passes' })
    : because(ref, { check, code: 'exception_not_in_the_rule', effect: 'doubts' })
}
