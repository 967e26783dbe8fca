import { beforeAll, expect, test } from 'vitest'
import { plainSha256 } from '../../src/platform/crypto/code.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { definition, filesIn, many, releasing, rowsOf, wider } from './releasing.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const officer = app.as('officer')
const { registered, declared, make, sign, packageOf } = releasing(app)

const read = (id: string) => coordinator.get(`/v1/statistics/releases/${id}`)

let cube: string
let id: string
beforeAll(async () => {
  for (const told of many) await registered(told)
  await registered({ people: 500, consent: 'not_asked' })
  await registered({ people: 700 }, '2026-05-01')
  cube = await declared()
}, 60_000)

test('is made as events: progress, then done with a certified release that nobody has signed', async () => {
  const { events, headers } = await make(cube)

  expect(headers['content-type']).toContain('text/event-stream')
  expect(headers['cache-control']).toBe('no-store')
  expect(events.map(({ event }) => event).filter((event) => event !== 'progress')).toEqual(['done'])
  expect(events.at(-1)?.data).toMatchObject({ status: 'certified', version: 1 })
  id = events.at(-1)?.data.id
}, 60_000)

test('asked again, answers with the same release and makes no other', async () => {
  const { events } = await make(cube)

  expect(events).toEqual([{ event: 'done', data: { id, status: 'certified', version: 1 } }])
  expect((await coordinator.get('/v1/statistics/releases')).body.items).toHaveLength(1)
})

test('counts whoever agreed to it, registered in the period, rounded and with bounds', async () => {
  const { body } = await read(id)

  const total = body.entry.figures.find(({ at }: { at: string[] }) => at.every((code) => code === '_T'))
  expect(total.shown).toEqual({ value: 705, low: 703, high: 707 })
  for (const { shown } of body.entry.figures)
    if (shown !== null) expect([shown.value % 5, shown.low >= 10]).toEqual([0, true])
  expect(body.entry).toMatchObject({ threshold: 10, rounding: 5, verdict: 'accepted', definition })
})

test('nothing leaves before two different coordinators have signed', async () => {
  const unsigned = await packageOf(id)
  const first = await sign(id, coordinator)
  const again = await sign(id, coordinator)
  const halfSigned = await packageOf(id)

  expect([unsigned.status, first.status, again.status, halfSigned.status]).toEqual([409, 200, 409, 409])
  expect(first.body.status).toBe('certified')
  expect((await sign(id, officer)).body).toEqual({ id, version: 2, status: 'released' })
  expect((await packageOf(id)).status).toBe(200)
  expect((await read(id)).body.signers.sort()).toEqual([coordinator.id, officer.id].sort())
})

test('leaves as the same bytes each time, of which the ledger keeps the hash', async () => {
  const [one, two] = [await packageOf(id), await packageOf(id, officer)]

  expect(one.bytes.equals(two.bytes)).toBe(true)
  expect(plainSha256(one.bytes)).toBe((await read(id)).body.entry.bytes_sha256)
  expect(one.headers['content-disposition']).toBe('attachment; filename="victims-2026-q1.zip"')
})

test('holds the same table in every format, each with the promise', async () => {
  const files = await filesIn((await packageOf(id)).bytes)
  const text = (name: string) => files.get(name)?.toString() ?? ''

  expect([...files.keys()]).toEqual([
    'README.txt',
    'datapackage.json',
    'victims-2026-q1.csv',
    'victims-2026-q1.csv-metadata.json',
    'dcat.jsonld',
    'victims-2026-q1-sdmx.csv',
    'victims-2026-q1.xlsx',
    'victims-2026-q1-sex.svg',
    'victims-2026-q1-country.svg',
  ])
  for (const name of ['README.txt', 'datapackage.json', 'victims-2026-q1.csv-metadata.json', 'dcat.jsonld'])
    expect([name, text(name).includes('nobody can prove that a group of fewer than 10 people')]).toEqual([name, true])
  const rows = rowsOf(text('victims-2026-q1.csv'))
  const { resources } = JSON.parse(text('datapackage.json'))
  expect(Object.keys(rows[0] ?? {})).toEqual(resources[0].schema.fields.map(({ name }: { name: string }) => name))
  expect(rows).toHaveLength(1 + 3 + 5 + 3 * 5)
})

