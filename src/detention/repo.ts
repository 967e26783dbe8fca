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
import { EpisodeFacts, EpisodeNarrative } from './schema.ts'

export type EpisodeRow = Selectable<Tables['detention_episodes']>
export type EpisodeContents = { readonly facts: Secret<EpisodeFacts>; readonly narrative: Secret<EpisodeNarrative> }
type Filling = { readonly access: RecordAccess; readonly values: EpisodeContents }

/** How many a case may hold. They are ordered by what is sealed, so they are always read together. */
export const EPISODES_MOST = 200

const contents = sealing('detention_episodes', {
  narrative: column('narrative', EpisodeNarrative),
  facts: column('facts', EpisodeFacts),
})

type NewRow = Pick<EpisodeRow, 'id' | 'case_id' | 'organisation_id' | 'recorded_by' | 'recorded_on'>

export async function insertEpisode(act: Act<'detention.record'>, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('detention_episodes')
    .values({ ...row, ...sealed })
    .execute()
}

export function findEpisode(db: Reader, id: Id<'detention_episodes'>): Promise<EpisodeRow | undefined> {
  return db.selectFrom('detention_episodes').selectAll().where('id', '=', id).executeTakeFirst()
}

export function listEpisodes(db: Reader, caseId: Id<'cases'>): Promise<EpisodeRow[]> {
  return db
    .selectFrom('detention_episodes')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('recorded_on')
    .orderBy('id')
    .limit(EPISODES_MOST)
    .execute()
}

/** False when the row is no longer at `version`. */
export async function updateEpisode(
  act: Act<'detention.change'>,
  found: Granted<'detention.change', EpisodeRow>,
  { version, ...filling }: Filling & { readonly version: number },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  return changedAt(
    { id: found.id, version },
    act.db
      .updateTable('detention_episodes')
      .set({ version: version + 1, seal_version, ...contents.seal(act, { ...found, seal_version }, filling) }),
  )
}

export function revealEpisodes(act: Act, rows: readonly Granted<Action, EpisodeRow>[]) {
  return contents.revealEach(act, rows)
}
