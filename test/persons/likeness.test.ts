import fc from 'fast-check'
import { describe as suite, expect, test } from 'vitest'
import { describe, LIKELY, personLikeness } from '../../src/persons/likeness.ts'
import { wordsOf } from '../../src/persons/skeleton.ts'
import { dice, invented, mistyped } from './people.ts'

const called = (text: string, born?: string) => describe({ names: [{ text }], born })
const likeness = (one: string, other: string) => personLikeness(called(one), called(other))
const people = invented(2_000, 2026)
const share = (answers: readonly boolean[]) => answers.filter(Boolean).length / answers.length

suite('a name', () => {
  test.each([
    ['Нигина Бахриева', 'Nigina Bakhrieva'],
    ['Нигина Бахриева', 'Baxriyeva Nigina'],
    ['Nigina Bakhrieva', 'نگینه بحریوا'],
    ['Нигина Бахриева', 'Бахриева Н.'],
    ['Каримов Рустам Умарович', 'Rustam Karimov'],
    ['Рустам Каримзода', 'Rustam Karimov'],
    ['Нурлан Әбішұлы', 'Nurlan Abish'],
    ['Sobir Murod oʻgʻli', 'Murod Sobir'],
    ['АйгүлЭргашева', 'Ergasheva Aigul'],
    ['Саид Содиков', 'صادقوف سعید'],
  ])('%s is likely the same as %s', (one, other) => {
    expect(likeness(one, other)).toBeGreaterThanOrEqual(LIKELY)
  })

  test.each([
    ['Рустам Каримов', 'Rustam Nazarov'],
    ['Zarina Yusupova', 'Malika Yusupova'],
    ['К.', 'Рустам Каримов'],
    ['', 'Рустам Каримов'],
    ['???', '…'],
  ])('%s is not likely the same as %s', (one, other) => {
    expect(likeness(one, other)).toBeLessThan(LIKELY)
  })

  test('with another year of birth is likely somebody else’s', () => {
    const [one, other] = [called('Рустам Каримов', '1970'), called('Rustam Karimov', '1991-05')]

    expect(personLikeness(one, other)).toBeLessThan(LIKELY)
  })

  test('is compared the same both ways, whatever is written', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(...(people[0]?.spellings ?? [])),
    )
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(likeness(one, other)).toBeCloseTo(likeness(other, one), 9)
        expect(likeness(one, other)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

suite('of 2,000 invented people in six spellings', () => {
  test('98 in 100 pairs of spellings of one name meet', () => {
    const found = people.flatMap(({ spellings }) => {
      const known = spellings.map((text) => called(text))
      return known.flatMap((one, at) => known.slice(at + 1).map((other) => personLikeness(one, other) >= LIKELY))
    })

    expect(share(found)).toBeGreaterThanOrEqual(0.98)
  })

  test('90 in 100 are found by another spelling with one slip in it, when the year of birth is known', () => {
    const roll = dice(11)
    const found = people.flatMap(({ spellings, year }) =>
      spellings.map((text, at) => {
        const other = spellings[(at + 1 + roll(5)) % 6] ?? text
        return personLikeness(called(mistyped(text, roll), String(year)), called(other, String(year))) >= LIKELY
      }),
    )

    expect(share(found)).toBeGreaterThanOrEqual(0.9)
  })

  test('and 85 in 100 when it is not known', () => {
    const roll = dice(11)
    const found = people.slice(0, 1_000).flatMap(({ spellings }) =>
      spellings.map((text, at) => {
        const other = spellings[(at + 1 + roll(5)) % 6] ?? text
        return personLikeness(called(mistyped(text, roll)), called(other)) >= LIKELY
      }),
    )

    expect(share(found)).toBeGreaterThanOrEqual(0.85)
  })

  test('95 in 100 of those that are found are the one sought', () => {
    const known = people.map(({ spellings, year }) => spellings.map((text) => called(text, String(year))))
    const isRight = known.slice(0, 60).flatMap((sought, nth) =>
      known.flatMap((other, at) => {
        const [one, two] = [sought[nth % 6], other[(nth + 1) % 6]]
        return one !== undefined && two !== undefined && personLikeness(one, two) >= LIKELY ? [at === nth] : []
      }),
    )

    expect(share(isRight)).toBeGreaterThanOrEqual(0.95)
  })
})

test('no name has more words than can be compared', () => {
  expect(wordsOf('a b c d e f g h i j k l m n o p').length).toBeLessThanOrEqual(8)
})
