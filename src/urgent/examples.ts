export const request = {
  facts: { kind: 'relocation', people: 3 },
  need: 'An invented family must leave the town before Friday.',
  answer_hours: 12,
}
export const answer = { decision: 'granted', answer: 'A flat is ready from tonight.' }
