import { type Logger, pino } from 'pino'

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
const paths = hidden.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `req.headers["${key}"]`])

/** The log: JSON lines on standard output, with a second guard behind "never log it". */
export const createLog = (level: string): Logger =>
  pino(
    {
      level,
      base: null,
      redact: { paths: [...paths, 'err.message', 'error.message'], censor: '[hidden]' },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    // Written behind the requests' backs; what is still waiting is written when the process ends.
    pino.destination({ sync: false }),
  )
