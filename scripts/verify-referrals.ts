/**
 * Checks from an export of the audit trail that nothing was shared without a consent that held at that moment, and that
 * everything ended when it was taken back. Written apart from the service: it believes the trail and the words on the cases.
 *
 *   npm run -s verify-referrals -- trail.jsonl cases.json
 *
 * trail.jsonl: the items of GET /v1/audit, a line each, of one organisation or (in any order) of several.
 * cases.json:  [{ "id", "consents": the history of GET /v1/cases/:id/consents, "referrals": the items of GET /v1/cases/:id/referrals }]
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Event = z.object({
  at: z.string(),
  action: z.string(),
  outcome: z.string(),
  subjects: z.array(z.object({ table: z.string(), id: z.string() })),
})
const Item = z.object({ seq: z.int(), event: Event.nullable() })
const Word = z.object({
  id: z.string(),
  facts: z.object({
    purpose: z.string(),
    value: z.string(),
    subject: z.string().default('victim'),
    expires_on: z.string().optional(),
  }),
  identity: z.object({ recipient: z.string().optional() }),
})
const Step = z.object({ id: z.string(), from_state: z.string(), to_state: z.string(), ended_by: z.string().nullable() })
const Referral = z.object({
  id: z.string(),
  kind: z.enum(['outside', 'inside']),
  recipient_id: z.string().nullable(),
  identity: z.object({ provider_id: z.string().optional() }),
  state: z.string(),
  ended_by: z.string().nullable(),
  history: z.array(Step),
})
const Case = z.object({ id: z.string(), consents: z.array(Word), referrals: z.array(Referral) })

type Word = z.output<typeof Word>
type Event = z.output<typeof Event>
type Referral = z.output<typeof Referral>

const UNSHARED = ['draft', 'awaiting_consent']
const SHARING = ['proposed', 'accepted', 'waitlisted', 'in_progress']

type Standing = { readonly referral: Referral; readonly said: Word[]; state: string; isEnded: boolean }

const faults: string[] = []
let sharing = 0
let stopped = 0

/** What of a topic was said last, by each subject. */
function currentOn(said: readonly Word[], purpose: string, recipient?: string): Word[] {
  const last = new Map<string, Word>()
  for (const word of said)
    if (word.facts.purpose === purpose && word.identity.recipient === recipient) last.set(word.facts.subject, word)
  return [...last.values()]
}

function liveConsents({ said, referral }: Standing, day: string): string[] {
  const isInside = referral.kind === 'inside'
  const recipient = isInside ? (referral.recipient_id ?? '') : referral.identity.provider_id
  const store = currentOn(said, 'store').map(({ facts }) => facts.value)
  if (store.some((value) => value === 'refused' || value === 'withdrawn')) return []
  const words = currentOn(said, isInside ? 'share_in_coalition' : 'share_with_provider', recipient)
  const holds = ({ facts }: Word) => facts.value === 'given' && (facts.expires_on ?? day) >= day
  return words.every(holds) ? words.map(({ id }) => id) : []
}

function check(event: Event, standing: Standing, step: z.output<typeof Step>): void {
  const { referral } = standing
  if (standing.state !== step.from_state || standing.isEnded) faults.push(`${referral.id}: a step out of turn`)
  if (SHARING.includes(step.to_state) && step.ended_by === null) {
    sharing += 1
    const named = event.subjects.filter(({ table }) => table === 'consents').map(({ id }) => id)
    const live = liveConsents(standing, event.at.slice(0, 10))
    if (!named.some((id) => live.includes(id)))
      faults.push(`${referral.id}: came to ${step.to_state} without a live consent`)
  }
  if (step.ended_by === 'consent') stopped += 1
  standing.state = step.to_state
  standing.isEnded = step.ended_by !== null
}

type Spoken = { readonly word: Word; readonly said: Word[] }
type Taken = { readonly step: z.output<typeof Step>; readonly standing: Standing }

/** What the export knows, by the ids that the trail names. */
function known(cases: readonly z.output<typeof Case>[]) {
  const standings: Standing[] = []
  const words = new Map<string, Spoken>()
  const steps = new Map<string, Taken>()
  for (const { consents, referrals } of cases) {
    const said: Word[] = []
    for (const word of consents) words.set(word.id, { word, said })
    for (const referral of referrals) {
      const standing = { referral, said, state: 'draft', isEnded: false }
      standings.push(standing)
      for (const step of referral.history) steps.set(step.id, { step, standing })
    }
  }
  return { standings, words, steps }
}

function replay(events: readonly Event[], cases: readonly z.output<typeof Case>[]): void {
  const { standings, words, steps } = known(cases)
  for (const event of events) {
    const spoken = event.action === 'consent.record' ? event.subjects.flatMap(({ id }) => words.get(id) ?? []) : []
    for (const { word, said } of spoken) said.push(word)
    takeSteps(event, steps)
    checkThatItStopped(event, standings, spoken)
  }
  for (const [id] of steps) faults.push(`${id}: a step that the trail does not know`)
  for (const { referral, state, isEnded } of standings)
    if (state !== referral.state || isEnded !== (referral.ended_by !== null))
      faults.push(`${referral.id}: stands otherwise than its steps say`)
}

function takeSteps(event: Event, steps: Map<string, Taken>): void {
  for (const { table, id } of event.subjects) {
    const found = table === 'referral_moves' ? steps.get(id) : undefined
    if (found === undefined) continue
    check(event, found.standing, found.step)
    steps.delete(id)
  }
}

/** After a word on a case nothing of it is shared that may not be. */
function checkThatItStopped({ at }: Event, standings: readonly Standing[], spoken: readonly Spoken[]): void {
  const ofCase = standings.filter(({ said }) => spoken.some((one) => one.said === said))
  for (const standing of ofCase.filter(({ state, isEnded }) => !UNSHARED.includes(state) && !isEnded))
    if (liveConsents(standing, at.slice(0, 10)).length === 0)
      faults.push(`${standing.referral.id}: went on after its consent was gone`)
}

const [trail = '', file = ''] = process.argv.slice(2)
const items = new Map(
  readFileSync(trail, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Item.parse(JSON.parse(line)))
    .flatMap(({ seq, event }) => (event === null ? [] : [[seq, event] as const])),
)
const events = [...items].sort(([a], [b]) => a - b).map(([, event]) => event)
const cases = z.array(Case).parse(JSON.parse(readFileSync(file, 'utf8')))
replay(
  events.filter(({ outcome }) => outcome === 'done'),
  cases,
)
const count = cases.reduce((sum, { referrals }) => sum + referrals.length, 0)
console.log(
  `${String(count)} referrals, ${String(sharing)} steps that share, ${String(stopped)} stopped by a consent, ${String(faults.length)} faults`,
)
for (const fault of faults) console.log(fault)
process.exitCode = faults.length === 0 ? 0 : 1
