import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { invent } from '../../scripts/statistics/synthetic-records.ts'
import { rowsOf } from './releasing.ts'

// The commands as people run them, on files.

const folder = mkdtempSync(path.join(os.tmpdir(), 'guvoh-table-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (...names: string[]) => path.join(folder, ...names)
const read = (...names: string[]) => readFileSync(at(...names))

type Ran = { code: number; said: string }

function run(script: string, ...args: string[]): Promise<Ran> {
  const argv = ['--import', 'tsx', `scripts/${script}.ts`, ...args]
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    )
  })
}

/** Records of invented people as files: their codes, whose they are, and where asked a quarter. */
function written(name: string, cube: object, { quarters = [''], seed = 8 } = {}): string[] {
  const { cube: codes, records } = invent({ sizes: [3, 4], margins: 2, records: 260, organisations: 3, seed })
  const lines = records.rows.map((row, record) =>
    [
      ...codes.dims.map(({ leaves }, dim) => leaves[row[dim] ?? 0]),
      `org-${String(records.organisations?.[record])}`,
      quarters[record % quarters.length],
    ].join(','),
  )
  writeFileSync(at(`${name}.json`), JSON.stringify({ dims: codes.dims, seed: 'a', ...cube }))
  writeFileSync(at(`${name}.csv`), ['d1,d2,org,quarter', ...lines].join('\n'))
  return ['--cube', at(`${name}.json`), '--records', at(`${name}.csv`)]
}

test('a table goes out in every format of the service, with a certificate that the checker accepts', async () => {
  const files = written('one', { org_dimension: 'org', population: 'cases', period: '2026-Q1' })

  const made = await run('protect-table', ...files, '--out', at('one'))
  const checked = await run('check-release', ...files, at('one'))

  expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/^cells shown \d+ of 20; persons shown/) })
  expect(checked).toMatchObject({ code: 0, said: expect.stringContaining('ACCEPTED 20 cells') })
  expect(readdirSync(at('one')).sort()).toEqual([
    'README.txt',
    'cases-2026-q1-d1.svg',
    'cases-2026-q1-d2.svg',
    'cases-2026-q1-sdmx.csv',
    'cases-2026-q1.csv',
    'cases-2026-q1.csv-metadata.json',
    'cases-2026-q1.xlsx',
    'certificate.json',
    'datapackage.json',
    'dcat.jsonld',
    'release.json',
  ])
  const { releases } = JSON.parse(read('one', 'release.json').toString())
  const hidden = releases[0].cells.filter((cell: object) => 'hidden' in cell)
  const rows = rowsOf(read('one', 'cases-2026-q1.csv'))
  expect(rows).toHaveLength(20)
  expect(rows.filter(({ status }) => status === 'C')).toHaveLength(hidden.length)
}, 60_000)

test('asked again with the same seed it writes the same bytes', async () => {
  const files = written('again', {})
  const bytes = () => readdirSync(at('again')).map((name) => read('again', name).toString('base64'))

  await run('protect-table', ...files, '--out', at('again'))
  const first = bytes()
  await run('protect-table', ...files, '--out', at('again'))

  expect(bytes()).toEqual(first)
}, 60_000)

test('a file that was changed afterwards is refused by the checker', async () => {
  const files = written('changed', {})
  await run('protect-table', ...files, '--out', at('changed'))
  writeFileSync(at('changed', 'records-all.csv'), `${String(read('changed', 'records-all.csv'))} `)

  const { code, said } = await run('check-release', ...files, at('changed'))

  expect([code, said]).toEqual([1, expect.stringContaining('REFUSED records-all.csv')])
}, 60_000)

test('quarters and their year, each with what was released before, prove nothing side by side', async () => {
  const quarters = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4']
  const made: Ran[] = []
  for (const [index, quarter] of quarters.entries()) {
    const files = written(quarter, { within: { quarter } }, { quarters: [quarter], seed: index + 1 })
    made.push(await run('protect-table', ...files, '--out', at(`r-${quarter}`)))
  }
  const lines = quarters.flatMap((quarter) => read(`${quarter}.csv`).toString().split('\n').slice(1))
  const { dims } = JSON.parse(read('2025-Q1.json').toString())
  const year = { dims: [...dims, { name: 'quarter', leaves: quarters, only_earlier: true }], seed: 'a' }
  writeFileSync(at('year.json'), JSON.stringify(year))
  writeFileSync(at('year.csv'), ['d1,d2,org,quarter', ...lines].join('\n'))
  const releases = quarters.map((quarter) => at(`r-${quarter}`))
  const before = releases.flatMap((release) => ['--earlier', release])
  const files = ['--cube', at('year.json'), '--records', at('year.csv'), ...before]

  made.push(await run('protect-table', ...files, '--out', at('r-2025')))
  const checked = await run('check-release', ...files, at('r-2025'))
  const attacked = await run('attack-release', '--ledger', ...releases, at('r-2025'))

  expect(made.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
  expect([checked.code, attacked.code]).toEqual([0, 0])
  expect(attacked.said).toMatch(/subtraction: of \d+ hidden cells 0 recovered, 0 proved to be small, 0 not empty/)
  expect(attacked.said).toMatch(/linear programs: of \d+ hidden cells 0 recovered, 0 proved to be small, 0 not empty/)
}, 120_000)

test('the reader who has this program proves nothing of a tiny table, and what a naive one gives away is found', async () => {
  const dims = [
    { name: 'a', leaves: ['1', '2'] },
    { name: 'b', leaves: ['1', '2'] },
  ]
  const tiny = { dims, threshold: 3, rounding: 1, coin: 0.05, others_threshold: 1, seed: 'a' }
  writeFileSync(at('tiny.json'), JSON.stringify(tiny))
  writeFileSync(at('tiny.csv'), ['a,b', '1,1', '1,1', '1,1', '1,1', '2,2', '2,2', '2,2', '1,2'].join('\n'))
  const cube = ['--cube', at('tiny.json')]
  const made = await run('protect-table', ...cube, '--records', at('tiny.csv'), '--out', at('tiny'))

  const behind = await run('attack-release', '--worlds', ...cube, '--most', '8', at('tiny'))

  expect(made).toMatchObject({ code: 0 })
  expect(behind).toMatchObject({ code: 0, said: expect.stringMatching(/of [1-9]\d* small cells in them 0 proved/) })
}, 120_000)

test.each(['protect-table', 'attack-release'])('%s says how it is used', async (script) => {
  const { code, said } = await run(script, '--help')

  expect([code, said]).toEqual([0, expect.stringContaining(`${script} `)])
})
