import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type As, startApp } from '../support/app.ts'
import { type Dump, rowsOf, takeDump, text } from './support/dump.ts'
import { agreement, type Opened, openWith } from './support/kit.ts'
import { contentsOf, guessedKeys, keyBehind, keyOfSession, readConfiguration } from './support/loot.ts'
import { fillEveryColumn, ofReleases } from './support/filling.ts'
import { playScenario } from './support/scenario.ts'
import { sealedValues, type SealedValue } from './support/sealed-values.ts'

const app = await startApp()
const configuration = readConfiguration(inject('keys'))
const classes = ['identity', 'narrative', 'legal', 'facts']
let made: Awaited<ReturnType<typeof playScenario>>
let dump: Dump
let values: SealedValue[]
beforeAll(async () => {
  made = await playScenario(app)
  await fillEveryColumn(app)
  await app.signIn('monitor')
  dump = await takeDump(app.place)
  values = sealedValues(dump)
})

const all = (table: string, id: string) => classes.map((name) => `${table}.${name} ${id}`)

/** The names of the people and programmes of an organisation: what its directory opens, and the coalition's names. */
const directory = (organisation: string) => [
  ...['members', 'programmes'].flatMap((table) =>
    rowsOf(dump, table)
      .filter((row) => row['organisation_id'] === organisation)
      .map((row) => `${table}.profile ${text(row, 'id')}`),
  ),
  ...rowsOf(dump, 'organisations').map((row) => `organisations.profile ${text(row, 'id')}`),
]

/** The rows of a table of which a class is open to more than the team of the case. */
const open = (table: string, ...columns: string[]) =>
  rowsOf(dump, table).flatMap((row) => columns.map((column) => `${table}.${column} ${text(row, 'id')}`))

/** What everybody of the coalition reads: names, and what was added to the reference data. */
const basis = ({ id, organisationId }: As) => [
  `users.secret ${id}`,
  ...directory(organisationId),
  ...open('reference_rows', 'facts'),
]

/** The same for those who help victims: with the directory of providers, the register of units, and what other cases ask. */
const helpersBasis = (who: As) => [
  ...basis(who),
  ...open('providers', 'identity', 'facts'),
  ...open('units', 'identity', 'facts'),
  ...open('conflict_questions', 'identity'),
]

const addition = (table: string, incident: string) =>
  rowsOf(dump, table)
    .filter((row) => row['incident_id'] === incident)
    .map((row) => `${table}.narrative ${text(row, 'id')}`)

const known = new Map<string, Promise<Opened>>()

function openAs(name: string, org: 'home' | 'away' = 'home'): Promise<Opened> {
  const person = app.person(name, org)
  const opened =
    known.get(person.id) ?? keyBehind({ dump, configuration }, person).then((key) => openWith(values, [key]))
  known.set(person.id, opened)
  return opened
}

test('there is something in every sealed column but those of recoveries, so that what follows is about all of them', () => {
  const columns = [...dump.sealed].flatMap(([table, names]) => names.map((name) => `${table}.${name}`))
  const isFilled = new Set(values.map(({ column }) => column))

  expect(columns.filter((column) => !isFilled.has(column))).toEqual([
    'idempotency_keys.reply',
    'recovery_approvals.share',
    ...ofReleases,
  ])
})

describe('a dump with the configuration', () => {
  test('opens the addresses that members left for reminders, and nothing else with any key that can be thought of', () => {
    const guesses = guessedKeys(dump, configuration)

    expect(guesses.length).toBeGreaterThan(500)
    expect(contentsOf(openWith(values, guesses))).toEqual([`reminders.address ${app.as('lawyer').id}`])
  })

  test('opens no session, for the share is not there; nor does the share without the configuration', async () => {
    const token = await app.as('coordinator').token()
    const { sid, share } = JSON.parse(Buffer.from(String(token?.split('.')[1]), 'base64url').toString())
    const session = values.find(({ column, id }) => column === 'sessions.secret' && id === sid)
    const bytes = Buffer.from(String(share), 'base64url')

    const withoutPepper = [bytes, Buffer.alloc(32)].map((key) => keyOfSession(bytes, key))
    const withBoth = openWith(values, [keyOfSession(bytes, configuration.pepper)])

    expect(session).toBeDefined()
    expect([...openWith(values, [...withoutPepper, agreement(bytes)]).keys()]).toEqual([])
    expect([...withBoth.keys()]).toContain(session)
    const secretOfUser = `users.secret ${app.as('coordinator').id}`
    expect([...contentsOf(withBoth), secretOfUser].sort()).toEqual(contentsOf(await openAs('coordinator')))
  })
})

