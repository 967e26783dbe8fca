import { spawnSync } from 'node:child_process'
import { readdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { z } from 'zod'
import { type Account, call, found, signIn } from '../bench/coalition.ts'
import { type Ground, POSTMASTER_EVERY } from './ground.ts'
import { readPostmaster } from './postmaster.ts'
import { findSpoiled } from './downloads.ts'
import { newTally, type Sent, sendFiles, type Tally } from './uploads.ts'
import { type Diary, newDiary, sessionOf, tellWrong } from './writers.ts'

const SENDERS = 6
const DAYS_MS = 2 * 24 * 60 * 60 * 1_000

/** Six files at once are sent, and resumed after each kill. All must come down as they went up, and no file or row be alone. */
export async function crashUnderFiles(ground: Ground): Promise<boolean> {
  const started = performance.now()
  const diary = newDiary()
  const tally = newTally()
  const first = await ground.start()
  const { reader } = await found(first, 0)
  const case_id = await openCase(first.origin, reader)

  const stop = new AbortController()
  const sender = { origin: first.origin, case_id, ...sessionOf(first.origin, reader, diary) }
  const sending = Array.from({ length: SENDERS }, () => sendFiles(sender, { diary, tally }, stop.signal))
  const last = await ground.killOverAndOver(first)
  stop.abort()
  const sent = (await Promise.all(sending)).flat()

  const spoiled = await findSpoiled(sender, sent)
  const items = await countItems(ground.data)
  await last.end('SIGTERM')
  const [left, settled] = reconcileTwice(ground.data)
  const seconds = (performance.now() - started) / 1_000
  return tell(ground, { diary, tally, sent, spoiled, items, left, settled, seconds })
}

async function openCase(origin: string, reader: Account): Promise<string> {
  const empty = { identity: { title: 'Invented' }, narrative: { summary: 'Invented' }, legal: {} }
  const body = { ...empty, facts: { kind: 'torture_or_ill_treatment' } }
  const made = await call(`${origin}/v1/cases`, { token: await signIn(origin, reader), body })
  return z.object({ id: z.string() }).parse(made).id
}

async function countItems(data: string): Promise<number> {
  const client = new pg.Client({ host: readPostmaster(data).host, user: 'postgres', database: 'postgres' })
  await client.connect()
  const { rows } = await client.query('select count(*)::int as items from evidence_items')
  await client.end()
  return z.tuple([z.object({ items: z.int() })]).parse(rows)[0].items
}

/** What the script says before and after it removed what a cancelled upload left, as if that were two days old. */
function reconcileTwice(data: string): readonly [string, string] {
  const folder = path.join(data, 'evidence')
  const then = new Date(Date.now() - DAYS_MS)
  for (const blob of readdirSync(folder)) utimesSync(path.join(folder, blob), then, then)
  return [reconcile(data, ['--remove-orphans']), reconcile(data, [])]
}

function reconcile(data: string, more: readonly string[]): string {
  const script = fileURLToPath(new URL('../reconcile-evidence.ts', import.meta.url))
  const args = ['--import', 'tsx', script, '--data', data, ...more]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return stdout.trim().split('\n').at(-1) ?? stderr
}

type Outcome = {
  diary: Diary
  tally: Tally
  sent: readonly Sent[]
  spoiled: readonly string[]
  items: number
  left: string
  settled: string
  seconds: number
}

const IN_ORDER = / 0 rows without a file, 0 files without a row, 0 removed$/

/** Prints what was found. Whether all is well. */
function tell({ kills }: Ground, { diary, tally, sent, spoiled, items, left, settled, seconds }: Outcome): boolean {
  for (const one of spoiled.slice(0, 5)) console.error(`not as it was sent: ${one}`)
  const wrong = tellWrong(diary)
  const resumed = sent.filter(({ breaks }) => breaks > 0).length
  console.log(
    `${String(kills)} kills (${String(Math.floor(kills / POSTMASTER_EVERY))} of PostgreSQL too), ` +
      `${String(sent.length)} files sent, ${String(resumed)} of them broken off and resumed, ` +
      `${String(tally.cancelled)} more cancelled: ${String(spoiled.length)} with another SHA-256, ` +
      `${String(items)} items of evidence, ${String(wrong)} wrong answers; took ${seconds.toFixed(0)} s`,
  )
  console.log(`reconcile-evidence: ${left}`)
  console.log(`and once more: ${settled}`)
  return wrong === 0 && spoiled.length === 0 && items === sent.length && IN_ORDER.test(settled)
}
