import { beforeEach, describe, expect, test } from 'vitest'
import { newSigningKey, sign } from '../../src/platform/crypto/signing.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { rowsOf, takeDump, text } from './support/dump.ts'
import { type App, openCase, removeFromOrganisation, report, submit } from './support/scenario.ts'
import { openSession, startReplica } from './support/sessions.ts'
import {
  asUser,
  attackersKey,
  attackersRoot,
  findKeyring,
  type Keyring,
  plantMember,
  publicKeysOf,
  replaceGrant,
  replaceVersion,
  signingKeyOf,
  signVersion,
} from './support/tampering.ts'

// Whoever can write to the database acts in all of these, at times with a member of the coalition on their side.
let app: App
beforeEach(async () => {
  app = await startApp()
})

const notConfirmed = [409, '/problems/key-not-confirmed']
const answer = ({ status, body }: { status: number; body: { type?: string } }) => [status, body.type]
const countOf = async (table: string) => rowsOf(await takeDump(app.place), table).length

describe('what a person may do cannot be written into the database', () => {
  test.each([
    ['a role', { roles: ['coordinator' as const] }],
    ['a second role', { roles: ['monitor' as const, 'administrator' as const] }],
    ['the intake mark', { is_intake: true }],
    ['the mark of a recovery officer', { is_recovery_officer: true }],
  ])('%s that nobody signed takes away all the others', async (_name, change) => {
    const monitor = app.as('monitor')
    expect((await monitor.get('/v1/incidents')).status).toBe(200)

    await app.database.updateTable('members').set(change).where('id', '=', asUser(monitor.id)).execute()

    expect((await monitor.get('/v1/me')).body.standing).toBe('unconfirmed')
    for (const url of ['/v1/incidents', '/v1/members', '/v1/cases', '/v1/audit', '/v1/recoveries'])
      expect((await monitor.get(url)).status).toBe(403)
    expect((await openSession(app, 'monitor')).client).toBeDefined()
    expect((await monitor.post('/v1/incidents', report)).status).toBe(403)
  })

  test('nor a signature by somebody who is no coordinator', async () => {
    const { id, organisationId } = app.as('clinician')
    const insider = await signingKeyOf(app, 'monitor')
    const keys = await publicKeysOf(app, id)
    const confirmation = sign(insider, 'confirm1', organisationId, id, ...keys, 'coordinator', '', '')
    const change = { roles: ['coordinator' as const], confirmed_by: asUser(app.as('monitor').id), confirmation }

    await app.database.updateTable('members').set(change).where('id', '=', asUser(id)).execute()

    expect((await app.as('clinician').get('/v1/members')).status).toBe(403)
  })
})

describe('nobody seals to a key that an attacker put in place of a person’s', () => {
  test.each(['agreement_key', 'signing_key'] as const)('when %s was exchanged', async (column) => {
    const [lawyer, clinician] = [app.as('lawyer'), app.as('clinician')]
    const id = await openCase(lawyer, 'Invented case')
    const key = Buffer.from(attackersKey().publicKey)
    await app.database
      .updateTable('users')
      .set({ [column]: key })
      .where('id', '=', asUser(clinician.id))
      .execute()
    const grants = await countOf('keyring_grants')

    const added = await lawyer.post(`/v1/cases/${id}/members`, { user_id: clinician.id, part: 'member' }, ifMatch(1))

    expect(answer(added)).toEqual(notConfirmed)
    expect(await countOf('keyring_grants')).toBe(grants)
  })

  test('when a member of the attacker’s making was written in as confirmed', async () => {
    const [id, signing] = [globalThis.crypto.randomUUID(), newSigningKey()]
    const keys = [Buffer.from(attackersKey().publicKey), Buffer.from(signing.publicKey)] as const
    const confirmation = sign(signing, 'confirm1', app.as('intake').organisationId, id, ...keys, 'lawyer', 'intake', '')
    const like = app.person('intake').id
    await plantMember(app, { like, id, keys, confirmation, confirmed_by: app.person('founder').id })

    await openSession(app, 'intake')
    await openSession(app, 'coordinator')

    const granted = rowsOf(await takeDump(app.place), 'keyring_grants').map((row) => text(row, 'user_id'))
    expect(granted).not.toContain(id)
    expect(granted).toContain(app.person('intake').id)
  })
})

