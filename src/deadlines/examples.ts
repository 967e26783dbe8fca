const id = '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11'
const user = 'b3a7f6de-2d4c-4c58-8a11-0a5f9f6f3e20'
const rule = {
  file: 'deadline_rules',
  row: 'CERD-14-FILING',
  version: 1,
  certainty: 'medium',
  sources: ['mechanisms.json CERD-14 (S5)'],
}

export const newDeadline = {
  deadline: { by: 'rule', rule: 'CERD-14-FILING', state: 'KZ', trigger_on: '2025-12-09' },
}
export const receipt = {
  id: '0d9a4b6e-53f7-4d0c-8d2b-b8b0a3f4c6d5',
  case_id: id,
  version: 1,
  kind: 'complaint',
  status: 'open',
  due_on: '2026-06-09',
}
export const deadline = {
  ...receipt,
  proceeding_id: null,
  cause_id: null,
  set_by: user,
  set_on: '2026-03-02',
  legal: {
    zone: 'Asia/Almaty',
    reckoning: {
      rule,
      state: 'KZ',
      trigger: 'served_on',
      trigger_on: '2025-12-09',
      count: { unit: 'months', number: 6 },
      end: 'stays',
      calendar: null,
    },
    history: [],
  },
}
export const change = { status: 'done', told: { reason: 'Filed on the second of June.' } }
