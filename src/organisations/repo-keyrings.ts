import { sql } from 'kysely'
import type { MemberRole } from '../platform/access/roles.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { KeyringKind } from '../platform/operation/keyrings.ts'
import type { Act } from '../platform/operation/op.ts'

/** Who helps victims, and so knows to whom they can be sent. */
export const helpers: readonly MemberRole[] = ['lawyer', 'clinician', 'coordinator']

const shared: readonly KeyringKind[] = ['coalition', 'directory', 'intake', 'statistics', 'assistance']

export type SharedKeyring = {
  readonly id: Id<'keyrings'>
  readonly kind: KeyringKind
  readonly version: number
  readonly organisation_id: Id<'organisations'>
  /** Whose signature its current public half carries. */
  readonly signed_by: Id<'users'>
}

/**
 * The shared keyrings of the actor's organisation, and the coalition's, locked until the act ends: to `share` they stay
 * at their version, to `rotate` nobody else may even share or write. Always in the same order, so that no two acts wait
 * for each other.
 */
export async function lockSharedKeyrings(act: Act, purpose: 'share' | 'rotate'): Promise<SharedKeyring[]> {
  const locked = await act.db
    .selectFrom('keyrings')
    .select('id')
    .where('kind', 'in', shared)
    .where(({ eb, or }) => or([eb('organisation_id', '=', act.actor.organisationId), eb('kind', '=', 'coalition')]))
    .orderBy('id')
    .$if(purpose === 'share', (query) => query.forKeyShare())
    .$if(purpose === 'rotate', (query) => query.forUpdate())
    .execute()
  return listKeyrings(
    act.db,
    locked.map(({ id }) => id),
  )
}

/** The shared keyrings of all that are not at their first version any more. */
export function listRotated(db: Reader) {
  return db
    .selectFrom('keyrings')
    .select(['id', 'organisation_id', 'kind', 'version'])
    .where('kind', 'in', shared)
    .where('version', '>', 1)
    .execute()
}

/** Read anew once the lock is held: the rows that waited for it may have moved on. */
function listKeyrings(db: Reader, ids: readonly Id<'keyrings'>[]): Promise<SharedKeyring[]> {
  return db
    .selectFrom('keyrings as k')
    .innerJoin('keyring_versions as v', (on) =>
      on.onRef('v.keyring_id', '=', 'k.id').onRef('v.version', '=', 'k.version'),
    )
    .select(['k.id', 'k.kind', 'k.version', 'k.organisation_id', 'v.signed_by'])
    .where('k.id', 'in', ids)
    .orderBy('k.id')
    .execute()
}

/** The active members who should hold a shared keyring, or only those of them who do not yet. */
export async function listEntitled(
  db: Reader,
  keyring: SharedKeyring,
  { without_grant }: { without_grant: boolean },
): Promise<Id<'users'>[]> {
  const rows = await db
    .selectFrom('members as m')
    .select('m.id')
    .where('m.status', '=', 'active')
    .$if(keyring.kind !== 'coalition', (query) => query.where('m.organisation_id', '=', keyring.organisation_id))
    .$if(keyring.kind === 'intake', (query) => query.where('m.is_intake', '=', true))
    .$if(keyring.kind === 'statistics', (query) =>
      query.where(({ eb, val, fn }) => eb(val('coordinator'), '=', fn.any('m.roles'))),
    )
    .$if(keyring.kind === 'assistance', (query) => query.where(sql<boolean>`m.roles && ${[...helpers]}::text[]`))
    .$if(without_grant, (query) =>
      query.where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('keyring_grants as g')
              .select('g.user_id')
              .whereRef('g.user_id', '=', 'm.id')
              .where('g.keyring_id', '=', keyring.id)
              .where('g.version', '=', keyring.version),
          ),
        ),
      ),
    )
    .orderBy('m.id')
    .execute()
  return rows.map(({ id }) => id)
}
