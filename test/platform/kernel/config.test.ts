import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, inject, test } from 'vitest'
import { help, readConfig, SettingError } from '../../../src/platform/kernel/config.ts'

const defaults = {
  port: 8080,
  host: '127.0.0.1',
  data: '.guvoh',
  databaseUrl: null,
  metricsToken: null,
  trustProxy: false,
  secondFactor: 'required',
  logLevel: 'info',
  requestsPerMinute: 3000,
  mail: null,
  s3: null,
  clamd: null,
}

test('without settings the defaults hold', () => {
  expect(readConfig([], {})).toEqual(defaults)
  expect(readConfig([], { DATABASE_URL: '', GUVOH_METRICS_TOKEN: '' })).toEqual(defaults)
})

test('the command line goes before the environment', () => {
  const env = {
    GUVOH_PORT: '9000',
    GUVOH_HOST: '::',
    GUVOH_DATA: '/data',
    GUVOH_TRUST_PROXY: 'yes',
    DATABASE_URL: 'postgres://db/guvoh',
  }

  expect(readConfig(['--port', '0', '--host=10.0.0.1'], env)).toEqual({
    ...defaults,
    port: 0,
    host: '10.0.0.1',
    data: '/data',
    trustProxy: true,
    databaseUrl: 'postgres://db/guvoh',
  })
})

test('mail is sent when a server is named, and who it is from', () => {
  const env = { GUVOH_SMTP_URL: 'smtps://u:p@mail.example.org', GUVOH_MAIL_FROM: 'guvoh@example.org' }

  expect(readConfig([], env)).toMatchObject({ mail: { url: env.GUVOH_SMTP_URL, from: env.GUVOH_MAIL_FROM } })
})

const bucket = {
  GUVOH_S3_ENDPOINT: 'https://s3.example.org',
  GUVOH_S3_BUCKET: 'evidence',
  GUVOH_S3_ACCESS_KEY: 'a',
  GUVOH_S3_SECRET_KEY: 'word',
}

test('evidence lies in a bucket when one is named', () => {
  const s3 = { endpoint: 'https://s3.example.org', bucket: 'evidence', accessKey: 'a', secretKey: 'word' }
  expect(readConfig([], bucket)).toMatchObject({ s3: { ...s3, region: 'us-east-1' } })
})

test('files are looked through by the clamd that is named', () => {
  const named = (text: string) => readConfig([], { GUVOH_CLAMD: text })
  expect(named('/run/clamav/clamd.ctl')).toMatchObject({ clamd: { path: '/run/clamav/clamd.ctl' } })
  expect(named('clamav:3310')).toMatchObject({ clamd: { host: 'clamav', port: 3310 } })
  expect(named('[::1]:3310')).toMatchObject({ clamd: { host: '::1', port: 3310 } })
})

test('--help wins over everything but nonsense', () => {
  expect(readConfig(['--help', '--port', 'x'], { GUVOH_LOG_LEVEL: 'loud' })).toBe('help')
})

test.each<[string[], Record<string, string>, RegExp]>([
  [['--port', '65536'], {}, /^--port must be/],
  [['--port', 'http'], {}, /^--port must be/],
  [['--port=-1'], {}, /^--port must be/],
  [['--port'], {}, /--port/],
  [['--prot', '80'], {}, /--prot.*--help/],
  [['serve'], {}, /--help lists the options/],
  [[], { GUVOH_PORT: '80 80' }, /must be a whole number/],
  [[], { GUVOH_TRUST_PROXY: 'true' }, /^GUVOH_TRUST_PROXY must be one of no, yes/],
  [[], { GUVOH_SECOND_FACTOR: 'no' }, /^GUVOH_SECOND_FACTOR must be one of/],
  [[], { GUVOH_LOG_LEVEL: 'loud' }, /^GUVOH_LOG_LEVEL must be one of/],
  [[], { GUVOH_REQUESTS_PER_MINUTE: '1e3' }, /^GUVOH_REQUESTS_PER_MINUTE must be/],
  [[], { DATABASE_URL: 'mysql://secret:word@db/x' }, /^DATABASE_URL must be a postgres:\/\/ address$/],
  [[], { GUVOH_SMTP_URL: 'http://secret:word@mail' }, /^GUVOH_SMTP_URL must be an smtp:\/\/ or smtps:\/\/ address$/],
  [[], { GUVOH_SMTP_URL: 'smtp://mail', GUVOH_MAIL_FROM: 'A <a@b>' }, /^GUVOH_MAIL_FROM must be an e-mail address$/],
  [[], { GUVOH_SMTP_URL: 'smtp://mail' }, /^GUVOH_MAIL_FROM must be/],
  [[], { ...bucket, GUVOH_S3_ENDPOINT: 's3://secret:word@x' }, /^GUVOH_S3_ENDPOINT must be an http:\/\/ or https:/],
  [[], { ...bucket, GUVOH_S3_BUCKET: 'a/b' }, /^GUVOH_S3_BUCKET must be the name of a bucket$/],
  [[], { ...bucket, GUVOH_S3_SECRET_KEY: '' }, /^GUVOH_S3_ACCESS_KEY and GUVOH_S3_SECRET_KEY must both be set$/],
  [[], { GUVOH_CLAMD: 'clamav' }, /^GUVOH_CLAMD must be the path of a socket, or host:port$/],
  [[], { GUVOH_CLAMD: 'clamav:99999' }, /^GUVOH_CLAMD must be/],
  [[], { DATABASE_URL: 'postgres://[' }, /^DATABASE_URL must be/],
])('%j with %j is refused in one line', (args, env, message) => {
  const refused = () => readConfig(args, env)

  expect(refused).toThrow(SettingError)
  expect(refused).toThrow(message)
  try {
    refused()
  } catch (error) {
    const text = error instanceof Error ? error.message : ''
    expect(text).not.toContain('\n')
    expect(text).not.toContain('secret:word')
  }
})

/** Runs the program until it ends. */
async function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], { env: { PATH: '', ...env } })
  const out: string[] = []
  const err: string[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk.toString()))
  const code = await new Promise<number | null>((ended) => child.on('close', ended))
  return { code, out: out.join(''), err: err.join('') }
}

test('the program prints its help, and refuses what it cannot use with one line and a code', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'guvoh-config-'))
  const { host, port, user, password = '' } = inject('server')
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => taken.once('listening', listening))
  const address = taken.address()
  const takenPort = typeof address === 'object' && address !== null ? String(address.port) : ''
  const url = `postgres://${user}:${password}@${host.replaceAll('/', '%2F')}:${String(port)}/${inject('template')}`

  const [helped, wrong, away, busy] = await Promise.all([
    run(['--help']),
    run(['--port', 'x']),
    run(['--data', data], { DATABASE_URL: 'postgres://nobody:hidden@127.0.0.1:1/x' }),
    run(['--data', data, '--port', takenPort], { DATABASE_URL: url }),
  ])
  taken.close()
  await rm(data, { recursive: true })

  expect(helped).toEqual({ code: 0, out: `${help}\n`, err: '' })
  expect(wrong).toEqual({ code: 1, out: '', err: expect.stringMatching(/^--port must be[^\n]+\n$/) })
  expect(away).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(/^The database at DATABASE_URL cannot be reached \(\w+\)\n$/),
  })
  expect(busy).toEqual({ code: 1, out: '', err: expect.stringMatching(/^Cannot listen at [^\n]+--port\n$/) })
})
