import type { View } from './views.ts'

/** By the branch of the first violation; whoever died is reported as a death. */
const kindByBranch = {
  torture: 'torture_or_ill_treatment',
  liberty: 'arbitrary_detention',
  disappearance: 'enforced_disappearance',
  assembly: 'assembly',
  expression: 'expression_and_media',
  media: 'expression_and_media',
  life: 'unlawful_death',
  gbv: 'gender_based_violence',
} as const

type Kind = (typeof kindByBranch)[keyof typeof kindByBranch] | 'other'

const isExecuted = ({ alleged_victim }: View) => alleged_victim.includes('executed')
const isDead = (view: View) =>
  isExecuted(view) || view.violation_types.some((code) => code === 'life' || code === 'life_death_in_custody')

export function kindOf(view: View): Kind {
  if (isDead(view)) return 'unlawful_death'
  const [first = ''] = view.violation_types
  const branch = Object.entries(kindByBranch).find(([name]) => first === name || first.startsWith(`${name}_`))
  return branch?.[1] ?? 'other'
}

const details: Readonly<Record<Kind, (view: View) => object>> = {
  torture_or_ill_treatment: ({ subject }) => ({ purposes: [/confess/i.test(subject) ? 'confession' : 'unknown'] }),
  arbitrary_detention: () => ({ outcome: 'unknown' }),
  enforced_disappearance: () => ({ authority_response: 'unknown' }),
  assembly: ({ subject }) => ({ dispersal: /prevented/i.test(subject) ? 'prevented' : 'unknown' }),
  expression_and_media: ({ subject }) => ({ measures: [/re-register/i.test(subject) ? 'licence' : 'other'] }),
  unlawful_death: deathOf,
  gender_based_violence: ({ subject }) => ({
    relationship: 'unknown',
    forms: [/sexual/i.test(subject) ? 'sexual' : 'other'],
  }),
  other: () => ({ measure: 'unknown' }),
}

/** What the subject line says, and "unknown" for the rest. */
export const detailsOf = (view: View, kind: Kind): object => details[kind](view)

function deathOf(view: View): object {
  if (isExecuted(view)) return { circumstances: 'execution' }
  const isTortured = view.violation_types.some((code) => code.startsWith('torture'))
  return {
    circumstances: isTortured ? 'ill_treatment' : 'unknown',
    ...(view.violation_types.includes('life_death_in_custody') && { custody: 'in_custody' }),
  }
}
