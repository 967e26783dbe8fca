import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Busy, gate } from '../../../src/platform/crypto/gate.ts'
import {
  CURRENT_KDF,
  generatePassphrase,
  stretch,
  verifierHash,
  weaknessOf,
} from '../../../src/platform/crypto/passphrase.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { hexOf, shown } from './support.ts'

const quick = { memory_kib: 64, passes: 1, lanes: 1 }
const salt = Buffer.alloc(16, 1)

describe('stretching', () => {
  test('the same passphrase makes the same two keys, however its letters are composed', async () => {
    const composed = await stretch(new Secret('зимний лес и ёлка'.normalize('NFC')), salt, quick)
    const decomposed = await stretch(new Secret('зимний лес и ёлка'.normalize('NFD')), salt, quick)

    expect(hexOf(decomposed.kek)).toBe(hexOf(composed.kek))
    expect(hexOf(decomposed.verifier)).toBe(hexOf(composed.verifier))
    expect(hexOf(composed.kek)).not.toBe(hexOf(composed.verifier))
    expect(verifierHash(composed.verifier)).toHaveLength(32)
    expect(hexOf(verifierHash(composed.verifier))).not.toBe(hexOf(composed.verifier))
  })

  test('passphrase, salt and cost all count', async () => {
    const passphrase = new Secret('зимний лес и ёлка')
    const keys = await Promise.all([
      stretch(passphrase, salt, quick),
      stretch(new Secret('Зимний лес и ёлка'), salt, quick),
      stretch(passphrase, Buffer.alloc(16, 2), quick),
      stretch(passphrase, salt, { ...quick, passes: 2 }),
      stretch(passphrase, salt, { ...quick, memory_kib: 128 }),
    ])

    expect(new Set(keys.map(({ kek }) => hexOf(kek))).size).toBe(5)
  })

  test('new passphrases cost 64 MiB and three passes', async () => {
    expect(CURRENT_KDF).toEqual({ memory_kib: 65_536, passes: 3, lanes: 1 })
    expect(hexOf((await stretch(new Secret('зимний лес и ёлка'), salt, CURRENT_KDF)).kek)).toHaveLength(64)
  })

  test.each([{ memory_kib: 262_145 }, { passes: 11 }, { lanes: 5 }])('a ruinous cost is refused: %j', async (cost) => {
    await expect(stretch(new Secret('зимний лес и ёлка'), salt, { ...quick, ...cost })).rejects.toThrow(RangeError)
  })

  test('the 37th at once is told to come back, and all others are served', async () => {
    const tries = Array.from({ length: 40 }, () => stretch(new Secret('зимний лес и ёлка'), salt, quick))

    const results = await Promise.allSettled(tries)

    expect(results.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 36 }, () => 'fulfilled'),
      ...Array.from({ length: 4 }, () => 'rejected'),
    ])
    await expect(tries.at(-1)).rejects.toThrow(Busy)
    await expect(stretch(new Secret('зимний лес и ёлка'), salt, quick)).resolves.toBeDefined()
  })
})

describe('a gate', () => {
  test('lets in as many as it says, in order, and a failing work frees its place', async () => {
    const enter = gate(2, 3)
    const started: number[] = []
    const finish: (() => void)[] = []
    let inside = 0
    let most = 0
    const work = (name: number) =>
      enter(async () => {
        started.push(name)
        inside += 1
        most = Math.max(most, inside)
        await new Promise<void>((resolve) => finish.push(resolve))
        inside -= 1
        if (name === 0) throw new Error('failed inside')
        return name
      })

    const works = [0, 1, 2, 3, 4].map(work)
    await expect(work(5)).rejects.toThrow(Busy)
    const settled = Promise.allSettled(works)
    for (let turn = 0; turn < 5; turn += 1) {
      finish[turn]?.()
      await setImmediate()
    }

    expect(started).toEqual([0, 1, 2, 3, 4])
    expect(most).toBe(2)
    expect((await settled).map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([
      'failed',
      1,
      2,
      3,
      4,
    ])
    const later = work(6)
    finish.at(-1)?.()
    await expect(later).resolves.toBe(6)
  })
})

describe('weakness', () => {
  const weakness = (text: string, own: string[] = []) => weaknessOf(new Secret(text), own)

  test.each([
    ['тихий снег у нас', undefined],
    ['correct battery', 'common'],
    ['correctbattery', 'too_short'],
    ['ё'.normalize('NFD').repeat(14), 'too_short'],
    [`${'lamp oak river stone cloud '.repeat(8)}!`, 'too_long'],
    ['aaaaaaaaaaaaaaaaaaaa', 'repetitive'],
    ['akzkazakzazkakzkz', 'repetitive'],
    ['абвгдеёжзийклмноп', 'repetitive'],
    ['zyxwvutsrqponmlkj', 'repetitive'],
    ['lamp river lamp river', 'repetitive'],
    ['passwordpassword', 'repetitive'],
    ['1234qwerasdfzxcv', 'common'],
    ['QWERTYUIOP asdfghjkl', 'common'],
    ['Password-Dragon-2024!', 'common'],
    ['20.03.1985 07.11.1990', 'common'],
    ['тихий снег над рекой', undefined],
    ['Hj7$kP2!vX9#qLm4', undefined],
  ])('%j is %s', (text, expected) => {
    expect(weakness(text)).toBe(expected)
  })

  test('own names count, in any case, from four letters on', () => {
    const own = ['Нигина Бахриева', 'nigina.b@example.org', 'Али']

    expect(weakness('снег над рекой БАХРИЕВА', own)).toBe('contains_own_name')
    expect(weakness('snow over Nigina river', own)).toBe('contains_own_name')
    expect(weakness('снег над рекой али поле', own)).toBeUndefined()
    expect(weakness('снег над рекой и поле', own)).toBeUndefined()
  })

  test('generated passphrases are seven different words of a long list, and never weak', () => {
    const passphrases = Array.from({ length: 300 }, () => generatePassphrase())
    const words = passphrases.flatMap((passphrase) => shown(passphrase).split(' '))

    expect(words).toHaveLength(2_100)
    expect(words.every((word) => /^[a-z]{3,9}$/.test(word))).toBe(true)
    // 2,100 draws from 7,776 words leave about 1,840 different ones; a list half as long, 1,625.
    expect(new Set(words).size).toBeGreaterThan(1_740)
    expect(passphrases.map((passphrase) => weaknessOf(passphrase, []))).toEqual(passphrases.map(() => undefined))
  })
})
