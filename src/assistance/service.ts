import { workOnCase, viewCase } from '../cases/service.ts'
import { findOwnProgramme } from '../organisations/service.ts'
import { canSendTo } from '../providers/service.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { budgetPolicy, servicePolicy } from './policy.ts'
import { alreadyVoid, notYetDelivered, unknownReference } from './problems.ts'
import { findBudgetLine, findService, insertService, listServices, markVoid, revealServices } from './repo.ts'
import type { NewService, ServiceFacts, Voiding } from './schema.ts'

export { type Beneficiary, beneficiariesIn, type Served } from './beneficiaries.ts'
export { openServices } from './open-services.ts'
export { fundCategoryNames, fundCategoryOf } from './unvfvt.ts'

const FIRST_DAY_SECONDS = 14 * 60 * 60

type Recording = { readonly case_id: Id<'cases'>; readonly service: NewService }

/** Writes down what was done for the people of a case. Coordinators read the coded part, for the books and the count. */
export function recordService(op: Op<'service.record'>, { case_id, service }: Recording) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    await mustBeSound(act, service.facts)
    const recorded_on = dayOf(act.services.now())
    const { organisation_id } = found
    const row = { id: newId('services_delivered'), case_id, organisation_id, recorded_by: act.actor.id, recorded_on }
    const wanted = [{ organisation_id, kind: 'statistics' as const }]
    const books = await writableKeyrings(act, wanted)
    const access = await createRecordKey(act, row, [
      { part: 'record', heldAs: found.held },
      ...books.map((to) => ({ part: 'facts' as const, to })),
    ])
    const narrative = service.note === undefined ? new Secret({}) : revealTo(service.note, (note) => ({ note }))
    await insertService(act, row, { access, values: { facts: service.facts, narrative } })
    return { ...row, version: 1, is_void: false }
  })
}

/** What a service names must be there and be ours, and it must have happened. */
async function mustBeSound(act: Act<'service.record'>, facts: Secret<ServiceFacts>): Promise<void> {
  const named = consult(facts, ({ delivered_on, programme_id, budget_line_id, provider_id }) => ({
    delivered_on,
    programme_id,
    budget_line_id,
    provider_id,
  }))
  const tomorrow = dayOf(secondsAfter(act.services.now(), FIRST_DAY_SECONDS))
  if (named.delivered_on > tomorrow) throw new Problem(notYetDelivered)
  const checks = [
    ['programme_id', named.programme_id === undefined || (await findOwnProgramme(act, named.programme_id))],
    ['budget_line_id', await isLineOf(act, named)],
    ['provider_id', named.provider_id === undefined || (await canSendTo(act, named.provider_id))],
  ] as const
  const fields = checks.filter(([, holds]) => !holds).map(([field]) => field)
  if (fields.length > 0) throw new Problem(unknownReference, { fields })
}

type Named = Pick<ServiceFacts, 'programme_id' | 'budget_line_id'>

async function isLineOf(act: Act<'service.record'>, { programme_id, budget_line_id }: Named): Promise<boolean> {
  if (budget_line_id === undefined) return true
  const [line] = budgetPolicy.grantEach(act, present(await findBudgetLine(act.db, budget_line_id)))
  return line !== undefined && line.programme_id === programme_id
}

const present = <T>(row: T | undefined): T[] => (row === undefined ? [] : [row])

export function readServices(op: Op<'service.list'>, { case_id, ...query }: PageQuery & { case_id: Id<'cases'> }) {
  return op.act(async (act) => {
    const found = await viewCase(act, case_id)
    const after = decodeCursor(DayCursor, query.after)
    const rows = await listServices(act.db, { case_id, after, limit: query.limit + 1 })
    const { page, next } = cut(rows, query.limit, (last) => [last.recorded_on, last.id])
    return { items: await revealServices(act, servicePolicy(found).grantEach(act, page)), next }
  })
}

type Target = {
  readonly case_id: Id<'cases'>
  readonly id: Id<'services_delivered'>
  readonly version: number
  readonly voiding: Voiding
}

/** Takes an entry out of the count for a reason. It stays to be read: books are corrected, not rewritten. */
export function voidService(op: Op<'service.void'>, { case_id, id, version, voiding }: Target) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    const row = servicePolicy(found).grant(act, await findService(act.db, id))
    if (row.is_void) throw new Problem(alreadyVoid)
    const [before] = await revealServices(act, [row])
    if (!before?.facts || !before.narrative) throw new Problem(notFound)
    const values = { facts: before.facts, narrative: withReason(before.narrative, voiding.reason) }
    const access = await renewRecordKey(act, row)
    if (!(await markVoid(act, row, { access, values, version }))) throw new Problem(staleVersion)
    return { ...row, ...values, version: version + 1, is_void: true }
  })
}

const withReason = (narrative: Secret<{ note?: string | undefined }>, reason: Secret) =>
  revealTo(reason, (void_reason) => consult(narrative, (told) => ({ ...told, void_reason })))
