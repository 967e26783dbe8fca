import type { Selectable } from 'kysely'
import { z } from 'zod'
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
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { CubeDefinition } from './schema.ts'

export type CubeRow = Selectable<Tables['statistics_cubes']>

/** The definition, and the seed of the coins: drawn once, so that no repeat of a release draws others. */
export const CubeFacts = z.strictObject({ definition: CubeDefinition, seed: z.string() })
export type CubeFacts = z.output<typeof CubeFacts>

const secrets = sealing('statistics_cubes', { facts: column('facts', CubeFacts) })

type Filling = { readonly access: RecordAccess; readonly facts: Secret<CubeFacts> }
type NewRow = Pick<CubeRow, 'id' | 'organisation_id' | 'declared_by' | 'declared_on'>

export async function insertCube(act: Act<'cube.declare'>, row: NewRow, { access, facts }: Filling): Promise<void> {
  const sealed = secrets.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('statistics_cubes')
    .values({ ...row, ...sealed })
    .execute()
}

/** False when somebody was faster. */
export async function replaceCube(
  act: Act<'cube.change'>,
  cube: Granted<'cube.change', CubeRow>,
  { access, facts, version }: Filling & { readonly version: number },
): Promise<boolean> {
  const seal_version = cube.seal_version + 1
  const sealed = secrets.seal(act, { ...cube, seal_version }, { access, values: { facts } })
  return changedAt(
    { id: cube.id, version },
    act.db.updateTable('statistics_cubes').set({ ...sealed, seal_version, version: version + 1 }),
  )
}

export function findCube(db: Reader, id: Id<'statistics_cubes'>): Promise<CubeRow | undefined> {
  return db.selectFrom('statistics_cubes').selectAll().where('id', '=', id).executeTakeFirst()
}

type Wanted = {
  readonly organisation_id: Id<'organisations'>
  readonly after?: DayCursor | undefined
  readonly limit: number
}

export function listCubes(db: Reader, { organisation_id, ...slice }: Wanted): Promise<CubeRow[]> {
  const rows = db.selectFrom('statistics_cubes').selectAll().where('organisation_id', '=', organisation_id)
  return newestFirst(rows, 'declared_on', slice).execute()
}

/** A coordinator holds the statistics keyring, so what is granted opens. */
export async function revealCubes(act: Act, rows: readonly Granted<Action, CubeRow>[]) {
  const open = await secrets.revealEach(act, rows)
  return open.flatMap(({ facts, ...plain }) => (facts === null ? [] : [{ ...plain, facts }]))
}
