import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { handling } from './handling.ts'
import { submitted } from './reports.ts'

const app = await startApp()
const monitor = app.as('monitor')
const intake = app.as('intake')
const { triage } = handling(app)

const columns = ['identity', 'narrative', 'legal', 'facts'] as const
const damaged = { status: 409, body: { type: '/problems/record-damaged', status: 409 } }

test.each(columns)('a flipped bit in %s is told as damage', async (column) => {
  const { id } = await submitted(monitor)
  await sql`update incidents set ${sql.ref(column)} = set_bit(${sql.ref(column)}, 900, 1 - get_bit(${sql.ref(column)}, 900)) where id = ${id}`.execute(
    app.database,
  )

  expect(await intake.get(`/v1/incidents/${id}`)).toMatchObject(damaged)
})

test('contents of one report put into another are told as damage', async () => {
  const [one, other] = [await submitted(monitor), await submitted(monitor)]
  await sql`update incidents set narrative = (select narrative from incidents where id = ${other.id}) where id = ${one.id}`.execute(
    app.database,
  )

  expect(await intake.get(`/v1/incidents/${one.id}`)).toMatchObject(damaged)
  expect((await intake.get(`/v1/incidents/${other.id}`)).status).toBe(200)
})

test('contents put back to an earlier state are told as damage', async () => {
  const { id } = await submitted(monitor)
  const { rows } = await sql<{ facts: Buffer }>`select facts from incidents where id = ${id}`.execute(app.database)
  await intake.post(`/v1/incidents/${id}/verification`, { grade: 'refuted' }, { 'if-match': '"1"' })
  expect((await intake.get(`/v1/incidents/${id}`)).status).toBe(200)

  await sql`update incidents set facts = ${rows[0]?.facts} where id = ${id}`.execute(app.database)

  expect(await intake.get(`/v1/incidents/${id}`)).toMatchObject(damaged)
})

test('a question put under another report is told as damage to its author', async () => {
  const [one, other] = [await submitted(monitor), await submitted(monitor)]
  for (const { id } of [one, other]) await triage(id, { decision: 'return', question: `About ${id}` })
  await sql`update incident_notices as n set narrative = o.narrative from incident_notices as o where n.incident_id = ${one.id} and o.incident_id = ${other.id}`.execute(
    app.database,
  )

  expect(await monitor.get(`/v1/incidents/${one.id}`)).toMatchObject(damaged)
})

test('an exchanged key is told as damage', async () => {
  const [one, other] = [await submitted(monitor), await submitted(monitor)]
  await sql`update record_keys as r set wrapped = o.wrapped from record_keys as o where r.record_id = ${one.id} and o.record_id = ${other.id} and o.part = r.part`.execute(
    app.database,
  )

  expect(await intake.get(`/v1/incidents/${one.id}`)).toMatchObject(damaged)
})

test('what lies in the database says nothing of the report', async () => {
  const { id } = await submitted(monitor)

  const { rows } = await sql<{ row: string }>`select i::text as row from incidents as i where id = ${id}`.execute(
    app.database,
  )

  const seen = rows[0]?.row ?? ''
  expect(seen).toContain(id)
  for (const text of [
    'torture',
    'KZ',
    'Seitkali',
    'Сейткали',
    Buffer.from('Seitkali').toString('hex'),
    Buffer.from('Сейткали').toString('hex'),
  ])
    expect(seen).not.toContain(text)
})
