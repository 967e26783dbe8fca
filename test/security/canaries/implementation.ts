import type { Canary } from './canary.ts'

/** A decision with a measure and an event, each changed once. */
export const implementationCanary: Canary = {
  columns: ['decisions.legal', 'measures.legal', 'implementation_events.legal'],
  async fill({ caller, token, caseId, told }) {
    const path = `/v1/cases/${caseId}/decisions`
    const post = async (url: string, body: object) =>
      String((await caller.expectOf(201, `POST ${url}`, { token, body })).id)
    const patch = (url: string, body: object) =>
      caller.expectOf(200, `PATCH ${url}`, { token, body, headers: { 'if-match': '"1"' } })
    const decision = (part: string) => ({
      legal: {
        mechanism: 'CAT-22',
        state: 'KZ',
        symbol: told(`${part} symbol`),
        adopted_on: '2025-03-20',
        outcome: 'violation',
        note: told(`${part} decision`),
      },
    })
    const measure = (part: string) => ({
      legal: {
        remedy: 'compensate',
        level: 'individual',
        responsible: told(`${part} body`),
        text: told(`${part} ask`),
      },
    })
    const event = (part: string) => ({
      legal: {
        event: 'payment_ordered',
        on: '2025-11-03',
        money: { amount_minor: 4321, currency: 'KZT' },
        body: told(`${part} court`),
        note: told(`${part} order`),
      },
    })
    const id = await post(path, decision('first'))
    const measure_id = await post(`${path}/${id}/measures`, measure('first'))
    const event_id = await post(`${path}/${id}/events`, { measure_id, ...event('first') })
    await patch(`${path}/${id}`, decision('second'))
    await patch(`${path}/${id}/measures/${measure_id}`, measure('second'))
    await patch(`${path}/${id}/events/${event_id}`, event('second'))
  },
}
