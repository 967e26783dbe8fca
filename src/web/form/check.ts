import { type Answers, type Form, one, several } from './form.ts'
import { type Question, stepsFor } from './questions.ts'

/** Whether a question is asked, given the answers so far. `*` is any answer. */
export function isAsked({ when }: Question, answers: Answers): boolean {
  if (when === undefined) return true
  const given = one(answers, when.name)
  return given !== undefined && (when.is.includes('*') || when.is.includes(given))
}

const isAnswered = ({ name, type }: Question, answers: Answers): boolean =>
  type === 'several' ? several(answers, name).length > 0 : one(answers, name) !== undefined

const shapes: Readonly<Record<string, RegExp>> = {
  month: /^(19|20)\d\d-(0[1-9]|1[0-2])$/,
  year: /^(19|20)\d\d$/,
}

function isWellFormed({ name, type, most }: Question, answers: Answers): boolean {
  const given = one(answers, name)
  if (given === undefined) return true
  if (type === 'number') return /^\d{1,5}$/.test(given)
  return given.length <= (most ?? Infinity) && (shapes[name]?.test(given) ?? true)
}

/** The names of the questions that still keep the report from being sent. What may be said is the server's to judge. */
export const missingIn = ({ kind, answers }: Form): string[] =>
  stepsFor(kind)
    .flatMap(({ questions }) => questions)
    .filter((question) => isAsked(question, answers))
    .filter(
      (question) => (question.isNeeded === true && !isAnswered(question, answers)) || !isWellFormed(question, answers),
    )
    .map(({ name }) => name)
