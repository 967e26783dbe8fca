export const newPerson = {
  case_id: '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11',
  role: { roles: ['victim'] },
  identity: {
    names: [
      { text: 'Нигина Бахриева', script: 'cyrillic', kind: 'official' },
      { text: 'Nigina Bakhrieva', script: 'latin', kind: 'transliteration' },
    ],
    born: '1984',
    contacts: [{ kind: 'messenger', text: 'through her sister', is_safe: true }],
  },
  facts: { sort: 'person', sex: 'female' },
}
export const search = { who: { names: [{ text: 'Baxriyeva N.' }], born: '1984' } }
export const link = { person_id: 'b3a7f6de-2d4c-4c58-8a11-0a5f9f6f3e20', role: { roles: ['witness'] } }
export const relation = {
  from_person_id: 'b3a7f6de-2d4c-4c58-8a11-0a5f9f6f3e20',
  to_person_id: 'e21d9c84-71b5-4f3b-b6c7-35c2a9d1f842',
  facts: { kind: 'parent' },
}
export const takeOver = {
  incident_id: '0b1d7a52-3f0e-4a53-8a1c-2f6b9e7d4c05',
  parties: [{ ref: 'v1' }, { ref: 'w1', person_id: 'b3a7f6de-2d4c-4c58-8a11-0a5f9f6f3e20' }],
}
