import { createHmac, randomBytes } from 'node:crypto'
import { type AgreementKey, agreementKeyFrom } from './agreement.ts'
import { lengthPrefixed, type Part } from './place.ts'
import { Secret, type SecretKey } from './secret.ts'

const KEY_BYTES = 32

/** The sensitivity classes of a record: who, what happened, privileged, coded values. Each has a sealed column and a key. */
export type RecordClass = 'identity' | 'narrative' | 'legal' | 'facts'

/** What a keyring root opens: the key that wraps record keys, and the pair that those who may only write seal to. */
export type KeyringKeys = { wrapping: SecretKey; agreement: AgreementKey }

/** A fresh keyring root, 32 bytes. */
export function newRoot(): SecretKey {
  return new Secret(randomBytes(KEY_BYTES))
}

/** The keys of one version of a keyring. */
export function keyringKeys(root: SecretKey, keyring: string, version: number): KeyringKeys {
  return {
    wrapping: derive(root, 'keyring1', 'wrapping', keyring, version),
    agreement: agreementKeyFrom(derive(root, 'keyring1', 'agreement', keyring, version)),
  }
}

/** A fresh record key, 32 bytes. */
export function newRecordKey(): SecretKey {
  return new Secret(randomBytes(KEY_BYTES))
}

/** The key of one sensitivity class of a record. It does not lead back to the record key. */
export function classKey(recordKey: SecretKey, recordClass: RecordClass): SecretKey {
  return derive(recordKey, 'class1', recordClass)
}

/** A key for one purpose from a key and a second secret, such as a session's from the pepper and the token's share. */
export function jointKey(key: SecretKey, purpose: string, second: Secret<Uint8Array>): SecretKey {
  return derive(key, 'joint1', purpose, second.expose())
}

/** The first half of HMAC-SHA-512 over the length-prefixed parts. */
function derive(key: SecretKey, ...parts: readonly Part[]): SecretKey {
  const okm = createHmac('sha512', key.expose())
    .update(lengthPrefixed(...parts))
    .digest()
  return new Secret(okm.subarray(0, KEY_BYTES))
}
