import { inject } from 'vitest'
import { compose } from '../../../src/app/start.ts'
import { parseInstallationKeys } from '../../../src/platform/crypto/installation.ts'
import type { Id } from '../../../src/platform/kernel/ids.ts'
import { type Client, clientOf } from '../../support/client.ts'
import { testConfig } from '../../support/config.ts'
import type { App } from './scenario.ts'

export type Session = { readonly client: Client; readonly refreshToken: string; readonly id: Id<'sessions'> }

/** A session of one's own, by a fresh sign-in. */
export async function openSession(app: App, name: string, org: 'home' | 'away' = 'home'): Promise<Session> {
  const { status, body, text } = await app.signIn(name, org)
  if (status !== 201) throw new Error(`not signed in: ${text}`)
  const token = String(body.access_token)
  const { sid } = JSON.parse(Buffer.from(String(token.split('.')[1]), 'base64url').toString())
  return {
    client: clientOf(app.server, () => Promise.resolve(token)),
    refreshToken: String(body.refresh_token),
    id: sid,
  }
}

export const refresh = (app: App, refresh_token: string) => app.stranger.post('/v1/session/refresh', { refresh_token })

/** Another replica of the service over the same database, which has opened nothing yet. Close it when done. */
export async function startReplica(app: App) {
  const keys = parseInstallationKeys(inject('keys'))
  if (keys === undefined) throw new Error('the keys of the test installation do not parse')
  const replica = await compose({ connection: app.place, keys, config: testConfig, setupCode: null })
  return {
    as: (client: Client) => clientOf(replica.server, () => client.token()),
    stranger: clientOf(replica.server, () => Promise.resolve(undefined)),
    close: () => replica.close(),
  }
}
