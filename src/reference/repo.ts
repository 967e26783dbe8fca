import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import { keyedHash, sha256 } from '../platform/crypto/code.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Act } from '../platform/operation/op.ts'
import { checkAuthors, signWriting, type Writing } from '../platform/operation/authorship.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { type ReferenceFile, RowFacts } from './schema.ts'

/** Edits of reference data over the life of an installation. */
const EDITS_MOST = 5_000

const secrets = sealing('reference_rows', { facts: column('facts', RowFacts) })

export type VersionRow = Selectable<Tables['reference_rows']>
type NewVersion = Pick<
  VersionRow,
  'id' | 'organisation_id' | 'row_hash' | 'version' | 'valid_from' | 'valid_to' | 'made_by' | 'made_on'
>

/** By which the versions of one row are told from others. */
export const rowHash = ({ services }: Act, file: ReferenceFile, row: string) =>
  keyedHash(services.pepper, 'reference-row', `${file}/${row}`)

/** False when that version is there already: somebody was faster. Sealed to the whole coalition, which it serves. */
export async function insertVersion(
  act: Act<'reference.add_row' | 'reference.change_row'>,
  row: NewVersion,
  facts: Secret<RowFacts>,
): Promise<boolean> {
  const home = { ...row, seal_version: 1 }
  const keyring = await act.db
    .selectFrom('keyrings')
    .select('id as keyring_id')
    .where('kind', '=', 'coalition')
    .executeTakeFirstOrThrow()
  const [to] = await writableKeyrings(act, [keyring])
  if (to === undefined) throw new Error('the coalition has no keyring')
  const access = await createRecordKey(act, home, [{ part: 'record', to }])
  const sealed = { ...home, ...secrets.seal(act, home, { access, values: { facts } }) }
  const { numInsertedOrUpdatedRows } = await act.db
    .insertInto('reference_rows')
    .values({ ...sealed, signature: signWriting(act, writingOf(sealed)) })
    .onConflict((conflict) => conflict.constraint('reference_rows_one_version').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

type Lying = Pick<
  VersionRow,
  'id' | 'organisation_id' | 'seal_version' | 'row_hash' | 'version' | 'valid_from' | 'valid_to' | 'facts'
>

/** What the administrator signs: the contents, and of which row and for which days they are. */
function writingOf({ facts, row_hash, version, valid_from, valid_to, ...home }: Lying): Writing {
  const { id, organisation_id, seal_version } = home
  const days = Buffer.from([version, valid_from, valid_to ?? ''].join(' '))
  const hash = sha256(facts, row_hash, days).toString('hex')
  return { table: 'reference_rows', id, organisation_id, seal_version, about: id, ciphertext_sha256: hash }
}

/** Which versions are the word of the administrator they name, by id. */
export const checkVersions = (act: Act, rows: readonly VersionRow[]): ReturnType<typeof checkAuthors> =>
  checkAuthors(
    act,
    rows.map((row) => ({ ...writingOf(row), signed_by: row.made_by, signature: row.signature })),
    'administrator',
  )

export function listVersions(act: Act): Promise<VersionRow[]> {
  return act.db.selectFrom('reference_rows').selectAll().orderBy('version').limit(EDITS_MOST).execute()
}

export function revealVersions(act: Act, rows: readonly Granted<Action, VersionRow>[]) {
  return secrets.revealEach(act, rows)
}
