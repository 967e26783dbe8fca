import { viewCase, workOnCase } from '../cases/service.ts'
import { partiesOnSides } from '../persons/service.ts'
import type { Actor } from '../platform/access/roles.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { answerPolicy, overseenPolicy, questionPolicy } from './policy.ts'
import { askedTooOften, nobodyToAskFor } from './problems.ts'
import { closeAnswered, countAsked, insertQuestion, listOverseen, listQuestions, type QuestionRow } from './repo.ts'
import { type AnswerRow, listAnswers, revealAnswers } from './repo-answers.ts'

const ASKED_MOST = 5
const WINDOW_SECONDS = 7 * 86_400

/** Asks every other case of the organisation whether it holds a party of this one on another side. */
export function askForConflicts(op: Op<'conflict.ask'>, caseId: Id<'cases'>) {
  return op.act(async (act) => {
    const found = await workOnCase(act, caseId)
    const today = dayOf(act.services.now())
    const since = dayOf(secondsAfter(act.services.now(), -WINDOW_SECONDS))
    const { by_asker, of_case } = await countAsked(act, { case_id: caseId, since, today })
    if (by_asker >= ASKED_MOST || of_case > 0) throw new Problem(askedTooOften)
    const parties = await partiesOnSides(act, caseId)
    if (parties.length === 0) throw new Problem(nobodyToAskFor)

    const { organisation_id } = found
    const row = {
      id: newId('conflict_questions'),
      case_id: caseId,
      organisation_id,
      asked_by: act.actor.id,
      asked_on: today,
    }
    const readers = await writableKeyrings(act, [{ organisation_id, kind: 'assistance' }])
    const access = await createRecordKey(
      act,
      row,
      readers.map((to) => ({ part: 'record', to })),
    )
    const identity = new Secret({
      parties: parties.map(({ side, who }) => consult(who, (named) => ({ side, ...named }))),
    })
    await insertQuestion(act, row, { access, identity })
    await closeAnswered(act, [row.id])
    return row
  })
}

/** What the team of a case is told: no more than whom to ask. */
export function readCaseQuestions(op: Op<'conflict.list'>, caseId: Id<'cases'>) {
  return op.act(async (act) => {
    const found = await viewCase(act, caseId)
    const rows = questionPolicy(found).grantEach(act, await listQuestions(act.db, caseId))
    const alike = await alikeBy(act, act, rows)
    return { items: rows.map((row) => ({ ...row, result: resultOf(row, alike) })) }
  })
}

/** Who asked what, for whoever coordinates, and whom to talk to. */
export function readQuestions(op: Op<'conflict.oversee'>) {
  return op.act(async (act) => {
    const rows = overseenPolicy.grantEach(act, await listOverseen(act))
    const alike = await alikeBy(act, act, rows)
    return {
      items: rows.map((row) => {
        const seen = (alike.get(row.id) ?? []).filter(({ is_walled_off }) => !is_walled_off)
        const alike_by = [...new Set(seen.map(({ answered_by }) => answered_by))]
        return { ...row, result: resultOf(row, alike), alike_by }
      }),
    }
  })
}

/** Whether the last question of a case was answered by all, and none of them holds somebody alike. */
export async function isFoundClear(act: Act, caseId: Id<'cases'>): Promise<boolean> {
  const found = await viewCase(act, caseId)
  // To rely on an answer is to read it, whatever the act around it is for.
  const reading = { actor: act.actor, action: 'conflict.list' } as const
  const [latest] = questionPolicy(found).grantEach(reading, await listQuestions(act.db, caseId))
  if (latest === undefined || latest.is_open) return false
  return (await alikeBy(act, reading, [latest])).size === 0
}

type Questions = readonly Pick<QuestionRow, 'id' | 'is_open'>[]
type Reading = { readonly actor: Actor; readonly action: 'conflict.list' | 'conflict.oversee' }
type Alike = Pick<AnswerRow, 'answered_by' | 'is_walled_off'>

/** Who answered that they hold somebody alike, by question. */
async function alikeBy(act: Act, by: Reading, questions: Questions): Promise<Map<Id<'conflict_questions'>, Alike[]>> {
  const rows = await listAnswers(
    act,
    questions.map(({ id }) => id),
  )
  const alike = new Map<Id<'conflict_questions'>, Alike[]>()
  // What cannot be opened is not clear.
  for (const { facts, ...answer } of await revealAnswers(act, answerPolicy(questions).grantEach(by, rows)))
    if (facts === null || consult(facts, ({ is_alike }) => is_alike))
      alike.set(answer.question_id, [...(alike.get(answer.question_id) ?? []), answer])
  return alike
}

/** Told only when all have answered: who answered when would say whose case it is. */
const resultOf = ({ id, is_open }: Questions[number], alike: ReadonlyMap<string, unknown>) => {
  if (is_open) return new Secret('waiting' as const)
  return new Secret(alike.has(id) ? ('ask_coordinator' as const) : ('clear' as const))
}
