import { z } from 'zod'
import { DemoStopped, eachOf } from './api.ts'
import type { Organisation } from './coalition.ts'
import { type Random, randomFrom } from './random.ts'
import { listIncidents, State } from './wire.ts'

const SEED = 31_415
const reasons = [
  'insufficient_information',
  'duplicate',
  'out_of_mandate',
  'private_dispute',
  'handled_elsewhere',
] as const
const questions = ['Who else saw it? (an invented question)', 'Кто ещё это видел? (вымышленный вопрос)'] as const

export type Tally = { accepted: number; returned: number; rejected: number }

type Decision = { readonly decision: 'accept' | 'return' | 'reject'; readonly [field: string]: string }

/** Most are accepted; one in fifteen goes back with a question, one in fifteen is rejected for a coded reason. */
function decide(random: Random): Decision {
  const drawn = random.below(15)
  if (drawn === 0) return { decision: 'return', question: random.pick(questions) }
  if (drawn === 1) return { decision: 'reject', reason_code: random.skewed(reasons), note: 'An invented reason.' }
  return { decision: 'accept' }
}

/** The intake of each organisation decides on these reports of what has come in, in their order. */
export async function triageAll(organisations: readonly Organisation[], ids: readonly string[]): Promise<Tally> {
  const tally: Tally = { accepted: 0, returned: 0, rejected: 0 }
  await eachOf(organisations, organisations.length, async ({ people: { lawyer } }) => {
    const random = randomFrom(SEED)
    const waiting = new Map((await listIncidents(lawyer.api, 'status=submitted')).map((one) => [one.id, one]))
    for (const { id, version } of ids.flatMap((wanted) => waiting.get(wanted) ?? [])) {
      const { status } = await lawyer.api(`POST /v1/incidents/${id}/triage`, {
        status: 200,
        reply: State,
        version,
        body: decide(random),
      })
      count(tally, status)
    }
  })
  return tally
}

const AuthorsView = z.object({
  narrative: z.null(),
  notices: z.array(z.object({ narrative: z.object({ text: z.string() }) })),
})

/** The monitors read what they were asked, answer, and the intake accepts. */
export async function answerQuestions(organisations: readonly Organisation[]): Promise<number> {
  const counts = await eachOf(organisations, organisations.length, async ({ people: { monitor, lawyer } }) => {
    const asked = await listIncidents(monitor.api, 'status=returned&submitted_by=me')
    for (const { id } of asked) {
      const { notices } = await monitor.api(`GET /v1/incidents/${id}`, { status: 200, reply: AuthorsView })
      if (notices.length !== 1) throw new DemoStopped('A monitor does not see the question to the report')
      const narrative = { account: 'Two neighbours saw it (an invented answer).', language: 'en' }
      await monitor.api(`POST /v1/incidents/${id}/supplements`, {
        status: 201,
        reply: z.unknown(),
        body: { narrative },
      })
    }
    for (const { id, version } of await listIncidents(lawyer.api, 'status=submitted')) {
      if (!asked.some((report) => report.id === id)) continue
      const body = { decision: 'accept' }
      await lawyer.api(`POST /v1/incidents/${id}/triage`, { status: 200, reply: State, version, body })
    }
    return asked.length
  })
  return counts.reduce((sum, answered) => sum + answered, 0)
}

function count(tally: Tally, status: string): void {
  if (status === 'accepted') tally.accepted += 1
  else if (status === 'returned') tally.returned += 1
  else tally.rejected += 1
}
