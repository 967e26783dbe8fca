import { randomUUID } from 'node:crypto'
import { fastify } from 'fastify'
import pg from 'pg'
import { startEmbedded } from '../../src/platform/database/embedded.ts'

/*
 * What the service is measured against: Fastify and pg storing the same reports in the open, one insert each. Nobody
 * signs in, nothing is checked, sealed or written down. Arguments: the data folder and the port.
 */

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

const organisation = randomUUID()
const monitor = randomUUID()

type Report = { facts: unknown; narrative: unknown; identity: unknown }
type Params = { Params: { id: string }; Querystring: { limit: string } }

/** An unchecked body, as in a server that trusts its clients. */
const isReport = (body: unknown): body is Report => typeof body === 'object' && body !== null

function serverOver(pool: pg.Pool) {
  const app = fastify()
  app.get('/health/ready', async () => {
    await pool.query('select 1')
    return { status: 'ready' }
  })
  app.post('/v1/incidents', async ({ body }, reply) => {
    if (!isReport(body)) return reply.code(400).send()
    const id = randomUUID()
    const reference = `INC-${id.slice(0, 8)}`
    const columns = [body.identity, body.narrative, { readings: [] }, body.facts].map((part) => JSON.stringify(part))
    await pool.query(INSERT, [id, organisation, reference, monitor, ...columns])
    return reply.code(201).send({ id, reference, version: 1, status: 'submitted' })
  })
  app.get<Params>('/v1/incidents/:id', async ({ params }, reply) => {
    const { rows } = await pool.query<object>(READ, [params.id])
    return reply.code(rows[0] === undefined ? 404 : 200).send(rows[0])
  })
  app.get<Params>('/v1/incidents', async ({ query }) => {
    const limit = Number(query.limit)
    const { rows } = await pool.query<{ id: string }>(LIST, [organisation, limit + 1])
    return { items: rows.slice(0, limit), next: rows[limit - 1]?.id ?? null }
  })
  return app
}

const [dir = '', port = ''] = process.argv.slice(2)
const embedded = await startEmbedded({ dir })
const pool = new pg.Pool({
  host: embedded.host,
  port: embedded.port,
  user: embedded.user,
  database: 'postgres',
  max: 10,
})
await pool.query(TABLES)
const app = serverOver(pool)
await app.listen({ host: '127.0.0.1', port: Number(port) })
process.once('SIGTERM', () => {
  void app
    .close()
    .then(() => pool.end())
    .then(() => embedded.stop())
    .then(() => process.exit(0))
})