describe('nobody writes to a keyring whose public half is the attacker’s', () => {
  const submits = async () => {
    const reports = await countOf('incidents')
    const reply = await app.as('monitor').post('/v1/incidents', report)
    expect(await countOf('incidents')).toBe(reports)
    return answer(reply)
  }

  test('put there under the old signature', async () => {
    const intake = await findKeyring(app, 'intake')
    await replaceVersion(app, intake.id, { public_key: attackersRoot(intake.id).publicKey })

    expect(await submits()).toEqual(notConfirmed)
  })

  test('signed by the attacker in the name of the founder', async () => {
    const intake = await findKeyring(app, 'intake')
    const { publicKey } = attackersRoot(intake.id)
    const signature = signVersion(newSigningKey(), intake, publicKey)
    await replaceVersion(app, intake.id, { public_key: publicKey, signature, signed_by: app.person('founder').id })

    expect(await submits()).toEqual(notConfirmed)
  })

  test.each([
    ['a confirmed monitor of the organisation', 'monitor', 'home'],
    ['a confirmed lawyer of the organisation', 'lawyer', 'home'],
    ['a coordinator of another organisation', 'coordinator', 'away'],
  ] as const)('signed by %s', async (_who, name, org) => {
    const intake = await findKeyring(app, 'intake')
    const { publicKey } = attackersRoot(intake.id)
    const signature = signVersion(await signingKeyOf(app, name, org), intake, publicKey)
    await replaceVersion(app, intake.id, { public_key: publicKey, signature, signed_by: app.person(name, org).id })

    expect(await submits()).toEqual(notConfirmed)
  })

  test('moved over, signature and all, from another keyring or another organisation', async () => {
    const intake = await findKeyring(app, 'intake')
    for (const other of [await findKeyring(app, 'statistics'), await findKeyring(app, 'intake', 'away')]) {
      const { publicKey, signature } = other
      await replaceVersion(app, intake.id, { public_key: publicKey, signature })

      expect(await submits()).toEqual(notConfirmed)
    }
  })

  test('in the personal keyring of a monitor, to whom the intake then cannot write', async () => {
    const { id } = (await app.as('monitor').post('/v1/incidents', report)).body
    const [own] = rowsOf(await takeDump(app.place), 'keyrings').filter(
      (row) => row['owner_id'] === app.person('monitor').id,
    )
    const keyring = { id: text(own ?? {}, 'id'), kind: 'personal', organisation: app.as('monitor').organisationId }
    const { publicKey } = attackersRoot(keyring.id)
    const signature = signVersion(await signingKeyOf(app, 'coordinator'), keyring, publicKey)
    await replaceVersion(app, keyring.id, { public_key: publicKey, signature, signed_by: app.person('coordinator').id })

    const asked = await app
      .as('intake')
      .post(`/v1/incidents/${id}/triage`, { decision: 'return', question: '?' }, ifMatch(1))

    expect(answer(asked)).toEqual(notConfirmed)
    expect(await countOf('incident_notices')).toBe(0)
  })
})

