// A second implementation of every stored format, from the security design and node:crypto alone.
// It shares no line with src, so an error made in both is unlikely.
import { createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, verify } from 'node:crypto'
import { closeBox, openBox } from './independent-xsalsa.ts'

const X25519_PRIVATE = '302e020100300506032b656e04220420'
const X25519_PUBLIC = '302a300506032b656e032100'
const ED25519_PUBLIC = '302a300506032b6570032100'
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export type PlaceParts = {
  organisation: string
  table: string
  row: string
  column: string
  keyring?: string | undefined
  keyring_version?: number | undefined
  row_version?: number | undefined
}

export function frame(...parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const body = Buffer.from(part)
      return [Buffer.from(body.length.toString(16).padStart(8, '0'), 'hex'), body]
    }),
  )
}

export function framePlace(place: PlaceParts): Buffer {
  const text = (number?: number) => (number === undefined ? '' : number.toString())
  const versions = [text(place.keyring_version), text(place.row_version)] as const
  return frame(place.organisation, place.table, place.row, place.column, place.keyring ?? '', ...versions)
}

/** The text of an `enc1` value. */
export function readText(key: Buffer, place: PlaceParts, value: Buffer): Buffer {
  const padded = readNonced('enc1', { key, place }, value)
  const end = 4 + Number(`0x${padded.subarray(0, 4).toString('hex')}`)
  if (padded.subarray(end).toString('hex').replaceAll('0', '') !== '') throw new Error('filled with other than zeros')
  return padded.subarray(4, end)
}

/** The key in a `wrap1` value. */
export function readWrap(key: Buffer, place: PlaceParts, value: Buffer): Buffer {
  return readNonced('wrap1', { key, place }, value)
}

/** A value as a holder of the key could make it, of any content: what should not open can be made with this. */
export function writeNonced(label: string, lock: { key: Buffer; place: PlaceParts }, plain: Buffer): Buffer {
  const nonce = digest(plain).subarray(0, 24)
  const okm = hmac('sha512', lock.key, frame(label, framePlace(lock.place), nonce))
  return Buffer.concat([Buffer.of(1), nonce, okm.subarray(32), closeBox(plain, nonce, okm.subarray(0, 32))])
}

/** What a `seal1` value holds for the owner of this private key. */
export function readSeal(secret: Buffer, place: PlaceParts, value: Buffer): Buffer {
  const [sender, commitment, box] = [value.subarray(1, 33), value.subarray(33, 65), value.subarray(65)]
  const shared = diffieHellman({ privateKey: privateKeyOf(secret), publicKey: der(X25519_PUBLIC, sender) })
  const okm = hmac('sha512', shared, frame('seal1', framePlace(place), publicOf(secret), sender))
  return unlock({ version: value.readUInt8(0), commitment, okm }, box, Buffer.alloc(24))
}

/** The raw X25519 public key of a private one. */
export function publicOf(secret: Buffer): Buffer {
  return createPublicKey(privateKeyOf(secret)).export({ format: 'der', type: 'spki' }).subarray(-32)
}

export function derived(key: Buffer, ...parts: (string | Buffer)[]): Buffer {
  return hmac('sha512', key, frame(...parts)).subarray(0, 32)
}

export function keyed(key: Buffer, ...parts: (string | Buffer)[]): Buffer {
  return hmac('sha256', key, frame(...parts))
}

export function digest(...parts: Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}

/** HKDF (RFC 5869) by its two steps, for one block of output. */
export function expanded(input: string | Buffer, info: string | Buffer): Buffer {
  const extracted = hmac('sha256', Buffer.alloc(32), Buffer.from(input))
  return hmac('sha256', extracted, Buffer.concat([Buffer.from(info), Buffer.of(1)]))
}

export function isSigned(publicKey: Buffer, signature: Buffer, ...parts: (string | Buffer)[]): boolean {
  return verify(null, frame(...parts), der(ED25519_PUBLIC, publicKey), signature)
}

export function fingerprintOf(agreement: Buffer, signing: Buffer): string {
  const number = BigInt(
    `0x${digest(frame('fpr1', agreement, signing))
      .subarray(0, 20)
      .toString('hex')}`,
  )
  const letters = Array.from({ length: 32 }, (_, at) => LETTERS.charAt(Number((number >> BigInt(155 - 5 * at)) & 31n)))
  return letters.join('').match(/.{4}/g)?.join('-') ?? ''
}

/** The secret from the shares of one subset: their exclusive or, without the digest at its end. */
export function joined(shares: Buffer[]): Buffer {
  const whole = shares.reduce((left, right) => Buffer.from(left.map((byte, at) => byte ^ right.readUInt8(at))))
  const [text, check] = [whole.subarray(0, -32), whole.subarray(-32)]
  if (!digest(text).equals(check)) throw new Error('the digest does not fit')
  return text
}

/** The code of RFC 4226, section 5.3, for a step of RFC 6238. */
export function totpOf(seed: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', seed).update(counter).digest()
  const number = hash.readUInt32BE(hash.readUInt8(19) & 15) % 2 ** 31
  return (number % 1_000_000).toString().padStart(6, '0')
}

/** The Merkle tree hash of RFC 6962, section 2.1, by its definition. */
export function treeHash(leaves: Buffer[]): Buffer {
  const [only] = leaves
  if (only === undefined) return digest()
  if (leaves.length === 1) return only
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return digest(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

function readNonced(label: string, lock: { key: Buffer; place: PlaceParts }, value: Buffer): Buffer {
  const [nonce, commitment, box] = [value.subarray(1, 25), value.subarray(25, 57), value.subarray(57)]
  const okm = hmac('sha512', lock.key, frame(label, framePlace(lock.place), nonce))
  return unlock({ version: value.readUInt8(0), commitment, okm }, box, nonce)
}

function unlock(head: { version: number; commitment: Buffer; okm: Buffer }, box: Buffer, nonce: Buffer): Buffer {
  if (head.version !== 1) throw new Error('another version')
  if (!head.okm.subarray(32).equals(head.commitment)) throw new Error('another commitment')
  const text = openBox(box, nonce, head.okm.subarray(0, 32))
  if (text === undefined) throw new Error('another box')
  return text
}

function privateKeyOf(secret: Buffer) {
  return createPrivateKey({
    key: Buffer.concat([Buffer.from(X25519_PRIVATE, 'hex'), secret]),
    format: 'der',
    type: 'pkcs8',
  })
}

function der(prefix: string, raw: Buffer) {
  return createPublicKey({ key: Buffer.concat([Buffer.from(prefix, 'hex'), raw]), format: 'der', type: 'spki' })
}

function hmac(hash: string, key: Buffer, bytes: Buffer): Buffer {
  return createHmac(hash, key).update(bytes).digest()
}
