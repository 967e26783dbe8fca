import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { startEmbedded } from '../../src/platform/database/embedded.ts'

const TABLES = `
  create table if not exists reports (
    id uuid primary key,
    organisation_id uuid not null,
    reference text not null,
    version integer not null default 1,
    status text not null default 'submitted',
    received_on date not null default current_date,
    submitted_by uuid not null,
    case_id uuid,
    identity jsonb not null,
    narrative jsonb not null,
    legal jsonb not null,
    facts jsonb not null
  );
  create index if not exists reports_by_organisation on reports (organisation_id, received_on desc, id desc)`

const INSERT = `
  insert into reports (id, organisation_id, reference, submitted_by, identity, narrative, legal, facts)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`

const PLAIN = 'id, reference, version, status, received_on::text, submitted_by, case_id'

const READ = `select ${PLAIN}, identity, narrative, legal, facts from reports where id = $1`

const LIST = `
  select ${PLAIN}, facts from reports where organisation_id = $1
   order by reports.received_on desc, id desc limit $2`

export type Report = { readonly facts: unknown; readonly narrative: unknown; readonly identity: unknown }

/** Reports in the open, in an embedded PostgreSQL of their own. `db` is the pool, or a connection within a transaction. */
export async function openStorage(dir: string) {
  const embedded = await startEmbedded({ dir })
  const { host, port, user } = embedded
  const pool = new pg.Pool({ host, port, user, database: 'postgres', max: 10 })
  await pool.query(TABLES)
  const [organisation, monitor] = [randomUUID(), randomUUID()]
  return {
    pool,
    async insert(db: pg.Pool | pg.PoolClient, { identity, narrative, facts }: Report) {
      const id = randomUUID()
      const reference = `INC-${id.slice(0, 8)}`
      const columns = [identity, narrative, { readings: [] }, facts].map((part) => JSON.stringify(part))
      await db.query(INSERT, [id, organisation, reference, monitor, ...columns])
      return { id, reference, version: 1, status: 'submitted' }
    },
    async find(id: string) {
      return (await pool.query<object>(READ, [id])).rows[0]
    },
    async list(limit: number) {
      const { rows } = await pool.query<{ id: string }>(LIST, [organisation, limit + 1])
      return { items: rows.slice(0, limit), next: rows[limit - 1]?.id ?? null }
    },
    async end() {
      await pool.end()
      await embedded.stop()
    },
  }
}

export type Storage = Awaited<ReturnType<typeof openStorage>>
