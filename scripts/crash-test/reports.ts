import { found, signIn } from '../bench/coalition.ts'
import { reportsAsJson } from '../bench/reports.ts'
import { examine, type Findings } from './findings.ts'
import { type Ground, POSTMASTER_EVERY } from './ground.ts'
import { readPostmaster } from './postmaster.ts'
import { findShut } from './reader.ts'
import { type Acknowledged, type Diary, newDiary, sessionOf, tellWrong, write } from './writers.ts'

const ACCOUNTS = 2
const WRITERS = 8

/** Eight writers submit reports. Nothing that was acknowledged may be lost, nothing doubled, nothing half-written. */
export async function crashUnderReports(ground: Ground): Promise<boolean> {
  const started = performance.now()
  const diary = { ...newDiary(), acknowledged: new Array<Acknowledged>() }
  const first = await ground.start()
  const people = await found(first, ACCOUNTS)

  const stop = new AbortController()
  const sessions = people.writers.map((account) => sessionOf(first.origin, account, diary))
  const writing = Array.from({ length: WRITERS }, (_, nth) => {
    const session = sessions[nth % sessions.length]
    if (session === undefined) throw new Error('there are no writers')
    const writer = { name: `writer ${String(nth + 1)}`, origin: first.origin, report: reportOf(nth), ...session }
    return write(writer, diary, stop.signal)
  })
  const last = await ground.killOverAndOver(first)
  stop.abort()
  await Promise.all(writing)

  const shut = await findShut(last.origin, await signIn(last.origin, people.reader), diary.acknowledged)
  const findings = await examine(readPostmaster(ground.data).host, diary.acknowledged)
  await last.end('SIGTERM')
  return tell(ground, { diary, findings, shut, seconds: (performance.now() - started) / 1_000 })
}

/** Report number `nth` of the benchmark's, with a summary by which it is known again. */
function reportOf(nth: number): (summary: string) => string {
  const json = reportsAsJson(WRITERS)[nth] ?? '{}'
  return (summary) => json.replace(/"summary":"[^"]*"/, `"summary":"${summary}"`)
}

type Outcome = {
  diary: Diary & { acknowledged: readonly Acknowledged[] }
  findings: Findings
  shut: readonly string[]
  seconds: number
}

/** Prints what was found. Whether all is well. */
function tell({ kills }: Ground, { diary, findings, shut, seconds }: Outcome): boolean {
  const { lost, doubled, halfWritten } = findings
  const failures = Object.entries({ lost, doubled, 'half-written': halfWritten, 'not opening': shut })
  for (const [kind, which] of failures) for (const one of which.slice(0, 5)) console.error(`${kind}: ${one}`)
  const wrong = tellWrong(diary)
  const counts = failures.map(([kind, which]) => `${String(which.length)} ${kind}`).join(', ')
  console.log(
    `${String(kills)} kills (${String(Math.floor(kills / POSTMASTER_EVERY))} of PostgreSQL too), ` +
      `${String(diary.acknowledged.length)} reports acknowledged after ${String(diary.retries)} retries and ` +
      `${String(diary.signIns)} sign-ins: ${counts}, ${String(wrong)} wrong answers; took ${seconds.toFixed(0)} s`,
  )
  return wrong === 0 && failures.every(([, which]) => which.length === 0)
}
