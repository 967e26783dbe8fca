import { beforeAll, describe, expect, test } from 'vitest'
import { runJobs } from '../../src/platform/jobs/worker.ts'
import { openPool } from '../../src/platform/database/database.ts'
import { jobsOf } from '../../src/app/jobs.ts'
import { startApp } from '../support/app.ts'
import { withClient } from './support/dump.ts'
import { codedColumns, keyColumns, markedColumns } from './support/marks.ts'
import { plaintextColumns } from './plaintext/columns.ts'

type Column = { name: string; type: string; domain: string | null; has_check: boolean }

const app = await startApp()
const query = async <T extends object>(sql: string) =>
  (await withClient(app.place, (client) => client.query<T>(sql))).rows

let columns: Column[]
beforeAll(async () => {
  columns = await query<Column>(`
    select c.table_name || '.' || c.column_name as name, c.udt_name as type, c.domain_name as domain,
           exists (select from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
                    where k.contype = 'c' and k.conrelid = c.table_name::regclass and a.attname = c.column_name) as has_check
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name !~ '^kysely_' order by 1`)
})

describe('the live schema', () => {
  test('has no plaintext column but those that were argued for', () => {
    const protectedBy = new Set(['sealed', 'digest', 'public_key', 'signature'])
    const plain = columns.filter(({ domain }) => domain === null || !protectedBy.has(domain)).map(({ name }) => name)

    expect(plain).toEqual(Object.keys(plaintextColumns).sort())
  })

  test('has no text that could be free, but random references, keyed hashes and the audit trail', () => {
    const isText = ({ type }: Column) => ['text', 'varchar', '_text', 'json', 'jsonb', 'bpchar'].includes(type)
    const free = columns.filter((column) => isText(column) && !column.has_check).map(({ name }) => name)

    expect(free).toEqual(['attempt_limits.key', 'audit_events.body', 'cases.reference', 'incidents.reference'])
  })

  test('has sealed columns that are all searched for canaries, or hold keys, which are searched for as they are', () => {
    const sealed = columns.filter(({ domain }) => domain === 'sealed').map(({ name }) => name)

    expect([...markedColumns, ...codedColumns, ...keyColumns].sort()).toEqual(sealed)
  })

  test('refuses plain text in a sealed column', async () => {
    const plain = `decode('${Buffer.from('Invented: a name that somebody forgot to seal '.repeat(4)).toString('hex')}', 'hex')`

    await expect(query(`update members set profile = ${plain}`)).rejects.toThrow(/sealed_check/)
  })

  test('keeps what would open sessions out of the write-ahead log', async () => {
    const unlogged = await query<{ relname: string }>(
      `select relname from pg_class where relkind = 'r' and relpersistence = 'u' order by 1`,
    )

    expect(unlogged.map(({ relname }) => relname)).toEqual(['refresh_tokens', 'sessions'])
  })

  test('has no view, function or trigger of ours, and no other schema but that of the job queue', async () => {
    const others = await query<{ name: string }>(`
      select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema)' and nspname <> 'public'
      union select proname from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname = 'public'
      union select viewname from pg_views where schemaname = 'public'
      union select tgname from pg_trigger join pg_class c on c.oid = tgrelid
              where not tgisinternal and relnamespace = 'public'::regnamespace`)

    expect(others.map(({ name }) => name)).toEqual(['graphile_worker'])
  })
})

test('the job queue holds names of jobs and nothing of anybody', async () => {
  const pool = openPool(app.place, 2)
  const jobs = jobsOf(app.parts)
  for (const { name } of jobs)
    await query(`select graphile_worker.add_job('${name}', run_at => now() + interval '1 hour')`)
  await runJobs(app.services, pool, jobs)
  await pool.end()

  const waiting = await query<{ payload: object; task_identifier: string }>(
    `select j.payload, t.identifier as task_identifier from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id`,
  )

  expect(waiting.length).toBeGreaterThan(0)
  expect(waiting.map(({ payload }) => JSON.stringify(payload))).toEqual(waiting.map(() => '{}'))
  expect(jobs.map(({ name }) => name)).toEqual(expect.arrayContaining(waiting.map((job) => job.task_identifier)))
})
