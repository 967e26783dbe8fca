import jwt from '@fastify/jwt'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { consult, type Secret } from '../crypto/secret.ts'
import { type Id, idOf } from '../kernel/ids.ts'
import { notSignedIn, Problem } from '../kernel/problem.ts'

const LIFE_SECONDS = 600
/** Another replica's clock may be ahead; but a token from further on would live longer than it should. */
const CLOCK_SKEW_MS = 60_000
const CHECKED_MOST = 2_000
const ISSUER = 'guvoh'
const AUDIENCE = 'guvoh-api'

/** What an access token says: whose session, and the share that opens it. No role and no name (RFC 9068 `at+jwt`). */
export const Claims = z.strictObject({
  sub: idOf('users'),
  sid: idOf('sessions'),
  share: z.string().regex(/^[\w-]{43}$/),
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  iat: z.int(),
  exp: z.int(),
  jti: z.uuid(),
})
export type Claims = z.output<typeof Claims>

/** What is needed to issue an access token. `share` is 32 bytes in base64url, and is only ever in tokens. */
export type TokenGrant = {
  readonly user_id: Id<'users'>
  readonly session_id: Id<'sessions'>
  readonly share: Secret<string>
}

export type TokenIssuer = {
  /** A signed access token (EdDSA, at most 10 minutes) and its life in seconds. */
  issue(grant: TokenGrant): { readonly access_token: string; readonly expires_in: number }
}

export type Tokens = TokenIssuer & {
  /** The claims of a token that holds; 401 otherwise, always the same. */
  read(authorization: string | undefined): Claims
}

/** The installation's Ed25519 pair as PEM, and its public name. */
export type TokenKey = { readonly privatePem: string; readonly publicPem: string; readonly kid: string }

/** Registers @fastify/jwt with everything pinned: by default its verifier takes an HS512 token with no exp, iss or aud. */
export async function registerTokens(app: FastifyInstance, key: TokenKey): Promise<Tokens> {
  await app.register(jwt, {
    secret: { private: key.privatePem, public: key.publicPem },
    sign: { algorithm: 'EdDSA', iss: ISSUER, aud: AUDIENCE, expiresIn: LIFE_SECONDS, kid: key.kid },
    verify: {
      algorithms: ['EdDSA'],
      allowedIss: ISSUER,
      allowedAud: AUDIENCE,
      requiredClaims: ['sub', 'sid', 'share', 'iss', 'aud', 'iat', 'exp', 'jti'],
      checkTyp: 'at+jwt',
      cache: false,
      clockTolerance: 0,
      maxAge: LIFE_SECONDS * 1000,
      // Said here and not at each call: a call with options of its own parses the key anew, which costs more than the check.
      complete: true,
    },
  })
  return {
    issue: ({ user_id, session_id, share }) => ({
      access_token: consult(share, (text) =>
        app.jwt.sign(
          { sub: user_id, sid: session_id, share: text, jti: globalThis.crypto.randomUUID() },
          { header: { alg: 'EdDSA', typ: 'at+jwt' } },
        ),
      ),
      expires_in: LIFE_SECONDS,
    }),
    read: readerOf(app, key.kid),
  }
}

/** A signature that held holds for as long as the token lives, so it is checked once. Whether the session lives is asked each time. */
function readerOf(app: FastifyInstance, kid: string): Tokens['read'] {
  const checked = new Map<string, Claims>()

  return (authorization) => {
    const [scheme, token] = (authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || token === undefined) throw new Problem(notSignedIn)
    const known = checked.get(token)
    if (known !== undefined && known.exp * 1000 > Date.now()) return known
    checked.delete(token)
    const claims = verified(app, kid, token)
    const [oldest] = checked.keys()
    if (checked.size >= CHECKED_MOST && oldest !== undefined) checked.delete(oldest)
    checked.set(token, claims)
    return claims
  }
}

function verified(app: FastifyInstance, kid: string, token: string): Claims {
  try {
    const { header, payload } = app.jwt.verify<{ header: { kid?: string }; payload: unknown }>(token)
    const claims = Claims.parse(payload)
    const isTooLong = claims.exp - claims.iat > LIFE_SECONDS || claims.iat * 1000 > Date.now() + CLOCK_SKEW_MS
    if (header.kid !== kid || isTooLong) throw new Problem(notSignedIn)
    return claims
  } catch {
    throw new Problem(notSignedIn)
  }
}
