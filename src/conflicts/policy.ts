import { ofCase } from '../cases/policy.ts'
import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { OpenQuestion, OverseenQuestion, QuestionRow } from './repo.ts'
import type { AnswerRow } from './repo-answers.ts'

const always = () => true
const atHome = (actor: Actor, row: { readonly organisation_id: Id<'organisations'> }) =>
  row.organisation_id === actor.organisationId

export const questionPolicy = (found: { readonly id: Id<'cases'> }) =>
  ofCase<QuestionRow, 'conflict.list'>(found, { 'conflict.list': always })

/** Everybody who helps victims answers every question, for their own cases. */
export const openQuestionPolicy = policy<OpenQuestion, 'conflict.answer'>(atHome, { 'conflict.answer': always })

/** Coordinators see who asked, but not of a case from which a wall keeps them. */
export const overseenPolicy = policy(
  (actor: Actor, row: OverseenQuestion) => atHome(actor, row) && !row.is_walled_off,
  { 'conflict.oversee': always },
)

/** The answers to a question that has been granted. */
export const answerPolicy = (questions: readonly { readonly id: Id<'conflict_questions'> }[]) => {
  const ids = new Set(questions.map(({ id }) => id))
  return policy((actor: Actor, row: AnswerRow) => atHome(actor, row) && ids.has(row.question_id), {
    'conflict.list': always,
    'conflict.oversee': always,
  })
}
