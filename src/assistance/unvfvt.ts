/** The kinds of help of the UN Voluntary Fund for Victims of Torture, each with our kinds, as in referral_model.json. */
export const fundCategories = {
  medical: ['medical_care', 'forensic_exam'],
  psychological: ['psychological', 'psychiatric'],
  social: ['social', 'shelter', 'family_support'],
  economic: ['economic_in_kind', 'economic_cash'],
  legal: ['legal_advice', 'legal_representation', 'strategic_litigation', 'un_complaint'],
  humanitarian: ['humanitarian'],
  educational: ['educational_vocational'],
  other: ['other'],
} as const satisfies Record<string, readonly string[]>

/** What the Fund has no category for, such as relocation and security. */
export const OUTSIDE_FUND = 'outside_fund'

export const fundCategoryNames = [...Object.keys(fundCategories), OUTSIDE_FUND]

export const fundCategoryOf = (kind: string): string =>
  Object.entries(fundCategories).find(([, kinds]) => kinds.some((one) => one === kind))?.[0] ?? OUTSIDE_FUND