describe('nobody who holds a keyring is made to write under a root of the attacker’s', () => {
  /** A report is given to a case, at a replica that has opened nothing yet, after `tamper` with the case's keyring. */
  async function links(tamper: (keyring: Keyring) => Promise<void>) {
    const intake = app.as('intake')
    const case_id = await openCase(intake, 'Invented case')
    const id = await submit(app.as('monitor'))
    const [row = {}] = rowsOf(await takeDump(app.place), 'keyrings').filter(({ kind }) => kind === 'case')
    await tamper({ id: text(row, 'id'), kind: 'case', organisation: intake.organisationId })

    const replica = await startReplica(app)
    const accept = { decision: 'accept', case_id }
    const reply = await replica.as(intake).post(`/v1/incidents/${id}/triage`, accept, ifMatch(1))
    await replica.close()
    const wraps = rowsOf(await takeDump(app.place), 'record_keys').filter((wrap) => wrap['record_id'] === id)
    return { answer: answer(reply), isLinked: wraps.some((wrap) => wrap['keyring_id'] === row['id']) }
  }
  const reader = () => app.person('intake').id

  test('while without any of that it works', async () => {
    expect(await links(() => Promise.resolve())).toEqual({ answer: [200, undefined], isLinked: true })
  })

  test('when the grant alone was exchanged', async () => {
    const linked = await links((keyring) =>
      replaceGrant(app, keyring, { reader: reader(), root: attackersRoot(keyring.id).root }),
    )

    expect(linked).toEqual({ answer: notConfirmed, isLinked: false })
  })

  test('when the public half was exchanged to fit', async () => {
    const linked = await links(async (keyring) => {
      const { root, publicKey } = attackersRoot(keyring.id)
      await replaceVersion(app, keyring.id, { public_key: publicKey })
      await replaceGrant(app, keyring, { reader: reader(), root })
    })

    expect(linked).toEqual({ answer: notConfirmed, isLinked: false })
  })
})

test('a coordinator who made new keys for everybody is not demoted into somebody whose keys nobody may use', async () => {
  const [founder, officer] = [app.as('founder'), app.as('officer')]
  await removeFromOrganisation(officer, app.as('officer3'))
  const { version } = (await founder.get(`/v1/members/${officer.id}`)).body
  const { code } = (await founder.post('/v1/invitations', { roles: ['monitor'] })).body

  const demoted = await founder.patch(`/v1/members/${officer.id}`, { roles: ['clinician'] }, ifMatch(version))
  const joined = await app.stranger.post('/v1/invitations/accept', { code, profile: { name: 'Invented' } })

  expect([demoted.status, joined.status]).toEqual([expect.toBeOneOf([200, 409]), 201])
})

describe('the founder’s key that each account has pinned is not to be exchanged', () => {
  test('another anchor in the database changes nobody’s trust, and an invitation with the right one finds out', async () => {
    await app.database
      .updateTable('coalitions')
      .set({ anchor_id: asUser(app.person('monitor').id) })
      .execute()

    const { code, anchor } = (await app.as('coordinator').post('/v1/invitations', { roles: ['monitor'] })).body
    const acceptance = { code, anchor, profile: { name: 'Invented' } }

    expect((await app.as('monitor').post('/v1/incidents', report)).status).toBe(201)
    expect((await app.as('monitor').get('/v1/members')).status).toBe(200)
    expect(answer(await app.stranger.post('/v1/invitations/accept', acceptance))).toEqual([
      422,
      '/problems/wrong-anchor',
    ])
  })

  test('a recovery whose key was exchanged does not fit the fingerprint that the officer heard', async () => {
    const { handle } = app.person('monitor')
    const started = await app.stranger.post('/v1/recoveries', { handle })
    const key = Buffer.from(attackersKey().publicKey)
    await app.database.updateTable('recoveries').set({ agreement_key: key }).execute()
    const [row] = rowsOf(await takeDump(app.place), 'recoveries')

    const approved = await app
      .as('officer')
      .post(`/v1/recoveries/${text(row ?? {}, 'id')}/approvals`, { fingerprint: started.body.fingerprint })

    expect(answer(approved)).toEqual([422, '/problems/wrong-fingerprint'])
    expect(await countOf('recovery_approvals')).toBe(0)
  })
})
