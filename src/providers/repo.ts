import { type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { ProviderFacts, ProviderIdentity } from './schema.ts'

export type ProviderRow = Selectable<Tables['providers']>

/** A directory longer than this is not one that a person can know. */
export const PROVIDERS_MOST = 2_000

const contents = sealing('providers', {
  identity: column('identity', ProviderIdentity),
  facts: column('facts', ProviderFacts),
})

export type ProviderContents = { readonly identity: Secret<ProviderIdentity>; readonly facts: Secret<ProviderFacts> }
type Filling = { readonly access: RecordAccess; readonly values: ProviderContents }
type NewRow = Pick<ProviderRow, 'id' | 'organisation_id' | 'scope' | 'listed_on'>

export async function insertProvider(act: Act<'provider.create'>, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('providers')
    .values({ ...row, ...sealed })
    .execute()
}

export async function countProviders(db: Reader, organisationId: Id<'organisations'>): Promise<number> {
  const { listed } = await db
    .selectFrom('providers')
    .select(({ fn }) => fn.countAll<string>().as('listed'))
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  return Number(listed)
}

export function findProvider(db: Reader, id: Id<'providers'>): Promise<ProviderRow | undefined> {
  return db.selectFrom('providers').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The own directory and the coalition's, newest first. */
export function listProviders(db: Reader, organisationId: Id<'organisations'>): Promise<ProviderRow[]> {
  return db
    .selectFrom('providers')
    .selectAll()
    .where((eb) => eb.or([eb('organisation_id', '=', organisationId), eb('scope', '=', 'coalition')]))
    .orderBy('listed_on', 'desc')
    .orderBy('id')
    .limit(PROVIDERS_MOST)
    .execute()
}

type Reading = Granted<'provider.read' | 'provider.list' | 'provider.search' | 'provider.change', ProviderRow>

export function revealProviders(act: Act, rows: readonly Reading[]) {
  return contents.revealEach(act, rows)
}

type Changing = Granted<'provider.change', ProviderRow>

/** Makes `version + 1` of the row. False when it is not at `version`. */
export async function claimVersion(act: Act<'provider.change'>, found: Changing, version: number): Promise<boolean> {
  act.concerns('providers', found.id)
  return changedAt({ id: found.id, version }, act.db.updateTable('providers').set({ version: version + 1 }))
}

/** Writes the contents anew under the next seal version. */
export async function updateProvider(
  act: Act<'provider.change'>,
  found: Changing,
  { is_active, ...filling }: Filling & { readonly is_active: boolean },
): Promise<void> {
  const seal_version = found.seal_version + 1
  const sealed = contents.seal(act, { ...found, seal_version }, filling)
  await act.db
    .updateTable('providers')
    .set({ is_active, seal_version, ...sealed })
    .where('id', '=', found.id)
    .execute()
}

/** The keyrings of those who help victims: the organisation's own, or every organisation's. */
export async function findAssistanceKeyrings(db: Reader, of: Id<'organisations'> | 'coalition') {
  const rows = await db
    .selectFrom('keyrings')
    .select(['id', 'organisation_id'])
    .where('kind', '=', 'assistance')
    .where(of === 'coalition' ? sql<boolean>`true` : sql<boolean>`organisation_id = ${of}::uuid`)
    .orderBy('id')
    .execute()
  return rows
}
