import { isLikelyOne, describeWho, type Described, partiesOnSides } from '../persons/service.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, type RecordReader } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { openQuestionPolicy } from './policy.ts'
import { claimOpenQuestions, closeAnswered, listUnanswered, type OpenQuestion, revealQuestions } from './repo.ts'
import { insertAnswer } from './repo-answers.ts'
import type { Side } from './schema.ts'

const ANSWERED_MOST = 300

type Sided = { readonly side: Side; readonly who: Described }
type Asked = Omit<OpenQuestion, 'identity'> & { readonly parties: readonly Sided[] }

/** Answers the open questions of the organisation for the actor's own cases: by comparing, in memory, and telling nobody who. */
export function answerQuestions(op: Op<'conflict.answer'>) {
  return op.act(async (act) => {
    const questions = await openQuestions(act)
    const ids = questions.map(({ id }) => id)
    const pairs = await listUnanswered(act, ids, ANSWERED_MOST)
    const byId = new Map(questions.map((question) => [question.id, question]))
    let own: { readonly case_id: Id<'cases'>; readonly parties: readonly Sided[] } | undefined
    for (const { question_id, case_id } of pairs) {
      const question = byId.get(question_id)
      if (question === undefined) continue
      if (own?.case_id !== case_id) own = { case_id, parties: await partiesHere(act, case_id) }
      await answerFor(act, question, own)
    }
    await closeAnswered(act, ids)
    return { answered: pairs.length, may_be_more: pairs.length === ANSWERED_MOST }
  })
}

async function openQuestions(act: Act<'conflict.answer'>): Promise<Asked[]> {
  const rows = openQuestionPolicy.grantEach(act, await claimOpenQuestions(act))
  return (await revealQuestions(act, rows)).flatMap(({ identity, ...question }) => {
    if (identity === null) return []
    const parties = consult(identity, (asked) =>
      asked.parties.map(({ side, ...who }) => ({ side, who: describeWho(new Secret(who)) })),
    )
    return [{ ...question, parties }]
  })
}

const partiesHere = async (act: Act<'conflict.answer'>, caseId: Id<'cases'>): Promise<Sided[]> =>
  (await partiesOnSides(act, caseId)).map(({ side, who }) => ({ side, who: describeWho(who) }))

/** Somebody of one side here who is likely somebody accused there, or the other way round. */
const isInConflict = (one: Sided, other: Sided): boolean =>
  one.side !== other.side && [one.side, other.side].includes('accused') && isLikelyOne(one.who, other.who)

async function answerFor(
  act: Act<'conflict.answer'>,
  question: Asked,
  own: { readonly case_id: Id<'cases'>; readonly parties: readonly Sided[] },
): Promise<void> {
  const is_alike = question.parties.some((asked) => own.parties.some((held) => isInConflict(asked, held)))
  const row = {
    id: newId('conflict_answers'),
    question_id: question.id,
    case_id: own.case_id,
    organisation_id: question.organisation_id,
    answered_by: act.actor.id,
    answered_on: dayOf(act.services.now()),
  }
  const access = await createRecordKey(act, row, await readersOf(act, question))
  await insertAnswer(act, row, { access, facts: new Secret({ is_alike }) })
}

/** The case that asked, and the coordinators. */
async function readersOf(act: Act, { keyring_id, organisation_id }: OpenQuestion | Asked): Promise<RecordReader[]> {
  const wanted = [{ keyring_id }, { organisation_id, kind: 'statistics' as const }]
  const readers = await writableKeyrings(act, wanted)
  return readers.map((to) => ({ part: 'facts', to }))
}