test('hides with one mark, in rows of the same columns', async () => {
  const files = await filesIn((await packageOf(id)).bytes)
  const rows = rowsOf(files.get('victims-2026-q1.csv') ?? '')
  const sdmx = rowsOf(files.get('victims-2026-q1-sdmx.csv') ?? '')

  const hidden = rows.filter(({ status }) => status === 'C')
  expect(hidden.length).toBeGreaterThan(0)
  expect(hidden.every((row) => row['value'] === '' && row['value_low'] === '' && row['value_high'] === '')).toBe(true)
  expect(rows.find(({ sex, country }) => sex === 'rest' && country === 'KZ')?.['status']).toBe('C')
  expect(sdmx.map((row) => row['CONF_STATUS'] === 'C')).toEqual(rows.map(({ status }) => status === 'C'))
})

test('an open period, one that is being counted, is not released', async () => {
  expect((await make(cube, '2099')).status).toBe(409)
})

test('another table of the same people is refused unless the earlier one is part of it', async () => {
  const beside = await declared({ population: 'victims', dimensions: ['age_band'], margins: 1 })
  const acts = await declared({ population: 'acts', dimensions: ['sex', 'country'], margins: 2 })

  for (const told of many) await registered(told, '2025-11-10')
  const quarter = await make(cube, '2025-Q4')
  const replies = [await make(beside), await make(acts), await make(beside, '2025')]

  expect(quarter.events.at(-1)?.event).toBe('done')
  expect(replies.map(({ status, body }) => [status, body.type])).toEqual(
    Array.from({ length: 3 }, () => [409, '/problems/overlaps-release']),
  )
})

test('a table of which the earlier one is part counts the frozen records, late ones left out', async () => {
  await registered({ people: 90 })
  const { events } = await make(await declared(wider))

  const { body } = await read(events.at(-1)?.data.id)
  expect(body.entry.figures[0].shown.value).toBe(705)
  expect(body.entry.snapshot_of).toBe(id)
}, 60_000)

test('what cannot be shown usefully is refused in plain words, with no count, and kept as a refusal', async () => {
  const small = await declared({ population: 'victims', dimensions: ['age_band'], margins: 1 })

  const { events } = await make(small, '2025-Q1')
  const again = await make(small, '2025-Q1')

  const { event, data } = events.at(-1) ?? {}
  expect(event).toBe('refused')
  expect(data.title).not.toMatch(/\d/)
  expect((await read(data.id)).body).toMatchObject({ status: 'refused', entry: { figures: [], bytes_sha256: null } })
  expect([again.status, again.body.type]).toEqual([409, '/problems/release-refused'])
}, 60_000)

test('withdrawn, nothing of it leaves any more, there is a notice, and the ledger still counts with it', async () => {
  const { body } = await coordinator.post(`/v1/statistics/releases/${id}/withdrawal`, { reason: 'risk' }, ifMatch(2))
  const beside = await declared({ population: 'victims', dimensions: ['age_band'], margins: 1 })

  expect(body.status).toBe('withdrawn')
  expect((await packageOf(id)).status).toBe(410)
  expect((await read(id)).body.notice).toContain(id)
  expect((await make(beside)).status).toBe(409)
})

test('another organisation finds neither cube nor release', async () => {
  const away = app.as('coordinator', 'away')
  const replies = [
    await away.get(`/v1/statistics/cubes/${cube}`),
    await away.post(`/v1/statistics/cubes/${cube}/trials`, { period: '2026-Q1' }),
    await away.post(`/v1/statistics/cubes/${cube}/releases`, { period: '2026-Q1' }),
    await away.get(`/v1/statistics/releases/${id}`),
    await sign(id, away),
    await packageOf(id, away),
  ]

  expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
  expect((await away.get('/v1/statistics/releases')).body.items).toEqual([])
})
