import type { FastifySchemaCompiler } from 'fastify'
import { invalidRequest, Problem } from '../kernel/problem.ts'

/**
 * A validator that stumbles over a value has found a bad request, not a bug of ours: a length that is an object with a
 * `toString` of its own cannot even be compared.
 */
export const carefully =
  <T>(compile: FastifySchemaCompiler<T>): FastifySchemaCompiler<T> =>
  (route) => {
    const check = compile(route)
    return (value: unknown) => {
      try {
        return check(value)
      } catch (error) {
        if (!(error instanceof TypeError)) throw error
        throw new Problem(invalidRequest, { errors: [{ pointer: '#', detail: 'cannot be read' }] })
      }
    }
  }
