import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { fundCategories, OUTSIDE_FUND } from '../../src/assistance/unvfvt.ts'
import { linkReport, openCase, report } from '../cases/support.ts'
import { withClient } from '../security/support/dump.ts'
import { startApp } from '../support/app.ts'
import { filesIn, releasing, rowsOf } from '../statistics/releasing.ts'

const app = await startApp()
const lead = app.as('intake')
const coordinator = app.as('coordinator')
const { declared, released } = releasing(app)

const CASES = 10
const PERSONS_EACH = 30
const kinds = ['legal_advice', 'psychological', 'medical_care', 'relocation_internal']
const ages = ['18_24', '25_34', '35_44']
const numbers = Array.from({ length: PERSONS_EACH }, (_, at) => at)
const model = JSON.parse(readFileSync(new URL('../../schemas/reference/referral_model.json', import.meta.url), 'utf8'))

let programme: string
const earlier: string[] = []
const later: string[] = []

/** Invented persons by rule, so that the table below can be counted by hand. */
async function live(at: number): Promise<void> {
  const id = await openCase(lead)
  const parties = numbers.map((nth) => ({
    ref: `v${String(nth + 1)}`,
    roles: ['victim'],
    sort: 'person',
    sex: nth % 2 === 0 ? 'female' : 'male',
    age_band: ages[nth % 3],
  }))
  const place = { country: at < 6 ? 'TJ' : 'KG' }
  await linkReport(lead, id, { ...report, facts: { ...report.facts, parties, place, sources: [] } })
  const consent = { purpose: 'count_in_statistics', value: at === CASES ? 'refused' : 'given' }
  const said = { facts: { ...consent, method: 'oral', said_on: '2026-01-02' } }
  expect((await lead.post(`/v1/cases/${id}/consents`, said)).status).toBe(201)
  for (const nth of at === CASES ? numbers.slice(0, 5) : numbers) await serve(id, nth)
}

async function serve(id: string, nth: number): Promise<void> {
  const common = { beneficiary: `v${String(nth + 1)}`, is_family_member: nth >= 24 }
  const funded = nth % 2 === 0 ? { programme_id: programme } : {}
  const kind = kinds[nth % 4]
  const cost = kind === 'relocation_internal' ? { cost: { amount_minor: 10_000, currency: 'USD' } } : {}
  later.push(await given(id, { ...common, ...funded, ...cost, kind, delivered_on: '2026-02-03' }))
  if (nth % 5 === 0) later.push(await given(id, { ...common, kind: 'shelter', units: 3, delivered_on: '2026-03-04' }))
  if (nth < 10) earlier.push(await given(id, { ...common, ...funded, kind, delivered_on: '2025-05-06' }))
}

async function given(id: string, facts: object): Promise<string> {
  const { status, body } = await lead.post(`/v1/cases/${id}/services`, { facts })
  expect(status).toBe(201)
  return body.id
}

beforeAll(async () => {
  const days = { starts_on: '2025-01-01', ends_on: '2026-12-31', profile: { name: 'Invented programme' } }
  programme = (await coordinator.post('/v1/programmes', days)).body.id
  await Promise.all(Array.from({ length: CASES + 1 }, (_, at) => live(at)))
}, 300_000)

const figuresFor = async (more = '') =>
  (await coordinator.get(`/v1/indicators?from=2026-01-01&to=2026-12-31${more}`)).body.figures

const count = (code: string, number: number) => ({ code, count: number })

