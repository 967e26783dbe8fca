import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { auditJobs } from '../../src/audit/jobs.ts'
import type { TrailPage } from '../../src/audit/schema.ts'
import { checkRemembered, latestHead } from '../../src/audit/service.ts'
import { runJobs } from '../../src/platform/jobs/worker.ts'
import { openPool } from '../../src/platform/database/database.ts'
import { submitted } from '../incidents/reports.ts'
import { startApp } from '../support/app.ts'
import { itemsOf, readWhole, remembering, verify } from './export.ts'

const app = await startApp()
const { database } = app
const monitor = app.as('monitor')
const administrator = app.as('administrator')

/** What somebody with write access to the database could have copied away, and can put back. */
async function copy() {
  const [events, heads, checkpoints] = await Promise.all([
    database.selectFrom('audit_events').select(['id', 'body', 'leaf_hash', 'seq', 'chain_hash']).execute(),
    database.selectFrom('audit_heads').selectAll().execute(),
    database.selectFrom('audit_checkpoints').selectAll().execute(),
  ])
  return { events, heads, checkpoints }
}

async function putBack({ events, heads, checkpoints }: Awaited<ReturnType<typeof copy>>): Promise<void> {
  await sql`truncate audit_events, audit_heads, audit_checkpoints`.execute(database)
  await database.insertInto('audit_events').values(events).execute()
  await database.insertInto('audit_heads').values(heads).execute()
  await database.insertInto('audit_checkpoints').values(checkpoints).execute()
}

await submitted(monitor)
await administrator.get('/v1/audit')
const before = await copy()
let remembered = await latestHead(database)

beforeEach(async () => {
  await putBack(before)
  remembered = await latestHead(database)
})

const verdictNow = async () => (await verify([await readWhole(administrator)], ...remembering(remembered))).verdicts[0]

test('untouched, the trail holds and is consistent with what was remembered', async () => {
  await submitted(monitor)

  expect(await checkRemembered(database, remembered)).toBe('consistent')
  expect(await verdictNow()).toMatch(/^OK /)
  expect((await latestHead(database)).size).toBeGreaterThan(remembered.size)
})

test('what was remembered of an empty trail is the beginning of every trail', async () => {
  const empty = { size: 0, root: createHash('sha256').digest('hex') }

  expect(await checkRemembered(database, empty)).toBe('consistent')
})

const rewritten = sql`replace(body, 'incident.submit', 'incident.browse')`
const changeWithHash = sql`
  update audit_events set body = ${rewritten}, leaf_hash = sha256('\\x00'::bytea || convert_to(${rewritten}, 'UTF8'))
   where body like '%incident.submit%'`

const deeds = {
  'a text is changed': [sql`update audit_events set body = ${rewritten} where body like '%incident.submit%'`],
  'a text is changed with its hash': [changeWithHash],
  'a row is deleted': [sql`delete from audit_events where seq = 3`],
  'the first row is deleted': [sql`delete from audit_events where seq = 1`],
  'two rows change places': [
    sql`update audit_events set seq = -seq where seq in (2, 3)`,
    sql`update audit_events set seq = 5 + seq where seq < 0`,
  ],
  'two rows exchange their texts': [
    sql`update audit_events a set body = b.body, leaf_hash = b.leaf_hash from audit_events b
         where (a.seq, b.seq) in ((2, 3), (3, 2))`,
  ],
}

test.each(Object.entries(deeds))('when %s, the export is refused', async (_name, statements) => {
  for (const statement of statements) await statement.execute(database)

  expect(await verdictNow()).toMatch(/^REFUSED seq \d/)
  expect(await checkRemembered(database, remembered)).toBe('inconsistent')
})

const breaks = {
  'a row is put in at the end': sql`
    insert into audit_events (id, body, leaf_hash, seq, chain_hash)
    select gen_random_uuid(), body, leaf_hash, (select max(seq) + 1 from audit_events), chain_hash
      from audit_events where seq = 2`,
  'the head is set back': sql`update audit_heads set size = size - 1`,
  'the head is gone': sql`delete from audit_heads`,
}

