import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { jobsOf } from '../../src/app/jobs.ts'
import { restoreErasures } from '../../src/erasure/service.ts'
import { openPool } from '../../src/platform/database/database.ts'
import { runJobs } from '../../src/platform/jobs/worker.ts'
import { closeCase, erase } from '../erasure/support.ts'
import { senderOf } from '../evidence/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { takeBackup } from './support/backup.ts'
import { bytes, type Dump, rowsOf, takeDump, text, withClient } from './support/dump.ts'
import { fillEveryColumn } from './support/filling.ts'
import { type Key, openWith, symmetric } from './support/kit.ts'
import { contentsOf, keyBehind, readConfiguration } from './support/loot.ts'
import { addToCase, expectStatus, openCase, submit } from './support/scenario.ts'
import { sealedValues } from './support/sealed-values.ts'

const app = await startApp()
const configuration = readConfiguration(inject('keys'))
const [officer, administrator, intake] = [app.as('officer'), app.as('administrator'), app.as('intake')]

let caseId: string
let otherCase: string
let incident: string
let shared: string
let item: { id: string; blob: string }
let erasure: string
let before: Dump
let after: Dump
let backup: Awaited<ReturnType<typeof takeBackup>>
let ofCase: ReadonlySet<string>

beforeAll(async () => {
  caseId = await fillEveryColumn(app)
  otherCase = await openCase(officer, 'Invented case that stays')
  shared = await personIn(caseId)
  await expectStatus(
    201,
    officer.post(`/v1/cases/${otherCase}/persons`, { person_id: shared, role: { roles: ['witness'] } }),
  )
  incident = await submit(app.as('monitor'))
  backup = await takeBackup(app.place)

  item = await senderOf(app, officer).receive(caseId, Buffer.alloc(200_000, 'invented '))
  await addToCase(officer, caseId, intake)
  const decision = { decision: 'accept', case_id: caseId }
  await expectStatus(200, intake.post(`/v1/incidents/${incident}/triage`, decision, ifMatch(1)))
  await closeCase(officer, caseId)
  before = await takeDump(app.place)
  ofCase = recordsUnder(before, keyringOf(before, caseId), [shared])

  erasure = await erase(app, `/v1/cases/${caseId}`, [officer, administrator])
  after = await takeDump(app.place)
}, 120_000)

async function personIn(id: string): Promise<string> {
  const names = [{ text: 'Invented Somebody Of Two Cases' }]
  const body = { case_id: id, role: { roles: ['witness'] }, identity: { names } }
  const person = await officer.post('/v1/persons', body)
  expect(person.status).toBe(201)
  return person.body.id
}

const keyringOf = (dump: Dump, id: string): string => {
  const row = rowsOf(dump, 'cases').find((one) => one['id'] === id)
  if (row === undefined) throw new Error('there is no such case')
  return text(row, 'keyring_id')
}

/** The records whose keys are wrapped for a keyring. */
const recordsUnder = (dump: Dump, keyring: string, not: readonly string[]) =>
  new Set(
    rowsOf(dump, 'record_keys')
      .filter((row) => row['keyring_id'] === keyring)
      .map((row) => text(row, 'record_id'))
      .filter((id) => !not.includes(id)),
  )

/** The keys behind the passphrases of everybody, in both organisations. */
async function everybodysKeys(dump: Dump): Promise<Key[]> {
  const people = [...Object.values(app.coalition.home), ...Object.values(app.coalition.away)]
  return Promise.all(people.map((person) => keyBehind({ dump, configuration }, person)))
}

const openedOf = (names: readonly string[]) => names.filter((name) => ofCase.has(name.split(' ')[1] ?? ''))

test('before, a dump and the passphrases open the case: what follows is about all of it', async () => {
  const opened = openWith(sealedValues(before), await everybodysKeys(before))

  const tables = new Set(openedOf(contentsOf(opened)).map((name) => name.split('.')[0]))
  expect(ofCase.size).toBeGreaterThan(15)
  expect([...tables]).toEqual(expect.arrayContaining(['cases', 'incidents', 'papers', 'persons', 'evidence_items']))
})

