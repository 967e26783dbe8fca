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

/** A mechanism as the reference has it today, with the name by which a consent calls its body. */
export async function bodyOf(act: Act, legal: Secret<ComplaintLegal>): Promise<string | undefined> {
  const on = dayOf(act.services.now())
  const known = [
    ...(await rulesOn(act, { file: 'mechanisms', schema: Mechanism }, on)),
    ...(await rulesOn(act, { file: 'other_mechanisms', schema: OtherMechanism }, on)),
  ]
  return consult(legal, ({ mechanism }) => known.find(({ rule }) => rule.id === mechanism)?.rule.coded.body)
}

export async function mustBeKnown(act: Act, legal: Secret<ComplaintLegal>): Promise<void> {
  if ((await bodyOf(act, legal)) === undefined) throw new Problem(unknownMechanism)
}
