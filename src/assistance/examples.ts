export const service = {
  facts: {
    kind: 'psychological',
    delivered_on: '2026-03-02',
    beneficiary: 'v1',
    units: 2,
    cost: { amount_minor: 150_000, currency: 'KGS' },
  },
  note: 'Two sessions, the second with an interpreter.',
}

export const budgetLine = {
  facts: { name: 'Psychological help', budget: { amount_minor: 1_000_000, currency: 'USD' } },
}
