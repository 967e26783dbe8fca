import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readFileRows } from '../../src/reference/repo-files.ts'
import { ReferenceRow } from '../../src/reference/schema.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const administrator = app.as('administrator')

const Rows = z.array(ReferenceRow)

const rowOf = async (file: string, row: string, on: string) => {
  const { body } = await app.as('monitor').get(`/v1/reference/${file}?on=${on}`)
  return Rows.parse(body.rows).find((found) => found.row === row)
}

test('the public facts are there for every role, with how sure they are', async () => {
  const monitor = app.as('monitor')

  const mechanisms = (await monitor.get('/v1/mechanisms')).body
  const acceptance = (await monitor.get('/v1/acceptance')).body
  const decisions = (await monitor.get('/v1/decisions')).body

  expect([mechanisms.committees.length, mechanisms.others.length]).toEqual([9, 16])
  expect([acceptance.rows.length, decisions.rows.length]).toEqual([45, 24])
  const certainties = new Set(Rows.parse(acceptance.rows).map(({ certainty }) => certainty))
  expect(certainties).toEqual(new Set(['high', 'medium', 'low']))
})

test('an edit holds from its day on, and what was still answers for the days before', async () => {
  const before = await rowOf('deadline_rules', 'KZ-VERDICT-APPEAL', '2027-06-01')
  const content = { ...before?.content, count: { unit: 'calendar_days', number: 20 }, certainty: 'high' }

  const changed = await administrator.put(
    '/v1/reference/deadline_rules/KZ-VERDICT-APPEAL',
    { content, valid_from: '2027-01-01', valid_to: '2027-12-31' },
    ifMatch(1),
  )

  expect([changed.status, changed.body.version]).toEqual([200, 2])
  const numbers = await Promise.all(
    ['2026-12-31', '2027-01-01', '2027-12-31', '2028-01-01'].map(async (on) => {
      const found = await rowOf('deadline_rules', 'KZ-VERDICT-APPEAL', on)
      return [found?.version, found?.latest_version, found?.content['count'], found?.certainty]
    }),
  )
  const [old, edited] = [
    [1, 2, { unit: 'calendar_days', number: 15 }, 'low'],
    [2, 2, { unit: 'calendar_days', number: 20 }, 'high'],
  ]
  expect(numbers).toEqual([old, edited, edited, old])
})

test('another organisation of the coalition reads the same edit', async () => {
  const content = { code: 'L21_PRESS', name: 'Invented step' }
  await administrator.post('/v1/reference/domestic_ladder', { row: 'L21_PRESS', content, valid_from: '2020-01-01' })

  const { body } = await app.as('lawyer', 'away').get('/v1/reference/domestic_ladder')

  expect(Rows.parse(body.rows).find(({ row }) => row === 'L21_PRESS')?.content).toEqual(content)
})

test('an edit carries its administrator’s signature; one that was altered, or signed by another, counts as low', async () => {
  const rule = (await rowOf('deadline_rules', 'CESCR-OP-FILING', '2026-01-01'))?.content ?? {}
  const path = '/v1/reference/deadline_rules/CESCR-OP-FILING'
  const edit = { content: { ...rule, certainty: 'high' }, valid_from: '2024-01-01' }
  expect((await administrator.put(path, edit, ifMatch(1))).status).toBe(200)
  const shipped = await rowOf('deadline_rules', 'CESCR-OP-FILING', '2020-01-01')
  const signed = await rowOf('deadline_rules', 'CESCR-OP-FILING', '2026-01-01')
  const now = () => rowOf('deadline_rules', 'CESCR-OP-FILING', '2023-06-01')

  await sql`update reference_rows set valid_from = '2023-01-01' where valid_from = '2024-01-01'`.execute(app.database)
  const moved = await now()
  await sql`update reference_rows set valid_from = '2024-01-01' where valid_from = '2023-01-01'`.execute(app.database)
  await sql`update reference_rows set made_by = ${app.as('monitor').id} where valid_from = '2024-01-01'`.execute(
    app.database,
  )
  const another = await rowOf('deadline_rules', 'CESCR-OP-FILING', '2026-01-01')

  expect([shipped, signed, moved, another].map((row) => [row?.version, row?.signature, row?.certainty])).toEqual([
    [1, null, shipped?.certainty],
    [2, 'valid', 'high'],
    [2, 'missing', 'low'],
    [2, 'missing', 'low'],
  ])
})

test('two edits of one version cannot both win', async () => {
  const content = (await rowOf('deadline_rules', 'CERD-14-FILING', '2026-01-01'))?.content
  const edit = () =>
    administrator.put('/v1/reference/deadline_rules/CERD-14-FILING', { content, valid_from: '2026-01-01' }, ifMatch(1))

  const replies = await Promise.all([edit(), edit(), edit(), edit()])

  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412])
})

test('what does not fit the file is refused with its place and without its value', async () => {
  const content = { code: 'KG', final_steps: 'kanareika', not_required: [], months_prolonged: 12, kanareika: 1 }
  const put = (file: string, row: string, body: object) =>
    administrator.put(`/v1/reference/${file}/${row}`, body, ifMatch(1))

  const refused = await put('exhaustion_rules', 'KG', { content, valid_from: '2026-01-01' })
  const absent = await put('exhaustion_rules', 'XX', { content, valid_from: '2026-01-01' })
  const backwards = await put('exhaustion_rules', 'KG', { content, valid_from: '2026-02-01', valid_to: '2026-01-01' })
  const again = await administrator.post('/v1/reference/exhaustion_rules', {
    row: 'KG',
    content,
    valid_from: '2026-01-01',
  })

  expect([refused.status, absent.status, backwards.status, again.status]).toEqual([400, 404, 400, 409])
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('#/content/final_steps')
  expect(refused.text).not.toContain('kanareika')
})

test('a file that does not validate is named with row and reason', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reference-'))
  const broken = readFileSync(new URL('../../schemas/reference/acceptance.json', import.meta.url), 'utf8')
  writeFileSync(path.join(folder, 'acceptance.json'), broken.replace('"1994-10-07"', '"1994-10-37"'))
  writeFileSync(path.join(folder, 'views.json'), '{')
  const place = pathToFileURL(`${folder}/`)

  expect(() => readFileRows(place, 'acceptance')).toThrow(
    'schemas/reference/acceptance.json, row 2, KG-CCPR-OP1, treaty_date: Invalid input',
  )
  expect(() => readFileRows(place, 'views')).toThrow('schemas/reference/views.json: not there, or not JSON')
})
