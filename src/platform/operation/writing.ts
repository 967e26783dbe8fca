import type { Reader } from '../database/database.ts'
import type { Id } from '../kernel/ids.ts'
import { type KeyringKind, publicHalf, type WritableKeyring } from './keyrings.ts'
import type { Act } from './op.ts'
import { refuseOlder } from './register.ts'
import { anchorOf } from './session.ts'

type Wanted =
  | { readonly organisation_id: Id<'organisations'>; readonly kind: KeyringKind }
  | { readonly keyring_id: Id<'keyrings'> }
  | { readonly owner_id: Id<'users'> }

/**
 * The current public half of each wanted keyring, checked up to the actor's anchor, in the order asked for. The rows stay locked
 * against rotation until the act ends, so that nothing is ever sealed to a version that a removed member knows.
 */
export async function writableKeyrings(act: Act, wanted: readonly Wanted[]): Promise<WritableKeyring[]> {
  const by = { db: act.db, anchor: anchorOf(act) }
  const rows = await lockCurrent(act.db, wanted)
  for (const row of rows) refuseOlder(act, row)
  const halves = await Promise.all(rows.map((row) => publicHalf(by, row)))
  return wanted.map((want) => {
    const keyring = halves[rows.findIndex((row) => matches(row, want))]
    if (keyring === undefined) throw new Error('a keyring to write to does not exist')
    return keyring
  })
}

type Current = Awaited<ReturnType<typeof lockCurrent>>[number]

const matches = (row: Current, want: Wanted): boolean => {
  if ('keyring_id' in want) return row.keyring_id === want.keyring_id
  if ('owner_id' in want) return row.owner_id === want.owner_id
  return row.organisation_id === want.organisation_id && row.kind === want.kind
}

/**
 * Of the one table alone: whoever waited here for a rotation gets the row as the rotation left it. The public half is
 * then null, for it came after this statement began.
 */
function lockCurrent(db: Reader, wanted: readonly Wanted[]) {
  return db
    .selectFrom('keyrings as k')
    .select(['k.id as keyring_id', 'k.organisation_id', 'k.owner_id', 'k.kind', 'k.version'])
    .select(({ selectFrom }) =>
      selectFrom('keyring_versions as v')
        .select('v.public_key')
        .whereRef('v.keyring_id', '=', 'k.id')
        .whereRef('v.version', '=', 'k.version')
        .as('public_key'),
    )
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
