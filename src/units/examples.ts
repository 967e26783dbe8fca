export const unit = {
  identity: {
    names: [
      { text: 'СИЗО № 9 (выдуманное)', kind: 'official' },
      { text: 'SIZO-9', kind: 'short' },
    ],
  },
  facts: { country: 'TJ', parent_id: '3b1f0c55-6c7e-4b57-8b0a-1f6a9d2c4e10' },
}
export const posting = {
  facts: {
    unit_id: 'c9d7a1b2-0f3e-4a61-9c55-7e2b8d4f6a01',
    incident_id: '0b1d7a52-3f0e-4a53-8a1c-2f6b9e7d4c05',
    ref: 'p1',
    rank: 'captain',
  },
}
