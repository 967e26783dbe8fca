import { type DestinationStream, type Logger, pino } from 'pino'

/** What a log line may never carry, wherever it stands. Bodies are not logged at all. */
const hidden = [
  'authorization',
  'cookie',
  'passphrase',
  'code',
  'token',
  'access_token',
  'refresh_token',
  'name',
  'email',
  'handle',
  'body',
  'headers',
  'params',
  'query',
]
const paths = hidden.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** Where a bug is, but not what it said: messages of the database and of schemas quote values. */
function describeBug(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const cause: Record<string, unknown> = error.cause === undefined ? {} : { cause: describeBug(error.cause) }
  return { kind: error.name, state: 'code' in error ? error.code : undefined, at: frames.slice(0, 8), ...cause }
}

const carriesError = (line: unknown): boolean =>
  line instanceof Error || (typeof line === 'object' && line !== null && 'err' in line && line.err instanceof Error)

const asLine = (line: unknown): unknown => (line instanceof Error ? { err: line } : line)

// Written behind the requests' backs; what is still waiting is written when the process ends.
const standardOutput = (): DestinationStream => pino.destination({ sync: false })

/** The log: JSON lines, on standard output when not said, with a second guard behind "never log it". */
export const createLog = (level: string, to = standardOutput()): Logger =>
  pino(
    {
      level,
      base: null,
      redact: { paths, censor: '[hidden]' },
      serializers: { err: describeBug, error: describeBug, bug: describeBug },
      hooks: {
        // Without a message of its own a line would take the error's.
        logMethod(args, log) {
          const [first, message] = args
          if (carriesError(first) && typeof message !== 'string') log.call(this, asLine(first), 'error')
          else log.apply(this, args)
        },
      },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    to,
  )
