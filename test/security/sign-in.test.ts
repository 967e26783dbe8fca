import argon2 from 'argon2'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import { totpCode } from '../support/coalition.ts'
import { removeFromOrganisation } from './support/scenario.ts'

const app = await startApp()
const hash = vi.spyOn(argon2, 'hash')
beforeEach(() => {
  hash.mockClear()
})
afterAll(() => {
  hash.mockRestore()
})

const signIn = (body: object) => app.stranger.post('/v1/session', body)
const credentials = (name: string) => {
  const { handle, passphrase } = app.person(name)
  return { handle, passphrase }
}
const wrong = 'a wrong passphrase of many words'

describe('a sign-in that fails', () => {
  /** How many hashes of which cost, and what was answered. */
  async function costOf(body: object) {
    hash.mockClear()
    const { status, body: problem } = await signIn(body)
    const costs = hash.mock.calls.map(([, options]) => [options?.memoryCost, options?.timeCost, options?.parallelism])
    return { status, problem: { ...problem, instance: '' }, costs }
  }

  test('costs and says the same for an unknown handle, a wrong passphrase, a wrong code and a removed member', async () => {
    await removeFromOrganisation(app.as('coordinator'), app.as('officer3'))

    const unknown = await costOf({ handle: 'nobody-has-this', passphrase: wrong })
    const passphrase = await costOf({ ...credentials('monitor'), passphrase: wrong })
    const code = await costOf({ ...credentials('lawyer'), code: '000000' })
    const removed = await costOf({ ...credentials('officer3'), code: '000000' })

    expect(unknown).toMatchObject({
      status: 401,
      problem: { type: '/problems/sign-in-failed' },
      costs: [[65_536, 3, 1]],
    })
    expect([passphrase, code, removed]).toEqual([unknown, unknown, unknown])
  })

  test('is refused before any hashing once the account has had ten, though the passphrase is right', async () => {
    const { handle, passphrase } = app.person('clinician')
    const failures = []
    for (let attempt = 0; attempt < 10; attempt += 1) failures.push(await signIn({ handle, passphrase: wrong }))
    hash.mockClear()

    const right = await signIn({ handle, passphrase })

    expect(failures.map(({ status }) => status)).toEqual(Array(10).fill(401))
    expect(right.status).toBe(429)
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(60)
    expect(hash).not.toHaveBeenCalled()
  })

  test('counts for handles that do not exist as well', async () => {
    const unknown = { handle: 'nobody-at-all', passphrase: wrong }
    await app.database.deleteFrom('attempt_limits').execute()
    const first = await signIn(unknown)
    await app.database.updateTable('attempt_limits').set({ points: 10 }).where('key', 'like', 'account:%').execute()

    const tooMany = await signIn(unknown)

    expect([first.status, tooMany.status]).toEqual([401, 429])
  })

  test('counts for its address, whatever the handle', async () => {
    await app.database.updateTable('attempt_limits').set({ points: 60 }).where('key', 'like', 'address:%').execute()
    hash.mockClear()

    const right = await signIn(credentials('administrator'))
    await app.database.deleteFrom('attempt_limits').execute()

    expect([right.status, hash.mock.calls.length]).toEqual([429, 0])
    expect((await signIn(credentials('administrator'))).status).toBe(201)
  })
})

describe('the second factor', () => {
  const coded = (name: string, code: string) => signIn({ ...credentials(name), code })
  const codeAt = (name: string, at: number) => totpCode(app.person(name).seed ?? '', new Date(at))

  test('takes a code once, not again, and not one of an earlier step', async () => {
    const now = Date.now()
    const [earlier, code] = [codeAt('lawyer', now), codeAt('lawyer', now + 30_000)]

    const first = await coded('lawyer', code)

    expect(first.status).toBe(201)
    expect((await coded('lawyer', code)).status).toBe(401)
    expect((await coded('lawyer', earlier)).status).toBe(401)
  })

  test('sent five times at once lets one in', async () => {
    const code = codeAt('coordinator', Date.now() + 30_000)

    const replies = await Promise.all(Array.from({ length: 5 }, () => coded('coordinator', code)))

    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  test('is asked for, and is not another of its digits nor a code of long ago', async () => {
    const missing = await signIn(credentials('intake'))
    const others = [codeAt('intake', Date.now() - 120_000), codeAt('intake', Date.now() + 120_000), '0000000', '½23456']
    const replies = []
    for (const code of others) replies.push(await coded('intake', code))

    expect([missing.status, missing.body.type]).toEqual([401, '/problems/second-factor-needed'])
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401])
  })
})
