// What an attacker would write: it reads stolen rows by the design's formats alone, and takes nothing from src.
import { createHmac, createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto'
import {
  derived,
  frame,
  framePlace,
  joined,
  readSeal,
  readText,
  readWrap,
} from '../../platform/crypto/independent-reader.ts'
import { number, text } from './dump.ts'
import type { SealedValue } from './sealed-values.ts'

/** Keys to try: 32 bytes each. `aim` keeps a key to the values of one record; without it, it is tried on everything. */
export type Key = { readonly bytes: Buffer; readonly kind: 'symmetric' | 'agreement'; readonly aim?: string }

/** What came open, and with which key. */
export type Opened = ReadonlyMap<SealedValue, { readonly plain: Buffer; readonly key: Buffer }>

export const symmetric = (bytes: Buffer, aim?: string): Key => ({ bytes, kind: 'symmetric', ...(aim && { aim }) })
export const agreement = (bytes: Buffer): Key => ({ bytes, kind: 'agreement' })

type Lock = { readonly value: SealedValue; readonly try: (key: ReadyKey) => Buffer | undefined }
type ReadyKey = { readonly bytes: Buffer; readonly privateKey?: KeyObject; readonly publicKey?: Buffer }

/** Tries every key on every value, and every key found inside on every other, until nothing more opens. */
export function openWith(values: readonly SealedValue[], start: readonly Key[], { aimed = false } = {}): Opened {
  const opened = new Map<SealedValue, { plain: Buffer; key: Buffer }>()
  const tried = new Set<string>()
  let locks = values.map(lockOf)
  let fresh = start
  while (fresh.length > 0) {
    const keys = fresh.filter((key) => !tried.has(nameOf(key)))
    for (const key of keys) tried.add(nameOf(key))
    const found = locks.flatMap((lock) => tryKeys(lock, keys, aimed))
    for (const { value, plain, key } of found) opened.set(value, { plain, key })
    locks = locks.filter(({ value }) => !opened.has(value))
    fresh = [...found.flatMap(({ value, plain }) => keysIn(value, plain)), ...restored(found.length > 0 ? opened : [])]
  }
  return opened
}

const nameOf = ({ bytes, kind }: Key) => `${kind} ${bytes.toString('base64')}`

function tryKeys(lock: Lock, keys: readonly Key[], aimed: boolean) {
  const { value } = lock
  const kind = value.way === 'seal1' ? 'agreement' : 'symmetric'
  for (const key of keys) {
    if (key.kind !== kind || (aimed && key.aim !== undefined && key.aim !== value.id)) continue
    const plain = lock.try(readied(key))
    if (plain !== undefined) return [{ value, plain, key: key.bytes }]
  }
  return []
}

const ready = new Map<string, ReadyKey>()

function readied(key: Key): ReadyKey {
  if (key.kind === 'symmetric') return key
  const name = key.bytes.toString('base64')
  const known = ready.get(name)
  if (known !== undefined) return known
  const d = key.bytes.toString('base64url')
  const privateKey = createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', d, x: 'A'.repeat(43) }, format: 'jwk' })
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const made = { bytes: key.bytes, privateKey, publicKey: Buffer.from(x, 'base64url') }
  ready.set(name, made)
  return made
}

/** The commitment tells whether a key fits, so that the box itself is only opened with a key that does. */
function lockOf(value: SealedValue): Lock {
  const header = value.bytes.subarray(1, value.way === 'seal1' ? 33 : 25)
  const commitment = value.bytes.subarray(1 + header.length, 33 + header.length)
  const place = framePlace(value.place)
  const fits = (key: Buffer, ...parts: Buffer[]) =>
    createHmac('sha512', key)
      .update(frame(value.way, place, ...parts))
      .digest()
      .subarray(32)
      .equals(commitment)
  if (value.way === 'seal1') {
    const sender = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: header.toString('base64url') },
      format: 'jwk',
    })
    return {
      value,
      try({ bytes, privateKey, publicKey }) {
        if (privateKey === undefined || publicKey === undefined) return undefined
        const shared = diffieHellman({ privateKey, publicKey: sender })
        return fits(shared, publicKey, header) ? readSeal(bytes, value.place, value.bytes) : undefined
      },
    }
  }
  const message = frame(value.way, place, header)
  const read = value.way === 'enc1' ? readText : readWrap
  return {
    value,
    try({ bytes }) {
      const okm = createHmac('sha512', bytes).update(message).digest()
      return okm.subarray(32).equals(commitment) ? read(bytes, value.place, value.bytes) : undefined
    },
  }
}

const CLASSES = ['identity', 'narrative', 'legal', 'facts']

/** The keys that follow from an opened value. */
function keysIn({ column, row }: SealedValue, plain: Buffer): Key[] {
  if (column === 'users.secret' || column === 'sessions.secret') return keysOfUser(plain)
  if (column === 'keyring_grants.root') return keysOfRoot(plain, text(row, 'keyring_id'), number(row, 'version'))
  if (column !== 'record_keys.wrapped') return []
  const record = text(row, 'record_id')
  if (text(row, 'part') !== 'record') return [symmetric(plain, record)]
  return CLASSES.map((name) => symmetric(derived(plain, 'class1', name), record))
}

export function keysOfRoot(root: Buffer, keyring: string, version: number): Key[] {
  const key = (purpose: string) => derived(root, 'keyring1', purpose, keyring, String(version))
  return [symmetric(key('wrapping')), agreement(key('agreement'))]
}

/** A user's own keys, and the key of the replies kept for repeats. */
function keysOfUser(secret: Buffer): Key[] {
  const own = Buffer.from(String(JSON.parse(secret.toString()).agreement), 'base64')
  return [agreement(own), ...keysOfRoot(own, 'replies', 1).slice(0, 1)]
}

/** The keys of accounts of which all the shares of one set of officers are there. */
function restored(opened: Opened | never[]): Key[] {
  const sets = new Map<string, Buffer[]>()
  for (const [{ column, id }, { plain }] of opened) {
    if (!column.startsWith('recovery_')) continue
    const name = `${column} ${id.split('/').slice(0, 3).join('/')}`
    sets.set(name, [...(sets.get(name) ?? []), plain])
  }
  return [...sets.values()].flatMap((shares) => {
    try {
      return keysOfUser(joined(shares))
    } catch {
      return []
    }
  })
}
