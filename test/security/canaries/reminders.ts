import type { Canary } from './canary.ts'

/** An address has no room for a mark's words; the bird of the marks is in it all the same, and is searched for. */
export const remindersCanary: Canary = {
  columns: [],
  coded: ['reminders.address'],
  async fill({ caller, token, at }) {
    const address = `kanareika-reminder-${String(at)}@example.org`
    await caller.expectOf(200, 'PUT /v1/me/reminders', { token, body: { address } })
  },
}
