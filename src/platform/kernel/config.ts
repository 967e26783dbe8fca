import { parseArgs } from 'node:util'

/** All that can be set from outside. */
export type Config = {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly databaseUrl: string | null
  readonly metricsToken: string | null
  readonly trustProxy: boolean
  readonly secondFactor: 'required' | 'optional'
  readonly logLevel: string
  readonly requestsPerMinute: number
  /** Where letters are handed over, and who they are from. Null: none is sent. */
  readonly mail: { readonly url: string; readonly from: string } | null
  /** Where the files of evidence lie. Null: in the data folder. */
  readonly s3: S3 | null
  /** The clamd that looks through them. Null: none does. */
  readonly clamd: { readonly path: string } | { readonly host: string; readonly port: number } | null
}

type S3 = {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
}

/** A setting that cannot be used. The message is one line for whoever starts the server. */
export class SettingError extends Error {}

/** What `--help` prints. */
export const help = `Usage: npm start -- [options]

  --port NUMBER   where to listen, 0 for any free port       GUVOH_PORT    (8080)
  --host ADDRESS  the address to listen on                   GUVOH_HOST    (127.0.0.1)
  --data FOLDER   keys of the installation, and the embedded
                  database when there is no DATABASE_URL     GUVOH_DATA    (.guvoh)
  --help          this page

More in the environment:
  DATABASE_URL               postgres://…, PostgreSQL 15 to 18; without it a PostgreSQL server is started in the data folder
  GUVOH_METRICS_TOKEN        bearer token for /metrics; without it only this machine may read them
  GUVOH_TRUST_PROXY          "yes" when a proxy of your own sets X-Forwarded-For (no)
  GUVOH_SECOND_FACTOR        "optional" lets lawyers, coordinators and recovery officers do without one (required)
  GUVOH_LOG_LEVEL            fatal, error, warn, info or silent (info)
  GUVOH_REQUESTS_PER_MINUTE  from one address, a coarse guard (3000)
  GUVOH_SMTP_URL             smtp://… or smtps://…, for reminders; without it no mail is sent
  GUVOH_MAIL_FROM            the address that reminders come from
  GUVOH_S3_ENDPOINT          http:// or https:// of any server that speaks S3, for the files of evidence (encrypted before
                             they get there); without it they lie in the data folder
  GUVOH_S3_BUCKET            a bucket of their own
  GUVOH_S3_REGION            as the server wants it (us-east-1)
  GUVOH_S3_ACCESS_KEY, GUVOH_S3_SECRET_KEY
  GUVOH_CLAMD                the socket of a clamd (/run/clamav/clamd.ctl, or 127.0.0.1:3310) that looks through files of
                             evidence: it gets them in the open; without it each says "not_configured"
`

type Environment = Readonly<Record<string, string | undefined>>

/** The configuration from the command line, then the environment, then the defaults. 'help' when that was asked for. */
export function readConfig(args: readonly string[], env: Environment): Config | 'help' {
  const flags = readFlags(args)
  if (flags.help === true) return 'help'
  const set = {
    ...defaults,
    ...given(env),
    ...given({ GUVOH_PORT: flags.port, GUVOH_HOST: flags.host, GUVOH_DATA: flags.data }),
  }
  return {
    port: wholeNumber('--port', set.GUVOH_PORT, 65_535),
    host: set.GUVOH_HOST,
    data: set.GUVOH_DATA,
    databaseUrl: databaseUrl(set.DATABASE_URL),
    metricsToken: set.GUVOH_METRICS_TOKEN === '' ? null : set.GUVOH_METRICS_TOKEN,
    trustProxy: oneOf('GUVOH_TRUST_PROXY', set.GUVOH_TRUST_PROXY, ['no', 'yes']) === 'yes',
    secondFactor: oneOf('GUVOH_SECOND_FACTOR', set.GUVOH_SECOND_FACTOR, ['required', 'optional']),
    logLevel: oneOf('GUVOH_LOG_LEVEL', set.GUVOH_LOG_LEVEL, ['fatal', 'error', 'warn', 'info', 'silent']),
    requestsPerMinute: wholeNumber('GUVOH_REQUESTS_PER_MINUTE', set.GUVOH_REQUESTS_PER_MINUTE, 1_000_000_000),
    mail: mail(set.GUVOH_SMTP_URL, set.GUVOH_MAIL_FROM),
    s3: s3(set),
    clamd: clamd(set.GUVOH_CLAMD),
  }
}

