export const consent = {
  facts: {
    purpose: 'store',
    value: 'given',
    relation: 'self',
    method: 'written',
    language: 'tg',
    said_on: '2026-03-02',
  },
  identity: { said_by: 'The victim, an invented person' },
}
