import { viewCase } from '../cases/service.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { type DocumentModel, missingIn } from '../platform/documents/model.ts'
import { type DocumentFormat, documentMedia, render } from '../platform/documents/render.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { Mechanism } from '../reference/schema.ts'
import { rulesOn } from '../reference/service.ts'
import { type Followed, followUpOf } from './follow-up-model.ts'
import { decisionsOf } from './policy.ts'
import { wholly } from './read-decisions.ts'
import { type DecisionRow, findDecision, revealDecisions } from './repo.ts'
import type { Decision, EventLegal, FollowUpLanguage } from './schema.ts'

type Making = Act<'decision.make_follow_up'>
type Wanted = {
  readonly id: Id<'cases'>
  readonly decision_id: Id<'decisions'>
  readonly language: FollowUpLanguage
}

/** What a follow-up submission on the decision would lack. */
export function checkFollowUp(op: Op<'decision.make_follow_up'>, { language, ...wanted }: Wanted) {
  return op.act(async (act) => {
    const known = await followedOf(act, wanted)
    const check = revealTo(known, (told) => ({ missing: missingIn(followUpOf(told, language).blocks) }))
    return { id: wanted.decision_id, check }
  })
}

/** The follow-up submission as a file; the hash of what was handed out goes into the trail. */
export async function makeFollowUp(
  op: Op<'decision.make_follow_up'>,
  { format, language, ...wanted }: Wanted & { readonly format: DocumentFormat },
) {
  const model = await op.act(async (act) =>
    revealTo(await followedOf(act, wanted), (told) => followUpOf(told, language)),
  )
  const content = await consult<DocumentModel, Promise<Buffer>>(model, (told) => render(told, format))
  await op.act(async (act) => {
    await viewCase(act, wanted.id)
    act.concerns('decisions', wanted.decision_id, plainSha256(content))
  })
  return { media: documentMedia[format], file: `follow-up.${format}`, content }
}

async function followedOf(act: Making, { id, decision_id }: Omit<Wanted, 'language'>): Promise<Secret<Followed>> {
  const found = await viewCase(act, id)
  const row = decisionsOf<DecisionRow>(found).grant(act, await findDecision(act, decision_id))
  const [decision] = await wholly(act, found, await revealDecisions(act, [row]))
  if (!decision?.legal) throw new Problem(notFound)
  const legal = consult(decision.legal, (told) => told)
  const known = {
    reference: found.reference,
    body: await nameOf(act, legal.mechanism),
    legal,
    reply: consult(decision.reply, (told) => told),
    measures: measuresOf(decision),
    events: eventsOf(decision, null),
  }
  return new Secret<Followed>(known)
}

async function nameOf(act: Making, mechanism: string): Promise<string> {
  const committees = await rulesOn(act, { file: 'mechanisms', schema: Mechanism }, dayOf(act.services.now()))
  return committees.find(({ rule }) => rule.id === mechanism)?.rule.committee ?? mechanism
}

const measuresOf = (decision: Decision): Followed['measures'] =>
  decision.measures.flatMap(({ id, legal, status, payments }) =>
    legal === null
      ? []
      : [
          {
            ...consult(legal, (told) => told),
            status: consult(status, (told) => told),
            payments: consult(payments, (told) => told),
            events: eventsOf(decision, id),
          },
        ],
  )

const eventsOf = ({ events }: Decision, of: Id<'measures'> | null): EventLegal[] =>
  events.flatMap(({ measure_id, is_void, legal }) =>
    is_void || legal === null || measure_id !== of ? [] : [consult(legal, (told) => told)],
  )
