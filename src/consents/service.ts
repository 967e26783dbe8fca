import { ofCase } from '../cases/policy.ts'
import { type SeatedCase, viewCase, workOnCase, type WorkingCase } from '../cases/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { invalidRequest, notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, type RecordReader } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { currentOf, judge, type Verdict, type Wish } from './judge.ts'
import { countingPolicy } from './policy.ts'
import { tooManyConsents } from './problems.ts'
import {
  type ConsentRow,
  holdConsents,
  insertConsent,
  listConsents,
  nextPosition,
  type OpenConsent,
  revealConsents,
} from './repo.ts'
import { type ConsentEffects, type ConsentPurpose, namedPurposes, type NewConsent } from './schema.ts'

const CONSENTS_MOST = 1_000

type Recording = { readonly id: Id<'cases'>; readonly consent: NewConsent }

/**
 * Adds what was said. Nothing is overwritten: a withdrawal is a word of its own, and holds from this act on, in which
 * everything that may not go on without it is stopped.
 */
export function recordConsent(op: Op<'consent.record'>, dependants: readonly Dependant[], { id, consent }: Recording) {
  mustNameRecipient(consent)
  return op.act(async (act) => {
    const found = await workOnCase(act, id, { evenAtRest: isNo(consent) })
    const position = await nextPosition(act, id)
    if (position > CONSENTS_MOST) throw new Problem(tooManyConsents)
    const stamp = { recorded_by: act.actor.id, recorded_on: dayOf(act.services.now()) }
    const row = { id: newId('consents'), case_id: id, organisation_id: found.organisation_id, position, ...stamp }
    const access = await createRecordKey(act, row, await readersOf(act, found, consent))
    await insertConsent(act, row, { access, values: consent })
    const stopped: string[] = []
    for (const { stop } of dependants) stopped.push(...((await stop?.(act, id)) ?? []))
    return { id: row.id, position, ...stamp, stopped }
  })
}

/** A no is taken down whenever it is said: also when nobody works on the case any more. */
const isNo = ({ facts }: NewConsent): boolean => consult(facts, ({ value }) => ['refused', 'withdrawn'].includes(value))

function mustNameRecipient({ facts, identity }: NewConsent): void {
  const isNamed = consult(facts, ({ purpose }) => namedPurposes.includes(purpose))
  if (isNamed === consult(identity, ({ recipient }) => recipient !== undefined)) return
  const detail = isNamed ? 'this purpose is allowed to one recipient, by name' : 'this purpose has no recipient'
  throw new Problem(invalidRequest, { errors: [{ pointer: '#/identity/recipient', detail }] })
}

/** The team; and, of a word on being counted, those who count. */
async function readersOf(act: Act, found: WorkingCase, { facts }: NewConsent): Promise<RecordReader[]> {
  const team: RecordReader = { part: 'record', heldAs: found.held }
  if (!consult(facts, ({ purpose }) => purpose === 'count_in_statistics')) return [team]
  const wanted = [{ organisation_id: found.organisation_id, kind: 'statistics' as const }]
  const statistics = await writableKeyrings(act, wanted)
  return [team, ...statistics.map((to) => ({ part: 'facts' as const, to }))]
}

export function readConsents(op: Op<'consent.list'>, id: Id<'cases'>) {
  return op.act(async (act) => {
    const history = await saidIn(act, await viewCase(act, id))
    return { current: currentOf(history), history }
  })
}

async function saidIn(act: Act, found: Pick<SeatedCase, 'id'>): Promise<OpenConsent[]> {
  const rules = ofCase<ConsentRow, 'consent.list'>(found, { 'consent.list': () => true })
  // To rely on a consent is to read it, whatever the act around it is for.
  const reading = { actor: act.actor, action: 'consent.list' } as const
  return revealConsents(act, rules.grantEach(reading, await listConsents(act.db, [found.id])))
}

/**
 * May this be done with this case, now, and why not? Whatever shares, files, publishes or keeps asks here, inside the act
 * that does it; until that ends, nobody takes it back. 404 for whoever is not on the team.
 */
export async function mayDo(act: Act, wish: Wish & { readonly case_id: Id<'cases'> }): Promise<Verdict> {
  const found = await viewCase(act, wish.case_id)
  await holdConsents(act, found.id)
  return judge(await saidIn(act, found), wish, dayOf(act.services.now()))
}

/**
 * Those of the cases that may be counted now. For who holds the statistics keyring, on a team or not.
 */
export async function countable(
  act: Act<'cube.try' | 'release.make' | 'statistics.look' | 'pool.contribute' | 'indicator.read'>,
  caseIds: readonly Id<'cases'>[],
): Promise<ReadonlySet<Id<'cases'>>> {
  const rows = countingPolicy.grantEach(act, await listConsents(act.db, caseIds))
  const readable = (await revealConsents(act, rows)).filter(({ facts }) => facts !== null)
  const today = dayOf(act.services.now())
  const byCase = new Map<Id<'cases'>, OpenConsent[]>()
  for (const one of readable) byCase.set(one.case_id, [...(byCase.get(one.case_id) ?? []), one])
  const may = (id: Id<'cases'>) => judge(byCase.get(id) ?? [], { purpose: 'count_in_statistics' }, today).may
  return new Set(caseIds.filter(may))
}

/**
 * Something that waits on a consent; `list` names the records that a missing one stops. `stop` is called in the act of
 * each word on the case, ends what may not go on, and names it.
 */
export type Dependant = {
  readonly code: string
  readonly purposes: readonly ConsentPurpose[]
  readonly list?: (act: Act<'consent.list'>, caseId: Id<'cases'>) => Promise<string[]>
  readonly stop?: (act: Act<'consent.record'>, caseId: Id<'cases'>) => Promise<string[]>
}

type Effect = { readonly id: Id<'cases'>; readonly consent_id: Id<'consents'> }

/** What a consent stops as it stands now: for a withdrawal, everything that had to end with it. */
export function readEffects(
  op: Op<'consent.list'>,
  dependants: readonly Dependant[],
  { id, consent_id }: Effect,
): Promise<ConsentEffects> {
  return op.act(async (act) => {
    const said = await saidIn(act, await viewCase(act, id))
    const consent = said.find((one) => one.id === consent_id)
    const wish = consent === undefined ? undefined : wishOf(consent)
    if (wish === undefined) throw new Problem(notFound)
    const verdict = judge(said, wish, dayOf(act.services.now()))
    const waiting = dependants.filter(({ purposes }) => wish.purpose === 'store' || purposes.includes(wish.purpose))
    const blocks = []
    if (!verdict.may)
      for (const { code, list } of waiting)
        blocks.push({ code, records: list === undefined ? [] : await list(act, id) })
    const is_current = currentOf(said).some((one) => one.id === consent_id)
    return { consent_id, is_current, may: verdict.may, why: verdict.may ? [] : [...verdict.why], blocks }
  })
}

function wishOf({ facts, identity }: OpenConsent): Wish | undefined {
  if (facts === null || identity === null) return undefined
  const recipient = consult(identity, (who) => who.recipient)
  const about = consult(facts, ({ purpose, subject }) => ({ purpose, subject }))
  return recipient === undefined ? about : { ...about, recipient }
}
