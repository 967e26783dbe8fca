import { inspect } from 'node:util'
import { z } from 'zod'

const MASK = '[secret]'

/** A value with a guarded inside: whatever prints, logs or serialises it sees `[secret]`. */
export abstract class Guarded {
  toString(): string {
    return MASK
  }

  toJSON(): string {
    return MASK
  }

  [inspect.custom](): string {
    return MASK
  }
}

/** Plain text or key bytes held in memory. It prints as `[secret]`, so logs, errors and JSON cannot leak it. */
export class Secret<T = string> extends Guarded {
  readonly #value: T

  constructor(value: T) {
    super()
    this.#value = value
  }

  /** The value itself. Only this folder may call it: a lint rule forbids the rest. */
  expose(): T {
    return this.#value
  }
}

/** Key bytes: 32 of them, but for second-factor seeds (20). */
export type SecretKey = Secret<Uint8Array>

/** Works on a secret without letting it out: the answer is a secret again. `read` must not pass the value on. */
export function revealTo<T, R>(secret: Secret<T>, read: (value: T) => R): Secret<R> {
  return new Secret(read(secret.expose()))
}

/** Many secrets as one, to be revealed together. */
export const gathered = <T>(secrets: readonly Secret<T>[]): Secret<T[]> =>
  new Secret(secrets.map((one) => one.expose()))

/** Computes from a secret, in memory. What comes out must be fit to print, or hold its own secrets as Secrets. */
export function consult<T, R>(secret: Secret<T>, read: (value: T) => R): R {
  return read(secret.expose())
}

/** On the wire a string of `min` to `max` UTF-16 units, in memory a Secret. */
export const secretText = (max: number, min = 1) =>
  z.codec(
    z.string().min(min).max(max),
    z.instanceof(Secret<string>).meta({ type: 'string', minLength: min, maxLength: max }),
    { decode: (text) => new Secret(text), encode: (secret) => secret.expose() },
  )

/** On the wire what `schema` says, in memory one Secret of the parsed value. `schema` must not be recursive. */
export const secretOf = <S extends z.ZodType>(schema: S) =>
  z.codec(schema, z.instanceof(Secret<z.output<S>>).meta(wireShape(schema)), {
    decode: (value) => new Secret(value),
    encode: (secret) => secret.expose(),
  })

/** The JSON schema that readers of the API see; without it a reply would be documented as `{}`. */
function wireShape(schema: z.ZodType): Record<string, unknown> {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(shape).filter(([name]) => name !== '$schema'))
}
