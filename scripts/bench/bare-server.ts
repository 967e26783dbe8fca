import { type FastifyInstance, fastify } from 'fastify'
import { guard } from './guard.ts'
import { openStorage, type Report, type Storage } from './storage.ts'

/*
 * What the service is measured against: Fastify and pg storing the same reports in the open. `bare`: one insert each,
 * nobody signs in and nothing is checked. `guarded`: behind what any such service does at each request. Neither seals
 * anything or writes down who did what. Arguments: the data folder, the port, and which of the two.
 */

type Asked = { Params: { id: string }; Querystring: { limit: string }; Body: Report }

function addBare(app: FastifyInstance, storage: Storage): void {
  app.post<Asked>('/v1/incidents', async ({ body }, reply) => {
    const receipt = await storage.insert(storage.pool, body)
    return reply.code(201).send(receipt)
  })
}

function addReading(app: FastifyInstance, storage: Storage): void {
  app.get<Asked>('/v1/incidents/:id', async ({ params }, reply) => {
    const report = await storage.find(params.id)
    return reply.code(report === undefined ? 404 : 200).send(report)
  })
  app.get<Asked>('/v1/incidents', ({ query }) => storage.list(Number(query.limit)))
}

const [dir = '', port = '', kind = 'bare'] = process.argv.slice(2)
const storage = await openStorage(dir)
const app = kind === 'guarded' ? await guard(storage) : fastify()
if (kind === 'bare') addBare(app, storage)
addReading(app, storage)
app.get('/health/ready', { config: { isOpen: true } }, async () => {
  await storage.pool.query('select 1')
  return { status: 'ready' }
})
await app.listen({ host: '127.0.0.1', port: Number(port) })
process.once('SIGTERM', () => {
  void app
    .close()
    .then(() => storage.end())
    .then(() => process.exit(0))
})
