import { beforeEach, describe, expect, test } from 'vitest'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { type Row, rowsOf, takeDump, text, withClient } from './support/dump.ts'
import { type App, expectStatus, openCase, removeFromOrganisation, report } from './support/scenario.ts'
import { startReplica } from './support/sessions.ts'

// Whoever can write to the database puts back what was validly signed in its time.
let app: App
let gone: As
beforeEach(async () => {
  app = await startApp()
  gone = app.as('intake')
})

const broken = [409, '/problems/register-broken']
const answer = ({ status, body }: { status: number; body: { type?: string } }) => [status, body.type]
const query = (sql: string, values: unknown[] = []) => withClient(app.place, (pg) => pg.query(sql, values))
const rowOf = async (table: string, id: string): Promise<Row> =>
  rowsOf(await takeDump(app.place), table).find((row) => row['id'] === id) ?? {}
/** Of somebody who needs no second factor. */
const signInAt = ({ stranger }: Awaited<ReturnType<typeof startReplica>>, name: string) => {
  const { handle, passphrase } = app.person(name)
  return stranger.post('/v1/session', { handle, passphrase })
}
const registered = async () => Number((await query('select count(*) from register_entries')).rows[0].count)
const forget = (after: number) => query('delete from register_entries where number > $1', [after])

/** Puts a membership back to what it was. */
const restoreMember = (was: Row) =>
  query(
    `update members set status = $2, removed_on = null, roles = $3, is_intake = $4, is_recovery_officer = $5,
            confirmed_by = $6, confirmation = $7 where id = $1`,
    ['id', 'status', 'roles', 'is_intake', 'is_recovery_officer', 'confirmed_by', 'confirmation'].map(
      (name) => was[name],
    ),
  )

const grantsOf = async (id: string) =>
  rowsOf(await takeDump(app.place), 'keyring_grants').filter((row) => text(row, 'user_id') === id)

describe('a removed member whose membership is put back', () => {
  let was: Row
  let entries: number
  beforeEach(async () => {
    was = await rowOf('members', gone.id)
    entries = await registered()
    await removeFromOrganisation(app.as('administrator'), gone)
    await restoreMember(was)
  })

  test('is not let in', async () => {
    expect(answer(await app.signIn('intake'))).toEqual(broken)
  })

  test('is given no root by a colleague, who is told that the database was changed', async () => {
    const before = (await grantsOf(gone.id)).length

    expect(answer(await app.signIn('coordinator'))).toEqual(broken)
    expect(await grantsOf(gone.id)).toHaveLength(before)
  })

  test('is put on no team', async () => {
    const id = await openCase(app.as('lawyer'), 'Invented case')

    const added = await app
      .as('lawyer')
      .post(`/v1/cases/${id}/members`, { user_id: gone.id, part: 'member' }, ifMatch(1))

    expect(answer(added)).toEqual(broken)
  })

  test('nor when the register is put back too: whoever has seen more of it does nothing', async () => {
    const before = (await grantsOf(gone.id)).length
    await forget(entries)

    expect(answer(await app.as('administrator').get('/v1/members'))).toEqual(broken)
    expect(answer(await app.signIn('coordinator'))).toEqual(broken)
    expect(await grantsOf(gone.id)).toHaveLength(before)
  })
})

test('a status alone that is set to active does not bring anybody back', async () => {
  await removeFromOrganisation(app.as('administrator'), gone)
  await query(`update members set status = 'active' where id = $1`, [gone.id])

  expect(answer(await app.signIn('intake'))).toEqual(broken)
})

test('roles that were taken away and are put back, with the signature they once had, are refused', async () => {
  const lawyer = app.as('lawyer')
  const was = await rowOf('members', lawyer.id)
  const change = { roles: ['monitor'] }
  await expectStatus(200, app.as('coordinator').patch(`/v1/members/${lawyer.id}`, change, ifMatch(2)))
  expect((await lawyer.get('/v1/me')).body.roles).toEqual(['monitor'])

  await restoreMember(was)

  expect(answer(await lawyer.get('/v1/incidents'))).toEqual(broken)
})

describe('reports are not sealed to a root that a removed member knew', () => {
  const submits = async (by: As) => answer(await by.post('/v1/incidents', report))
  const setBack = () =>
    query(`update keyrings set version = 1 where kind = 'intake' and organisation_id = $1`, [gone.organisationId])

  test('when the keyring is put back to its old version', async () => {
    await removeFromOrganisation(app.as('administrator'), gone)
    expect(await submits(app.as('monitor'))).toEqual([201, undefined])
    await setBack()

    expect(await submits(app.as('monitor'))).toEqual(broken)
  })

  test('nor when the register is put back with it, while anybody works who has seen more', async () => {
    const entries = await registered()
    await removeFromOrganisation(app.as('administrator'), gone)
    expect(await submits(app.as('monitor'))).toEqual([201, undefined])
    await setBack()
    await forget(entries)

    expect(await submits(app.as('monitor'))).toEqual(broken)
  })

  test('nor at a server that was started since, by somebody who signed in after the removal', async () => {
    const entries = await registered()
    await removeFromOrganisation(app.as('administrator'), gone)
    await expectStatus(201, app.signIn('monitor'))
    await setBack()
    await forget(entries)

    const replica = await startReplica(app)

    expect(answer(await signInAt(replica, 'monitor'))).toEqual(broken)
    await replica.close()
  })
})

test('an entry that was changed, left out or written by somebody who may not, breaks the register', async () => {
  const replica = await startReplica(app)
  await query(`update register_entries set body = replace(body, '"active"', '"removed"') where number = 3`)

  expect(answer(await signInAt(replica, 'monitor'))).toEqual(broken)
  await replica.close()
})
