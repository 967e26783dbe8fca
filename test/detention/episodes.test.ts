import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { hoursBetween } from '../../src/detention/moments.ts'
import { add, openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')

let id: string
beforeAll(async () => {
  id = await openCase(lawyer)
  await add(lawyer, id, { user_id: clinician.id, part: 'member' })
})

const record = (facts: object, ofCase = id) =>
  lawyer.post(`/v1/cases/${ofCase}/detentions`, {
    facts: { came_by: 'arrest', ...facts },
    narrative: { place: 'Invented: the cellar.' },
  })

describe('an episode of detention', () => {
  test('is read by the team in the order in which it began, whatever was recorded first', async () => {
    const ofCase = await openCase(lawyer)
    for (const from of ['2026-02-06', undefined, '2026-02-03T19:30', '2026-02-04T08'])
      expect((await record({ from, came_by: 'transfer' }, ofCase)).status).toBe(201)

    const { body } = await lawyer.get(`/v1/cases/${ofCase}/detentions`)

    const began = body.items.map(({ facts }: { facts: { from?: string } }) => facts.from)
    expect(began).toEqual(['2026-02-03T19:30', '2026-02-04T08', '2026-02-06', undefined])
  })

  test('says for how long nothing was recorded, no closer than the two moments are known', async () => {
    const known = [
      [
        { from: '2026-02-03T19:30', recorded_at: '2026-02-04T11:00' },
        { at_least: 15.5, at_most: 15.5 },
      ],
      [
        { from: '2026-02-03', recorded_at: '2026-02-04T11:00' },
        { at_least: 11, at_most: 35 },
      ],
      [
        { from: '2026-02-03', recorded_at: '2026-02-03' },
        { at_least: 0, at_most: 24 },
      ],
      [{ from: '2026-02-03' }, null],
    ] as const
    const ofCase = await openCase(lawyer)
    const ids = new Map<string, unknown>()
    for (const [facts, hours] of known) ids.set((await record(facts, ofCase)).body.id, hours)

    const { body } = await lawyer.get(`/v1/cases/${ofCase}/detentions`)

    for (const episode of body.items) expect(episode.hours_unrecorded).toEqual(ids.get(episode.id))
  })

  test('is changed by the team, and not over what somebody else has changed', async () => {
    const { body: receipt } = await record({ from: '2026-01-05' })
    const url = `/v1/cases/${id}/detentions/${receipt.id}`
    const safeguards = [{ safeguard: 'lawyer', state: 'not_met', said_by: 'victim' }]

    const changed = await clinician.patch(url, { facts: { came_by: 'arrest', safeguards } }, ifMatch(1))

    expect(changed.body).toMatchObject({
      version: 2,
      facts: { safeguards },
      narrative: { place: 'Invented: the cellar.' },
    })
    expect((await lawyer.patch(url, { narrative: {} }, ifMatch(1))).status).toBe(412)
    expect((await lawyer.patch(url, {}, ifMatch(2))).status).toBe(400)
  })

  test('does not exist for whoever is not on the team, nor under another case', async () => {
    const { body: receipt } = await record({})
    const other = await openCase(lawyer)

    const change = { narrative: {} }
    expect((await app.as('coordinator').get(`/v1/cases/${id}/detentions`)).status).toBe(404)
    expect((await lawyer.patch(`/v1/cases/${other}/detentions/${receipt.id}`, change, ifMatch(1))).status).toBe(404)
  })

  test.each([
    { from: '2026-02-30' },
    { from: '2026-02-03T24:00' },
    { from: '2099-01-01' },
    { from: '2026-02-03', to: '2026-02-02' },
    { place: 'the cellar' },
    { safeguards: [{ safeguard: 'magic', state: 'met', said_by: 'victim' }] },
  ])('with %o is refused', async (facts) => {
    expect((await record(facts)).status).toBe(400)
  })
})

test('of two moments the hours of the closer known lie within those of the less closely known', () => {
  const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2025-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, fc.nat(400), fc.constantFrom(4, 7, 10, 13), (begun, hours, known) => {
      const from = begun.toISOString().slice(0, 16)
      const to = new Date(begun.getTime() + hours * 3_600_000).toISOString().slice(0, 16)
      const close = hoursBetween(from, to)
      const loose = hoursBetween(from.slice(0, known), to)
      expect(close?.at_most).toBe(hours)
      expect(loose?.at_least).toBeLessThanOrEqual(hours)
      expect(loose?.at_most).toBeGreaterThanOrEqual(hours)
    }),
  )
})
