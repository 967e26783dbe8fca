import { beforeAll, describe, expect, inject, test } from 'vitest'
import { add, openCase } from '../cases/support.ts'
import { takeDump } from '../security/support/dump.ts'
import { openWith } from '../security/support/kit.ts'
import { contentsOf, keyBehind, readConfiguration } from '../security/support/loot.ts'
import { sealedValues } from '../security/support/sealed-values.ts'
import { startApp } from '../support/app.ts'
import { type Handing, handing } from './handing.ts'
import { end, look, refer, say, step, steps } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')
const intake = app.as('intake', 'away')
const theirs = app.as('lawyer', 'away')

let hands: Handing
beforeAll(async () => {
  hands = await handing(app)
})

describe('with a dump and the recipient’s passphrases', () => {
  const configuration = readConfiguration(inject('keys'))

  /** What the intake and the team of the linked case open between them of packages, by the id of the package. */
  async function openedPackages(): Promise<string[]> {
    const dump = await takeDump(app.place)
    const people = [app.person('intake', 'away'), app.person('lawyer', 'away'), app.person('founder', 'away')]
    const keys = await Promise.all(people.map((one) => keyBehind({ dump, configuration }, one)))
    return contentsOf(openWith(sealedValues(dump), keys)).filter((name) => name.startsWith('referral_packages.'))
  }

  async function nameOf(referral: string): Promise<string> {
    const { id: known } = await look(lawyer, referral)
    const row = await app.database
      .selectFrom('referral_packages')
      .select('id')
      .where('referral_id', '=', known)
      .executeTakeFirstOrThrow()
    return row.id
  }

  async function accepted(): Promise<string> {
    const referral = await hands.handed()
    await steps(intake, referral, 'accepted')
    const own = await openCase(theirs)
    await add(theirs, own, { user_id: intake.id, part: 'member' })
    expect((await hands.link(referral, own)).status).toBe(200)
    return referral
  }

  const endings: [string, (referral: string) => Promise<unknown>][] = [
    ['a decline', (referral) => step(intake, referral, 'declined')],
    ['an end by the sender', (referral) => end(lawyer, referral)],
    ['an end by the recipient', (referral) => end(intake, referral)],
    ['a consent taken back', () => say(clinician, hands.caseId, { ...hands.shared, value: 'withdrawn' })],
  ]

  test.each(endings)(
    'after %s of what was proposed, nothing of it opens',
    async (_name, finish) => {
      const referral = await hands.handed()
      const name = await nameOf(referral)
      const before = await openedPackages()

      await finish(referral)

      expect(before.filter((one) => one.endsWith(name))).toHaveLength(3)
      expect((await openedPackages()).filter((one) => one.endsWith(name))).toEqual([])
    },
    60_000,
  )

  test.each(endings.slice(1))(
    'after %s of what was accepted and linked, nothing of it opens',
    async (_name, finish) => {
      const referral = await accepted()
      const name = await nameOf(referral)
      const before = await openedPackages()

      await finish(referral)

      expect(before.filter((one) => one.endsWith(name))).toHaveLength(3)
      expect((await openedPackages()).filter((one) => one.endsWith(name))).toEqual([])
      expect((await look(theirs, referral)).ended_by).not.toBeNull()
      expect(await hands.packageOf(theirs, referral)).toEqual({ content: null, sha256: null })
    },
    60_000,
  )

  test('what was never proposed does not open either', async () => {
    await refer(lawyer, hands.caseId, { organisation_id: intake.organisationId })

    expect((await openedPackages()).length % 3).toBe(0)
  })
})
