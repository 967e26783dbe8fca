import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { reasonsFor, scoreOf } from '../../src/providers/rank.ts'
import { ProviderFacts } from '../../src/providers/schema.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')
const abroad = app.as('lawyer', 'away')

type Facts = Record<string, unknown>

const provider = (name: string, facts: Facts = {}, scope = 'organisation') => ({
  scope,
  identity: { name, contacts: [{ kind: 'phone', text: '+992 00 invented', is_safe: true }] },
  facts: { sort: 'clinic', services: ['psychological'], ...facts },
})

async function list(by: As, body: object): Promise<string> {
  const listed = await by.post('/v1/providers', body)
  expect(listed.status).toBe(201)
  return listed.body.id
}

const namesFor = async (by: As) => (await by.get('/v1/providers')).body.items.map(nameOf)
const nameOf = ({ identity }: { identity: { name: string } | null }) => identity?.name

describe('the directory', () => {
  let own: string
  let shared: string
  beforeAll(async () => {
    own = await list(lawyer, provider('Own clinic'))
    shared = await list(lawyer, provider('Shelter of the coalition', {}, 'coalition'))
  })

  test('is read by those who help victims, and by nobody else', async () => {
    expect(await namesFor(clinician)).toEqual(expect.arrayContaining(['Own clinic', 'Shelter of the coalition']))
    for (const who of ['monitor', 'administrator'])
      expect((await app.as(who).get(`/v1/providers/${own}`)).status).toBe(403)
  })

  test('of another organisation shows only what is of the coalition, and opens it', async () => {
    expect(await namesFor(abroad)).toEqual(['Shelter of the coalition'])
    expect((await abroad.get(`/v1/providers/${own}`)).status).toBe(404)
  })

  test('is changed by the organisation that listed, under If-Match', async () => {
    const change = { facts: { sort: 'shelter', services: ['shelter'] } }

    expect((await abroad.patch(`/v1/providers/${shared}`, change, ifMatch(1))).status).toBe(403)
    expect((await lawyer.patch(`/v1/providers/${shared}`, change)).status).toBe(428)
    expect((await lawyer.patch(`/v1/providers/${shared}`, change, ifMatch(1))).status).toBe(200)
    expect((await lawyer.patch(`/v1/providers/${shared}`, change, ifMatch(1))).status).toBe(412)
    expect((await abroad.get(`/v1/providers/${shared}`)).body.facts.services).toEqual(['shelter'])
  })

  test('takes no service, region or language that no list has', async () => {
    for (const facts of [{ services: ['magic'] }, { services: [] }, { regions: ['XX-1'] }, { languages: ['tlh'] }])
      expect((await lawyer.post('/v1/providers', provider('Odd', facts))).status).toBe(400)
  })

  test('stays closed to a clinician who becomes a monitor, whatever the keys were', async () => {
    const holders = async () => {
      const rows = await app.database
        .selectFrom('keyring_grants as g')
        .innerJoin('keyrings as k', (on) => on.onRef('k.id', '=', 'g.keyring_id').onRef('k.version', '=', 'g.version'))
        .select(['g.user_id', 'k.organisation_id'])
        .where('k.kind', '=', 'assistance')
        .execute()
      return rows.flatMap((row) => (row.organisation_id === lawyer.organisationId ? [String(row.user_id)] : []))
    }
    const { id } = app.as('officer3')
    expect(await holders()).toContain(id)
    const { body } = await app.as('coordinator').get(`/v1/members/${id}`)

    const changed = await app
      .as('coordinator')
      .patch(`/v1/members/${id}`, { roles: ['monitor'] }, ifMatch(body.version))

    expect(changed.status).toBe(200)
    expect(await holders()).not.toContain(id)
    expect(await holders()).toContain(clinician.id)
    expect(await namesFor(clinician)).toContain('Own clinic')
  })
})

describe('the search', () => {
  beforeAll(async () => {
    const place = { services: ['medical_care'], countries: ['TJ'], regions: ['TJ-KT'], languages: ['tg'] }
    await list(lawyer, provider('Fits', { ...place, accepts_minors: true, staff: 'women', vetted_on: '2026-10-01' }))
    await list(lawyer, provider('Not known', { services: ['medical_care'] }))
    await list(lawyer, provider('No minors', { ...place, accepts_minors: false, staff: 'women' }))
    await list(lawyer, provider('Elsewhere', { ...place, regions: ['TJ-SU'], accepts_minors: true, staff: 'men' }))
    const gone = await list(lawyer, provider('Closed down', { ...place, accepts_minors: true }))
    await lawyer.patch(`/v1/providers/${gone}`, { is_active: false }, ifMatch(1))
  })
  const need = {
    service: 'medical_care',
    language: 'tg',
    country: 'TJ',
    region: 'TJ-KT',
    prefers_staff: 'women',
    is_minor: true,
  }

  test('puts first whoever fits, and says why', async () => {
    const { status, body } = await clinician.post('/v1/providers/search', need)

    expect(status).toBe(200)
    expect(body.items.map((found: { provider: { identity: { name: string } } }) => nameOf(found.provider))[0]).toBe(
      'Fits',
    )
    expect(
      body.items.map((found: { provider: { identity: { name: string } } }) => nameOf(found.provider)),
    ).not.toContain('Closed down')
    expect(body.items[0].reasons).toContainEqual({ criterion: 'minors', fit: 'fits' })
    const no = body.items.find(
      (found: { provider: { identity: { name: string } } }) => nameOf(found.provider) === 'No minors',
    )
    expect(no.reasons).toContainEqual({ criterion: 'minors', fit: 'does_not_fit' })
  })

  test('finds nobody who does not offer the service', async () => {
    const { body } = await clinician.post('/v1/providers/search', { service: 'relocation_abroad' })

    expect(body.items).toEqual([])
  })

  test('never ranks one lower for fitting better', () => {
    const fact = fc.record({
      sort: fc.constant('clinic'),
      services: fc.constant(['shelter']),
      languages: fc.constantFrom([], ['ru'], ['tg']),
      countries: fc.constantFrom([], ['TJ'], ['KZ']),
      regions: fc.constantFrom([], ['TJ-KT'], ['TJ-SU']),
      capacity: fc.constantFrom('free', 'full', 'unknown'),
      fees: fc.constantFrom('none', 'full', 'unknown'),
      staff: fc.constantFrom('women', 'men', 'unknown'),
      accepts_minors: fc.constantFrom(true, false, undefined),
      vetted_on: fc.constantFrom('2026-01-01', '2019-01-01', undefined),
    })
    const best: Record<string, unknown> = {
      languages: ['tg'],
      countries: ['TJ'],
      regions: ['TJ-KT'],
      capacity: 'free',
      fees: 'none',
      staff: 'women',
      accepts_minors: true,
      vetted_on: '2026-01-01',
    }
    const wish = { ...need, service: 'shelter', needs_no_fee: true, prefers_staff: 'women' } as const
    fc.assert(
      fc.property(fact, fc.constantFrom(...Object.keys(best)), (facts, name) => {
        const better = { ...facts, [name]: best[name] }
        const score = (one: object) => scoreOf(reasonsFor(wish, ProviderFacts.parse(one), '2026-11-25'))
        expect(score(better)).toBeGreaterThanOrEqual(score(facts))
      }),
    )
  })
})
