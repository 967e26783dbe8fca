import type { Running } from '../../src/app/run.ts'
import { consult } from '../../src/platform/crypto/secret.ts'
import { DemoStopped } from './api.ts'
import { marks, type Organisation, parts } from './coalition.ts'
import { exportTrail, verifyTrail } from './export-audit.ts'
import { trailOf } from './folder.ts'
import { inventReports } from './generated-reports.ts'
import { figure, heading, note, step, wrapped } from './print.ts'
import { coverageOf, seedCoalition } from './seed-coalition.ts'
import { sortOut, submitBatches, submitDecisions, submitSingles, type Submitted } from './submit-reports.ts'
import { answerQuestions, triageAll } from './triage.ts'
import { tryCube } from './try-cube.ts'
import { readViews } from './views.ts'
import { readVocabularies } from './vocabularies.ts'
import {
  acceptIntoCase,
  changeTeam,
  document,
  firstOfEach,
  moveTooEarly,
  openCases,
  type OpenCase,
} from './work-cases.ts'

type Coalition = readonly [Organisation, ...Organisation[]]

/** The main job, from the first report to a verified audit trail; one line a step. */
export async function play({ address, setupCode }: Running, data: string): Promise<void> {
  const started = performance.now()
  if (setupCode === null) throw new DemoStopped('an earlier play here did not come to its end; --fresh begins anew')
  const coalition = await assemble(
    address,
    consult(setupCode, (code) => code),
  )
  const reports = await comeIn(coalition)
  const undocumented = await triage(coalition, reports)
  await move(undocumented)
  await count(coalition[0])
  await verify(coalition[0], trailOf(data))
  heading(`All of it in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

async function assemble(address: string, setupCode: string): Promise<Coalition> {
  heading('A coalition of four organisations')
  const [first, ...others] = await step(
    () => seedCoalition(address, setupCode),
    (made) => [`${made.length * parts.length} people invited, their keys confirmed, signed in`],
  )
  if (first === undefined) throw new DemoStopped('there is no organisation')
  const coalition: Coalition = [first, ...others]
  await step(
    () => coverageOf(coalition),
    ({ covered, threshold, officers }) => [
      `${covered} accounts can be restored, by ${threshold} of ${officers} recovery officers each`,
    ],
  )
  for (const line of marks) note(line)
  for (const organisation of coalition) tellPassphrases(organisation)
  return coalition
}

function tellPassphrases({ name, people }: Organisation): void {
  heading(`   ${name}`)
  for (const part of parts) note(`${people[part].handle.padEnd(24)}${people[part].passphrase}`)
}

type Reports = { readonly decisions: readonly Submitted[]; readonly invented: readonly string[] }

async function comeIn(coalition: Coalition): Promise<Reports> {
  heading('1  Reports come in')
  const [views, vocabularies] = await step(
    () => Promise.all([readViews(), readVocabularies(coalition[0].people.monitor.api)]),
    () => ['The coded vocabularies are read'],
  )
  const decisions = await step(
    () => submitDecisions(coalition, views, vocabularies),
    (done) => [`${done.length} public decisions are reported by the four monitors`, ...decisionsTold(done)],
  )
  const sorted = sortOut(coalition, inventReports(vocabularies))
  const batches = await step(
    () => submitBatches(sorted),
    (sent) => [
      `${sent.length} invented reports come in hundreds, from phones that are back online`,
      'each hundred was sent twice: nothing doubled',
    ],
  )
  const singles = await step(
    () => submitSingles(sorted),
    (sent) => [`${sent.length} invented reports come one by one`, 'every tenth was sent twice: nothing doubled'],
  )
  return { decisions, invented: [...batches, ...singles] }
}

function decisionsTold(submitted: readonly Submitted[]): string[] {
  const states = [...new Set(submitted.map(({ view }) => view.state))]
  const perState = states.map((state) => `${state} ${submitted.filter(({ view }) => view.state === state).length}`)
  const readings = submitted.flatMap(({ report }) => report.legal.readings)
  const low = readings.filter(({ certainty }) => certainty === 'low')
  const undated = submitted.filter(({ report }) => report.facts.occurred.precision === 'unknown')
  return [
    `${perState.join(', ')}; nobody works in TM, so a neighbour reports it`,
    `${low.length} of their ${readings.length} readings of articles are of low certainty, and marked so`,
    `${undated.length} do not say when it happened: the date is "unknown", not made up`,
  ]
}

/** Triage of everything but one decision on the first organisation's own State, whose case is returned. */
async function triage(coalition: Coalition, { decisions, invented }: Reports): Promise<OpenCase> {
  heading('2  The intake sorts, cases open, teams change')
  const cases = await step(
    () => openCases(decisions),
    (opened) => [`${opened.length} cases are opened by the lawyers, one for each decision`],
  )
  const kept = cases.findLast(({ home, view }) => home === coalition[0] && view.state === home.state)
  if (kept === undefined) throw new DemoStopped('there is no case')
  const accepted = cases.filter((one) => one !== kept)
  await step(
    () => Promise.all(accepted.map(acceptIntoCase)),
    () => [`${accepted.length} decisions are accepted, each into its case`],
  )
  await step(
    () => triageAll(coalition, invented),
    (tally) => [
      'The invented reports are decided on',
      `${tally.accepted} accepted, ${tally.returned} returned with a question, ${tally.rejected} rejected for a coded reason`,
    ],
  )
  await step(
    () => answerQuestions(coalition),
    (answered) => [`${answered} questions are answered by the monitors, and those reports accepted`],
  )
  const staffed = firstOfEach(accepted, coalition)
  await step(
    () => Promise.all(staffed.map(changeTeam)),
    () => [
      `${staffed.length} teams change: clinician and coordinator come, the coordinator goes`,
      'each case moved to a new key: who left reads no word of it, who stayed does',
    ],
  )
  return kept
}

async function move(file: OpenCase): Promise<void> {
  heading('3  A case moves')
  note(`${file.reference}, ${file.view.title}`)
  await step(
    () => moveTooEarly(file),
    (missing) => ['Refused: intake → documentation', `missing: ${missing.join(', ')}`],
  )
  await step(
    () => document(file),
    (missing) => [
      'Moved: intake → documentation',
      'after a clinician joined, the report was accepted, consent given, risk and conflicts looked at',
      `missing for litigation: ${missing.join(', ')}`,
    ],
  )
}

async function count({ people }: Organisation): Promise<void> {
  heading('4  Counts of victims that could be published')
  await step(
    () => tryCube(people.coordinator.api),
    (lines) => ['A coordinator declares a cube and tries it on this year, which is not over', ...lines],
  )
}

async function verify({ people }: Organisation, file: string): Promise<void> {
  heading('5  The audit trail')
  await step(
    () => exportTrail(people.administrator.api, file),
    ({ events, pages }) => [
      `${figure(events)} events exported in ${pages} pages by an administrator`,
      'of other organisations it holds the hashes only',
      file,
    ],
  )
  await step(
    () => verifyTrail(file),
    (verdict) => [
      'Verified by scripts/verify-audit, which shares no code with the service',
      ...wrapped(verdict.split(', ')),
    ],
  )
}
