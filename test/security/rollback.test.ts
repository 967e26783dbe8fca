import { beforeAll, describe, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { digest, frame } from '../platform/crypto/independent-reader.ts'
import { bytes, type Dump, type Row, rowsOf, takeDump, text, withClient } from './support/dump.ts'
import { openCase } from './support/scenario.ts'
import { openSession } from './support/sessions.ts'

const app = await startApp()
const classes = ['identity', 'narrative', 'legal', 'facts']
let id: string
let before: Dump
let after: Dump
beforeAll(async () => {
  const lawyer = app.as('lawyer')
  id = await openCase(lawyer, 'Invented, first title')
  before = await takeDump(app.place)
  await lawyer.patch(`/v1/cases/${id}`, { identity: { title: 'Invented, second title' } }, ifMatch(1))
  after = await takeDump(app.place)
})

const rowIn = (dump: Dump, table: string, name: string): Row =>
  rowsOf(dump, table).find((row) => row[name] === id) ?? {}

/** Puts columns of the case, or of the wrap of its key, back to what they were. */
const restore = (from: Dump, table: 'cases' | 'record_keys', columns: string[]) =>
  withClient(app.place, async (client) => {
    const rows = rowsOf(from, table).filter((row) => row[table === 'cases' ? 'id' : 'record_id'] === id)
    for (const row of rows) {
      const set = columns.map((name, at) => `${name} = $${String(at + 2)}`).join(', ')
      const where = table === 'cases' ? 'id = $1' : `record_id = $1 and keyring_id = '${text(row, 'keyring_id')}'`
      await client.query(`update ${table} set ${set} where ${where}`, [id, ...columns.map((name) => row[name])])
    }
  })

const wrapColumns = ['keyring_version', 'is_sealed', 'wrapped']
const read = async () => {
  const { status, body } = await app.as('lawyer').get(`/v1/cases/${id}`)
  return [status, body.identity?.title ?? body.type]
}
const damaged = [409, '/problems/record-damaged']

describe('a case that was set back to what it was before a change', () => {
  test.each([
    ['in one class', ['identity']],
    ['in all classes', classes],
    ['in all classes and the version of their seal', [...classes, 'seal_version']],
    ['in the version of the seal alone', ['seal_version']],
  ])(
    '%s does not open: the seal is bound to its version, and each writing has a key of its own',
    async (_what, columns) => {
      await restore(before, 'cases', columns)
      const found = await read()
      await restore(after, 'cases', [...classes, 'seal_version'])

      expect(found).toEqual(damaged)
      expect(await read()).toEqual([200, 'Invented, second title'])
    },
  )

  test('in its key alone does not open', async () => {
    await restore(before, 'record_keys', wrapColumns)
    const found = await read()
    await restore(after, 'record_keys', wrapColumns)

    expect(found).toEqual(damaged)
  })

  test('in everything, key and all, opens as it was; the audit trail tells that something else was written last', async () => {
    const written = async () => {
      const { items } = (await app.as('coordinator').get('/v1/audit?limit=200')).body
      const hashes = items.flatMap(
        ({ event }: { event: { subjects: { id: string; ciphertext_sha256?: string }[] } | null }) =>
          (event?.subjects ?? []).flatMap((subject) => (subject.id === id ? [subject.ciphertext_sha256] : [])),
      )
      return hashes.filter((hash: string | undefined) => hash !== undefined)
    }
    const lying = async () => {
      const row = rowIn(await takeDump(app.place), 'cases', 'id')
      return digest(frame(...classes.flatMap((name) => [name, bytes(row, name)]))).toString('hex')
    }
    expect([await lying(), await lying()]).toEqual([(await written()).at(-1), (await written())[1]])

    await restore(before, 'cases', [...classes, 'seal_version', 'version'])
    await restore(before, 'record_keys', wrapColumns)

    expect(await read()).toEqual([200, 'Invented, first title'])
    expect(await lying()).toBe((await written())[0])
    expect(await lying()).not.toBe((await written()).at(-1))
  })
})

test('an account set back to an earlier secret alone signs nobody in', async () => {
  const { id: user, passphrase } = app.person('monitor')
  const { client } = await openSession(app, 'monitor')
  const secretOf = async () => rowsOf(await takeDump(app.place), 'users').find((row) => row['id'] === user)?.['secret']
  const earlier = await secretOf()
  await client.post('/v1/me/passphrase', { passphrase, new_passphrase: passphrase })
  expect((await app.signIn('monitor')).status).toBe(201)

  await withClient(app.place, (pg) => pg.query('update users set secret = $1 where id = $2', [earlier, user]))

  expect((await app.signIn('monitor')).status).toBe(401)
})
