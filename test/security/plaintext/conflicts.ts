import { day, id, type PlainColumns, sealVersion } from './reasons.ts'

export const conflictsColumns: PlainColumns = {
  'conflict_answers.answered_by': id,
  'conflict_answers.answered_on': day,
  'conflict_answers.case_id': id,
  'conflict_answers.id': id,
  'conflict_answers.organisation_id': id,
  'conflict_answers.question_id': id,
  'conflict_answers.seal_version': sealVersion,
  'conflict_questions.asked_by': id,
  'conflict_questions.asked_on': day,
  'conflict_questions.case_id': id,
  'conflict_questions.id': id,
  'conflict_questions.is_open': 'whether a case has still to answer',
  'conflict_questions.organisation_id': id,
  'conflict_questions.seal_version': sealVersion,
}
