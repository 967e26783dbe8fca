import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Reply } from '../support/client.ts'
import { type Dump, rowsOf, takeDump, text } from './support/dump.ts'
import { openWith } from './support/kit.ts'
import { keyBehind, keyOfMail, keyOfSession, readConfiguration } from './support/loot.ts'
import { type Held, opens, whileMoved } from './support/moving.ts'
import { fillEveryColumn, ofReleases } from './support/filling.ts'
import { playScenario } from './support/scenario.ts'
import { sealedValues } from './support/sealed-values.ts'
import { openSession, startReplica } from './support/sessions.ts'

const SEED = 20_260_301
const KEY = { 'idempotency-key': 'a-key-for-one-programme' }
const PROGRAMME = { starts_on: '2026-01-01', ends_on: '2026-12-31', profile: { name: 'Invented, once' } }

const app = await startApp()
const replica = await startReplica(app)
afterAll(() => replica.close())
let made: Awaited<ReturnType<typeof playScenario>>
let dump: Dump
let held: Held[]
beforeAll(async () => {
  made = await playScenario(app)
  await fillEveryColumn(app)
  await openSession(app, 'monitor')
  await app.as('coordinator').post('/v1/programmes', PROGRAMME, KEY)
  dump = await takeDump(app.place)
  held = await holdEverything()
})

/** All that is sealed, each with its key, by the passphrases and the tokens of the people. */
async function holdEverything(): Promise<Held[]> {
  const configuration = readConfiguration(inject('keys'))
  const names = [
    'monitor',
    'lawyer',
    'intake',
    'clinician',
    'coordinator',
    'administrator',
    'officer',
    'officer2',
    'officer3',
  ]
  const people = [...names.map((name) => app.person(name)), app.person('intake', 'away')]
  const passphrases = await Promise.all(people.map((person) => keyBehind({ dump, configuration }, person)))
  const tokens = await Promise.all(names.map((name) => app.as(name).token()))
  const shares = tokens.map(
    (token) => JSON.parse(Buffer.from(String(token?.split('.')[1]), 'base64url').toString()).share,
  )
  const sessions = shares.map((share) => keyOfSession(Buffer.from(String(share), 'base64url'), configuration.pepper))
  const opened = openWith(sealedValues(dump), [...passphrases, ...sessions, keyOfMail(configuration)], { aimed: true })
  return [...opened].map(([value, { key }]) => ({ ...value, key }))
}

/** So many random choices of two different ciphertexts, always the same ones. */
const pairs = (number: number, from = held, to = held) =>
  fc
    .sample(fc.tuple(fc.nat(), fc.nat()), { numRuns: 4 * number, seed: SEED })
    .flatMap(([a, b]) => {
      const [one, other] = [from[a % from.length], to[b % to.length]]
      return one === undefined || other === undefined || one.bytes.equals(other.bytes) ? [] : [{ one, other }]
    })
    .slice(0, number)

describe('a ciphertext that is moved, with the key that opened it or with the key of where it lands', () => {
  test('opens where it belongs, in every sealed column but that of approvals: what follows is about all of them', () => {
    const columns = new Set(held.map(({ column }) => column))
    const sealed = [...dump.sealed].flatMap(([table, names]) => names.map((name) => `${table}.${name}`))

    expect(held.filter((value) => !opens(value))).toEqual([])
    expect(sealed.filter((column) => !columns.has(column))).toEqual(['recovery_approvals.share', ...ofReleases])
  })

  test('of 500 moves into another place none opens under the key of that place', () => {
    const moves = pairs(500)

    expect(moves).toHaveLength(500)
    expect(moves.filter(({ one, other }) => opens({ ...other, bytes: one.bytes }))).toEqual([])
  })

  const dimensions = ['organisation', 'table', 'row', 'column', 'keyring', 'keyring_version', 'row_version'] as const

  test.each(dimensions)('of 100 moves to another %s, all else being the same, none opens under its own key', (name) => {
    const bound = held.filter(({ place }) => place[name] !== undefined)
    const moves = pairs(4_000, bound, bound)
      .flatMap(({ one, other }) => {
        const now = one.place[name]
        const then = typeof now === 'number' ? now + 1 + (other.bytes.length % 3) : other.place[name]
        return now === then ? [] : [{ ...one, place: { ...one.place, [name]: then } }]
      })
      .slice(0, 100)

    expect(moves).toHaveLength(100)
    expect(moves.filter(opens)).toEqual([])
  })
})

/** Who asks for what to have a value opened, and where in the answer it then stands. */
type Probe = { by: string; url: string; read: (body: Reply['body']) => unknown }

function probeOf({ column, row, id }: Held): Probe | undefined {
  const [table, name = ''] = column.split('.')
  const readers: Record<string, [by: string, url: string]> = {
    [made.waiting]: ['intake', `/v1/incidents/${made.waiting}`],
    [made.asked]: ['intake', `/v1/incidents/${made.asked}`],
    [made.linked]: ['clinician', `/v1/incidents/${made.linked}`],
    [made.shared]: ['clinician', `/v1/cases/${made.shared}`],
    [made.alone]: ['lawyer', `/v1/cases/${made.alone}`],
  }
  const record = readers[id] ?? readers[String(row['incident_id'])]
  if (record !== undefined) {
    const list = { incident_notices: 'notices', incident_supplements: 'supplements' }[table ?? '']
    const read: Probe['read'] = (body) => (list === undefined ? body[name] : body[list]?.[0][name])
    return { by: record[0], url: record[1], read }
  }
  const lists: Record<string, string> = {
    members: '/v1/members',
    organisations: '/v1/organisations',
    programmes: '/v1/programmes',
  }
  const url = lists[table ?? '']
  const isAway = row['organisation_id'] === app.person('intake', 'away').organisation_id
  if (url === undefined || isAway) return undefined
  return {
    by: 'coordinator',
    url,
    read: (body) => body['items'].find((item: { id: string }) => item.id === id)?.[name],
  }
}