test('the indicators of 300 persons are those of a table counted by hand; who refused is in none', async () => {
  const figures = await figuresFor()

  expect(figures.I01).toEqual({
    persons: 300,
    new: 200,
    carried_over: 100,
    victims: 240,
    family: 60,
    by_sex: [count('female', 150), count('male', 150)],
    by_age_band: [count('18_24', 100), count('25_34', 100), count('35_44', 100)],
    by_country: [count('KG', 120), count('TJ', 180)],
  })
  expect(figures.I02).toEqual({
    by_kind: [
      count('legal_advice', 80),
      count('medical_care', 70),
      count('psychological', 80),
      count('relocation_internal', 70),
      count('shelter', 60),
    ],
    by_fund_category: [
      count('legal', 80),
      count('medical', 70),
      count('outside_fund', 70),
      count('psychological', 80),
      count('social', 60),
    ],
  })
  expect(figures.I03).toEqual({
    entries: 360,
    units: 480,
    by_kind: [
      { code: 'legal_advice', count: 80, units: 80 },
      { code: 'medical_care', count: 70, units: 70 },
      { code: 'psychological', count: 80, units: 80 },
      { code: 'relocation_internal', count: 70, units: 70 },
      { code: 'shelter', count: 60, units: 180 },
    ],
  })
  expect(figures.I10.relocations).toEqual({
    number: 70,
    persons: 70,
    amounts: [{ amount_minor: 700_000, currency: 'USD' }],
  })
  expect(figures.I11).toEqual({
    victims: 240,
    by_sex: [count('female', 120), count('male', 120)],
    by_age_band: [count('18_24', 80), count('25_34', 80), count('35_44', 80)],
  })
  expect(figures.I09).toEqual({ made: 0, proposed: 0, accepted: 0, completed: 0, median_days_to_acceptance: null })
})

test('of one programme they count those whom it helped, and who was new to it', async () => {
  const { I01, I03 } = await figuresFor(`&programme_id=${programme}`)

  expect([I01.persons, I01.new, I01.carried_over]).toEqual([150, 100, 50])
  expect(I03.entries).toBe(150)
  const strange = await coordinator.get(
    `/v1/indicators?from=2026-01-01&to=2026-12-31&programme_id=${crypto.randomUUID()}`,
  )
  expect(strange.status).toBe(404)
  expect((await coordinator.get('/v1/indicators?from=2026-02-01&to=2026-01-01')).status).toBe(400)
})

test('the categories of the Fund are those of the model', () => {
  const ours = Object.fromEntries(
    Object.entries(fundCategories).map(([name, list]) => [name, list.map((kind) => kind.toUpperCase())]),
  )
  expect(ours).toEqual(model.unvfvt_map)
  expect(Object.keys(ours)).not.toContain(OUTSIDE_FUND)
})

test('what leaves goes through the protector: CSV and XLSX, each shown figure around the true one', async () => {
  const day = (ids: string[], recorded_on: string) =>
    withClient(app.place, (client) =>
      client.query('update services_delivered set recorded_on = $1 where id = any($2::uuid[])', [recorded_on, ids]),
    )
  await day(later, '2026-02-10')
  await day(earlier, '2025-05-10')
  const cube = await declared({
    population: 'beneficiaries',
    dimensions: ['newness', 'sex', 'beneficiary'],
    margins: 2,
    codes: { sex: ['female', 'male'] },
  })

  const { files } = await released(cube)

  const names = await filesIn(files.bytes)
  const csv = [...names].find(([name]) => name.endsWith('.csv') && !name.includes('sdmx'))
  expect([...names.keys()].some((name) => name.endsWith('.xlsx'))).toBe(true)
  const rows = rowsOf(csv?.[1] ?? '')
  const true_ = {
    '_T _T _T': 300,
    'new _T _T': 200,
    'carried_over _T _T': 100,
    '_T female _T': 150,
    '_T _T family': 60,
  }
  const shown = rows.filter(({ status }) => status === 'A')
  expect(shown.length).toBeGreaterThan(3)
  for (const row of shown) {
    const known = Object.entries(true_).find(
      ([at]) => at === [row['newness'], row['sex'], row['beneficiary']].join(' '),
    )
    if (known === undefined) continue
    expect([known[0], Number(row['value_low']) <= known[1] && known[1] <= Number(row['value_high'])]).toEqual([
      known[0],
      true,
    ])
  }
}, 120_000)
