import type { Reader } from '../database/database.ts'
import type { Id } from '../kernel/ids.ts'
import { checkVersion, type KeyringKind, type WritableKeyring } from './keyrings.ts'

type Wanted =
  | { readonly organisation_id: Id<'organisations'>; readonly kind: KeyringKind }
  | { readonly keyring_id: Id<'keyrings'> }
  | { readonly owner_id: Id<'users'> }

/**
 * The current public half of each wanted keyring, checked up to `anchor`, in the order asked for. The rows stay locked
 * against rotation until the act ends, so that nothing is ever sealed to a version that a removed member knows.
 */
export async function writableKeyrings(
  by: { readonly db: Reader; readonly anchor: string },
  wanted: readonly Wanted[],
): Promise<WritableKeyring[]> {
  const rows = await findCurrent(by.db, wanted)
  // A rotation committed while we waited for its lock: the join saw no row of the new version. Look once more.
  const found = rows.length === wanted.length ? rows : await findCurrent(by.db, wanted)
  const checkedRows = await Promise.all(found.map((row) => checkVersion(by.db, by.anchor, row)))
  return wanted.map((want) => {
    const at = found.findIndex((row) => matches(row, want))
    const keyring = checkedRows[at]
    if (keyring === undefined) throw new Error('a keyring to write to does not exist')
    return keyring
  })
}

type Current = Awaited<ReturnType<typeof findCurrent>>[number]

const matches = (row: Current, want: Wanted): boolean => {
  if ('keyring_id' in want) return row.keyring_id === want.keyring_id
  if ('owner_id' in want) return row.owner_id === want.owner_id
  return row.organisation_id === want.organisation_id && row.kind === want.kind
}

function findCurrent(db: Reader, wanted: readonly Wanted[]) {
  return db
    .selectFrom('keyrings as k')
    .innerJoin('keyring_versions as v', (on) =>
      on.onRef('v.keyring_id', '=', 'k.id').onRef('v.version', '=', 'k.version'),
    )
    .select([
      'k.id as keyring_id',
      'k.organisation_id',
      'k.owner_id',
      'k.kind',
      'v.version',
      'v.public_key',
      'v.signed_by',
      'v.signature',
    ])
    .where(({ eb, or, and }) =>
      or(
        wanted.map((want) => {
          if ('keyring_id' in want) return eb('k.id', '=', want.keyring_id)
          if ('owner_id' in want) return and([eb('k.owner_id', '=', want.owner_id), eb('k.kind', '=', 'personal')])
          return and([eb('k.organisation_id', '=', want.organisation_id), eb('k.kind', '=', want.kind)])
        }),
      ),
    )
    .forKeyShare('k')
    .execute()
}
