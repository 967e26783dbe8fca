import { randomBytes } from 'node:crypto'
import { Secret } from './secret.ts'

const PART_BYTES = 32

/** The two halves of what a session is opened with: the share mixes the session's key, the token is good for one refresh. */
export type RefreshToken = {
  readonly session: string
  readonly token: Secret<Uint8Array>
  readonly share: Secret<Uint8Array>
}

/** A token for the session that has this share: `session.token.share`, the last two in base64url. */
export function newRefreshToken(
  session: string,
  share: Secret<Uint8Array>,
): { text: Secret<string>; token: Secret<Uint8Array> } {
  const token = randomBytes(PART_BYTES)
  const text = [session, token.toString('base64url'), Buffer.from(share.expose()).toString('base64url')].join('.')
  return { text: new Secret(text), token: new Secret(token) }
}

/** The parts of a refresh token; undefined for anything else. */
export function parseRefreshToken(text: Secret<string>): RefreshToken | undefined {
  const parts = /^([0-9a-f-]{36})\.([\w-]{43})\.([\w-]{43})$/.exec(text.expose())
  const [, session, token, share] = parts ?? []
  if (session === undefined || token === undefined || share === undefined) return undefined
  return {
    session,
    token: new Secret(Buffer.from(token, 'base64url')),
    share: new Secret(Buffer.from(share, 'base64url')),
  }
}
