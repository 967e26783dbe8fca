import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { MoveNarrative } from './schema.ts'

export type MoveRow = Selectable<Tables['referral_moves']>

const words = sealing('referral_moves', { narrative: column('narrative', MoveNarrative) })

export async function insertMove(
  act: Act<'referral.move' | 'referral.end' | 'consent.record'>,
  row: Omit<MoveRow, 'narrative'>,
  { access, said }: { readonly access: RecordAccess; readonly said: Secret<MoveNarrative> },
): Promise<void> {
  await act.db
    .insertInto('referral_moves')
    .values({ ...row, ...words.seal(act, row, { access, values: { narrative: said } }) })
    .execute()
}

/** The steps of these referrals, in order. */
export async function listMoves(db: Reader, ids: readonly Id<'referrals'>[]): Promise<MoveRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('referral_moves')
    .selectAll()
    .where('referral_id', 'in', ids)
    .orderBy('referral_id')
    .orderBy('position')
    .execute()
}

export function revealMoves(act: Act, rows: readonly Granted<Action, MoveRow>[]) {
  return words.revealEach(act, rows)
}

/** The keyring of a case at either end: by it the team there reads what the other side says. */
export async function findKeyringOf(db: Reader, caseId: Id<'cases'>): Promise<Id<'keyrings'>> {
  const { keyring_id } = await db
    .selectFrom('cases')
    .select('keyring_id')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow()
  return keyring_id
}

/** The days on which an organisation's referrals were made, and of each the first day in each state. */
export async function listDays(db: Reader, organisationId: Id<'organisations'>) {
  const made = await db
    .selectFrom('referrals')
    .select('made_on')
    .where('organisation_id', '=', organisationId)
    .execute()
  const steps = await db
    .selectFrom('referral_moves')
    .select(['referral_id', 'to_state'])
    .select(({ fn }) => fn.min('moved_on').as('moved_on'))
    .where('organisation_id', '=', organisationId)
    .groupBy(['referral_id', 'to_state'])
    .execute()
  return { made: made.map(({ made_on }) => made_on), steps }
}
