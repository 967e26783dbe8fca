import { beforeAll, expect, inject, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { clientOf, ifMatch } from '../support/client.ts'
import { type Dump, takeDump } from './support/dump.ts'
import { type Opened, openWith, symmetric } from './support/kit.ts'
import { contentsOf, keyBehind, readConfiguration } from './support/loot.ts'
import {
  addToCase,
  expectStatus,
  newProgramme,
  openCase,
  playScenario,
  removeFromOrganisation,
  submit,
} from './support/scenario.ts'
import { sealedValues } from './support/sealed-values.ts'

const app = await startApp()
const configuration = readConfiguration(inject('keys'))
const gone = app.as('intake')
const account = `users.secret ${gone.id}`
let made: Awaited<ReturnType<typeof playScenario>>
let before: Dump
let after: Dump
let written: string[]
beforeAll(async () => {
  made = await playScenario(app)
  const [lawyer, monitor] = [app.as('lawyer'), app.as('monitor')]
  await addToCase(gone, made.shared, lawyer)
  before = await takeDump(app.place)

  await removeFromOrganisation(app.as('administrator'), gone)

  const name = 'somebody-new'
  const { code } = await expectStatus(201, app.as('coordinator').post('/v1/invitations', { roles: ['monitor'] }))
  const profile = { name: 'Somebody invented' }
  const passphrase = 'eight other words for a test alone'
  const joined = await expectStatus(
    201,
    app.stranger.post('/v1/invitations/accept', { code, handle: name, passphrase, profile }),
  )
  written = [
    await submit(monitor),
    await openCase(lawyer, 'Invented case, later'),
    await newProgramme(app.as('coordinator')),
    String(joined.user_id),
  ]
  await workOn()
  after = await takeDump(app.place)
})

/** Those who stay go on with what the removed member could read. */
async function workOn(): Promise<void> {
  const lawyer = app.as('lawyer')
  const { version } = await expectStatus(200, lawyer.get(`/v1/cases/${made.shared}`))
  const change = { narrative: { summary: 'Invented, after the removal.' } }
  await expectStatus(200, lawyer.patch(`/v1/cases/${made.shared}`, change, ifMatch(version)))
  const grade = { grade: 'verified', standard: 'court_finding' }
  await expectStatus(200, lawyer.post(`/v1/incidents/${made.linked}/verification`, grade, ifMatch(2)))
  const decline = { to: 'declined', reason_code: 'no_capacity', reason: 'Invented, after the removal.' }
  await expectStatus(200, lawyer.post(`/v1/cases/${made.shared}/transitions`, decline, ifMatch(Number(version) + 1)))
  const more = { narrative: { account: 'Invented, after the removal.' } }
  await expectStatus(201, app.as('monitor').post(`/v1/incidents/${made.asked}/supplements`, more))
}

const passphraseOn = async (dump: Dump): Promise<Opened> =>
  openWith(sealedValues(dump), [await keyBehind({ dump, configuration }, app.person('intake'))])

const recordsIn = (names: string[]) => names.filter((name) => written.some((id) => name.endsWith(id)))

test('the passphrase of a removed member opens nothing but that account in a later dump', async () => {
  expect(contentsOf(await passphraseOn(after))).toEqual([account])
})

test('in the dump of the day of removal it opens what could be read then, and that is all it ever opens', async () => {
  const then = contentsOf(await passphraseOn(before))

  expect(then).toContain(`incidents.identity ${made.waiting}`)
  expect(then).toContain(`cases.narrative ${made.shared}`)
  expect(then.some((name) => name.endsWith(made.alone) || name.endsWith(made.elsewhere))).toBe(false)
  expect(recordsIn(then)).toEqual([])
})

test('with both dumps it opens nothing of the later one but ciphertext that was in the earlier one already', async () => {
  const opened = await passphraseOn(before)
  const learned = [...opened.values()].flatMap(({ plain, key }) => (plain.length === 32 ? [key, plain] : [key]))
  const kek = await keyBehind({ dump: before, configuration }, app.person('intake'))
  const was = new Set(sealedValues(before).map(({ bytes }) => bytes.toString('base64')))

  const later = openWith(
    [...sealedValues(before), ...sealedValues(after)],
    [kek, ...learned.map((key) => symmetric(key))],
  )

  const ofLater = [...later.keys()].filter(({ row }) => [...after.rows.values()].some((rows) => rows.includes(row)))
  expect(contentsOf(later)).toContain(`incidents.identity ${made.waiting}`)
  expect(ofLater.length).toBeGreaterThan(10)
  expect(ofLater.filter(({ bytes }) => !was.has(bytes.toString('base64'))).map(({ column }) => column)).toEqual([])
  expect(recordsIn(contentsOf(later))).toEqual([])
})

test('those who stay read on, and write what the removed member cannot open', async () => {
  const stays = await app.signIn('lawyer')
  const lawyer = clientOf(app.server, () => Promise.resolve(String(stays.body.access_token)))

  const { status, body } = await lawyer.get(`/v1/cases/${made.shared}`)

  expect([status, body.identity?.title]).toEqual([200, 'Invented case of a team'])
  expect(contentsOf(await passphraseOn(await takeDump(app.place)))).toEqual([account])
})

test('the passphrase signs in nobody any more, and the tokens are dead', async () => {
  const answers = [
    await app.signIn('intake'),
    await gone.get('/v1/me'),
    await gone.get(`/v1/incidents/${made.waiting}`),
  ]

  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
})
