import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action, Actor } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { ReferralFacts, ReferralIdentity, ReferralNarrative, type ReferralState } from './schema.ts'
import { unsharedStates } from './ways.ts'

/** A referral as it lies, and whether the asking user works on the case at either end. */
export type ReferralRow = Selectable<Tables['referrals']> & {
  readonly is_on_team: boolean
  readonly is_on_recipient_team: boolean
}

/** The same without what is sealed. */
export type ReferralStanding = Omit<ReferralRow, 'identity' | 'narrative' | 'facts'>

export type ReferralContents = {
  readonly identity: Secret<ReferralIdentity>
  readonly narrative: Secret<ReferralNarrative>
  readonly facts: Secret<ReferralFacts>
}
type Filling = { readonly access: RecordAccess; readonly values: ReferralContents }

const contents = sealing('referrals', {
  identity: column('identity', ReferralIdentity),
  narrative: column('narrative', ReferralNarrative),
  facts: column('facts', ReferralFacts),
})

/** Referrals of one case. */
export const REFERRALS_MOST = 500

type NewRow = Pick<
  ReferralRow,
  'id' | 'case_id' | 'organisation_id' | 'kind' | 'recipient_id' | 'answer_days' | 'made_by' | 'made_on'
>

export async function insertReferral(act: Act<'referral.create'>, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('referrals')
    .values({ ...row, ...sealed })
    .execute()
}

export async function countReferrals(db: Reader, caseId: Id<'cases'>): Promise<number> {
  const { count } = await db
    .selectFrom('referrals')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export function findReferral(act: Act, id: Id<'referrals'>): Promise<ReferralRow | undefined> {
  return referralsFor(act.db, act.actor.id).where('r.id', '=', id).executeTakeFirst()
}

type Eb = ExpressionBuilder<Tables & { r: Tables['referrals'] }, 'r'>

const hasSeat = (eb: Eb, userId: Id<'users'>, at: 'r.case_id' | 'r.recipient_case_id') =>
  eb
    .exists(
      eb
        .selectFrom('case_members as seat')
        .select('seat.user_id')
        .whereRef('seat.case_id', '=', at)
        .where('seat.user_id', '=', userId),
    )
    .$castTo<boolean>()

/** What a user may look for: a wall around a case keeps its referrals behind it too. */
function referralsFor(db: Reader, userId: Id<'users'>) {
  return db
    .selectFrom('referrals as r')
    .selectAll('r')
    .select((eb) => [
      hasSeat(eb, userId, 'r.case_id').as('is_on_team'),
      hasSeat(eb, userId, 'r.recipient_case_id').as('is_on_recipient_team'),
    ])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_walls as w')
            .select('w.user_id')
            .where('w.user_id', '=', userId)
            .where(sql<boolean>`w.case_id in (r.case_id, r.recipient_case_id)`),
        ),
      ),
    )
}

type Wanted = { readonly after: DayCursor | undefined; readonly limit: number }

/** Of one case of the sender, or linked to one of the recipient; newest first. */
export function listOfCase(act: Act, caseId: Id<'cases'>, slice: Wanted): Promise<ReferralRow[]> {
  const rows = referralsFor(act.db, act.actor.id).where(({ eb, or }) =>
    or([eb('r.case_id', '=', caseId), eb('r.recipient_case_id', '=', caseId)]),
  )
  return newestFirst(rows, 'r.made_on', slice).execute()
}

type Mine = Wanted & {
  readonly organisation_id: Id<'organisations'>
  readonly sees_sent: boolean
  readonly sees_received: boolean
  readonly state?: ReferralState | undefined
  readonly side?: 'sender' | 'recipient' | undefined
  /** Only those that go on, or of which a side has not seen the end. */
  readonly is_open?: true
}

/** Whoever looks, inside an act or not. */
export type Looking = { readonly db: Reader; readonly actor: Actor }

