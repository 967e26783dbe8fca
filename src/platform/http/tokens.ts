import jwt from '@fastify/jwt'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { consult, type Secret } from '../crypto/secret.ts'
import { type Id, idOf } from '../kernel/ids.ts'
import { notSignedIn, Problem } from '../kernel/problem.ts'

const LIFE_SECONDS = 600
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

/** The installation's Ed25519 pair as PEM, and its public name. */
export type TokenKey = { readonly privatePem: string; readonly publicPem: string; readonly kid: string }

/** Registers @fastify/jwt with everything pinned: by default its verifier takes an HS512 token with no exp, iss or aud. */
export async function registerTokens(app: FastifyInstance, key: TokenKey): Promise<TokenIssuer> {
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
  }
}

/** The claims of a token that holds; 401 otherwise, always the same. */
export function readToken(app: FastifyInstance, kid: string, authorization: string | undefined): Claims {
  try {
    const [scheme, token] = (authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || token === undefined) throw new Problem(notSignedIn)
    const { header, payload } = app.jwt.verify<{ header: { kid?: string }; payload: unknown }>(token, {
      complete: true,
    })
    if (header.kid !== kid) throw new Problem(notSignedIn)
    const claims = Claims.parse(payload)
    if (claims.exp - claims.iat > LIFE_SECONDS) throw new Problem(notSignedIn)
    return claims
  } catch {
    throw new Problem(notSignedIn)
  }
}
