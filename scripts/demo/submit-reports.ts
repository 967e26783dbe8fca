import { z } from 'zod'
import { DemoStopped, eachOf } from './api.ts'
import type { Organisation } from './coalition.ts'
import type { Invented } from './generated-reports.ts'
import { reportOf } from './public-decisions.ts'
import type { View } from './views.ts'
import type { Vocabularies } from './vocabularies.ts'
import { Receipt } from './wire.ts'

/** A decision, the organisation whose monitor reported it, what was reported, and the id it got. */
export type Submitted = {
  readonly view: View
  readonly home: Organisation
  readonly report: ReturnType<typeof reportOf>
  readonly id: string
}

/** Each decision by the monitor of that State; where the coalition has nobody, by another. */
export function submitDecisions(
  organisations: readonly [Organisation, ...Organisation[]],
  views: readonly View[],
  vocabularies: Vocabularies,
): Promise<Submitted[]> {
  const [first] = organisations
  return eachOf(views, organisations.length, async (view) => {
    const home = organisations.find(({ state }) => state === view.state) ?? first
    const report = reportOf(view, vocabularies)
    const key = `decision-${view.symbol.replaceAll(', ', '+')}`
    const { id } = await home.people.monitor.api('POST /v1/incidents', {
      status: 201,
      reply: Receipt,
      body: report,
      key,
    })
    return { view, home, report, id }
  })
}

const PHONE_BATCH = 100

const Outcomes = z.object({ outcomes: z.array(z.object({ status: z.literal(201), receipt: Receipt })) })

/** The first hundred of an organisation come at once: a phone is back online. In the last one nobody was ever offline. */
export function sortOut(organisations: readonly Organisation[], reports: readonly Invented[]) {
  return organisations.map((home) => {
    const own = reports
      .filter(({ state }) => state === home.state)
      .map(({ report }, at) => ({ key: `demo-${home.state}-${String(at + 1)}`, report }))
    const batch = home === organisations.at(-1) ? [] : own.slice(0, PHONE_BATCH)
    return { home, batch, single: own.slice(batch.length) }
  })
}
export type Sorted = ReturnType<typeof sortOut>

/** Sends each batch twice, as after an answer that was lost on the way: the second try must double nothing. */
export async function submitBatches(sorted: Sorted): Promise<string[]> {
  const ids = await eachOf(sorted, sorted.length, async ({ home, batch }) => {
    if (batch.length === 0) return []
    const send = () =>
      home.people.monitor.api('POST /v1/incidents/batch', { status: 200, reply: Outcomes, body: { reports: batch } })
    const { outcomes } = await send()
    mustBeSame(outcomes, (await send()).outcomes)
    return outcomes.map(({ receipt }) => receipt.id)
  })
  return ids.flat()
}

/** One by one, and for every tenth the same request again. */
export function submitSingles(sorted: Sorted): Promise<string[]> {
  const all = sorted.flatMap(({ home, single }) =>
    single.map((one, at) => ({ home, ...one, isRepeated: at % 10 === 0 })),
  )
  return eachOf(all, sorted.length, async ({ home, key, report, isRepeated }) => {
    const send = () => home.people.monitor.api('POST /v1/incidents', { status: 201, reply: Receipt, body: report, key })
    const receipt = await send()
    if (isRepeated) mustBeSame(receipt, await send())
    return receipt.id
  })
}

function mustBeSame(first: unknown, second: unknown): void {
  if (JSON.stringify(first) !== JSON.stringify(second))
    throw new DemoStopped('A report that was sent twice was taken twice')
}
