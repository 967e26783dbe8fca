import type { Insertable, Selectable } from 'kysely'
import type { z } from 'zod'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { MemberProfile, OrganisationProfile, ProgrammeProfile } from './schema.ts'

export type OrganisationRow = Selectable<Tables['organisations']> & { organisation_id: Id<'organisations'> }
export type ProgrammeRow = Selectable<Tables['programmes']>
export type MemberRow = Awaited<ReturnType<typeof listMembers>>[number]

const organisations = sealing('organisations', { profile: column('identity', OrganisationProfile) })
const members = sealing('members', { profile: column('identity', MemberProfile) })
const programmes = sealing('programmes', { profile: column('identity', ProgrammeProfile) })

type Profile<S extends z.ZodType> = { readonly access: RecordAccess; readonly profile: Secret<z.output<S>> }

export async function insertOrganisation(act: Act, id: Id<'organisations'>): Promise<void> {
  await act.db.insertInto('organisations').values({ id }).execute()
  act.concerns('organisations', id)
}

/** The profile comes after the row: its key is wrapped to a keyring, which belongs to an organisation. */
export async function describeOrganisation(
  act: Act,
  id: Id<'organisations'>,
  { access, profile }: Profile<typeof OrganisationProfile>,
): Promise<void> {
  const home = { id, organisation_id: id, seal_version: 1 }
  await act.db
    .updateTable('organisations')
    .set(organisations.seal(act, home, { access, values: { profile } }))
    .where('id', '=', id)
    .execute()
}

export function listOrganisations(db: Reader): Promise<OrganisationRow[]> {
  return db
    .selectFrom('organisations')
    .selectAll()
    .select('id as organisation_id')
    .orderBy('joined_on')
    .orderBy('id')
    .limit(500)
    .execute()
}

export function revealOrganisations(act: Act, rows: Granted<Action, OrganisationRow>[]) {
  return organisations.revealEach(act, rows)
}

