import { afterAll, expect, test } from 'vitest'
import { compose } from '../../src/app/start.ts'
import { newInstallationKeys, parseInstallationKeys } from '../../src/platform/crypto/installation.ts'
import { Secret } from '../../src/platform/crypto/secret.ts'
import { migrate } from '../../src/platform/database/migrations.ts'
import { clientOf } from '../support/client.ts'
import { testConfig } from '../support/config.ts'
import { emptyDatabase } from '../support/database.ts'
import { PASSPHRASE, told, traced } from '../identity/support.ts'

const CODE = '7KQM-0XT2-9GWB-4HNC-8VPA-1RSE-6DZY'

/** A service that nobody has set up. */
async function startFresh(setupCode: string | null) {
  const { place, database } = await emptyDatabase()
  await migrate(place)
  const keys = parseInstallationKeys(newInstallationKeys())
  if (keys === undefined) throw new Error('fresh keys do not parse')
  const secret = setupCode === null ? null : new Secret(setupCode)
  const application = await compose({ connection: place, keys, config: testConfig, setupCode: secret })
  afterAll(() => application.close())
  const stranger = clientOf(application.server, () => Promise.resolve(undefined))
  return { database, stranger, server: application.server }
}

const app = await startFresh(CODE)

const request = (code = CODE) => ({
  code,
  organisation: { name: 'Invented Aid', country: 'KG' },
  founder: { profile: { name: 'Aizada Invented', email: 'aizada@example.org' }, passphrase: PASSPHRASE },
})

test('a wrong code is refused and written down, and nothing is made', async () => {
  const { reply, events } = await traced(app, () => app.stranger.post('/v1/setup', request('7KQM-0XT2')))

  expect([reply.status, reply.body.type]).toEqual([403, '/problems/setup-refused'])
  expect(told(events)).toEqual(['setup.run failed'])
  expect(await app.database.selectFrom('users').select('id').execute()).toEqual([])
})

test('a passphrase with the own address in it is refused, and the code stays good', async () => {
  const founder = { ...request().founder, passphrase: 'seven words of aizada@example.org here' }

  const { status, body } = await app.stranger.post('/v1/setup', { ...request(), founder })

  expect([status, body.type, body.reason]).toEqual([422, '/problems/weak-passphrase', 'contains_own_name'])
})

test('of five set-ups at once one wins and the others are refused; later ones are, too', async () => {
  const handles = ['one', 'two', 'three', 'four', 'five'].map((name) => `founder-${name}`)

  const { reply: replies, events } = await traced(app, () =>
    Promise.all(
      handles.map((handle) =>
        app.stranger.post('/v1/setup', { ...request(), founder: { ...request().founder, handle } }),
      ),
    ),
  )
  const late = await app.stranger.post('/v1/setup', request())

  expect(replies.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403, 403])
  expect(late.status).toBe(403)
  expect(told(events).filter((line) => line === 'setup.run done')).toHaveLength(1)
  expect(events).toHaveLength(5)
  expect(await app.database.selectFrom('coalitions').select('id').execute()).toHaveLength(1)
  expect(await app.database.selectFrom('organisations').select('id').execute()).toHaveLength(1)
})

test('the founder signs in, is the anchor and must set a second factor first', async () => {
  const sign = (handle: string) => app.stranger.post('/v1/session', { handle, passphrase: PASSPHRASE })
  const tries = await Promise.all(['one', 'two', 'three', 'four', 'five'].map((name) => sign(`founder-${name}`)))
  const [session] = tries.filter(({ status }) => status === 201)

  expect(session?.body.me).toMatchObject({
    roles: ['coordinator', 'administrator'],
    is_intake: true,
    standing: 'second_factor_missing',
    anchor: session?.body.me.fingerprint,
  })
})

test('without a code nobody can set anything up', async () => {
  const closed = await startFresh(null)

  expect((await closed.stranger.post('/v1/setup', request())).status).toBe(403)
})
