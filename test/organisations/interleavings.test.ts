import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { type Client, ifMatch } from '../support/client.ts'
import { reportOf } from '../incidents/reports.ts'
import { confirm, holders, type Joined, joined, keyringNow, PASSPHRASE, signedIn } from '../identity/support.ts'

const app = await startApp()
const founder = app.as('founder')
const removers = [founder, app.as('administrator')]
const changers = [founder, app.as('coordinator')]
const reporters = [app.as('monitor'), app.as('clinician'), app.as('lawyer')]
const home = founder.organisationId
await Promise.all([...removers, ...changers, ...reporters].map((client) => client.token()))

/** Monitors with or without the intake mark: they sign in without a second factor. */
const people: { member: Joined; client: Client; isConfirmed: boolean }[] = []
const reports: string[] = []

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(list.length, 1)]

async function changeOne(index: number, wish: (before: boolean) => object): Promise<void> {
  const by = at(changers, index) ?? founder
  const who = at(people, index)
  const found = who && (await by.get(`/v1/members/${who.member.user_id}`)).body
  if (who === undefined || found.status !== 'active') return
  const reply = await by.patch(`/v1/members/${who.member.user_id}`, wish(found.is_intake), ifMatch(found.version))
  expect([200, 409, 412]).toContain(reply.status)
}

const doings = {
  submit: async (index: number) => {
    const reply = await at(reporters, index)?.post('/v1/incidents', reportOf())
    expect(reply?.status).toBe(201)
    reports.push(reply?.body.id)
  },
  join: async (index: number) => {
    const member = await joined(app, at(changers, index) ?? founder, { roles: ['monitor'], is_intake: index % 2 === 0 })
    people.push({ member, client: await signedIn(app, member.handle), isConfirmed: false })
  },
  confirm: async (index: number) => {
    const waiting = people.filter(({ isConfirmed }) => !isConfirmed)
    const who = at(waiting, index)
    if (who === undefined) return
    const { status } = await confirm(at(changers, index) ?? founder, who.member)
    expect([200, 409, 412]).toContain(status)
    who.isConfirmed = true
  },
  turn: (index: number) => changeOne(index, (isIntake) => ({ is_intake: !isIntake })),
  promote: (index: number) =>
    changeOne(index, () => ({ roles: index % 2 === 0 ? ['monitor'] : ['monitor', 'clinician'] })),
  remove: async (index: number) => {
    const who = at(people, index)
    if (who === undefined || index % 3 !== 0) return
    const { version } = (await founder.get(`/v1/members/${who.member.user_id}`)).body
    const reply = await at(removers, index)?.delete(`/v1/members/${who.member.user_id}`, ifMatch(version))
    expect([200, 412]).toContain(reply?.status)
  },
  settle: async () => {
    await app.signIn('intake')
  },
}

const moves = [
  'submit',
  'submit',
  'submit',
  'confirm',
  'confirm',
  'turn',
  'turn',
  'turn',
  'promote',
  'remove',
  'remove',
  'settle',
] as const
const move = fc.record({ name: fc.constantFrom(...moves), index: fc.nat(1_000) })
/** Forty moves, four at a time; two people join before each run. */
const interleaving = fc.array(fc.array(move, { minLength: 4, maxLength: 4 }), { minLength: 10, maxLength: 10 })

/** Who may read the intake's reports, as the members' list says. */
async function activeIntake(): Promise<string[]> {
  const { items } = (await founder.get('/v1/members')).body
  type Item = { id: string; status: string; is_intake: boolean }
  return items.filter((item: Item) => item.status === 'active' && item.is_intake).map(({ id }: Item) => id)
}

/** The reports that somebody of this id opens. */
async function opens(client: Client): Promise<string[]> {
  const replies = await Promise.all(reports.map((id) => client.get(`/v1/incidents/${id}`)))
  return reports.filter((_, index) => replies[index]?.body?.narrative?.summary === reportOf().narrative.summary)
}

test('after 200 random moves, four at a time, each report opens for exactly the intake', async () => {
  await fc.assert(
    fc.asyncProperty(interleaving, async (steps) => {
      await Promise.all([doings.join(0), doings.join(1)])
      for (const step of steps) await Promise.all(step.map(({ name, index }) => doings[name](index)))
      await app.signIn('intake')
      await app.signIn('founder')

      const intake = await activeIntake()
      const { version, under } = await keyringNow(app, home, 'intake')
      expect(under).toEqual([version])
      expect(await holders(app, home, 'intake')).toEqual({ [String(version)]: intake.sort() })
      for (const { member, client } of people) {
        const expected = intake.includes(member.user_id) ? reports : []
        expect(await opens(client)).toEqual(expected)
      }
      expect(await opens(app.as('intake'))).toEqual(reports)
    }),
    { numRuns: 5, seed: 20_260_101, endOnFailure: true },
  )
  expect(people).toHaveLength(10)
  expect(reports.length).toBeGreaterThan(20)
  const gone = await Promise.all(
    people.map(({ member: { handle } }) => app.stranger.post('/v1/session', { handle, passphrase: PASSPHRASE })),
  )
  expect(new Set(gone.map(({ status }) => status))).toEqual(new Set([201, 401]))
}, 60_000)
