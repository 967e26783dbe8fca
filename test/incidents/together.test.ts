import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { attackersRoot, findKeyring, replaceVersion } from '../security/support/tampering.ts'
import { reportOf } from './reports.ts'

const app = await startApp()
const monitor = app.as('monitor')
const abroad = app.as('monitor', 'away')

type Reply = Awaited<ReturnType<typeof monitor.post>>
const idsOf = (replies: readonly Reply[]) => replies.map(({ body }) => String(body.id))

async function submitAtOnce(count: number, by = monitor): Promise<Reply[]> {
  await by.get('/v1/me')
  return Promise.all(Array.from({ length: count }, () => by.post('/v1/incidents', reportOf())))
}

async function transactionsOf(ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct xmin::text)::int as count from incidents where id = any(${ids}::uuid[])`.execute(app.database)
  return rows[0]?.count ?? 0
}

test('reports that arrive together share a transaction, and each has its own row in the trail', async () => {
  const replies = await submitAtOnce(20)
  const receipts = replies.map(({ body }) => String(body.audit_receipt))
  const { rows } = await sql<{ id: string; about: string }>`
    select id, body::jsonb #>> '{subjects,0,id}' as about from audit_events where id = any(${receipts}::uuid[])`.execute(
    app.database,
  )

  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]))
  expect(await transactionsOf(idsOf(replies))).toBeLessThan(10)
  expect(rows.map(({ about }) => about).sort()).toEqual(idsOf(replies).sort())
  expect(new Set(receipts).size).toBe(20)
})

test('one that cannot be taken does not hold up the others, and leaves nothing', async () => {
  const intake = await findKeyring(app, 'intake', 'away')
  await replaceVersion(app, intake.id, { public_key: attackersRoot(intake.id).publicKey })

  const [taken, refused] = await Promise.all([submitAtOnce(5), submitAtOnce(2, abroad)])

  expect(taken.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
  expect(refused.map(({ status, body }) => [status, body.type])).toEqual([
    [409, '/problems/key-not-confirmed'],
    [409, '/problems/key-not-confirmed'],
  ])
  const left = await sql<{ count: number }>`
    select count(*)::int as count from incidents where organisation_id = ${abroad.organisationId}`.execute(app.database)
  expect(left.rows).toEqual([{ count: 0 }])
})
