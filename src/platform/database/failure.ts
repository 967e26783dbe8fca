const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])
/** SQLSTATE classes 08 (connection), 53 (resources), 57 (shutting down, starting up, timed out) and 58 (system). */
const awayState = /^(08|53|57|58)/
const awayMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/

/** True when the database is away, starting, stopping or full: a thing to try again, not a bug. */
export function databaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return awayCodes.has(code) || awayState.test(code) || awayMessages.test(error.message)
}

/** The constraint that a statement broke; undefined when the error is another. */
export function constraintOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('constraint' in error)) return undefined
  return typeof error.constraint === 'string' ? error.constraint : undefined
}
