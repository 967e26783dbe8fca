import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { newAgreementKey } from '../../../src/platform/crypto/agreement.ts'
import { consult, revealTo, Secret, secretOf, secretText } from '../../../src/platform/crypto/secret.ts'
import { newSigningKey } from '../../../src/platform/crypto/signing.ts'
import { newUserSecret } from '../../../src/platform/crypto/user-secret.ts'
import { hexOf, shown } from './support.ts'

const Facts = z.strictObject({ region: z.string().max(40), victims: z.int().min(0), note: secretText(100).optional() })

test('a secret prints as [secret] wherever it is put', () => {
  const secret = new Secret('detained at night')

  const prints = [
    String(secret),
    ['a', secret].join(),
    JSON.stringify({ secret }),
    inspect({ a: { b: { c: secret } } }),
  ]

  for (const print of prints) expect(print).toContain('[secret]')
  expect(prints.join()).not.toContain('detained')
  expect(Object.entries(structuredClone(secret))).toEqual([])
})

test.each([
  ['agreement', newAgreementKey()],
  ['signing', newSigningKey()],
])('the private half of an %s key is never printed, before or after use', (_, key) => {
  const before = [inspect(key), JSON.stringify(key), String(key)]
  const publicKey = hexOf(key.publicKey)
  const after = [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key), String(key)]

  expect(publicKey).toHaveLength(64)
  expect([...before, ...after].join()).not.toContain(hexOf(key.secret).slice(0, 8))
  expect(after).toEqual(['[secret]', '"[secret]"', '[secret]'])
  expect(before).toEqual(after)
})

test('a user secret prints no key', () => {
  const user = newUserSecret()

  expect(inspect(user, { depth: 9, showHidden: true })).not.toMatch(/[0-9a-f]{2} [0-9a-f]{2} |<Buffer/)
  expect(JSON.parse(JSON.stringify(user))).toMatchObject({ agreement: '[secret]', signing: '[secret]' })
})

test('what is read inside a secret stays a secret, unless it is consulted', () => {
  const secret = new Secret('Nigina')

  expect(shown(revealTo(secret, (name) => name.length))).toBe(6)
  expect(String(revealTo(secret, (name) => name.length))).toBe('[secret]')
  expect(consult(secret, (name) => name.startsWith('N'))).toBe(true)
})

test('secretText is text on the wire and a Secret in memory', () => {
  const Name = secretText(10, 2)

  const secret = z.decode(Name, 'Nigina')

  expect(secret).toBeInstanceOf(Secret)
  expect(z.encode(Name, secret)).toBe('Nigina')
})

test('secretText keeps its limits, and its errors never quote the text', () => {
  const Name = secretText(10, 2)

  for (const wrong of ['', 'N', 'Nigina Bakhrieva']) {
    const { success, error } = Name.safeParse(wrong)
    expect(success).toBe(false)
    if (wrong.length > 2) expect(JSON.stringify(error)).not.toContain(wrong)
  }
  expect(Name.safeEncode(new Secret('far too long a name')).success).toBe(false)
})

test('secretOf takes a whole value off the wire, and puts it back', () => {
  const Sealed = secretOf(Facts)
  const wire = { region: 'KZ-ALA', victims: 2, note: 'seen by a neighbour' }

  const secret = z.decode(Sealed, wire)

  expect(secret).toBeInstanceOf(Secret)
  expect(consult(secret, ({ victims }) => victims)).toBe(2)
  expect(consult(secret, ({ note }) => note)).toBeInstanceOf(Secret)
  expect(z.encode(Sealed, secret)).toEqual(wire)
  expect(Sealed.safeParse({ ...wire, victims: -1 }).success).toBe(false)
  expect(Sealed.safeParse({ ...wire, more: 1 }).success).toBe(false)
})

test('both document what is on the wire, in requests and in replies', () => {
  const Reply = z.object({ name: secretText(10), facts: secretOf(Facts) })

  for (const io of ['input', 'output'] as const) {
    const shape = z.toJSONSchema(Reply, { io, unrepresentable: 'any' })
    expect(shape.properties).toEqual({
      name: { type: 'string', minLength: 1, maxLength: 10 },
      facts: {
        type: 'object',
        properties: {
          region: { type: 'string', maxLength: 40 },
          victims: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
          note: { type: 'string', minLength: 1, maxLength: 100 },
        },
        required: ['region', 'victims'],
        additionalProperties: false,
      },
    })
  }
})