/** False when there is one already, or somebody was faster. */
export async function insertCoalition(act: Act, coalition: Insertable<Tables['coalitions']>): Promise<boolean> {
  act.concerns('coalitions', coalition.id)
  const { numInsertedOrUpdatedRows } = await act.db
    .insertInto('coalitions')
    .values(coalition)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** The founder's public keys: what everybody pins. Undefined before set-up. */
export function findAnchor(db: Reader) {
  return db
    .selectFrom('coalitions as c')
    .innerJoin('users as u', 'u.id', 'c.anchor_id')
    .select(['c.id', 'c.anchor_id', 'u.agreement_key', 'u.signing_key', 'u.organisation_id'])
    .executeTakeFirst()
}

type NewMember = Omit<Insertable<Tables['members']>, 'profile'>

export async function insertMember(
  act: Act,
  member: NewMember,
  { access, profile }: Profile<typeof MemberProfile>,
): Promise<void> {
  const home = { id: member.id, organisation_id: member.organisation_id, seal_version: 1 }
  await act.db
    .insertInto('members')
    .values({ ...member, ...members.seal(act, home, { access, values: { profile } }) })
    .execute()
}

type Whose =
  | { readonly organisation_id: Id<'organisations'> | null }
  | { readonly id: Id<'users'> }
  | { readonly status: 'active' }

/** Members with their public keys: of one organisation, one by id, or all that are active. */
export function listMembers(db: Reader, of: Whose) {
  return db
    .selectFrom('members as m')
    .innerJoin('users as u', 'u.id', 'm.id')
    .leftJoin('invitations as i', 'i.accepted_by', 'm.id')
    .selectAll('m')
    .select(['u.agreement_key', 'u.signing_key'])
    .select(({ fn, val }) => fn.coalesce('i.is_founder', val(false)).as('is_founder'))
    .$if('status' in of, (query) => query.where('m.status', '=', 'active'))
    .$if('id' in of, (query) => query.where('m.id', '=', 'id' in of ? of.id : null))
    .$if('organisation_id' in of, (query) =>
      query.where('m.organisation_id', '=', 'organisation_id' in of ? of.organisation_id : null),
    )
    .orderBy('m.joined_on')
    .orderBy('m.id')
    .limit(2_000)
    .execute()
}

export async function findMember(db: Reader, id: Id<'users'>): Promise<MemberRow | undefined> {
  const [member] = await listMembers(db, { id })
  return member
}

export function revealMembers(act: Act, rows: Granted<Action, MemberRow>[]) {
  return members.revealEach(act, rows)
}

type MemberUpdate = Partial<
  Pick<
    Insertable<Tables['members']>,
    'roles' | 'is_intake' | 'is_recovery_officer' | 'status' | 'confirmed_by' | 'confirmation' | 'removed_on'
  >
>

/** False when the member was changed since that version was read. */
export async function updateMember(
  act: Act,
  member: Granted<'member.confirm' | 'member.change' | 'member.remove', MemberRow>,
  { version, ...change }: MemberUpdate & { version: number },
): Promise<boolean> {
  act.concerns('members', member.id)
  return changedAt(
    { id: member.id, version },
    act.db
      .updateTable('members')
      .set(({ eb }) => ({ ...change, version: eb('version', '+', 1) }))
      .where('status', '!=', 'removed'),
  )
}

/** Keeps a member's roles and marks as they are until the act ends. */
export async function lockMember(act: Act, id: Id<'users'>): Promise<void> {
  await act.db.selectFrom('members').select('id').where('id', '=', id).forShare().execute()
}

export async function hasConfirmedOthers(db: Reader, id: Id<'users'>): Promise<boolean> {
  const other = await db
    .selectFrom('members')
    .select('id')
    .where('confirmed_by', '=', id)
    .where('id', '!=', id)
    .executeTakeFirst()
  return other !== undefined
}

export async function countOfficers(db: Reader, organisationId: Id<'organisations'>): Promise<number> {
  const { officers } = await db
    .selectFrom('members')
    .select(({ fn }) => fn.countAll<string>().as('officers'))
    .where('organisation_id', '=', organisationId)
    .where('is_recovery_officer', '=', true)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  return Number(officers)
}

/** A new set of recovery officers: shares made for the former set no longer count as cover. */
export async function raiseRecoveryEpoch(act: Act, organisationId: Id<'organisations'>): Promise<void> {
  await act.db
    .updateTable('organisations')
    .set(({ eb }) => ({ recovery_epoch: eb('recovery_epoch', '+', 1) }))
    .where('id', '=', organisationId)
    .execute()
  act.concerns('organisations', organisationId)
}

export async function insertProgramme(
  act: Act,
  programme: Omit<Insertable<Tables['programmes']>, 'profile'>,
  { access, profile }: Profile<typeof ProgrammeProfile>,
): Promise<void> {
  const home = { id: programme.id, organisation_id: programme.organisation_id, seal_version: 1 }
  await act.db
    .insertInto('programmes')
    .values({ ...programme, ...programmes.seal(act, home, { access, values: { profile } }) })
    .execute()
}

export function findProgramme(
  db: Reader,
  { id, organisation_id }: { id: Id<'programmes'>; organisation_id: Id<'organisations'> },
) {
  return db
    .selectFrom('programmes')
    .select('id')
    .where('id', '=', id)
    .where('organisation_id', '=', organisation_id)
    .executeTakeFirst()
}

export function listProgrammes(db: Reader, organisationId: Id<'organisations'> | null): Promise<ProgrammeRow[]> {
  return db
    .selectFrom('programmes')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('starts_on', 'desc')
    .orderBy('id')
    .limit(500)
    .execute()
}

export function revealProgrammes(act: Act, rows: Granted<Action, ProgrammeRow>[]) {
  return programmes.revealEach(act, rows)
}
