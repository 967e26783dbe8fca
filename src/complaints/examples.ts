const id = '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11'
const user = 'b3a7f6de-2d4c-4c58-8a11-0a5f9f6f3e20'

export const newComplaint = {
  legal: {
    mechanism: 'CCPR-OP1',
    state: 'TJ',
    language: 'ru',
    withhold: { in_publication: true },
    claims: [{ article: 'CCPR-7', argument: 'He was beaten to make him confess.', facts: [1] }],
    remedies: ['investigate', 'compensate'],
  },
  identity: {
    author: { family_name: 'Invented', capacity: 'counsel' },
    victims: [{ family_name: 'Invented', initials: 'A. I.', consent_of: 'victim', authority: { annex: 'A1' } }],
  },
  narrative: {
    events: [{ on: '2024-03-17', text: 'Arrested at home.', annexes: ['A1'] }],
    annexes: [{ ref: 'A1', title: 'Power of attorney', kind: 'authorisation', pages: 2 }],
  },
}
export const receipt = {
  id: '0d9a4b6e-53f7-4d0c-8d2b-b8b0a3f4c6d5',
  case_id: id,
  version: 1,
  stage: 'drafting',
  opened_by: user,
  opened_on: '2026-03-02',
}
export const step = { step: 'registered', on: '2026-04-10', number: '5000/2026' }
const keptStep = {
  id: 'e21d9c84-71b5-4f3b-b6c7-35c2a9d1f842',
  complaint_id: receipt.id,
  version: 1,
  is_void: false,
  recorded_by: user,
  recorded_on: '2026-04-12',
}
export const stepReceipt = { ...keptStep, stage: 'registered' }
export const letter = {
  direction: 'in',
  with: 'body',
  on: '2026-04-10',
  about: 'Registration of the communication',
  language: 'en',
  translations: [{ language: 'ru', status: 'ordered' }],
}
export const letterReceipt = {
  id: '7a1b6c7d-90aa-4b39-9a5b-0f3f3a4d9e21',
  complaint_id: receipt.id,
  version: 1,
  recorded_by: user,
  recorded_on: '2026-04-12',
}
export const complaint = {
  ...receipt,
  stage: 'registered',
  ...newComplaint,
  dates: {
    submitted_on: '2026-03-10',
    registered_on: '2026-04-10',
    transmitted_on: null,
    adopted_on: null,
    published_on: null,
    decision_transmitted_on: null,
  },
  may_follow: ['transmitted'],
  steps: [{ ...keptStep, legal: step }],
  letters: [{ ...letterReceipt, legal: letter }],
}
