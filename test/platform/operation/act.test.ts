import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { told, traced } from '../../identity/support.ts'
import { SealBroken } from '../../../src/platform/crypto/box.ts'
import { newUserSecret } from '../../../src/platform/crypto/user-secret.ts'
import { newId } from '../../../src/platform/kernel/ids.ts'
import { notAllowed, notFound, Problem, staleVersion } from '../../../src/platform/kernel/problem.ts'
import { begin } from '../../../src/platform/operation/op.ts'
import { unlockedAs } from '../../../src/platform/operation/session.ts'
import { copyDatabase } from '../../support/database.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import type { Actor } from '../../../src/platform/access/roles.ts'

const { database } = await copyDatabase()
const services = { database, pepper: new Secret<Uint8Array>(new Uint8Array(32)), now: () => new Date() }
const actor: Actor = { id: newId('users'), organisationId: null, roles: ['coordinator'], standing: 'full' }
const unlocked = unlockedAs(newId('sessions'), newUserSecret())
const coordinator = { actor, unlocked }
const app = { database }

const raise = (state: string) => sql`do $$ begin raise exception using errcode = ${sql.lit(state)}; end $$`

test.each(['40001', '40P01'])(
  'an act that PostgreSQL asks to run again (%s) runs again, and leaves one row',
  async (state) => {
    const op = await begin(services, coordinator, 'programme.create')
    let runs = 0

    const { reply, events } = await traced(app, () =>
      op.act(async (act) => {
        runs += 1
        act.concerns('programmes', `run ${String(runs)}`)
        if (runs < 3) await raise(state).execute(act.db)
        return 'done'
      }),
    )

    expect([reply, runs]).toEqual(['done', 3])
    expect(told(events)).toEqual(['programme.create done'])
    expect(events[0]?.subjects).toEqual([{ table: 'programmes', id: 'run 3' }])
  },
)

test('it gives up after five times, and leaves nothing', async () => {
  const op = await begin(services, coordinator, 'programme.create')
  let runs = 0

  const { reply, events } = await traced(app, () =>
    op
      .act(async (act) => {
        runs += 1
        await raise('40001').execute(act.db)
      })
      .catch((error: unknown) => error),
  )

  expect(reply).toMatchObject({ code: '40001' })
  expect([runs, events]).toEqual([5, []])
})

test.each<[Error, string[]]>([
  [new Problem(notAllowed), ['programme.create denied']],
  [new Problem(notFound), ['programme.create denied']],
  [new Problem(staleVersion), ['programme.create failed']],
  [new SealBroken(), ['programme.create failed']],
  [new Error('a bug'), []],
])('an act that ends with %s changes nothing and leaves %j', async (error, rows) => {
  const op = await begin(services, coordinator, 'programme.create')
  const id = newId('organisations')

  const { reply, events } = await traced(app, () =>
    op
      .act(async (act) => {
        await act.db.insertInto('organisations').values({ id }).execute()
        throw error
      })
      .catch((thrown: unknown) => thrown),
  )

  expect(reply).toBe(error)
  expect(told(events)).toEqual(rows)
  expect(await database.selectFrom('organisations').select('id').where('id', '=', id).execute()).toEqual([])
})

test('what a role may not do does not begin, and is written down', async () => {
  const monitor = { unlocked, actor: { ...actor, roles: ['monitor'] as const } }

  const { reply, events } = await traced(app, () =>
    begin(services, monitor, 'programme.create').catch((e: unknown) => e),
  )

  expect(reply).toMatchObject({ kind: notAllowed })
  expect(events).toMatchObject([{ action: 'programme.create', outcome: 'denied', actor_id: actor.id, subjects: [] }])
})

test('looking changes nothing, even when the code tries to', async () => {
  const op = await begin(services, coordinator, 'programme.list')

  const looked = op.read((db) =>
    db
      .with('gone', (query) => query.deleteFrom('members').returning('id'))
      .selectFrom('gone')
      .selectAll()
      .execute(),
  )

  await expect(looked).rejects.toMatchObject({ code: '25006' })
})
