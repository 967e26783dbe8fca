import { describe, expect, test } from 'vitest'
import { agreementKeyFrom, newAgreementKey } from '../../../src/platform/crypto/agreement.ts'
import { decrypt, encrypt, openKey, SealBroken, sealKey, unwrapKey, wrapKey } from '../../../src/platform/crypto/box.ts'
import { codeHash, codeKey, keyedHash, sha256 } from '../../../src/platform/crypto/code.ts'
import { classKey, jointKey, keyringKeys, newRecordKey } from '../../../src/platform/crypto/keyring.ts'
import {
  appendLeaf,
  consistencyProof,
  type Frontier,
  leafHash,
  rootOf,
  verifyConsistency,
} from '../../../src/platform/crypto/merkle.ts'
import { stretch, verifierHash } from '../../../src/platform/crypto/passphrase.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { fingerprint, sign, signingKeyFrom, verify } from '../../../src/platform/crypto/signing.ts'
import { joinShares, splitForOfficers } from '../../../src/platform/crypto/split.ts'
import { packUserSecret, unpackUserSecret } from '../../../src/platform/crypto/user-secret.ts'
import {
  derived,
  digest,
  expanded,
  fingerprintOf,
  frame,
  isSigned,
  joined,
  keyed,
  publicOf,
  readSeal,
  readText,
  readWrap,
  treeHash,
  writeNonced,
} from './independent-reader.ts'
import { aPlace, hexOf, hidden, shown } from './support.ts'
import { vectors } from './vectors.ts'

describe('sealed values from the day the formats were fixed', () => {
  test.each(vectors.texts)('text of $text.length letters at $place.table', ({ place, key, sealed, text }) => {
    expect(Buffer.from(shown(decrypt(hidden(key), place, sealed))).toString()).toBe(text)
    expect(readText(key, place, sealed).toString()).toBe(text)
  })

  test.each(vectors.wraps)('wrapped key at $place.table', ({ place, key, sealed, inner }) => {
    expect(hexOf(unwrapKey(hidden(key), place, sealed))).toBe(hexOf(inner))
    expect(readWrap(key, place, sealed)).toEqual(inner)
  })

  test.each(vectors.seals)('sealed key of $inner.length bytes', ({ place, secret, sealed, inner, ...vector }) => {
    const own = agreementKeyFrom(hidden(secret))

    expect(own.publicKey).toEqual(vector.public)
    expect(publicOf(secret)).toEqual(vector.public)
    expect(hexOf(openKey(own, place, sealed))).toBe(hexOf(inner))
    expect(readSeal(secret, place, sealed)).toEqual(inner)
  })
})

describe('sealed values of today, read by other means', () => {
  const key = newRecordKey()
  const keyBytes = Buffer.from(shown(key))

  test.each([0, 1, 252, 253, 4_092, 4_093, 20_000])('text of %i bytes', (length) => {
    const text = Buffer.alloc(length, 'я')

    expect(readText(keyBytes, aPlace, encrypt(key, aPlace, hidden(text)))).toEqual(text)
  })

  test('wrapped and sealed keys', () => {
    const own = newAgreementKey()

    expect(readWrap(keyBytes, aPlace, wrapKey(key, aPlace, key))).toEqual(keyBytes)
    expect(readSeal(Buffer.from(shown(own.secret)), aPlace, sealKey(own.publicKey, aPlace, key))).toEqual(keyBytes)
  })

  test('shares', () => {
    for (const { shares } of splitForOfficers(key, ['a', 'b', 'c', 'd'], 3))
      expect(joined([...shares.values()].map((share) => Buffer.from(shown(share))))).toEqual(keyBytes)
  })
})

describe('sealed values made by other means', () => {
  const key = newRecordKey()
  const lock = { key: Buffer.from(shown(key)), place: aPlace }
  const padded = (length: number, fill: [size: number, ...bytes: number[]]) => {
    const content = Buffer.alloc(length)
    const [size, ...more] = fill
    content.writeUInt32BE(size)
    content.set(more, 4)
    return content
  }

  test('open when they are well made', () => {
    expect(hexOf(decrypt(key, aPlace, writeNonced('enc1', lock, padded(256, [2, 65, 66]))))).toBe('4142')
    expect(hexOf(unwrapKey(key, aPlace, writeNonced('wrap1', lock, lock.key)))).toBe(hexOf(key))
  })

  test.each([
    ['filled with other than zeros', padded(256, [1, 65, 66])],
    ['filled more than needed', padded(512, [2, 65, 66])],
    ['filled to no step', padded(260, [2, 65, 66])],
    ['longer than their content', padded(256, [253])],
    ['of an absurd length', padded(256, [0xffff_ffff])],
    ['without a length', Buffer.alloc(3)],
    ['empty', Buffer.alloc(0)],
  ])('do not open as text when %s', (_, content) => {
    expect(() => decrypt(key, aPlace, writeNonced('enc1', lock, content))).toThrow(new SealBroken())
  })

  test.each([0, 31, 33, 256])('do not open as a key of %i bytes', (length) => {
    expect(() => unwrapKey(key, aPlace, writeNonced('wrap1', lock, Buffer.alloc(length)))).toThrow(new SealBroken())
  })
})

