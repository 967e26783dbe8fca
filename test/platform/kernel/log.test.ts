import { expect, test } from 'vitest'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { createLog } from '../../../src/platform/kernel/log.ts'

const MARK = 'Zarina7Marked'
const hidden = [
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
  'authorization',
  'cookie',
]

const lines: string[] = []
const log = createLog('info', { write: (line: string) => void lines.push(line) })

test.each(hidden)('%s does not reach the log, three levels deep', (key) => {
  lines.length = 0

  log.info({ [key]: MARK })
  log.info({ req: { [key]: MARK } })
  log.info({ a: { b: { [key]: MARK } } })

  expect(lines).toHaveLength(3)
  expect(lines.join('')).not.toContain(MARK)
  expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 'info', time: expect.stringMatching(/Z$/), [key]: '[hidden]' })
})

test('what an error said does not reach the log, nor what a secret holds', () => {
  lines.length = 0
  const error = Object.assign(new TypeError(`no ${MARK}`, { cause: new Error(MARK) }), { code: '23505', detail: MARK })

  log.error({ err: error }, 'failed')
  log.error(error)
  log.error({ err: error })
  log.error(error, 'with words of its own')
  log.info({ narrative: new Secret(MARK), nested: { narrative: new Secret(MARK) } })

  expect(lines.filter((line) => line.includes(MARK))).toEqual([])
  expect(lines.slice(0, 4).map((line) => JSON.parse(line))).toMatchObject(
    ['failed', 'error', 'error', 'with words of its own'].map((msg) => ({
      msg,
      err: { kind: 'TypeError', state: '23505' },
    })),
  )
})

test('below its level the log is quiet', () => {
  lines.length = 0

  log.debug('too quiet')

  expect(lines).toEqual([])
})
