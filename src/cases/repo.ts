import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { CaseFacts, CaseIdentity, CaseLegal, CaseNarrative, type CaseStage } from './schema.ts'
import { restingStages } from './stages.ts'

/** A case as it lies, with who leads it and the part that the asking user has in it. */
export type CaseRow = Selectable<Tables['cases']> & {
  readonly my_part: 'lead' | 'member' | null
  readonly lead_id: Id<'users'> | null
}

export type CaseContents = {
  readonly identity: Secret<CaseIdentity>
  readonly narrative: Secret<CaseNarrative>
  readonly legal: Secret<CaseLegal>
  readonly facts: Secret<CaseFacts>
}

const contents = sealing('cases', {
  identity: column('identity', CaseIdentity),
  narrative: column('narrative', CaseNarrative),
  legal: column('legal', CaseLegal),
  facts: column('facts', CaseFacts),
})

type NewCaseRow = Pick<Selectable<Tables['cases']>, 'id' | 'organisation_id' | 'reference' | 'keyring_id' | 'opened_on'>

/** False when the reference is taken: draw another. */
export async function insertCase(
  act: Act<'case.open'>,
  row: NewCaseRow,
  { access, values }: { access: RecordAccess; values: CaseContents },
): Promise<boolean> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, { access, values })
  const { numInsertedOrUpdatedRows } = await act.db
    .insertInto('cases')
    .values({ ...row, ...sealed })
    .onConflict((conflict) => conflict.column('reference').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export function findCase(db: Reader, id: Id<'cases'>, userId: Id<'users'>): Promise<CaseRow | undefined> {
  return casesFor(db, userId).where('c.id', '=', id).executeTakeFirst()
}

/** Those of the cases that a user may look for. */
export async function findCases(db: Reader, ids: readonly Id<'cases'>[], userId: Id<'users'>): Promise<CaseRow[]> {
  return ids.length === 0 ? [] : casesFor(db, userId).where('c.id', 'in', ids).execute()
}

type Wanted = {
  readonly organisation_id: Id<'organisations'>
  readonly user_id: Id<'users'>
  /** Also those that the user is not on the team of. */
  readonly every: boolean
  readonly stage: CaseStage | undefined
  readonly after: DayCursor | undefined
  readonly limit: number
}

export function listCases(db: Reader, wanted: Wanted): Promise<CaseRow[]> {
  const { organisation_id, user_id, every, stage, ...slice } = wanted
  let rows = casesFor(db, user_id).where('c.organisation_id', '=', organisation_id)
  if (!every) rows = rows.where('m.part', 'is not', null)
  if (stage !== undefined) rows = rows.where('c.stage', '=', stage)
  return newestFirst(rows, 'c.opened_on', slice).execute()
}

/** What a user may look for: a wall keeps every case behind it out. */
function casesFor(db: Reader, userId: Id<'users'>) {
  return db
    .selectFrom('cases as c')
    .leftJoin('case_members as m', (on) => on.onRef('m.case_id', '=', 'c.id').on('m.user_id', '=', userId))
    .leftJoin('case_members as l', (on) => on.onRef('l.case_id', '=', 'c.id').on('l.part', '=', 'lead'))
    .selectAll('c')
    .select(['m.part as my_part', 'l.user_id as lead_id'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_walls as w')
            .select('w.user_id')
            .whereRef('w.case_id', '=', 'c.id')
            .where('w.user_id', '=', userId),
        ),
      ),
    )
}

/** The case with the actor's part in it; undefined for whoever is not on its team. */
export function findSeat(act: Act, id: Id<'cases'>) {
  return act.db
    .selectFrom('cases as c')
    .innerJoin('case_members as m', 'm.case_id', 'c.id')
    .select(['c.id', 'c.organisation_id', 'c.reference', 'c.stage', 'c.keyring_id', 'm.part as my_part'])
    .where('c.id', '=', id)
    .where('c.organisation_id', '=', act.actor.organisationId)
    .where('m.user_id', '=', act.actor.id)
    .executeTakeFirst()
}

/** The case when the user is on its team and work on it goes on. Locked against closing and rotation until the act ends. */
export function findCaseAtWork(act: Act, id: Id<'cases'>, { evenAtRest = false } = {}) {
  return act.db
    .selectFrom('cases as c')
    .innerJoin('case_members as m', 'm.case_id', 'c.id')
    .innerJoin('keyrings as k', 'k.id', 'c.keyring_id')
    .select(['c.id', 'c.organisation_id', 'c.reference', 'c.stage', 'c.keyring_id'])
    .where('c.id', '=', id)
    .where('c.organisation_id', '=', act.actor.organisationId)
    .where('m.user_id', '=', act.actor.id)
    .$if(!evenAtRest, (query) => query.where('c.stage', 'not in', restingStages))
    .forShare('c')
    .forKeyShare('k')
    .executeTakeFirst()
}

type Claiming =
  | 'case.change'
  | 'case.add_member'
  | 'case.remove_member'
  | 'case.raise_wall'
  | 'case.lower_wall'
  | 'case.move'

/** Makes `version + 1` of the row, and keeps others off it until the act ends. False when the row is not at `version`. */
export async function claimVersion(act: Act, found: Granted<Claiming, CaseRow>, version: number): Promise<boolean> {
  act.concerns('cases', found.id)
  return changedAt({ id: found.id, version }, act.db.updateTable('cases').set({ version: version + 1 }))
}

/** Keeps others off the case, so that its team stays as it is found, until the act ends. */
export async function lockCase(
  act: Act<'member.remove' | 'member.change' | 'case.hand_over'>,
  id: Id<'cases'>,
): Promise<void> {
  await act.db.selectFrom('cases').select('id').where('id', '=', id).forUpdate().execute()
}

/** Takes the next version of a case whatever it is, for changes that no reader of the case asked for. */
export async function bumpVersion(
  act: Act<'member.remove' | 'member.change' | 'case.hand_over'>,
  id: Id<'cases'>,
): Promise<void> {
  act.concerns('cases', id)
  await act.db
    .updateTable('cases')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Writes the contents anew, under the next seal version, so that the older ciphertext opens no more in their place. */
export async function updateContents(
  act: Act<'case.change'>,
  found: Granted<'case.change', CaseRow>,
  { access, values }: { access: RecordAccess; values: CaseContents },
): Promise<void> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  await act.db
    .updateTable('cases')
    .set({ seal_version: home.seal_version, ...contents.seal(act, home, { access, values }) })
    .where('id', '=', found.id)
    .execute()
}

export async function updateStage(
  act: Act<'case.move'>,
  found: Granted<'case.move', CaseRow>,
  to: { stage: CaseStage; purge_after: string | null },
): Promise<void> {
  await act.db.updateTable('cases').set(to).where('id', '=', found.id).execute()
}

export function revealCase(act: Act, found: Granted<Action, CaseRow>, access: RecordAccess | undefined) {
  return contents.reveal(act, found, access)
}
