import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { recordKeyMaker } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { PersonFacts, PersonIdentity, PersonMarks } from './schema.ts'

/** A person as it lies. `is_reached`: the asking user is on the team of a case that it is in. */
export type PersonRow = Selectable<Tables['persons']> & { readonly is_reached: boolean }

export type PersonContents = {
  readonly identity: Secret<PersonIdentity>
  readonly facts: Secret<PersonFacts>
  readonly marks?: Secret<PersonMarks> | null
}
type Filling = { readonly access: RecordAccess; readonly values: PersonContents }

const contents = sealing('persons', {
  identity: column('identity', PersonIdentity),
  facts: column('facts', PersonFacts),
  marks: column('facts', PersonMarks),
})

const withMarks = ({ access, values: { identity, facts, marks } }: Filling) => ({
  access,
  values: { identity, facts, marks: marks ?? new Secret<PersonMarks>({ differs_from: [] }) },
})

type NewRow = Pick<PersonRow, 'id' | 'organisation_id' | 'entered_by' | 'entered_on'>

/** What makes a person: entering one, or taking over a party of an incident. */
export type Entering = 'person.create' | 'person.take_over'

export async function insertPerson(act: Act<Entering>, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, withMarks(filling))
  await act.db
    .insertInto('persons')
    .values({ ...row, ...sealed })
    .execute()
}

type Eb = ExpressionBuilder<Tables, 'persons'>

const casesReached = (eb: Eb, userId: Id<'users'>) =>
  eb
    .selectFrom('case_persons as link')
    .innerJoin('case_members as seat', 'seat.case_id', 'link.case_id')
    .select('link.person_id')
    .where('seat.user_id', '=', userId)
    .whereRef('link.person_id', '=', 'persons.id')

const personsFor = (act: Act) =>
  act.db
    .selectFrom('persons')
    .selectAll()
    .select((eb) => eb.exists(casesReached(eb, act.actor.id)).$castTo<boolean>().as('is_reached'))

export function findPerson(act: Act, id: Id<'persons'>): Promise<PersonRow | undefined> {
  return personsFor(act).where('id', '=', id).executeTakeFirst()
}

/** Locked until the act ends: readers come and go, and contents are written, one at a time. */
export async function findPersonLocked(act: Act, id: Id<'persons'>): Promise<PersonRow | undefined> {
  await act.db.selectFrom('persons').select('id').where('id', '=', id).forUpdate().execute()
  return findPerson(act, id)
}

/** Without those who went into another record. */
export function findPersons(act: Act, ids: readonly Id<'persons'>[]): Promise<PersonRow[]> {
  return personsFor(act).where(sql<boolean>`id = any(${ids}::uuid[])`).where('merged_into', 'is', null).execute()
}

type Wanted = { readonly after: DayCursor | undefined; readonly limit: number }

/** Those that the actor reaches, the newest first. */
export function listPersons(act: Act, slice: Wanted): Promise<PersonRow[]> {
  const rows = personsFor(act)
    .where((eb) => eb.exists(casesReached(eb, act.actor.id)))
    .where('organisation_id', '=', act.actor.organisationId)
    .where('merged_into', 'is', null)
  return newestFirst(rows, 'entered_on', slice).execute()
}

type Changing = 'person.change' | 'person.unlink' | 'person.merge' | 'person.undo_merge' | 'person.tell_apart'

/** Seals the contents anew, under the next seal version. False when the row is no longer at `version`. */
export async function updatePerson(
  act: Act<Changing>,
  found: Granted<Changing, PersonRow>,
  { version, ...filling }: Filling & { readonly version: number },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  const sealed = contents.seal(act, { ...found, seal_version }, withMarks(filling))
  const isChanged = await changedAt(
    { id: found.id, version },
    act.db.updateTable('persons').set({ version: version + 1, seal_version, ...sealed }),
  )
  // The tokens of a name that is no more are written anew by the next search.
  await act.db.updateTable('case_persons').set({ tokens_version: 0 }).where('person_id', '=', found.id).execute()
  return isChanged
}

type Erasing = Act<'erasure.confirm' | 'erasure.replay'>

const nobody = {
  identity: new Secret(PersonIdentity.parse({ names: [{ text: '-' }] })),
  facts: new Secret(PersonFacts.parse({})),
}

/** Seals nothing in the place of the contents, under a key that nobody is given. Answers how many wraps of the old one went. */
export async function blankPerson(act: Erasing, personId: Id<string>, day: string): Promise<number> {
  const isIt = sql<boolean>`id = ${personId}`
  const row = await act.db.selectFrom('persons').selectAll().where(isIt).forUpdate().executeTakeFirst()
  if (row === undefined) return 0
  const { numDeletedRows } = await act.db.deleteFrom('record_keys').where('record_id', '=', row.id).executeTakeFirst()
  const home = { ...row, seal_version: row.seal_version + 1 }
  const sealed = contents.seal(act, home, withMarks({ access: recordKeyMaker([])(home).access, values: nobody }))
  await act.db
    .updateTable('persons')
    .set({ ...sealed, seal_version: home.seal_version, version: row.version + 1, erased_on: day })
    .where('id', '=', row.id)
    .execute()
  return Number(numDeletedRows)
}

/** The records that went into this one, and into those. */
export async function listMergedInto(act: Act, id: Id<string>): Promise<Id<'persons'>[]> {
  const { rows } = await sql<{ id: Id<'persons'> }>`
    with recursive gone as (
      select p.id from persons p where p.merged_into = ${id}
      union select p.id from persons p join gone on p.merged_into = gone.id)
    select id from gone`.execute(act.db)
  return rows.map((row) => row.id)
}

/** For those of these persons that were merged, into whom. */
export async function listWhereTo(act: Act, ids: readonly Id<'persons'>[]): Promise<Map<Id<'persons'>, Id<'persons'>>> {
  const rows = await act.db
    .selectFrom('persons')
    .select(['id', 'merged_into'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('merged_into', 'is not', null)
    .execute()
  return new Map(rows.flatMap(({ id, merged_into }) => (merged_into === null ? [] : [[id, merged_into]])))
}

export function revealPersons(act: Act, rows: readonly Granted<Action, PersonRow>[]) {
  return contents.revealEach(act, rows)
}

/** Who they are, and nothing else of them. */
export function revealNames(act: Act, rows: readonly Granted<Action, PersonRow>[]) {
  return contents.revealEach(
    act,
    rows.map((row) => ({ ...row, facts: null, marks: null })),
  )
}
