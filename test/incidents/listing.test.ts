import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { handling, openCase } from './handling.ts'
import { kinds, reportOf, submitted } from './reports.ts'

const app = await startApp()
const monitor = app.as('monitor')
const intake = app.as('intake')
const coordinator = app.as('coordinator')
const { triage } = handling(app)

// Three of each kind by the monitor, one by the clinician, one abroad; spread over five days.
const ids: string[] = []
for (const kind of [...kinds, ...kinds, ...kinds]) ids.push((await submitted(monitor, reportOf(kind))).id)
const byClinician = (await submitted(app.as('clinician'), reportOf('assembly'))).id
const abroad = (await submitted(app.as('monitor', 'away'))).id
await sql`update incidents set received_on = date '2026-01-01' + (hashtext(id::text) & 3)`.execute(app.database)
await sql`update incidents set received_on = date '2025-12-24' where id = ${byClinician}`.execute(app.database)

type Item = { id: string; received_on: string; facts: { kind: string } | null; case_id: string | null }

async function pages(by: typeof monitor, query: string): Promise<Item[][]> {
  const found: Item[][] = []
  let after = ''
  for (let page = 0; page < 100; page += 1) {
    const { status, body } = await by.get(`/v1/incidents?${query}${after}`)
    expect(status).toBe(200)
    found.push(body.items)
    if (body.next === null) return found
    after = `&after=${body.next}`
  }
  throw new Error('the list has no end')
}

const all = async (by: typeof monitor, query: string) => (await pages(by, query)).flat()
const idsOf = (items: readonly Item[]) => items.map(({ id }) => id).sort()

test.each([1, 7, 24, 25, 26, 200])('pages of %i cover the list exactly once, newest first', async (limit) => {
  const found = await pages(intake, `limit=${limit}`)

  const items = found.flat()
  expect(idsOf(items)).toEqual([...ids, byClinician].sort())
  expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true)
  const days = items.map(({ received_on }) => received_on)
  expect(days).toEqual(days.toSorted().reverse())
})

test('a report that comes in meanwhile is neither doubled nor does it hide another', async () => {
  const first = (await intake.get('/v1/incidents?limit=10')).body
  const late = await submitted(monitor)
  const rest = await all(intake, `limit=200&after=${first.next}`)
  await sql`delete from incidents where id = ${late.id}`.execute(app.database)

  expect(idsOf([...first.items, ...rest])).toEqual([...ids, byClinician].sort())
})

test('each sees their own', async () => {
  expect(idsOf(await all(monitor, ''))).toEqual([...ids].sort())
  expect(idsOf(await all(app.as('clinician'), ''))).toEqual([byClinician])
  expect(idsOf(await all(app.as('lawyer'), ''))).toEqual([])
  expect(idsOf(await all(app.as('intake', 'away'), ''))).toEqual([abroad])
  expect(idsOf(await all(intake, 'submitted_by=me'))).toEqual([])
  expect(idsOf(await all(monitor, 'submitted_by=me'))).toEqual([...ids].sort())
})

test('the intake and coordinators read the facts, the author none', async () => {
  const [opened, coded, shut] = [await all(intake, ''), await all(coordinator, ''), await all(monitor, '')]

  expect(opened.every(({ facts }) => facts !== null)).toBe(true)
  expect(coded.every(({ facts }) => facts !== null)).toBe(true)
  expect(shut.every(({ facts }) => facts === null)).toBe(true)
})

test('filters on what lies in the open', async () => {
  const days = await all(intake, 'received_from=2025-12-24&received_to=2025-12-31')
  const accepted = (await submitted(monitor)).id
  await triage(accepted, { decision: 'accept' })
  const byStatus = await all(intake, 'status=accepted')
  await sql`delete from incidents where id = ${accepted}`.execute(app.database)

  expect(idsOf(days)).toEqual([byClinician])
  expect(idsOf(byStatus)).toEqual([accepted])
})

test('filters on coded facts match what was opened', async () => {
  const assemblies = await all(intake, 'kind=assembly')
  const inPages = await pages(intake, 'kind=assembly&limit=3')
  const tajikistan = await all(coordinator, 'country=TJ')
  const both = await all(coordinator, 'country=TJ&kind=unlawful_death&violation=life_death_in_custody')
  const neither = await all(coordinator, 'country=TJ&kind=assembly')

  expect(assemblies.map(({ facts }) => facts?.kind)).toEqual(Array(4).fill('assembly'))
  expect(inPages.map((page) => page.length)).toEqual([3, 1])
  expect(idsOf(inPages.flat())).toEqual(idsOf(assemblies))
  expect([tajikistan.length, both.length, neither.length]).toEqual([6, 3, 0])
})

test('an author’s filter on coded facts finds nothing, or the list would tell what is sealed', async () => {
  expect(await all(monitor, 'kind=assembly')).toEqual([])
})

test('a scan stops after a bounded number of reports and says where to go on', async () => {
  const { status, body } = await intake.get('/v1/incidents?violation=work_conditions&limit=5')

  expect([status, body]).toEqual([200, { items: [], next: null }])
})

test('the team of a case sees the reports linked to it; the author does not see the case', async () => {
  const caseId = await openCase(intake)
  const { id } = await submitted(monitor)
  await triage(id, { decision: 'accept', case_id: caseId })

  const [linked, own] = [await all(intake, `case_id=${caseId}`), await all(monitor, `case_id=${caseId}`)]
  const mine = (await all(monitor, 'status=accepted')).find((item) => item.id === id)

  expect(linked).toMatchObject([{ id, case_id: caseId, facts: { kind: 'torture_or_ill_treatment' } }])
  expect(own).toEqual([])
  expect(mine?.case_id).toBeNull()
})

test.each([
  'limit=0',
  'limit=201',
  'limit=many',
  'after=nonsense',
  `after=${Buffer.from('["0000-01-01","x"]').toString('base64url')}`,
  `after=${Buffer.from(`["0000-01-01","${ids[0]}"]`).toString('base64url')}`,
  'received_from=0000-01-01',
  'received_from=yesterday',
  'status=lost',
  'kind=gossip',
  'country=Narnia',
  'submitted_by=you',
  'order=random',
])('a list asked for with %s is a bad request', async (query) => {
  expect((await intake.get(`/v1/incidents?${query}`)).status).toBe(400)
})
