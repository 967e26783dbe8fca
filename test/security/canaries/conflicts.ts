import type { Canary } from './canary.ts'

const elsewhere = {
  identity: { title: 'Another case' },
  narrative: { summary: 'Which answers.' },
  legal: {},
  facts: {},
}

/**
 * After the persons, for whom it asks: the names in a question are searched for as marks of theirs. Nobody may ask fifty
 * times, so that five of the fifty spots do. What every case has answered is gone; here others have not.
 */
export const conflictsCanary: Canary = {
  columns: [],
  coded: ['conflict_questions.identity', 'conflict_answers.facts'],
  async fill({ caller, token, caseId, at }) {
    if (at % 10 !== 1) return
    await caller.expectOf(201, 'POST /v1/cases', { token, body: elsewhere })
    await caller.expectOf(201, `POST /v1/cases/${caseId}/conflict-questions`, { token })
    await caller.expectOf(200, 'POST /v1/conflict-answers', { token })
  },
}
