import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** A token that holds, and the installation's real key: what a forger starts from in the worst case. */
export type Ground = { readonly token: string; readonly other: string; readonly key: KeyObject }

type Json = Readonly<Record<string, unknown>>

const encoded = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
const decoded = (part: string | undefined): Json => JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

/** Header and claims of a token. */
export const contentsOf = (token: string) => {
  const [header, claims] = token.split('.')
  return { header: decoded(header), claims: decoded(claims) }
}

type Signer = (message: Buffer) => Buffer

/** A token of any header and claims, given as objects or as exact text. */
export function forge(header: Json | string, claims: Json | string, signer: Signer): string {
  const message = `${encoded(header)}.${encoded(claims)}`
  return `${message}.${signer(Buffer.from(message)).toString('base64url')}`
}

export const signedBy =
  (key: KeyObject, hash: string | null = null): Signer =>
  (message) =>
    sign(hash, message, key)

export const keyFromSeed = (seed: Buffer): KeyObject =>
  createPrivateKey({
    key: { kty: 'OKP', crv: 'Ed25519', d: seed.toString('base64url'), x: 'A'.repeat(43) },
    format: 'jwk',
  })

const unsigned: Signer = () => Buffer.alloc(0)

const without = (from: Json, name: string): Json =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name))

type Forgeries = Record<string, string>

/** Tokens that say they need no signature. */
function unsignedTokens({ token, key }: Ground): Forgeries {
  const { header, claims } = contentsOf(token)
  const algorithms = ['none', 'None', 'NONE', 'nOnE', '']
  return {
    ...Object.fromEntries(algorithms.map((alg) => [`alg "${alg}"`, forge({ ...header, alg }, claims, unsigned)])),
    'no alg': forge(without(header, 'alg'), claims, unsigned),
    'alg none over a real signature': forge({ ...header, alg: 'none' }, claims, signedBy(key)),
    'alg none behind alg EdDSA': forge('{"alg":"EdDSA","typ":"at+jwt","alg":"none"}', claims, unsigned),
  }
}

/** The public key, in all its forms, taken for a shared secret. */
function confusedTokens({ token, key }: Ground): Forgeries {
  const { header, claims } = contentsOf(token)
  const publicKey = createPublicKey(key)
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const der = publicKey.export({ type: 'spki', format: 'der' })
  const secrets = {
    pem,
    trimmed: pem.trim(),
    der,
    raw: der.subarray(-32),
    text: der.subarray(-32).toString('base64url'),
  }
  const made = ['256', '384', '512'].flatMap((bits) =>
    Object.entries({ ...secrets, empty: '', kid: String(header['kid']) }).map(([name, secret]): [string, string] => [
      `HS${bits} with the public key (${name}) as secret`,
      forge({ ...header, alg: `HS${bits}` }, claims, (message) =>
        createHmac(`sha${bits}`, secret).update(message).digest(),
      ),
    ]),
  )
  return Object.fromEntries(made)
}

/** Good signatures by keys of the forger's own. */
function othersTokens({ token }: Ground): Forgeries {
  const { header, claims } = contentsOf(token)
  const own = generateKeyPairSync('ed25519')
  const jwk = own.publicKey.export({ format: 'jwk' })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const by = signedBy(own.privateKey)
  const ecSigner: Signer = (message) => sign('sha256', message, { key: ec, dsaEncoding: 'ieee-p1363' })
  return {
    'another Ed25519 key': forge(header, claims, by),
    'another Ed25519 key, brought along': forge({ ...header, jwk }, claims, by),
    'another Ed25519 key, at an address': forge({ ...header, jku: 'https://example.org/keys' }, claims, by),
    'another Ed25519 key, in a certificate': forge({ ...header, x5c: [jwk.x] }, claims, by),
    'another Ed25519 key under no name': forge(without(header, 'kid'), claims, by),
    'an Ed448 key': forge(header, claims, signedBy(generateKeyPairSync('ed448').privateKey)),
    RS256: forge({ ...header, alg: 'RS256' }, claims, signedBy(rsa, 'sha256')),
    ES256: forge({ ...header, alg: 'ES256' }, claims, ecSigner),
  }
}

