import { afterAll, inject } from 'vitest'
import { compose } from '../../src/app/start.ts'
import { Secret } from '../../src/platform/crypto/secret.ts'
import { parseInstallationKeys } from '../../src/platform/crypto/installation.ts'
import type { Config } from '../../src/platform/kernel/config.ts'
import { type Client, clientOf } from './client.ts'
import { clientFor, type Coalition, totpCode } from './coalition.ts'
import { ownFolder, testConfig } from './config.ts'
import { copyDatabase } from './database.ts'

export type As = Client & { id: string; organisationId: string }

/** The whole service over a database and a data folder of this file's own, with the seeded coalition in it. */
export async function startApp(settings: Partial<Config> = {}) {
  const { place, database } = await copyDatabase()
  const keys = parseInstallationKeys(inject('keys'))
  if (keys === undefined) throw new Error('the keys of the test installation do not parse')
  const coalition: Coalition = structuredClone(inject('coalition'))
  const config = { ...testConfig, data: ownFolder(), ...settings }
  let shiftMs = 0
  const now = () => new Date(Date.now() + shiftMs)
  const application = await compose({
    connection: place,
    keys,
    config,
    setupCode: new Secret('no'),
    now,
  })
  afterAll(() => application.close())
  const { server, services, parts } = application

  const clients = new Map<string, Promise<Client>>()
  const person = (name: string, org: 'home' | 'away' = 'home') => {
    const found = coalition[org][name]
    if (found === undefined) throw new Error(`nobody is called ${name} in ${org}`)
    return found
  }
  /** A client that signs its requests as that person, with a token of the session from seeding. */
  const as = (name: string, org: 'home' | 'away' = 'home'): As => {
    const who = person(name, org)
    const signedIn = () => {
      const known = clients.get(who.id) ?? clientFor(server, who)
      clients.set(who.id, known)
      return known
    }
    const client = clientOf(server, async () => (await signedIn()).token())
    return { ...client, id: who.id, organisationId: who.organisation_id }
  }
  const stranger = clientOf(server, () => Promise.resolve(undefined))
  /** A fresh sign-in; the clock moves on, because a code of the second factor holds once. */
  const signIn = (name: string, org: 'home' | 'away' = 'home') => {
    const { handle, passphrase, seed } = person(name, org)
    shiftMs += 60_000
    const code = seed === null ? {} : { code: totpCode(seed, now()) }
    return stranger.post('/v1/session', { handle, passphrase, ...code })
  }
  return {
    server,
    services,
    parts,
    database,
    place,
    keys,
    coalition,
    person,
    as,
    stranger,
    signIn,
    application,
    config,
  }
}
