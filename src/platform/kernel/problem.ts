/** A kind of expected failure: a stable slug, an HTTP status and a title that says nothing of anybody's data. */
export type ProblemKind = {
  readonly slug: string
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 416 | 422 | 428 | 429 | 503 | 507
  readonly title: string
  /** Somebody must look at once: it is written to the log as an error. */
  readonly isAlarm?: true
}

/** An expected failure, told to the caller as problem details (RFC 9457). Anything else that is thrown is a bug: 500. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly kind: ProblemKind
  readonly extensions: Record<string, unknown>

  constructor(kind: ProblemKind, extensions: Record<string, unknown> = {}) {
    super(kind.title)
    this.kind = kind
    this.extensions = extensions
  }
}

/** The body, query or path does not fit its schema. `errors` lists pointers and reasons, never values. */
export const invalidRequest: ProblemKind = {
  slug: 'invalid-request',
  status: 400,
  title: 'The request is not valid',
}
/** No token, or one that does not hold. */
export const notSignedIn: ProblemKind = { slug: 'not-signed-in', status: 401, title: 'Sign in first' }
/** The role, or the rule of the record, does not allow it. */
export const notAllowed: ProblemKind = { slug: 'not-allowed', status: 403, title: 'You may not do this' }
/** It does not exist, or must look as if it did not. */
export const notFound: ProblemKind = { slug: 'not-found', status: 404, title: 'There is nothing here' }
/** If-Match names another version than the row has now. */
export const staleVersion: ProblemKind = {
  slug: 'stale-version',
  status: 412,
  title: 'This was changed by somebody else since you read it',
}
/** A change without If-Match (RFC 6585, section 3). */
export const versionRequired: ProblemKind = {
  slug: 'version-required',
  status: 428,
  title: 'Say in If-Match which version you are changing',
}
/** The body is larger than the limit of the route. */
export const tooLarge: ProblemKind = { slug: 'too-large', status: 413, title: 'The request is too large' }
/** The body is not JSON, or not said to be. */
export const wrongMediaType: ProblemKind = {
  slug: 'wrong-media-type',
  status: 415,
  title: 'Send application/json',
}
/** The same Idempotency-Key came before with another request. */
export const keyReused: ProblemKind = {
  slug: 'idempotency-key-reused',
  status: 422,
  title: 'This Idempotency-Key was used for a different request',
}
/** Too many attempts; `Retry-After` says how many seconds to wait. */
export const tooManyAttempts: ProblemKind = {
  slug: 'too-many-attempts',
  status: 429,
  title: 'Too many attempts, wait a little',
}
/** The database is away or the server is full; `Retry-After` says how many seconds to wait. */
export const unavailable: ProblemKind = {
  slug: 'unavailable',
  status: 503,
  title: 'The service cannot answer right now, try again',
}
