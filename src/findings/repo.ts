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
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { FindingNarrative, KeptFindingFacts } from './schema.ts'

export type FindingRow = Selectable<Tables['findings']>
export type FindingContents = { readonly facts: Secret<KeptFindingFacts>; readonly narrative: Secret<FindingNarrative> }
type Filling = { readonly access: RecordAccess; readonly values: FindingContents }

const contents = sealing('findings', {
  narrative: column('narrative', FindingNarrative),
  facts: column('facts', KeptFindingFacts),
})

type NewRow = Pick<FindingRow, 'id' | 'case_id' | 'examination_id' | 'organisation_id' | 'recorded_by' | 'recorded_on'>

export async function insertFinding(act: Act<'finding.record'>, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('findings')
    .values({ ...row, ...sealed })
    .execute()
}

export function findFinding(db: Reader, id: Id<'findings'>): Promise<FindingRow | undefined> {
  return db.selectFrom('findings').selectAll().where('id', '=', id).executeTakeFirst()
}

type Wanted = { readonly case_id: Id<'cases'>; readonly after?: DayCursor | undefined; readonly limit: number }

/** Newest first. */
export function listFindings(db: Reader, { case_id, ...slice }: Wanted): Promise<FindingRow[]> {
  const rows = db.selectFrom('findings').selectAll().where('case_id', '=', case_id)
  return newestFirst(rows, 'recorded_on', slice).execute()
}

/** False when the row is no longer at `version`. */
export async function updateFinding(
  act: Act<'finding.change'>,
  found: Granted<'finding.change', FindingRow>,
  { version, ...filling }: Filling & { readonly version: number },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  return changedAt(
    { id: found.id, version },
    act.db
      .updateTable('findings')
      .set({ version: version + 1, seal_version, ...contents.seal(act, { ...found, seal_version }, filling) }),
  )
}

export function revealFindings(act: Act, rows: readonly Granted<Action, FindingRow>[]) {
  return contents.revealEach(act, rows)
}
