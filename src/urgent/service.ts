import { viewCase, workOnCase } from '../cases/service.ts'
import { homeOf } from '../platform/access/home.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import { DayCursor, decodeCursor, encodeCursor, type PageQuery } from '../platform/database/page.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { urgentPolicy } from './policy.ts'
import { notOpen } from './problems.ts'
import {
  findRequest,
  insertRequest,
  listRequests,
  listSightings,
  markAnswered,
  markWithdrawn,
  revealRequests,
  upsertSighting,
  type UrgentRow,
} from './repo.ts'
import type { NewUrgentRequest, UrgentAnswer, UrgentQuery, UrgentReceipt } from './schema.ts'

export { grantedUrgently } from './granted.ts'

const HOUR_SECONDS = 3_600
const INBOX_MOST = 200

type Asking = { readonly case_id: Id<'cases'>; readonly request: NewUrgentRequest }

/** Asks the coordinators for help that cannot wait. They read the request whole, on the case or not: they are asked. */
export function askUrgently(op: Op<'urgent.ask'>, { case_id, request }: Asking): Promise<UrgentReceipt> {
  return op.act(async (act) => {
    const { organisation_id, held } = await workOnCase(act, case_id)
    const now = act.services.now()
    const due_at = secondsAfter(now, request.answer_hours * HOUR_SECONDS)
    const row = { id: newId('urgent_requests'), case_id, organisation_id, due_at }
    const wanted = [{ organisation_id, kind: 'statistics' as const }]
    const coordinators = await writableKeyrings(act, wanted)
    const access = await createRecordKey(act, row, [
      { part: 'record', heldAs: held },
      ...coordinators.map((to) => ({ part: 'record' as const, to })),
    ])
    const values = { facts: request.facts, narrative: revealTo(request.need, (need) => ({ need })) }
    await insertRequest(act, { ...row, asked_by: act.actor.id, asked_on: dayOf(now) }, { access, values })
    await upsertSighting(act, { id: row.id, version: 1 }, dayOf(now))
    return { id: row.id, version: 1, status: 'open', due_at: due_at.toISOString() }
  })
}

/** To open it is to have seen it, and it is written down who did. */
export function readUrgent(op: Op<'urgent.read'>, id: Id<'urgent_requests'>) {
  return op.act(async (act) => {
    const found = urgentPolicy.grant(act, await findRequest(act, id))
    await upsertSighting(act, found, dayOf(act.services.now()))
    const [request] = await opened(act, [found])
    if (request === undefined) throw new Error('a granted request was not opened')
    return request
  })
}

export function readCaseUrgent(op: Op<'urgent.list'>, { case_id, ...query }: PageQuery & { case_id: Id<'cases'> }) {
  return op.act(async (act) => {
    const { id } = await viewCase(act, case_id)
    return pageFor(act, { of: { case_id: id }, every: false, query })
  })
}

/** Of the cases that the actor works on; for a coordinator those of the whole organisation. */
export function readUrgents(op: Op<'urgent.list'>, query: UrgentQuery) {
  const every = op.actor.roles.includes('coordinator')
  return op.act((act) => pageFor(act, { of: { organisation_id: homeOf(act.actor) }, every, query }))
}

type Page = Pick<Parameters<typeof listRequests>[1], 'of' | 'every'> & {
  readonly query: PageQuery & Partial<UrgentQuery>
}

async function pageFor(act: Act<'urgent.list'>, { of, every, query }: Page) {
  const { limit, after, status } = query
  const rows = await listRequests(act, { of, every, status, after: decodeCursor(DayCursor, after), limit: limit + 1 })
  const items = await opened(act, urgentPolicy.grantEach(act, rows.slice(0, limit)))
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last === undefined ? null : encodeCursor([last.asked_on, last.id]) }
}

async function opened(act: Act, found: readonly Granted<'urgent.list' | 'urgent.read', UrgentRow>[]) {
  const sightings = await listSightings(
    act.db,
    found.map(({ id }) => id),
  )
  return (await revealRequests(act, found)).map(({ due_at, ...row }) => ({
    ...row,
    due_at: due_at.toISOString(),
    is_overdue: row.status === 'open' && due_at < act.services.now(),
    seen_by: sightings.filter(({ request_id }) => request_id === row.id),
  }))
}

type Target = { readonly id: Id<'urgent_requests'>; readonly version: number }

/** A coordinator's answer; whoever asked sees in their inbox that there is one. */
export function answerUrgent(
  op: Op<'urgent.answer'>,
  { id, version, said }: Target & { readonly said: UrgentAnswer },
): Promise<UrgentReceipt> {
  return op.act(async (act) => {
    const found = urgentPolicy.grant(act, await findRequest(act, id))
    mustBeOpen(found, version)
    const [before] = await revealRequests(act, [found])
    if (!before?.facts || !before.narrative) throw new Problem(notFound)
    const values = {
      facts: revealTo(before.facts, (facts) => ({ ...facts, decision: said.decision })),
      narrative: withAnswer(before.narrative, said.answer),
    }
    const access = await renewRecordKey(act, found)
    const answered_on = dayOf(act.services.now())
    if (!(await markAnswered(act, found, { access, values, answered_on }))) throw new Problem(staleVersion)
    await upsertSighting(act, { id, version: version + 1 }, answered_on)
    return { id, version: version + 1, status: 'answered', due_at: found.due_at.toISOString() }
  })
}

const withAnswer = (narrative: Secret<{ need: string }>, words: Secret) =>
  revealTo(words, (answer) => consult(narrative, (told) => ({ ...told, answer })))

export function withdrawUrgent(op: Op<'urgent.withdraw'>, { id, version }: Target): Promise<UrgentReceipt> {
  return op.act(async (act) => {
    const found = urgentPolicy.grant(act, await findRequest(act, id))
    mustBeOpen(found, version)
    if (!(await markWithdrawn(act, found))) throw new Problem(staleVersion)
    return { id, version: version + 1, status: 'withdrawn', due_at: found.due_at.toISOString() }
  })
}

function mustBeOpen({ version: present, status }: UrgentRow, version: number): void {
  if (present !== version) throw new Problem(staleVersion)
  if (status !== 'open') throw new Problem(notOpen, { request_status: status })
}

/** What of urgent requests waits for somebody: nothing is opened for it. */
export async function urgentFor(by: { readonly db: Reader; readonly actor: Act['actor'] }): Promise<UrgentRow[]> {
  const every = by.actor.roles.includes('coordinator')
  const of = { organisation_id: homeOf(by.actor) }
  const rows = await listRequests(by, { of, every, after: undefined, limit: INBOX_MOST })
  return urgentPolicy.grantEach({ actor: by.actor, action: 'inbox.read' }, rows)
}
