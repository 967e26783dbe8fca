import fc from 'fast-check'

/** As much of a JSON schema as the reference uses. */
export type Schema = {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema | boolean
  readonly format?: string
}

export const CANARY = 'Kanareika'

const uuid = fc.constantFrom('7c1d9a52-9f0e-4b7b-8a53-2f6d1c0e4b9a', '00000000-0000-4000-8000-000000000000')
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => CANARY + text),
  fc.constantFrom(
    '',
    '\u0000',
    '\ud800',
    `${CANARY}\u0000`,
    `${CANARY}\u202e`,
    CANARY.repeat(300),
    `${CANARY}'; drop table users; --`,
  ),
  fc.constantFrom(
    '2025-02-30',
    '9999-12-31',
    '-1',
    '1e309',
    'null',
    `__proto__${CANARY}`,
    `\${${CANARY}}`,
    `%00${CANARY}`,
  ),
)
const numbers = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 2 ** 53, 1e308))

/** Anything at all. Every text in it says so. */
export const garbage: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    texts,
    numbers,
    fc.constantFrom(null, true, false, [], {}),
    tie('list'),
    tie('dictionary'),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  dictionary: fc.dictionary(
    fc.oneof(texts, fc.constantFrom('__proto__', 'constructor', 'toString', 'id', 'length')),
    tie('any'),
    { maxKeys: 4 },
  ),
})).any

const formats: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  uuid,
  date: fc.constantFrom('2025-11-03', '2026-12-31'),
  email: fc.constant(`${CANARY}@example.org`),
}

/** Values that mostly fit a schema: they get past its first checks, and break later. */
export function nearly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: fitting(schema), weight: 12 }, { arbitrary: garbage, weight: 1 })
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const choices = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((some) => some ?? [])
  if (choices.length > 0) return fc.oneof(...choices.map(nearly))
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.properties !== undefined) return objectOf(schema.properties, schema.required ?? [])
  if (typeof schema.items === 'object') return fc.array(nearly(schema.items), { minLength: 1, maxLength: 2 })
  return leafOf(schema)
}

function objectOf(properties: Readonly<Record<string, Schema>>, required: readonly string[]): fc.Arbitrary<unknown> {
  const parts = Object.entries(properties).map(([name, schema]): [string, fc.Arbitrary<unknown>] => [
    name,
    nearly(schema),
  ])
  const optional = Object.keys(properties).filter((name) => !required.includes(name))
  const plain = fc.record(Object.fromEntries(parts), {
    requiredKeys: required.filter((name) => !optional.includes(name)),
  })
  const more = fc
    .record({ base: plain, key: texts, value: garbage })
    .map(({ base, key, value }) => ({ ...base, [key]: value }))
  return fc.oneof({ arbitrary: plain, weight: 9 }, { arbitrary: more, weight: 1 })
}

const leaves: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  integer: fc.oneof(fc.nat(100), numbers),
  number: numbers,
  boolean: fc.boolean(),
  string: fc.oneof(fc.constantFrom(`${CANARY} words`, 'v1', 's1'), texts),
}

function leafOf({ type = '', format = '' }: Schema): fc.Arbitrary<unknown> {
  const [kind = ''] = [type].flat()
  return formats[format] ?? leaves[kind] ?? garbage
}
