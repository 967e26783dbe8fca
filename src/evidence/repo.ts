import { type Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { EvidenceContent, EvidenceFacts, EvidenceIdentity, EvidenceNarrative } from './schema.ts'

export type EvidenceRow = Selectable<Tables['evidence_items']>

const contents = sealing('evidence_items', {
  identity: column('identity', EvidenceIdentity),
  narrative: column('narrative', EvidenceNarrative),
  facts: column('facts', EvidenceFacts),
  content: column('narrative', EvidenceContent),
})

export type EvidenceValues = {
  readonly identity: Secret<EvidenceIdentity>
  readonly narrative: Secret<EvidenceNarrative>
  readonly facts: Secret<EvidenceFacts>
  readonly content: Secret<EvidenceContent>
}

type NewRow = Omit<EvidenceRow, 'seal_version' | keyof EvidenceValues>
type Filling = { readonly access: RecordAccess; readonly values: EvidenceValues }

export async function insertEvidence(act: Act, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('evidence_items')
    .values({ ...row, ...sealed })
    .execute()
}

export function findEvidence(db: Reader, id: Id<'evidence_items'>): Promise<EvidenceRow | undefined> {
  return db.selectFrom('evidence_items').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The working copy of an item, if it has one. */
export function findCopyOf(db: Reader, id: Id<'evidence_items'>): Promise<EvidenceRow | undefined> {
  return db
    .selectFrom('evidence_items')
    .selectAll()
    .where('derived_from', '=', id)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

type Wanted = { readonly case_id: Id<'cases'>; readonly after: DayCursor | undefined; readonly limit: number }

export function listEvidence(db: Reader, { case_id, ...slice }: Wanted): Promise<EvidenceRow[]> {
  const rows = db.selectFrom('evidence_items').selectAll().where('case_id', '=', case_id)
  return newestFirst(rows, 'received_on', slice).execute()
}

export function revealEvidence(act: Act, rows: readonly Granted<Action, EvidenceRow>[]) {
  return contents.revealEach(act, rows)
}

export async function countEvidence(db: Reader, caseId: Id<'cases'>): Promise<number> {
  const { items } = await db
    .selectFrom('evidence_items')
    .select(({ fn }) => fn.countAll<string>().as('items'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return Number(items)
}

/** How many of these are items of the case. */
export async function countOfCase(
  db: Reader,
  caseId: Id<'cases'>,
  ids: readonly Id<'evidence_items'>[],
): Promise<number> {
  const { items } = await db
    .selectFrom('evidence_items')
    .select(({ fn }) => fn.countAll<string>().as('items'))
    .where('case_id', '=', caseId)
    .where('id', 'in', ids)
    .executeTakeFirstOrThrow()
  return Number(items)
}
