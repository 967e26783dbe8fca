/** The answers so far, by the name of the question. */
export type Answers = Readonly<Record<string, string | readonly string[]>>
export type Form = { readonly kind: Kind; readonly answers: Answers }

export const kinds = [
  'torture_or_ill_treatment',
  'arbitrary_detention',
  'enforced_disappearance',
  'assembly',
  'expression_and_media',
  'unlawful_death',
  'gender_based_violence',
  'other',
] as const
export type Kind = (typeof kinds)[number]

/** The one answer, or nothing. */
export function one(answers: Answers, name: string): string | undefined {
  const value = answers[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** All answers to a question that takes several. */
export function several(answers: Answers, name: string): readonly string[] {
  const value = answers[name]
  return value === undefined || typeof value === 'string' ? [] : value
}
