import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import nacl from 'tweetnacl'
import { type AgreementKey, agreeOnce } from './agreement.ts'
import { pad, unpad } from './padding.ts'
import { lengthPrefixed, type Part, type Place, placeBytes } from './place.ts'
import { Secret, type SecretKey } from './secret.ts'

declare const sealed: unique symbol

/** Ciphertext at rest: what a column of the SQL domain `sealed` holds. Only this file makes one. */
export type Sealed = Buffer & { readonly [sealed]: true }

/** A sealed value did not open. The message never says which check failed. */
export class SealBroken extends Error {
  constructor() {
    super('a sealed value did not open')
    this.name = 'SealBroken'
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const VERSION = 1
const KEY_BYTES = 32
const COMMITMENT_BYTES = 32
const NONCE_BYTES = nacl.secretbox.nonceLength
const PUBLIC_KEY_BYTES = 32
const TEXT_BYTES_MAX = 1024 * 1024

// A sealed key has a box key of its own, so its nonce need not vary.
const ZERO_NONCE = new Uint8Array(NONCE_BYTES)

/** Seals text under a key for one place; the size shows only its bucket. At most 1 MiB, else RangeError. */
export function encrypt(key: SecretKey, place: Place, text: Secret<Uint8Array>): Sealed {
  if (text.expose().length > TEXT_BYTES_MAX) throw new RangeError('a sealed text has at most 1 MiB')
  return close('enc1', { key, place }, pad(text.expose()))
}

/** The text that was sealed under this key for this place; SealBroken otherwise. */
export function decrypt(key: SecretKey, place: Place, value: Uint8Array): Secret<Uint8Array> {
  const text = unpad(open('enc1', { key, place }, value))
  if (text === undefined) throw new SealBroken()
  return new Secret(text)
}

/** Seals a value as JSON. */
export function encryptJson<T>(key: SecretKey, place: Place, value: Secret<T>): Sealed {
  return encrypt(key, place, new Secret(Buffer.from(JSON.stringify(value.expose()))))
}

/** The value that was sealed as JSON; SealBroken otherwise. Its shape is for the caller to check. */
export function decryptJson(key: SecretKey, place: Place, value: Uint8Array): Secret<unknown> {
  return new Secret(parseJson(decrypt(key, place, value).expose()))
}

/** Seals a 32-byte key under another; 105 bytes. */
export function wrapKey(key: SecretKey, place: Place, inner: SecretKey): Sealed {
  return close('wrap1', { key, place }, keyBytes(inner))
}

/** The key that was wrapped under this key for this place; SealBroken otherwise. */
export function unwrapKey(key: SecretKey, place: Place, value: Uint8Array): SecretKey {
  const inner = open('wrap1', { key, place }, value)
  if (inner.length !== KEY_BYTES) throw new SealBroken()
  return new Secret(inner)
}

/** Seals keys to one recipient, each for a place of its own. */
export type KeySealer = (place: Place, inner: Secret<Uint8Array>) => Sealed

/**
 * Seals to the holder of a raw X25519 public key, 81 bytes over the text; all that is sealed together is under one
 * ephemeral key. The place makes each box key another, so no place may come twice. RangeError when nobody could hold that key.
 */
export function sealerTo(recipient: Uint8Array): KeySealer {
  const ephemeral = agreeOnce(recipient)
  if (ephemeral === undefined) throw new RangeError('not a public key that can be sealed to')
  const { publicKey: header, shared } = ephemeral
  const used = new Set<string>()
  return (place, inner) => {
    const where = placeBytes(place)
    const name = where.toString('latin1')
    if (used.has(name)) throw new RangeError('a place was sealed to twice under one ephemeral key')
    used.add(name)
    return assemble(header, outputKeys(shared, 'seal1', where, recipient, header), inner.expose())
  }
}

/** Seals one key, under an ephemeral key of its own. */
export const sealKey = (recipient: Uint8Array, place: Place, inner: Secret<Uint8Array>): Sealed =>
  sealerTo(recipient)(place, inner)

/** What was sealed to this key for this place; SealBroken otherwise. */
export function openKey(own: AgreementKey, place: Place, value: Uint8Array): Secret<Uint8Array> {
  const inner = disassemble(value, PUBLIC_KEY_BYTES, (header) => {
    const shared = own.agreeWith(header)
    return shared && outputKeys(shared, 'seal1', placeBytes(place), own.publicKey, header)
  })
  return new Secret(inner)
}

/** JSON from opened bytes. A parser's own error would quote the text, so it never gets out. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strictUtf8.decode(bytes))
  } catch {
    throw new SealBroken()
  }
}

type Lock = { key: SecretKey; place: Place }

function close(label: string, { key, place }: Lock, plain: Uint8Array): Sealed {
  const nonce = randomBytes(NONCE_BYTES)
  return assemble(nonce, outputKeys(key, label, placeBytes(place), nonce), plain)
}

function open(label: string, { key, place }: Lock, value: Uint8Array): Uint8Array {
  return disassemble(value, NONCE_BYTES, (nonce) => outputKeys(key, label, placeBytes(place), nonce))
}

/** 64 bytes: the key of the box, then the commitment to everything that went in. */
function outputKeys(key: SecretKey, ...parts: readonly Part[]): Buffer {
  return createHmac('sha512', keyBytes(key))
    .update(lengthPrefixed(...parts))
    .digest()
}

/** Version ‖ header ‖ commitment ‖ box. The header is the nonce, or the public key of a sealed key. */
function assemble(header: Uint8Array, okm: Buffer, plain: Uint8Array): Sealed {
  const box = nacl.secretbox(plain, nonceOf(header), okm.subarray(0, KEY_BYTES))
  const commitmentAt = 1 + header.length
  const boxAt = commitmentAt + COMMITMENT_BYTES
  const bytes = Buffer.allocUnsafe(boxAt + box.length)
  bytes[0] = VERSION
  bytes.set(header, 1)
  bytes.set(okm.subarray(KEY_BYTES), commitmentAt)
  bytes.set(box, boxAt)
  return bytes as Sealed
}

/** The commitment is compared before the box is opened: a box alone opens under more than one key. */
function disassemble(
  value: Uint8Array,
  headerBytes: number,
  okmOf: (header: Uint8Array) => Buffer | undefined,
): Uint8Array {
  const commitmentAt = 1 + headerBytes
  const boxAt = commitmentAt + COMMITMENT_BYTES
  if (value[0] !== VERSION || value.length < boxAt + nacl.secretbox.overheadLength) throw new SealBroken()
  const header = value.subarray(1, commitmentAt)
  const okm = okmOf(header)
  if (okm === undefined) throw new SealBroken()
  if (!timingSafeEqual(okm.subarray(KEY_BYTES), value.subarray(commitmentAt, boxAt))) throw new SealBroken()
  const plain = nacl.secretbox.open(value.subarray(boxAt), nonceOf(header), okm.subarray(0, KEY_BYTES))
  if (plain === null) throw new SealBroken()
  return plain
}

function nonceOf(header: Uint8Array): Uint8Array {
  return header.length === NONCE_BYTES ? header : ZERO_NONCE
}

function keyBytes(key: SecretKey): Uint8Array {
  const bytes = key.expose()
  if (bytes.length !== KEY_BYTES) throw new RangeError('a key has 32 bytes')
  return bytes
}
