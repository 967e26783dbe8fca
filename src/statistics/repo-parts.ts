import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { WritableKeyring } from '../platform/operation/keyrings.ts'

export type PartRow = Selectable<Tables['statistics_release_parts']>
export type PartName = PartRow['part']

/** Half of what one seal holds. */
const PIECE = 512 * 1024

const secrets = sealing('statistics_release_parts', { facts: column('facts', z.string()) })

type Owner = { readonly id: Id<'statistics_releases'>; readonly organisation_id: Id<'organisations'> }
type Filling = { readonly part: PartName; readonly text: Secret; readonly readers: readonly WritableKeyring[] }

/** Seals a long text in pieces. */
export async function insertPart(
  act: Act<'release.make' | 'pool.count'>,
  owner: Owner,
  { part, text, readers }: Filling,
) {
  const pieces = consult(text, (whole) => Math.max(1, Math.ceil(whole.length / PIECE)))
  for (let place = 0; place < pieces; place += 1) {
    const row = { id: newId('statistics_release_parts'), organisation_id: owner.organisation_id, seal_version: 1 }
    const access = await createRecordKey(
      act,
      row,
      readers.map((to) => ({ part: 'record', to })),
    )
    const facts = revealTo(text, (whole) => whole.slice(place * PIECE, (place + 1) * PIECE))
    await act.db
      .insertInto('statistics_release_parts')
      .values({ ...row, release_id: owner.id, part, place, ...secrets.seal(act, row, { access, values: { facts } }) })
      .execute()
  }
}

/** The pieces of one part, in their order. */
export function findParts(db: Reader, releaseId: Id<'statistics_releases'>, part: PartName): Promise<PartRow[]> {
  return db
    .selectFrom('statistics_release_parts')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('part', '=', part)
    .orderBy('place')
    .execute()
}

/** Their text; null where one does not open. */
export async function revealParts(act: Act, rows: readonly Granted<Action, PartRow>[]): Promise<(Secret | null)[]> {
  return (await secrets.revealEach(act, rows)).map(({ facts }) => facts)
}
