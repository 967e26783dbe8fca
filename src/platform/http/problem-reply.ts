import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { SealBroken } from '../crypto/box.ts'
import { Busy } from '../crypto/gate.ts'
import { databaseAway } from '../database/failure.ts'
import {
  invalidRequest,
  notFound,
  Problem,
  type ProblemKind,
  tooLarge,
  tooManyAttempts,
  unavailable,
  wrongMediaType,
} from '../kernel/problem.ts'

const RETRY_AFTER_SECONDS = 2

/** A record whose ciphertext does not open in its place: somebody changed it outside this program. */
const recordDamaged: ProblemKind = {
  slug: 'record-damaged',
  status: 409,
  title: 'This record does not open: it was changed outside this program',
}

const byStatus = new Map<number, ProblemKind>([
  [404, notFound],
  [413, tooLarge],
  [415, wrongMediaType],
  [429, tooManyAttempts],
  [503, unavailable],
])

/** The one translator from what was thrown to problem details. Undefined for a bug. */
function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (error instanceof SealBroken) return new Problem(recordDamaged)
  if (error instanceof Busy || databaseAway(error))
    return new Problem(unavailable, { retry_after: RETRY_AFTER_SECONDS })
  return misuse(error)
}

/** What a validator or the framework refused. */
function misuse(error: unknown): Problem | undefined {
  if (hasZodFastifySchemaValidationErrors(error))
    return new Problem(invalidRequest, {
      errors: error.validation.map((v) => ({ pointer: `#${v.instancePath}`, detail: reasonOf(v) })),
    })
  const kind = error instanceof Error && 'statusCode' in error ? kindOf(Number(error.statusCode)) : undefined
  return kind && new Problem(kind, kind.status === 503 ? { retry_after: RETRY_AFTER_SECONDS } : {})
}

/** Whatever else the framework refuses, such as a body that is no JSON, is the caller's mistake too. */
function kindOf(status: number): ProblemKind | undefined {
  return byStatus.get(status) ?? (status >= 400 && status < 500 ? invalidRequest : undefined)
}

/** A schema's own messages may quote the value, so only the kind of failure is told; those we wrote (`custom`) quote none. */
function reasonOf({ keyword, message }: { keyword: string; message?: string | undefined }): string {
  return keyword === 'custom' && message !== undefined ? message : keyword.replaceAll('_', ' ')
}

/** Bugs, and signs that somebody wrote to the database: the kind of it and no more. */
function logWhatMatters(problem: Problem | undefined, error: unknown, { log, id }: FastifyRequest): void {
  if (problem === undefined) log.error({ bug: error }, 'bug')
  if (problem?.kind.isAlarm === true) log.error({ alarm: problem.kind.slug, request_id: id }, 'alarm')
}

/** Sends problem details (RFC 9457). What is not a Problem is a bug: logged without its message, and answered 500. */
export function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error)
  logWhatMatters(problem, error, request)
  const { slug, status, title } = problem?.kind ?? {
    slug: 'internal-error',
    status: 500,
    title: 'Something broke here',
  }
  const { retry_after, ...extensions } = problem?.extensions ?? {}
  if (typeof retry_after === 'number') reply.header('retry-after', String(retry_after))
  return reply
    .code(status)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({ type: `/problems/${slug}`, title, status, instance: `/requests/${request.id}`, ...extensions }),
    )
}
