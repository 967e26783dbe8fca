import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { UnitFacts, UnitIdentity } from './schema.ts'

export type UnitRow = Selectable<Tables['units']>

/** The whole register is read at once, to follow its chains. */
export const UNITS_MOST = 2_000

const contents = sealing('units', {
  identity: column('identity', UnitIdentity),
  facts: column('facts', UnitFacts),
})

export type UnitContents = { readonly identity: Secret<UnitIdentity>; readonly facts: Secret<UnitFacts> }
type Filling = { readonly access: RecordAccess; readonly values: UnitContents }
type NewRow = Pick<UnitRow, 'id' | 'organisation_id' | 'entered_by' | 'entered_on'>

/** One at a time changes the register, so that what was read of its chains stays true until the act ends. */
export async function holdRegister(act: Act<'unit.create' | 'unit.change'>, id: Id<'organisations'>): Promise<void> {
  await act.db.selectFrom('organisations').select('id').where('id', '=', id).forNoKeyUpdate().execute()
}

export async function insertUnit(act: Act<'unit.create'>, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('units')
    .values({ ...row, ...sealed })
    .execute()
}

export function listUnits(db: Reader, organisationId: Id<'organisations'>): Promise<UnitRow[]> {
  return db
    .selectFrom('units')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('entered_on')
    .orderBy('id')
    .limit(UNITS_MOST)
    .execute()
}

export function findUnit(db: Reader, id: Id<'units'>): Promise<UnitRow | undefined> {
  return db.selectFrom('units').selectAll().where('id', '=', id).executeTakeFirst()
}

export function revealUnits(act: Act, rows: readonly Granted<Action, UnitRow>[]) {
  return contents.revealEach(act, rows)
}

/** Writes the contents anew, as the version after `version`. False when the row is not at that version. */
export async function updateUnit(
  act: Act<'unit.change'>,
  found: Granted<'unit.change', UnitRow>,
  { version, ...filling }: Filling & { readonly version: number },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  const sealed = contents.seal(act, { ...found, seal_version }, filling)
  return changedAt(
    { id: found.id, version },
    act.db.updateTable('units').set({ version: version + 1, seal_version, ...sealed }),
  )
}
