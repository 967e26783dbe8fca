import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { PublicFigure } from './schema-figures.ts'

export type FigureRow = Selectable<Tables['statistics_figures']>

const secrets = sealing('statistics_figures', { facts: column('facts', PublicFigure) })

type NewRow = Pick<FigureRow, 'id' | 'organisation_id' | 'entered_by' | 'entered_on'>
type Filling = { readonly access: RecordAccess; readonly facts: Secret<PublicFigure> }

export async function insertFigure(act: Act<'figure.enter'>, row: NewRow, { access, facts }: Filling): Promise<void> {
  const sealed = secrets.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('statistics_figures')
    .values({ ...row, ...sealed })
    .execute()
}

export function findFigure(db: Reader, id: Id<'statistics_figures'>): Promise<FigureRow | undefined> {
  return db.selectFrom('statistics_figures').selectAll().where('id', '=', id).executeTakeFirst()
}

type Wanted = {
  readonly organisation_id: Id<'organisations'>
  readonly after?: DayCursor | undefined
  readonly limit: number
}

export function listFigures(db: Reader, { organisation_id, ...slice }: Wanted): Promise<FigureRow[]> {
  const rows = db.selectFrom('statistics_figures').selectAll().where('organisation_id', '=', organisation_id)
  return newestFirst(rows, 'entered_on', slice).execute()
}

export async function revealFigures(act: Act, rows: readonly Granted<Action, FigureRow>[]) {
  const open = await secrets.revealEach(act, rows)
  return open.flatMap(({ facts, ...plain }) => (facts === null ? [] : [{ ...plain, facts }]))
}

/** With its key. */
export async function deleteFigure(act: Act<'figure.remove'>, { id }: Granted<'figure.remove', FigureRow>) {
  act.concerns('statistics_figures', id)
  await act.db.deleteFrom('record_keys').where('record_id', '=', id).execute()
  await act.db.deleteFrom('statistics_figures').where('id', '=', id).execute()
}