describe('after the erasure', () => {
  test('a dump with the passphrase of every member opens nothing of the case', async () => {
    const opened = openWith(sealedValues(after), await everybodysKeys(after))

    expect(opened.size).toBeGreaterThan(50)
    expect(openedOf(contentsOf(opened))).toEqual([])
    expect(openedOf(sealedValues(after).map(({ column, id }) => `${column} ${id}`))).toEqual([])
  })

  test('no row of any table tells of the case, its records or its keyring, but the record of the erasure and the trail', () => {
    const gone = new Set([caseId, keyringOf(before, caseId), ...ofCase])
    const told = [...after.rows].flatMap(([table, rows]) =>
      rows.flatMap((row) => Object.values(row).filter((value) => gone.has(String(value)))).map(() => table),
    )

    expect([...new Set(told)].sort()).toEqual(['erasure_records', 'erasures'])
    expect(rowsOf(after, 'record_keys').filter((row) => ofCase.has(text(row, 'record_id')))).toEqual([])
  })

  test('whoever has a dump of before as well opens what that one held, and not a thing more', async () => {
    const keys = await everybodysKeys(before)
    const then = openWith(sealedValues(before), keys)
    const learned = [...then.values()].flatMap(({ plain, key }) => (plain.length === 32 ? [key, plain] : [key]))

    const later = openWith(sealedValues(after), [...keys, ...learned.map((key) => symmetric(key))])

    expect(openedOf(contentsOf(then)).length).toBeGreaterThan(0)
    expect(openedOf(contentsOf(later))).toEqual([])
  })

  test('the pieces of its files are out of the store', async () => {
    expect(await app.parts.evidence.store.list(item.blob)).toEqual([])
  })

  test('who is in another case too stays there', async () => {
    const persons = (await officer.get(`/v1/cases/${otherCase}/persons`)).body.items

    expect(persons.map(({ person }: { person: { id: string; identity: object | null } }) => person.id)).toEqual([
      shared,
    ])
    expect(persons[0].person.identity.names[0].text).toBe('Invented Somebody Of Two Cases')
  })

  test('to the team, the case and the report are as if they had never been', async () => {
    const answers = [
      await officer.get(`/v1/cases/${caseId}`),
      await officer.get(`/v1/cases/${caseId}/papers`),
      await intake.get(`/v1/incidents/${incident}`),
      await officer.get(`/v1/evidence/${item.id}`),
    ]

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })

  test('the tables of keys are written afresh at night, and the wraps are gone from their files', async () => {
    const wraps = rowsOf(before, 'keyring_grants')
      .filter((row) => row['keyring_id'] === keyringOf(before, caseId))
      .map((row) => bytes(row, 'root'))
    const lying = await filesHold(wraps)
    const pool = openPool(app.place, 2)

    await runJobs(
      app.services,
      pool,
      jobsOf(app.parts).filter(({ name }) => name === 'erasure.scour'),
    )
    await pool.end()

    expect(lying.length).toBeGreaterThan(0)
    expect(await filesHold(wraps)).toEqual([])
    expect((await officer.get(`/v1/erasures/${erasure}`)).body.scoured_on).not.toBeNull()
  })
})

/** Which of these bytes stand in the files of the tables of keys. */
function filesHold(values: readonly Buffer[]): Promise<Buffer[]> {
  return withClient(app.place, async (client) => {
    await client.query('checkpoint')
    const { rows } = await client.query<{ file: Buffer }>(
      `select pg_read_binary_file(pg_relation_filepath(name::regclass)) as file
         from unnest(array['keyring_grants', 'record_keys']) name`,
    )
    return values.filter((value) => rows.some(({ file }) => file.includes(value)))
  })
}

describe('an older database that comes back', () => {
  test('is erased again by the register before anything is served', async () => {
    await backup.restore()
    const back = await officer.get(`/v1/cases/${caseId}`)
    const waiting = await intake.get(`/v1/incidents/${incident}`)

    const replayed = await restoreErasures(app.services, app.parts.erasure)

    expect([back.status, back.body.identity.title]).toEqual([200, 'Invented case with a little of everything'])
    expect([waiting.status, waiting.body.status]).toEqual([200, 'submitted'])
    expect(replayed).toBe(1)
    const dump = await takeDump(app.place)
    const opened = openWith(sealedValues(dump), await everybodysKeys(dump))
    expect(openedOf(contentsOf(opened))).toEqual([])
    expect((await officer.get(`/v1/cases/${caseId}`)).status).toBe(404)
    expect((await intake.get(`/v1/incidents/${incident}`)).status).toBe(404)
    expect((await officer.get(`/v1/erasures/${erasure}`)).body).toMatchObject({
      status: 'done',
      proposed_by: officer.id,
      decided_by: administrator.id,
      ground: 'wish_of_person',
    })
  })

  test('is left alone the second time', async () => {
    expect(await restoreErasures(app.services, app.parts.erasure)).toBe(0)
  })

  test('and a register with a line that this installation did not sign is refused', async () => {
    const file = app.parts.erasure.register
    const forged = (await readFile(file, 'utf8')).replace(caseId, otherCase)

    const { entriesOf } = await import('../../src/erasure/register.ts')

    expect(() => entriesOf(app.keys.signing, forged)).toThrow('not signed by this installation')
    expect((await officer.get(`/v1/cases/${otherCase}`)).status).toBe(200)
  })
})
