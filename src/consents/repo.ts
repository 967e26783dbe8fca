import { type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { ConsentFacts, ConsentIdentity, ConsentNarrative } from './schema.ts'

export type ConsentRow = Selectable<Tables['consents']>

const contents = sealing('consents', {
  identity: column('identity', ConsentIdentity),
  narrative: column('narrative', ConsentNarrative),
  facts: column('facts', ConsentFacts),
})

type Contents = {
  readonly identity: Secret<ConsentIdentity>
  readonly narrative: Secret<ConsentNarrative>
  readonly facts: Secret<ConsentFacts>
}
type NewRow = Pick<ConsentRow, 'id' | 'case_id' | 'organisation_id' | 'recorded_by' | 'recorded_on' | 'position'>

/** Until the act ends nobody else records a word in this case: what was found to be allowed stays so. */
export async function holdConsents(act: Act, caseId: Id<'cases'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`consents ${caseId}`}, 0))`.execute(act.db)
}

/** The place of the next word in a case. */
export async function nextPosition(act: Act<'consent.record'>, caseId: Id<'cases'>): Promise<number> {
  await holdConsents(act, caseId)
  const last = await act.db
    .selectFrom('consents')
    .select('position')
    .where('case_id', '=', caseId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (last?.position ?? 0) + 1
}

export async function insertConsent(
  act: Act<'consent.record'>,
  row: NewRow,
  filling: { readonly access: RecordAccess; readonly values: Contents },
): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('consents')
    .values({ ...row, ...sealed })
    .execute()
}

/** All that was said in these cases, in order. */
export function listConsents(db: Reader, caseIds: readonly Id<'cases'>[]): Promise<ConsentRow[]> {
  return db
    .selectFrom('consents')
    .selectAll()
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .orderBy('case_id')
    .orderBy('position')
    .execute()
}

export function revealConsents(act: Act, rows: readonly Granted<Action, ConsentRow>[]) {
  return contents.revealEach(act, rows)
}

export type OpenConsent = Awaited<ReturnType<typeof revealConsents>>[number]