const defaults = {
  GUVOH_PORT: '8080',
  GUVOH_HOST: '127.0.0.1',
  GUVOH_DATA: '.guvoh',
  DATABASE_URL: '',
  GUVOH_METRICS_TOKEN: '',
  GUVOH_TRUST_PROXY: 'no',
  GUVOH_SECOND_FACTOR: 'required',
  GUVOH_LOG_LEVEL: 'info',
  GUVOH_REQUESTS_PER_MINUTE: '3000',
  GUVOH_SMTP_URL: '',
  GUVOH_MAIL_FROM: '',
  GUVOH_S3_ENDPOINT: '',
  GUVOH_S3_BUCKET: '',
  GUVOH_S3_REGION: 'us-east-1',
  GUVOH_S3_ACCESS_KEY: '',
  GUVOH_S3_SECRET_KEY: '',
  GUVOH_CLAMD: '',
}

/** The settings of ours that are there; the rest of the environment is nobody's business here. */
const given = (env: Environment): Partial<typeof defaults> =>
  Object.fromEntries(Object.keys(defaults).flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))

function readFlags(args: readonly string[]) {
  const text = { type: 'string' } as const
  const options = { port: text, host: text, data: text, help: { type: 'boolean' } } as const
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new SettingError(
      `${error instanceof Error ? (error.message.split('.')[0] ?? '') : ''}; --help lists the options`,
    )
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (!(number <= most)) throw new SettingError(`${name} must be a whole number up to ${String(most)}`)
  return number
}

function oneOf<const T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text)
  if (found === undefined) throw new SettingError(`${name} must be one of ${allowed.join(', ')}`)
  return found
}

function databaseUrl(text: string): string | null {
  if (text === '') return null
  const isPostgres = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
  if (!isPostgres) throw new SettingError('DATABASE_URL must be a postgres:// address')
  return text
}

function mail(url: string, from: string): Config['mail'] {
  if (url === '') return null
  const isSmtp = /^smtps?:\/\/./.test(url) && URL.canParse(url)
  if (!isSmtp) throw new SettingError('GUVOH_SMTP_URL must be an smtp:// or smtps:// address')
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(from)) throw new SettingError('GUVOH_MAIL_FROM must be an e-mail address')
  return { url, from }
}

type Settings = Readonly<typeof defaults>

function s3({ GUVOH_S3_ENDPOINT: endpoint, GUVOH_S3_BUCKET: bucket, ...set }: Settings): Config['s3'] {
  if (endpoint === '') return null
  if (!/^https?:\/\/./.test(endpoint) || !URL.canParse(endpoint))
    throw new SettingError('GUVOH_S3_ENDPOINT must be an http:// or https:// address')
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new SettingError('GUVOH_S3_BUCKET must be the name of a bucket')
  const { GUVOH_S3_REGION: region, GUVOH_S3_ACCESS_KEY: accessKey, GUVOH_S3_SECRET_KEY: secretKey } = set
  if (accessKey === '' || secretKey === '')
    throw new SettingError('GUVOH_S3_ACCESS_KEY and GUVOH_S3_SECRET_KEY must both be set')
  return { endpoint, bucket, region, accessKey, secretKey }
}

function clamd(text: string): Config['clamd'] {
  if (text === '') return null
  if (text.startsWith('/')) return { path: text }
  const [, host = '', port = ''] = /^\[?([^\s/]+?)\]?:(\d{1,5})$/.exec(text) ?? []
  if (host === '' || Number(port) > 65_535)
    throw new SettingError('GUVOH_CLAMD must be the path of a socket, or host:port')
  return { host, port: Number(port) }
}