describe('a dump with the configuration and one passphrase opens what that person is a member of:', () => {
  test('for a monitor the names of colleagues and of the coalition, and what the intake asked; no report', async () => {
    const expected = [...basis(app.as('monitor')), ...addition('incident_notices', made.asked)]

    expect(contentsOf(await openAs('monitor'))).toEqual(expected.sort())
  })

  test('for an administrator the names alone', async () => {
    expect(contentsOf(await openAs('administrator'))).toEqual(basis(app.as('administrator')).sort())
  })

  test('for a lawyer the own case, and no report', async () => {
    const moves = rowsOf(dump, 'case_transitions').map((row) => `case_transitions.narrative ${text(row, 'id')}`)
    const expected = [...helpersBasis(app.as('lawyer')), ...all('cases', made.alone), ...moves]

    expect(moves).toHaveLength(1)
    expect(contentsOf(await openAs('lawyer'))).toEqual(expected.sort())
  })

  test('for a clinician the case of the team, with the report that belongs to it', async () => {
    const expected = [
      ...helpersBasis(app.as('clinician')),
      ...all('cases', made.shared),
      ...all('incidents', made.linked),
    ]

    expect(contentsOf(await openAs('clinician'))).toEqual(expected.sort())
  })

  test('for an intake lawyer the reports that wait, all that was added to them, and the own case', async () => {
    const waiting = [made.waiting, made.asked].flatMap((id) => all('incidents', id))
    const added = ['incident_notices', 'incident_supplements'].flatMap((table) => addition(table, made.asked))
    const own = [...all('cases', made.shared), ...all('incidents', made.linked)]
    const filed = rowsOf(dump, 'incident_files').flatMap((row) => [
      ...['content', 'identity', 'narrative'].map((column) => `incident_files.${column} ${text(row, 'id')}`),
      ...all('incidents', text(row, 'incident_id')),
    ])

    expect(added).toHaveLength(2)
    expect(contentsOf(await openAs('intake'))).toEqual(
      [...helpersBasis(app.as('intake')), ...waiting, ...added, ...own, ...filed].sort(),
    )
  })

  test('for a coordinator the coded facts of every report and case of the organisation, and nothing else of them', async () => {
    const reports = open('incidents', 'facts').filter((name) => !name.endsWith(made.elsewhere))
    const cases = [...open('cases', 'facts'), ...open('conflict_answers', 'facts')]
    const books = ['services_delivered', 'budget_lines', 'referrals', 'complaints', 'complaint_steps'].flatMap(
      (table) => open(table, 'facts'),
    )
    const urgent = open('urgent_requests', 'facts', 'narrative')

    expect(contentsOf(await openAs('coordinator'))).toEqual(
      [...helpersBasis(app.as('coordinator')), ...reports, ...cases, ...books, ...urgent].sort(),
    )
  })

  test('for a member of another organisation nothing of this one', async () => {
    const expected = [...basis(app.as('intake', 'away')), ...all('incidents', made.elsewhere)]

    expect(contentsOf(await openAs('intake', 'away'))).toEqual(expected.sort())
  })

  test('for each of them only the own account, grants, and session secrets of nobody', async () => {
    for (const name of ['monitor', 'lawyer', 'intake', 'clinician', 'coordinator', 'administrator']) {
      const { id } = app.as(name)
      const opened = [...(await openAs(name)).keys()]
      const grants = opened.filter(({ column }) => column === 'keyring_grants.root')

      expect(opened.filter(({ column }) => column === 'sessions.secret')).toEqual([])
      expect(grants.map(({ row }) => row['user_id'])).toEqual(grants.map(() => id))
      expect(grants.length).toBe(rowsOf(dump, 'keyring_grants').filter((row) => row['user_id'] === id).length)
    }
  })
})

test('one recovery officer restores nobody; two of three do, which is what they are for', async () => {
  const [one, another] = ['officer', 'officer2'].map((name) => keyBehind({ dump, configuration }, app.person(name)))
  if (one === undefined || another === undefined) throw new Error('there are two officers')

  const alone = openWith(values, [await one])
  const together = openWith(values, [await one, await another])

  const shares = [...alone.keys()].filter(({ column }) => column === 'recovery_shares.share')
  expect(shares.length).toBeGreaterThan(0)
  expect(contentsOf(alone).filter((name) => name.startsWith('users.secret'))).toEqual([
    `users.secret ${app.as('officer').id}`,
  ])
  const grantsOf = (opened: typeof together) =>
    new Set(
      [...opened.keys()].filter(({ column }) => column === 'keyring_grants.root').map(({ row }) => row['user_id']),
    )
  expect(grantsOf(alone)).not.toContain(app.as('monitor').id)
  expect(grantsOf(together)).toContain(app.as('monitor').id)
})
