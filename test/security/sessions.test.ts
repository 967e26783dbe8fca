import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { type Client, ifMatch } from '../support/client.ts'
import { openCase, removeFromOrganisation, submit } from './support/scenario.ts'
import { openSession, refresh, type Session, startReplica } from './support/sessions.ts'

const app = await startApp()
const replica = await startReplica(app)
afterAll(() => replica.close())
let session: Session
beforeEach(async () => {
  session = await openSession(app, 'monitor')
})

/** What the session's tokens are still good for: here, at another replica, and for new tokens. */
async function worth({ client, refreshToken }: Pick<Session, 'client' | 'refreshToken'>): Promise<number[]> {
  const here = await client.get('/v1/me')
  const there = await replica.as(client).get('/v1/me')
  return [here.status, there.status, (await refresh(app, refreshToken)).status]
}

const reads = async (client: Client) => (await client.get('/v1/me')).status

/** As if the spent tokens of a session had been spent so long ago. */
const spentLongAgo = ({ id }: Session, seconds: number) =>
  app.database
    .updateTable('refresh_tokens')
    .set({ used_at: sql<Date>`now() - make_interval(secs => ${seconds})` })
    .where('session_id', '=', id)
    .where('used_at', 'is not', null)
    .execute()

describe('a refresh token', () => {
  test('sent fifty times at once is good once', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => refresh(app, session.refreshToken)))

    const won = replies.filter(({ status }) => status === 201)
    expect(won).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(49)
    expect((await refresh(app, String(won[0]?.body.refresh_token))).status).toBe(201)
  })

  test('repeated at once by a phone on a bad line is refused and does no harm', async () => {
    const first = await refresh(app, session.refreshToken)

    const again = await refresh(app, session.refreshToken)

    expect([first.status, again.status, await reads(session.client)]).toEqual([201, 401, 200])
  })

  test('that comes back later ends the whole family', async () => {
    const { body } = await refresh(app, session.refreshToken)
    await spentLongAgo(session, 11)

    const stolen = await refresh(app, session.refreshToken)

    expect(stolen.status).toBe(401)
    expect(await worth({ client: session.client, refreshToken: String(body.refresh_token) })).toEqual([401, 401, 401])
  })

  test('is worth nothing with the share of another session, nor bent', async () => {
    const other = await openSession(app, 'clinician')
    const [id = '', token = '', share = ''] = session.refreshToken.split('.')
    const [, , otherShare = ''] = other.refreshToken.split('.')
    const bent = [
      [id, token.slice(1), share],
      [id, 'A'.repeat(43), share],
      [token, id, share],
      [id, token],
      [id, token, otherShare],
    ]

    const replies = []
    for (const parts of bent) replies.push(await refresh(app, parts.join('.')))

    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
  })
})

describe('from the next request on, at every replica, nothing is left of a session', () => {
  test('after signing out', async () => {
    expect((await session.client.delete('/v1/session')).status).toBe(204)

    expect(await worth(session)).toEqual([401, 401, 401])
  })

  test('after thirty idle minutes', async () => {
    await app.database
      .updateTable('sessions')
      .set({ seen_at: sql<Date>`now() - interval '31 minutes'` })
      .where('id', '=', session.id)
      .execute()

    expect(await worth(session)).toEqual([401, 401, 401])
  })

  test('after twelve hours, busy or not', async () => {
    await app.database.updateTable('sessions').set({ ends_at: sql<Date>`now()` }).where('id', '=', session.id).execute()

    expect(await worth(session)).toEqual([401, 401, 401])
  })

  test('after its owner changed the passphrase in another one, which goes on', async () => {
    const other = await openSession(app, 'monitor')
    const { passphrase } = app.person('monitor')

    const changed = await other.client.post('/v1/me/passphrase', { passphrase, new_passphrase: passphrase })

    expect([changed.status, await reads(other.client)]).toEqual([200, 200])
    expect(await worth(session)).toEqual([401, 401, 401])
  })

  test('after its owner was removed', async () => {
    const gone = await openSession(app, 'clinician')
    expect(await reads(gone.client)).toBe(200)

    await removeFromOrganisation(app.as('administrator'), app.as('clinician'))

    expect(await worth(gone)).toEqual([401, 401, 401])
  })
})

describe('a role is what the database says at each request', () => {
  test('one that was given counts from the next request on, and one that was taken no longer', async () => {
    const { id } = app.person('monitor')
    const asks = async () => [
      (await session.client.get('/v1/cases')).status,
      (await replica.as(session.client).get('/v1/cases')).status,
    ]
    const turnInto = async (roles: string[]) => {
      const { version } = (await app.as('coordinator').get(`/v1/members/${id}`)).body
      return app.as('coordinator').patch(`/v1/members/${id}`, { roles }, ifMatch(version))
    }

    const before = await asks()
    await turnInto(['clinician'])
    const given = await asks()
    await turnInto(['monitor'])

    expect([before, given, await asks()]).toEqual([
      [403, 403],
      [200, 200],
      [403, 403],
    ])
  })
})

describe('what a session has opened does not stay open', () => {
  test('when the report is given to a case, the intake that has read it reads no more of it', async () => {
    const [intake, founder] = [app.as('intake'), app.as('founder')]
    const id = await submit(app.as('coordinator'))
    const before = (await intake.get(`/v1/incidents/${id}`)).body

    const accept = { decision: 'accept', case_id: await openCase(founder, 'Invented case') }
    await founder.post(`/v1/incidents/${id}/triage`, accept, ifMatch(1))

    const { identity, narrative, legal, facts } = (await intake.get(`/v1/incidents/${id}`)).body
    expect(before.identity).not.toBeNull()
    expect([identity, narrative, legal, facts]).toEqual([null, null, null, null])
  })

  test('when an act that made new keys came to nothing, and somebody else then made others', async () => {
    const [coordinator, founder] = [app.as('coordinator'), app.as('founder')]
    const gone = app.as('officer3')
    const { version } = (await founder.get(`/v1/members/${gone.id}`)).body
    await sql`create function fail() returns trigger language plpgsql as 'begin raise exception using errcode = ''57014''; end'`.execute(
      app.database,
    )
    await sql`create constraint trigger failing after insert on audit_events deferrable initially deferred
                for each row when (new.body like '%member.remove%') execute function fail()`.execute(app.database)

    const failed = await coordinator.delete(`/v1/members/${gone.id}`, ifMatch(version))
    await sql`drop trigger failing on audit_events`.execute(app.database)
    const removed = await founder.delete(`/v1/members/${gone.id}`, ifMatch(version))

    expect([failed.status, removed.status]).toEqual([503, 200])
    const read = await coordinator.get('/v1/members')
    expect(read.status).toBe(200)
    expect(read.body.items.filter(({ profile }: { profile: unknown }) => profile === null)).toEqual([])
  })
})

test('a lockdown ends every session of everybody, of the one who called it too', async () => {
  const others = [app.as('lawyer'), app.as('monitor', 'away'), app.as('coordinator')]
  expect(await Promise.all(others.map(reads))).toEqual([200, 200, 200])

  expect((await app.as('coordinator').post('/v1/lockdown')).status).toBe(204)

  expect(await Promise.all(others.map(reads))).toEqual([401, 401, 401])
  expect(await worth(session)).toEqual([401, 401, 401])
  const left = await app.database.selectFrom('sessions').select('id').execute()
  expect(left).toEqual([])
  expect(await reads((await openSession(app, 'monitor')).client)).toBe(200)
})
