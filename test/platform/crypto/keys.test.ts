import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreementKeyFrom, newAgreementKey } from '../../../src/platform/crypto/agreement.ts'
import { SealBroken } from '../../../src/platform/crypto/box.ts'
import { classKey, jointKey, keyringKeys, newRecordKey, newRoot } from '../../../src/platform/crypto/keyring.ts'
import { fingerprint, newSigningKey, sign, signingKeyFrom, verify } from '../../../src/platform/crypto/signing.ts'
import { newTotpSeed } from '../../../src/platform/crypto/totp.ts'
import { newUserSecret, packUserSecret, unpackUserSecret } from '../../../src/platform/crypto/user-secret.ts'
import { bytes, flipped, hexOf, hidden, shown } from './support.ts'

describe('agreement', () => {
  test('both sides agree, as in RFC 7748, section 6.1', () => {
    const alice = agreementKeyFrom(
      hidden(Buffer.from('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a', 'hex')),
    )
    const bob = agreementKeyFrom(
      hidden(Buffer.from('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb', 'hex')),
    )
    const shared = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'

    expect(hexOf(alice.publicKey)).toBe('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
    expect(hexOf(alice.agreeWith(bob.publicKey) ?? Buffer.of())).toBe(shared)
    expect(hexOf(bob.agreeWith(alice.publicKey) ?? Buffer.of())).toBe(shared)
  })

  test('the same bytes make the same pair, fresh ones another', () => {
    const key = newAgreementKey()

    expect(agreementKeyFrom(key.secret).publicKey).toEqual(key.publicKey)
    expect(newAgreementKey().publicKey).not.toEqual(key.publicKey)
    expect(() => agreementKeyFrom(hidden(Buffer.alloc(31)))).toThrow(RangeError)
  })
})

describe('signatures', () => {
  test('the first test of RFC 8032, section 7.1, has its public key', () => {
    const key = signingKeyFrom(
      hidden(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')),
    )

    expect(hexOf(key.publicKey)).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
    expect(() => signingKeyFrom(hidden(Buffer.alloc(33)))).toThrow(RangeError)
  })

  test('hold for the same parts only', () => {
    const key = newSigningKey()
    const signature = sign(key, 'grant1', 'keyring', 7)

    expect(verify(key.publicKey, signature, 'grant1', 'keyring', 7)).toBe(true)
    expect(verify(key.publicKey, signature, 'grant1', 'keyring', '7')).toBe(true)
    expect(verify(key.publicKey, signature, 'grant1', 'keyring7')).toBe(false)
    expect(verify(key.publicKey, signature, 'grant1keyring', 7)).toBe(false)
    expect(verify(newSigningKey().publicKey, signature, 'grant1', 'keyring', 7)).toBe(false)
  })

  test('fail with any one bit changed, in the signature or in the key', () => {
    const key = newSigningKey()
    const signature = sign(key, 'a')

    for (let bit = 0; bit < 512; bit += 1) expect(verify(key.publicKey, flipped(signature, bit), 'a')).toBe(false)
    for (let bit = 0; bit < 256; bit += 1) expect(verify(flipped(key.publicKey, bit), signature, 'a')).toBe(false)
  })

  test('are false, never an error, for anything malformed', () => {
    fc.assert(
      fc.property(bytes(0, 70), bytes(0, 70), fc.string(), (publicKey, signature, part) => {
        expect(verify(publicKey, signature, part)).toBe(false)
      }),
    )
    fc.assert(
      fc.property(bytes(32), bytes(64), (publicKey, signature) => {
        expect(verify(publicKey, signature, 'a')).toBe(false)
      }),
    )
  })

  test('a second signature made by adding the group order is refused', () => {
    const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n
    const key = newSigningKey()
    const signature = sign(key, 'a')
    const scalar = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order
    const forged = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse()

    expect(verify(key.publicKey, Buffer.concat([signature.subarray(0, 32), forged]), 'a')).toBe(false)
  })

  test('a fingerprint is eight groups of four letters, and depends on both keys', () => {
    const [a, b] = [newAgreementKey().publicKey, newSigningKey().publicKey]

    expect(fingerprint(a, b)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(new Set([fingerprint(a, b), fingerprint(b, a), fingerprint(a, a)]).size).toBe(3)
  })
})

describe('derived keys', () => {
  test('differ by keyring, version and use', () => {
    const root = newRoot()
    const variants = [
      keyringKeys(root, 'a', 1),
      keyringKeys(root, 'a', 2),
      keyringKeys(root, 'b', 1),
      keyringKeys(newRoot(), 'a', 1),
    ]

    const keys = variants.flatMap(({ wrapping, agreement }) => [hexOf(wrapping), hexOf(agreement.secret)])

    expect(new Set(keys).size).toBe(8)
    expect(hexOf(keyringKeys(root, 'a', 1).wrapping)).toBe(keys[0])
  })

  test('differ by sensitivity class, and from the record key', () => {
    const record = newRecordKey()
    const classes = (['identity', 'narrative', 'legal', 'facts'] as const).map((one) => hexOf(classKey(record, one)))

    expect(new Set([...classes, hexOf(record)]).size).toBe(5)
    for (const one of classes) expect(one).toHaveLength(64)
  })

  test('a joint key needs both secrets and the purpose', () => {
    const [pepper, share] = [newRoot(), newRoot()]
    const keys = [
      jointKey(pepper, 'session', share),
      jointKey(pepper, 'other', share),
      jointKey(newRoot(), 'session', share),
      jointKey(pepper, 'session', newRoot()),
      jointKey(share, 'session', pepper),
    ]

    expect(new Set(keys.map(hexOf)).size).toBe(5)
    expect(hexOf(jointKey(pepper, 'session', share))).toBe(hexOf(jointKey(pepper, 'session', share)))
  })
})

describe('user secret', () => {
  test('comes back whole, and has one size with or without a second factor', () => {
    const bare = newUserSecret()
    const full = {
      ...newUserSecret(),
      totp: newTotpSeed(),
      anchor: fingerprint(Buffer.alloc(32), Buffer.alloc(32)),
      checkpoint: { size: Number.MAX_SAFE_INTEGER, root: 'f'.repeat(64) },
    }

    for (const user of [bare, full]) {
      const packed = packUserSecret(user)
      const back = unpackUserSecret(packed)
      expect(shown(packed)).toHaveLength(508)
      expect(hexOf(back.agreement.secret)).toBe(hexOf(user.agreement.secret))
      expect(back.signing.publicKey).toEqual(user.signing.publicKey)
      expect(back.totp && hexOf(back.totp)).toBe(user.totp && hexOf(user.totp))
      expect([back.anchor, back.checkpoint]).toEqual([user.anchor, user.checkpoint])
    }
  })

  test.each(['', 'null', '{}', '{"version":2}', 'not json', '{"version":1,"agreement":"AAAA"}'])(
    'does not come out of %j, and the error does not quote it',
    (text) => {
      expect(() => unpackUserSecret(hidden(Buffer.from(text)))).toThrow(new SealBroken())
    },
  )
})
