const id = '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11'
const user = 'b3a7f6de-2d4c-4c58-8a11-0a5f9f6f3e20'
const stamp = { version: 1, recorded_by: user, recorded_on: '2026-03-02' }

export const decision = {
  mechanism: 'CCPR-OP1',
  state: 'TJ',
  adopted_on: '2025-03-20',
  transmitted_on: '2025-05-02',
  outcome: 'violation',
  findings: [{ article: 'CCPR-7', finding: 'violation', read_with: ['CCPR-2-3'] }],
}
export const receipt = { id: '0d9a4b6e-53f7-4d0c-8d2b-b8b0a3f4c6d5', case_id: id, complaint_id: null, ...stamp }
export const measure = { remedy: 'compensate', level: 'individual', responsible: 'Ministry of Finance' }
export const measureReceipt = {
  id: 'e21d9c84-71b5-4f3b-b6c7-35c2a9d1f842',
  decision_id: receipt.id,
  ...stamp,
}
export const event = {
  event: 'payment_ordered',
  on: '2025-11-03',
  status: 'partly_implemented',
  money: { amount_minor: 2_000_000, currency: 'TJS' },
}
export const eventReceipt = {
  id: '7a1b6c7d-90aa-4b39-9a5b-0f3f3a4d9e21',
  decision_id: receipt.id,
  measure_id: measureReceipt.id,
  is_void: false,
  ...stamp,
}
export const whole = {
  ...receipt,
  legal: decision,
  reply: { status: 'overdue', due_on: '2025-10-29' },
  measures: [
    {
      ...measureReceipt,
      legal: measure,
      status: 'partly_implemented',
      payments: [{ currency: 'TJS', ordered_minor: 2_000_000, paid_minor: 0, left_minor: 2_000_000 }],
    },
  ],
  events: [{ ...eventReceipt, legal: event }],
}
