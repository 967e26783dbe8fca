import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { randomFrom } from '../support/random.ts'
import { type Due, dueIn, type Happened, isPossible } from './independent.ts'
import { allow, begin, complaintOf } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

const bodies = {
  'CCPR-OP1': 'CCPR',
  'CAT-22': 'CAT',
  'CEDAW-OP': 'CEDAW',
  'CERD-14': 'CERD',
  'CRPD-OP': 'CRPD',
  'CED-31': 'CED',
  'CESCR-OP': 'CESCR',
  'CRC-OPIC': 'CRC',
}
const mechanisms = Object.keys(bodies)
const HISTORIES = 300
const BATCHES = 30

/** In the order in which a complaint usually goes; joining has tests of its own. */
const usual = ['submitted', 'registered', 'transmitted', 'observations', 'comments', 'decided', 'decision_transmitted']
const unusual = [
  'interim_requested',
  'interim_granted',
  'interim_refused',
  'interim_ignored',
  'interim_lifted',
  'split_requested',
  'admissible',
  'withdrawn',
  'discontinued',
  'not_registered',
  'published',
  'state_replied',
  'closed',
]
const outcomes = ['violation', 'mixed', 'no_violation', 'inadmissible']

type Standing = Happened & { version: number; is_void: boolean }

function makerOf(seed: number) {
  const random = randomFrom(seed)
  const below = (count: number) => Math.floor(random() * count)
  const one = (list: readonly string[]): string => list[below(list.length)] ?? ''
  const day = (from: string, days: number) =>
    new Date(Date.parse(from) + (1 + below(days)) * 86_400_000).toISOString().slice(0, 10)
  return { below, one, day }
}
type Maker = ReturnType<typeof makerOf>

const legalOf = (step: string, on: string, outcome: string) => ({
  step,
  on,
  ...(step === 'registered' && { number: '1/2020' }),
  ...(step === 'observations' && { about: 'both' }),
  ...(step === 'decided' && { outcome }),
})

const live = (steps: readonly Standing[]) => steps.filter(({ is_void }) => !is_void)

/** Mostly what usually comes next, some time later; now and then anything on any day. */
function drawStep(steps: readonly Standing[], { below, one, day }: Maker): { step: string; on: string } {
  const last =
    live(steps)
      .map(({ on }) => on)
      .toSorted()
      .at(-1) ?? '2015-06-01'
  const isUsual = below(10) < 7
  const next = usual[live(steps).filter(({ step }) => usual.includes(step)).length] ?? one(unusual)
  return isUsual
    ? { step: next, on: day(last, 300) }
    : { step: one([...usual, ...unusual]), on: day('2015-06-01', 2500) }
}

async function post(path: string, steps: Standing[], maker: Maker): Promise<[taken: boolean, possible: boolean]> {
  const drawn = drawStep(steps, maker)
  const legal = legalOf(drawn.step, drawn.on, maker.one(outcomes))
  const reply = await lawyer.post(`${path}/steps`, { legal })
  const made = { ...legal, id: String(reply.body.id), version: 1, is_void: false }
  const wouldBe = [...live(steps), made]
  expect([201, 422]).toContain(reply.status)
  if (reply.status === 201) steps.push(made)
  return [reply.status === 201, isPossible(wouldBe, '2016-01-01')]
}

async function change(path: string, steps: Standing[], maker: Maker): Promise<[taken: boolean, possible: boolean]> {
  const step = steps[maker.below(steps.length)]
  if (step === undefined) return [true, true]
  const { version } = step
  const isVoiding = maker.below(3) === 0
  const then = isVoiding ? { ...step, is_void: !step.is_void } : { ...step, on: maker.day('2015-06-01', 2500) }
  const body = { legal: legalOf(then.step, then.on, then.outcome ?? ''), is_void: then.is_void }
  const reply = await lawyer.patch(`${path}/steps/${step.id}`, body, ifMatch(version))
  expect([200, 422]).toContain(reply.status)
  const wouldBe = live(steps.map((other) => (other === step ? then : other)))
  if (reply.status === 200) Object.assign(step, then, { version: version + 1 })
  return [reply.status === 200, isPossible(wouldBe, '2016-01-01')]
}

const key = ({ cause_id, rule }: Due) => `${cause_id} ${rule}`
const inKeyOrder = (all: readonly Due[]) => all.toSorted((a, b) => key(a).localeCompare(key(b)))

async function deadlinesOf(caseId: string, steps: readonly Standing[]): Promise<Due[]> {
  const { items } = (await lawyer.get(`/v1/cases/${caseId}/deadlines`)).body
  return items
    .filter((item: { cause_id: string; status: string }) => steps.some(({ id }) => id === item.cause_id))
    .filter(({ status }: { status: string }) => status !== 'waived')
    .map(({ cause_id, due_on, status, legal }: Due & { legal: { reckoning: { rule: { row: string } } } }) => ({
      cause_id,
      rule: legal.reckoning.rule.row,
      due_on,
      status,
    }))
}

async function liveThrough(caseId: string, seed: number): Promise<{ taken: number; refused: number }> {
  const maker = makerOf(seed)
  const mechanism = maker.one(mechanisms)
  const path = await begin(lawyer, caseId, complaintOf({ legal: { mechanism } }))
  const steps: Standing[] = []
  const counts = { taken: 0, refused: 0 }
  for (let turn = 0; turn < 9; turn += 1) {
    const [isTaken, isLegal] = await (maker.below(10) < 7 ? post : change)(path, steps, maker)
    expect({ seed, turn, isTaken }).toEqual({ seed, turn, isTaken: isLegal })
    counts[isTaken ? 'taken' : 'refused'] += 1
    if (isTaken) expect(inKeyOrder(await deadlinesOf(caseId, steps))).toEqual(inKeyOrder(dueIn(live(steps), mechanism)))
  }
  return counts
}

test.each(Array.from({ length: BATCHES }, (_, batch) => batch))(
  'ten random histories (%i): nothing impossible is taken, and deadlines are what a second count makes them',
  async (batch) => {
    const caseId = await openCase(lawyer)
    for (const body of Object.values(bodies)) await allow(lawyer, caseId, body)
    const counts: { taken: number; refused: number }[] = []
    for (let at = 0; at < HISTORIES / BATCHES; at += 1) counts.push(await liveThrough(caseId, batch * 1000 + at))

    const [taken, refused] = (['taken', 'refused'] as const).map((which) =>
      counts.reduce((sum, count) => sum + count[which], 0),
    )
    expect(taken).toBeGreaterThan(20)
    expect(refused).toBeGreaterThan(5)
  },
)
