import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { openRecordKeys } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { PackageFacts, PackageIdentity, PackageNarrative } from './schema-package.ts'

export type PackageRow = Selectable<Tables['referral_packages']>

const contents = sealing('referral_packages', {
  identity: column('identity', PackageIdentity),
  narrative: column('narrative', PackageNarrative),
  facts: column('facts', PackageFacts),
})

type Values = {
  readonly identity: Secret<PackageIdentity>
  readonly narrative: Secret<PackageNarrative>
  readonly facts: Secret<PackageFacts>
}

export async function insertPackage(
  act: Act<'referral.move'>,
  row: Omit<PackageRow, 'seal_version' | 'identity' | 'narrative' | 'facts'>,
  filling: { readonly access: RecordAccess; readonly values: Values },
): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('referral_packages')
    .values({ ...row, ...sealed })
    .execute()
}

export function findPackage(db: Reader, referralId: Id<'referrals'>): Promise<PackageRow | undefined> {
  return db.selectFrom('referral_packages').selectAll().where('referral_id', '=', referralId).executeTakeFirst()
}

/** Null in a class that the reader's keys do not open (any more). */
export async function revealPackage(act: Act, row: Granted<'referral.read_package', PackageRow>) {
  return contents.reveal(act, row, (await openRecordKeys(act, [row.id])).get(row.id))
}