/** Those of an organisation that a user may see, newest first. */
export function listReferrals({ db, actor }: Looking, of: Mine): Promise<ReferralRow[]> {
  const { organisation_id, state, side } = of
  const rows = referralsFor(db, actor.id)
    .where((eb) => {
      const sent = eb.and([
        eb('r.organisation_id', '=', organisation_id),
        eb.or([eb.val(of.sees_sent), hasSeat(eb, actor.id, 'r.case_id')]),
      ])
      const received = eb.and([
        eb('r.recipient_id', '=', organisation_id),
        eb('r.state', 'not in', unsharedStates),
        eb.or([eb.val(of.sees_received), hasSeat(eb, actor.id, 'r.recipient_case_id')]),
      ])
      if (side === undefined) return eb.or([sent, received])
      return side === 'sender' ? sent : received
    })
    .$if(of.is_open === true, (query) =>
      query.where(({ eb, or, and }) =>
        or([
          and([eb('r.ended_by', 'is', null), eb('r.state', 'not in', ['completed', 'transferred'])]),
          eb('r.sender_to_know', '=', true),
          eb('r.recipient_to_know', '=', true),
        ]),
      ),
    )
    .$if(state !== undefined, (query) => query.where('r.state', '=', state ?? 'draft'))
  return newestFirst(rows, 'r.made_on', of).execute()
}

/** What of a case is shared at present. Locked until the act ends. */
export function listSharedOf(act: Act<'consent.record'>, caseId: Id<'cases'>): Promise<ReferralRow[]> {
  return referralsFor(act.db, act.actor.id)
    .where('r.case_id', '=', caseId)
    .where('r.state', 'not in', unsharedStates)
    .where('r.ended_by', 'is', null)
    .orderBy('r.id')
    .forUpdate('r')
    .execute()
}

/** What of a case waits for a consent, or was stopped for want of one. */
export async function listWaitingOnConsent(db: Reader, caseId: Id<'cases'>): Promise<string[]> {
  const rows = await db
    .selectFrom('referrals')
    .select('id')
    .where('case_id', '=', caseId)
    .where(({ eb, or }) => or([eb('state', 'in', unsharedStates), eb('ended_by', '=', 'consent')]))
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

type Steps = Partial<
  Pick<
    ReferralRow,
    | 'state'
    | 'due_on'
    | 'consent_id'
    | 'consent_until'
    | 'ended_by'
    | 'ended_on'
    | 'sender_to_know'
    | 'recipient_to_know'
    | 'recipient_case_id'
  >
>
type Stepping = 'referral.move' | 'referral.end' | 'referral.link' | 'consent.record'

/** Makes `version + 1` of the row. False when somebody was faster. */
export async function updateSteps(
  act: Act<Stepping>,
  found: Granted<'referral.move' | 'referral.end' | 'referral.link' | 'referral.read', ReferralRow>,
  steps: Steps,
): Promise<boolean> {
  act.concerns('referrals', found.id)
  return changedAt(found, act.db.updateTable('referrals').set({ ...steps, version: found.version + 1 }))
}

/** A consent was given anew, or for longer: the same referral stands on it from now on. */
export async function updateConsent(
  act: Act<'consent.record'>,
  id: Id<'referrals'>,
  consent: Pick<ReferralRow, 'consent_id' | 'consent_until'>,
): Promise<void> {
  await act.db.updateTable('referrals').set(consent).where('id', '=', id).execute()
}

export async function markSeen(
  act: Act<'referral.note_seen'>,
  found: Granted<'referral.note_seen', ReferralRow>,
  side: 'sender' | 'recipient',
): Promise<void> {
  act.concerns('referrals', found.id)
  await act.db
    .updateTable('referrals')
    .set(side === 'sender' ? { sender_to_know: false } : { recipient_to_know: false })
    .where('id', '=', found.id)
    .execute()
}

/** Writes the contents anew under the next seal version. False when the row is no longer at `version`. */
export async function updateContents(
  act: Act<'referral.change'>,
  found: Granted<'referral.change', ReferralRow>,
  { answer_days, ...filling }: Filling & { readonly answer_days: number },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  const sealed = contents.seal(act, { ...found, seal_version }, filling)
  const next = { ...sealed, seal_version, answer_days, version: found.version + 1 }
  return changedAt(found, act.db.updateTable('referrals').set(next))
}

export function revealReferrals(act: Act, rows: readonly Granted<Action, ReferralRow>[]) {
  return contents.revealEach(act, rows)
}

type Made = {
  readonly organisation_id: Id<'organisations'>
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** An organisation's own that were drafted between these days, the first first. */
export function listMadeBetween(db: Reader, { organisation_id, from, to }: Made) {
  return db
    .selectFrom('referrals')
    .selectAll()
    .where('organisation_id', '=', organisation_id)
    .$if(from !== undefined, (query) => query.where('made_on', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('made_on', '<=', to ?? ''))
    .orderBy('made_on')
    .orderBy('id')
    .execute()
}

/** The coded part alone. */
export function revealReferralFacts(act: Act, rows: readonly Granted<Action, Selectable<Tables['referrals']>>[]) {
  return contents.revealFacts(act, rows)
}