describe('derived keys', () => {
  test('of a keyring', () => {
    const { root, keyring, version, wrapping, agreement, ...vector } = vectors.keyring
    const keys = keyringKeys(hidden(root), keyring, version)

    expect(hexOf(keys.wrapping)).toBe(hexOf(wrapping))
    expect(hexOf(keys.agreement.secret)).toBe(hexOf(agreement))
    expect(keys.agreement.publicKey).toEqual(vector.public)
    expect(derived(root, 'keyring1', 'wrapping', keyring, String(version))).toEqual(wrapping)
    expect(derived(root, 'keyring1', 'agreement', keyring, String(version))).toEqual(agreement)
  })

  test.each(['identity', 'narrative', 'legal', 'facts'] as const)('of the class %s', (recordClass) => {
    const { record_key, [recordClass]: expected } = vectors.classes

    expect(hexOf(classKey(hidden(record_key), recordClass))).toBe(hexOf(expected))
    expect(derived(record_key, 'class1', recordClass)).toEqual(expected)
  })

  test('of two secrets', () => {
    const { key, purpose, second, joint } = vectors.joint

    expect(hexOf(jointKey(hidden(key), purpose, hidden(second)))).toBe(hexOf(joint))
    expect(derived(key, 'joint1', purpose, second)).toEqual(joint)
  })

  test('of a passphrase', async () => {
    const { passphrase, salt, cost, argon2id, verifier, verifier_hash, kek } = vectors.passphrase
    const stretched = await stretch(new Secret(passphrase), salt, cost)

    expect([hexOf(stretched.verifier), hexOf(stretched.kek)]).toEqual([hexOf(verifier), hexOf(kek)])
    expect(verifierHash(stretched.verifier)).toEqual(verifier_hash)
    expect(digest(verifier)).toEqual(verifier_hash)
    expect(expanded(argon2id, 'verifier1')).toEqual(verifier)
    expect(expanded(argon2id, 'kek1')).toEqual(kek)
  })
})

describe('hashes, codes and signatures', () => {
  test('of a code', () => {
    const { pepper, purpose, typed, folded, hash, key } = vectors.code

    expect(codeHash(hidden(pepper), purpose, new Secret(typed))).toEqual(hash)
    expect(hexOf(codeKey(purpose, new Secret(typed)))).toBe(hexOf(key))
    expect(keyed(pepper, purpose, folded)).toEqual(hash)
    expect(expanded(folded, frame('code1', purpose))).toEqual(key)
  })

  test('of a handle and of parts', () => {
    const { pepper, purpose, text, parts, ...expected } = vectors.hashes

    expect(keyedHash(hidden(pepper), purpose, text)).toEqual(expected.keyed)
    expect(keyed(pepper, purpose, text)).toEqual(expected.keyed)
    expect(sha256(...parts)).toEqual(expected.sha256)
    expect(digest(frame(...parts))).toEqual(expected.sha256)
  })

  test('of a person', () => {
    const { agreement, signing, fingerprint: expected } = vectors.fingerprint

    expect(fingerprint(agreement, signing)).toBe(expected)
    expect(fingerprintOf(agreement, signing)).toBe(expected)
  })

  test('a signature', () => {
    const { secret, parts, signature, ...vector } = vectors.signature

    expect(sign(signingKeyFrom(hidden(secret)), ...parts)).toEqual(signature)
    expect(verify(vector.public, signature, ...parts)).toBe(true)
    expect(isSigned(vector.public, signature, ...parts)).toBe(true)
    expect(isSigned(vector.public, signature, ...parts, '')).toBe(false)
  })
})

describe('whole structures', () => {
  test('a user secret', () => {
    const { packed, agreement, signing, totp, anchor, checkpoint } = vectors.user_secret
    const user = unpackUserSecret(hidden(packed))

    expect(hexOf(user.agreement.secret)).toBe(hexOf(agreement))
    expect(hexOf(user.signing.secret)).toBe(hexOf(signing))
    expect(user.totp && hexOf(user.totp)).toBe(hexOf(totp))
    expect([user.anchor, user.checkpoint]).toEqual([anchor, checkpoint])
    expect(hexOf(packUserSecret(user))).toBe(hexOf(packed))
    expect(JSON.parse(packed.toString())).toEqual({
      version: 1,
      agreement: agreement.toString('base64'),
      signing: signing.toString('base64'),
      totp: totp.toString('base64'),
      anchor,
      checkpoint,
    })
  })

  test('recovery shares', () => {
    const { secret, shares } = vectors.split

    expect(hexOf(joinShares(shares.map(hidden)))).toBe(hexOf(secret))
    expect(joined(shares)).toEqual(secret)
  })

  test('an audit log', () => {
    const { leaves, root, frontier, proof, older_size, older_root, leaf_data, leaf_hash } = vectors.merkle
    const appended = leaves.reduce<Frontier>(appendLeaf, [])

    expect(appended).toEqual(frontier)
    expect(rootOf(appended)).toEqual(root)
    expect(treeHash(leaves)).toEqual(root)
    expect(consistencyProof(leaves, older_size)).toEqual(proof)
    expect(verifyConsistency({ size: older_size, root: older_root }, { size: leaves.length, root }, proof)).toBe(true)
    expect(treeHash(leaves.slice(0, older_size))).toEqual(older_root)
    expect(leafHash(Buffer.from(leaf_data))).toEqual(leaf_hash)
    expect(digest(Buffer.of(0), Buffer.from(leaf_data))).toEqual(leaf_hash)
  })
})
