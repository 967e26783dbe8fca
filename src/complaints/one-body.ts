import { revealTo, consult, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { invalidRequest, Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { Mechanism, OtherMechanism } from '../reference/schema.ts'
import { rulesOn } from '../reference/service.ts'
import { twoCommittees, unknownMechanism } from './problems.ts'
import type { ComplaintLegal, NewLegal } from './schema-content.ts'

/** The form asks for exactly one body. Whoever names two is told so, and not which of them was taken. */
export function oneBody(given: Secret<NewLegal>): Secret<ComplaintLegal> {
  const bodies = consult(given, ({ mechanism, mechanisms = [] }) => new Set([mechanism ?? [], mechanisms].flat()))
  const [body] = bodies
  if (body === undefined)
    throw new Problem(invalidRequest, { errors: [{ pointer: '#/legal/mechanism', detail: 'name the body' }] })
  if (bodies.size > 1) throw new Problem(twoCommittees)
  return revealTo(given, ({ mechanisms: _named, ...told }) => ({ ...told, mechanism: body }))
}

/** The mechanism as the reference has it today: its body as consents call it, and its name. */
async function mechanismOf(act: Act, legal: Secret<ComplaintLegal>) {
  const on = dayOf(act.services.now())
  const committees = await rulesOn(act, { file: 'mechanisms', schema: Mechanism }, on)
  const others = await rulesOn(act, { file: 'other_mechanisms', schema: OtherMechanism }, on)
  const known = [
    ...committees.map(({ rule }) => ({ id: rule.id, body: rule.coded.body, name: rule.committee })),
    ...others.map(({ rule }) => ({ id: rule.id, body: rule.coded.body, name: rule.name })),
  ]
  return consult(legal, ({ mechanism }) => known.find(({ id }) => id === mechanism))
}

/** How a consent calls the body of a complaint. */
export const bodyOf = async (act: Act, legal: Secret<ComplaintLegal>): Promise<string | undefined> =>
  (await mechanismOf(act, legal))?.body

/** The name of the body; of one that the reference has no more, its code. */
export const nameOfBody = async (act: Act, legal: Secret<ComplaintLegal>): Promise<string> =>
  (await mechanismOf(act, legal))?.name ?? consult(legal, ({ mechanism }) => mechanism)

export async function mustBeKnown(act: Act, legal: Secret<ComplaintLegal>): Promise<void> {
  if ((await bodyOf(act, legal)) === undefined) throw new Problem(unknownMechanism)
}