/** Signed by the installation's own key, but not as this service does it. */
function irregularTokens({ token, key }: Ground): Forgeries {
  const { header, claims } = contentsOf(token)
  const [by, iat] = [signedBy(key), Number(claims['iat'])]
  const required = ['sub', 'sid', 'share', 'iss', 'aud', 'iat', 'exp', 'jti']
  const changes: Record<string, Json> = {
    'another iss': { iss: 'guvo' },
    'another aud': { aud: 'guvoh' },
    'several aud': { aud: ['guvoh-api', 'other'] },
    'no expiry in effect': { exp: null },
    expired: { iat: iat - 700, exp: iat - 100 },
    'an exp of text': { exp: String(claims['exp']) },
    'an exp too far': { exp: iat + 3600 },
    'an exp in milliseconds': { exp: iat * 1000 },
    'issued in time to come': { iat: iat + 300, exp: iat + 900 },
    'not yet valid': { nbf: iat + 300 },
    'a role': { roles: ['coordinator'] },
    'a prototype': { constructor: { prototype: {} } },
  }
  const headers: Record<string, Json> = {
    'typ JWT': { typ: 'JWT' },
    'typ of another kind': { typ: 'rt+jwt' },
    'another kid': { kid: '0000000000000000' },
    'a kid that is a path': { kid: '../../../dev/null' },
    'a kid that is a list': { kid: [header['kid']] },
    'an unencoded payload': { b64: false, crit: ['b64'] },
    'alg HS256 over an Ed25519 signature': { alg: 'HS256' },
    'alg ES256 over an Ed25519 signature': { alg: 'ES256' },
  }
  return {
    ...Object.fromEntries(required.map((name) => [`no ${name}`, forge(header, without(claims, name), by)])),
    ...Object.fromEntries(
      Object.entries(changes).map(([name, change]) => [name, forge(header, { ...claims, ...change }, by)]),
    ),
    ...Object.fromEntries(
      Object.entries(headers).map(([name, change]) => [name, forge({ ...header, ...change }, claims, by)]),
    ),
    'no typ': forge(without(header, 'typ'), claims, by),
    'no kid': forge(without(header, 'kid'), claims, by),
    'claims that are no object': forge(header, '"guvoh"', by),
  }
}

/** Signed by the installation's own key, as a thief of the configuration can; but the session's share is in no file. */
function stolenKeyTokens({ token, other, key }: Ground): Forgeries {
  const { header, claims } = contentsOf(token)
  const theirs = contentsOf(other).claims
  const by = signedBy(key)
  const changes: Record<string, Json> = {
    "another person's sub": { sub: theirs['sub'] },
    "another person's sid": { sid: theirs['sid'] },
    "another person's sub and sid": { sub: theirs['sub'], sid: theirs['sid'] },
    "another person's share": { share: theirs['share'] },
    'a share of zeros': { share: 'A'.repeat(43) },
    'a share cut short': { share: String(claims['share']).slice(0, 40) },
    'a session that never was': { sid: globalThis.crypto.randomUUID() },
  }
  return Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, forge(header, { ...claims, ...change }, by)]),
  )
}

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

/** The same signature with the group's order added: a verifier must not take it (RFC 8032, 5.1.7). */
function addOrder(signature: Buffer): Buffer {
  const scalar = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + ORDER
  const raised = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse()
  return Buffer.concat([signature.subarray(0, 32), raised])
}

/** A real token, bent. */
function bentTokens({ token, other }: Ground): Forgeries {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const plain = contentsOf(token).claims
  const bytes = Buffer.from(signature, 'base64url')
  const signed = (part: unknown) => `${header}.${encoded(part)}.${signature}`
  const doubled = JSON.stringify(plain).replace('{', `{"sub":"${String(contentsOf(other).claims['sub'])}",`)
  return {
    'a later exp under the old signature': signed({ ...plain, exp: Number(plain['exp']) + 600 }),
    "another's sub under the old signature": signed({ ...plain, sub: contentsOf(other).claims['sub'] }),
    "another's share under the old signature": signed({ ...plain, share: contentsOf(other).claims['share'] }),
    'a doubled sub under the old signature': signed(doubled),
    "another token's signature": `${header}.${claims}.${String(other.split('.')[2])}`,
    'a signature raised by the order': `${header}.${claims}.${addOrder(bytes).toString('base64url')}`,
    'a signature cut by a byte': `${header}.${claims}.${bytes.subarray(0, 63).toString('base64url')}`,
    'a signature of zeros': `${header}.${claims}.${Buffer.alloc(64).toString('base64url')}`,
    'no signature': `${header}.${claims}.`,
    'two parts': `${header}.${claims}`,
    'four parts': `${token}.${signature}`,
    'claims and header exchanged': `${claims}.${header}.${signature}`,
    'nothing at all': '..',
    'a token in a token': forge(contentsOf(token).header, token, () => bytes),
  }
}

/** Every forgery by name. */
export const forgeries = (ground: Ground): Forgeries => ({
  ...unsignedTokens(ground),
  ...confusedTokens(ground),
  ...othersTokens(ground),
  ...irregularTokens(ground),
  ...stolenKeyTokens(ground),
  ...bentTokens(ground),
})
