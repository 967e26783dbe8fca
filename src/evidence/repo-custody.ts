import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { CustodyNarrative } from './schema.ts'

export type CustodyRow = Selectable<Tables['custody_events']>

const EVENTS_MOST = 5_000

const contents = sealing('custody_events', { narrative: column('narrative', CustodyNarrative) })

type NewRow = Omit<CustodyRow, 'seal_version' | 'narrative'>
type Filling = { readonly access: RecordAccess; readonly narrative: Secret<CustodyNarrative> }

export async function insertCustody(act: Act, row: NewRow, { access, narrative }: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, { access, values: { narrative } })
  await act.db
    .insertInto('custody_events')
    .values({ ...row, ...sealed })
    .execute()
}

export function findCustody(act: Act<'custody.read'>, itemId: Id<'evidence_items'>): Promise<CustodyRow[]> {
  return act.db
    .selectFrom('custody_events')
    .selectAll()
    .where('item_id', '=', itemId)
    .orderBy('noted_on')
    .orderBy('id')
    .limit(EVENTS_MOST)
    .execute()
}

/** Whether the actor stands in the chain of an item on this day. */
export async function isNotedOn(act: Act, itemId: Id<'evidence_items'>, day: string): Promise<boolean> {
  const noted = await act.db
    .selectFrom('custody_events')
    .select('id')
    .where('item_id', '=', itemId)
    .where('noted_by', '=', act.actor.id)
    .where('noted_on', '=', day)
    .limit(1)
    .executeTakeFirst()
  return noted !== undefined
}

export function revealCustody(act: Act, rows: readonly Granted<'custody.read', CustodyRow>[]) {
  return contents.revealEach(act, rows)
}