describe('through the service', () => {
  test('of 150 moves of contents none opens: the record is damaged', async () => {
    const reached = held.filter((value) => probeOf(value) !== undefined)
    const moves = pairs(150, held, reached)
    const answers = []
    for (const { one, other } of moves) {
      const probe = probeOf(other)
      if (probe === undefined) throw new Error('this was filtered out')
      const reply = await whileMoved(app, { to: other, bytes: one.bytes }, () => app.as(probe.by).get(probe.url))
      answers.push({ status: reply.status, type: reply.body.type })
    }

    expect(moves).toHaveLength(150)
    expect(new Set(reached.map(({ column }) => column)).size).toBe(13)
    expect(answers.filter(({ status, type }) => status !== 409 || type !== '/problems/record-damaged')).toEqual([])
  })

  test('what was moved about is all there again afterwards', async () => {
    for (const value of held) {
      const probe = probeOf(value)
      if (probe === undefined) continue
      const { status, body } = await app.as(probe.by).get(probe.url)
      expect([value.column, status, probe.read(body)]).toEqual([value.column, 200, expect.objectContaining({})])
    }
  })

  test('of 40 moves of record keys none opens', async () => {
    const wraps = held.filter(({ column, row }) => {
      const isMine = [made.waiting, made.asked].includes(String(row['record_id']))
      return column === 'record_keys.wrapped' && isMine && row['part'] === 'record'
    })
    const moves = pairs(40, held, wraps)
    const statuses = []
    for (const { one, other } of moves) {
      const url = `/v1/incidents/${text(other.row, 'record_id')}`
      statuses.push((await whileMoved(app, { to: other, bytes: one.bytes }, () => app.as('intake').get(url))).status)
    }

    expect(statuses).toEqual(Array(40).fill(409))
  })

  test('a root that was moved opens nothing for anybody who has not opened it before', async () => {
    const coalition = rowsOf(dump, 'keyrings').find((row) => row['kind'] === 'coalition')
    const grants = held.filter(
      ({ column, row }) => column === 'keyring_grants.root' && row['keyring_id'] === coalition?.['id'],
    )
    const statuses = []
    for (const name of ['monitor', 'lawyer', 'clinician', 'administrator']) {
      const own = grants.find(({ row }) => row['user_id'] === app.person(name).id)
      const [{ one } = { one: undefined }] = own === undefined ? [] : pairs(1, held, [own])
      if (own === undefined || one === undefined) throw new Error('everybody holds the keyring of the coalition')
      const asked = () => replica.as(app.as(name)).get('/v1/organisations')
      statuses.push((await whileMoved(app, { to: own, bytes: one.bytes }, asked)).status, (await asked()).status)
    }

    expect(statuses).toEqual([409, 200, 409, 200, 409, 200, 409, 200])
  })

  test('a session that was moved is none', async () => {
    const fresh = await startReplica(app)
    const sessions = held.filter(({ column }) => column === 'sessions.secret')
    const statuses = []
    for (const name of ['monitor', 'lawyer', 'clinician', 'coordinator']) {
      const own = sessions.find(({ row }) => row['user_id'] === app.person(name).id)
      const another = held.find(({ column, row }) => column === 'users.secret' && row['id'] === app.person(name).id)
      if (own === undefined || another === undefined) throw new Error('everybody has signed in')
      const asked = () => fresh.as(app.as(name)).get('/v1/me')
      for (const bytes of [another.bytes, sessions.find((one) => one !== own)?.bytes ?? own.bytes])
        statuses.push((await whileMoved(app, { to: own, bytes }, asked)).status)
    }
    await fresh.close()

    expect(statuses).toEqual(Array(8).fill(401))
  })

  test('an account that was moved signs nobody in, a kept reply and a recovery share are damaged', async () => {
    const of = (name: string) => held.filter(({ column }) => column === name)
    const [account, another] = ['monitor', 'clinician'].map((name) =>
      of('users.secret').find(({ id }) => id === app.person(name).id),
    )
    const [reply] = of('idempotency_keys.reply')
    const [share, otherShare] = of('recovery_shares.share').filter(
      ({ row }) => row['officer_id'] === app.person('officer').id && row['user_id'] === account?.id,
    )
    if (!account || !another || !reply || !share || !otherShare) throw new Error('something was not made')
    const { handle } = app.person('monitor')
    const { fingerprint } = (await app.stranger.post('/v1/recoveries', { handle })).body
    const recovery = (await app.as('officer').get('/v1/recoveries')).body.items[0].id
    const approve = () => app.as('officer').post(`/v1/recoveries/${String(recovery)}/approvals`, { fingerprint })
    const repeat = () => app.as('coordinator').post('/v1/programmes', PROGRAMME, KEY)

    const statuses = [
      (await whileMoved(app, { to: account, bytes: another.bytes }, () => app.signIn('monitor'))).status,
      (await whileMoved(app, { to: reply, bytes: account.bytes }, repeat)).status,
      (await whileMoved(app, { to: share, bytes: otherShare.bytes }, approve)).status,
    ]

    expect(statuses).toEqual([401, 409, 409])
    expect([(await app.signIn('monitor')).status, (await repeat()).status, (await approve()).status]).toEqual([
      201, 201, 204,
    ])
  })
})