test.each(Object.entries(breaks))(
  'when %s, the trail says that it is damaged, and work goes on',
  async (_name, deed) => {
    await administrator.get('/v1/audit')
    await deed.execute(database)

    const reply = await administrator.get('/v1/audit')

    expect([reply.status, reply.body.type]).toEqual([409, '/problems/trail-damaged'])
    await submitted(monitor)
  },
)

test('when the database is rolled back, what was remembered is missing', async () => {
  await submitted(monitor)
  await administrator.post('/v1/audit/checkpoints')
  const later = await latestHead(database)
  await putBack(before)

  expect(await checkRemembered(database, later)).toBe('inconsistent')
  expect(
    (await verify([await readWhole(administrator)], ...remembering({ ...later, size: later.size + 50 }))).verdicts[0],
  ).toMatch(/shorter than remembered/)
})

test('when it is rolled back and grows again past what was remembered, it is another trail', async () => {
  await submitted(monitor)
  await administrator.post('/v1/audit/checkpoints')
  const later = await latestHead(database)
  await putBack(before)
  for (let round = 0; round < 4; round += 1) await administrator.post('/v1/audit/checkpoints')

  expect((await latestHead(database)).size).toBeGreaterThan(later.size)
  expect(await checkRemembered(database, later)).toBe('inconsistent')
  expect((await verify([await readWhole(administrator)], ...remembering(later))).verdicts[0]).toMatch(
    /not the trail as remembered/,
  )
})

test('when all is forged anew, chain and tree and all, what was remembered is missing', async () => {
  await sql`truncate audit_checkpoints`.execute(database)
  await sql`update audit_heads set size = 0, chain_hash = decode(repeat('00', 32), 'hex'), frontier = ''`.execute(
    database,
  )
  await sql`update audit_events set seq = null, chain_hash = null`.execute(database)
  await changeWithHash.execute(database)
  const forged = await readWhole(administrator)

  expect((await verify([forged])).verdicts[0]).toMatch(/^OK /)
  expect((await verify([forged], ...remembering(remembered))).verdicts[0]).toMatch(/not the trail as remembered/)
  expect(await checkRemembered(database, remembered)).toBe('inconsistent')
})

test('a text that is no event any more is shown as it stands', async () => {
  await sql`update audit_events set body = '{"organisation_id":null}' where seq = 2`.execute(database)

  const items = itemsOf(await readWhole(administrator))

  expect(items[1]).toMatchObject({ seq: 2, event: null, body: '{"organisation_id":null}' })
})

test('fifty acts at once while numbers are given: no gap, no double, and nobody is left out', async () => {
  const acts = Array.from({ length: 50 }, () => monitor.get('/v1/audit'))
  const readings = Array.from({ length: 6 }, () => administrator.get('/v1/audit?limit=200'))
  await Promise.all([...acts, ...readings])

  const pages = await readWhole(administrator, 200)
  const items = itemsOf(pages)
  const { verdicts } = await verify([pages])
  const stored = await database.selectFrom('audit_events').select('id').execute()
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1))
  expect(new Set(items.map(({ leaf_hash }) => leaf_hash)).size).toBe(items.length)
  expect(items.filter(({ event }) => event?.actor_id === monitor.id && event.outcome === 'denied').length).toBe(50)
  expect(stored.length).toBe(items.length + pages.length)
  expect(verdicts[0]).toMatch(/^OK /)
})

test('the schedule gives numbers and signs, without anybody asking', async () => {
  await submitted(monitor)
  const pool = openPool(app.place, 2)
  const jobs = auditJobs({ signer: app.parts.signer })
  await runJobs(app.services, pool, jobs).finally(() => pool.end())

  const { body }: { body: TrailPage } = await administrator.get('/v1/audit/checkpoints?limit=1')
  const unnumbered = await database.selectFrom('audit_events').select('body').where('seq', 'is', null).execute()
  expect(body.items[0]).toMatchObject({ size: expect.any(Number) })
  expect(unnumbered.filter(({ body: text }) => text.includes('incident.submit'))).toEqual([])
})
