import { type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { BudgetLineFacts, ServiceFacts, ServiceNarrative } from './schema.ts'

export type ServiceRow = Selectable<Tables['services_delivered']>
export type BudgetLineRow = Selectable<Tables['budget_lines']>

export type ServiceContents = { readonly facts: Secret<ServiceFacts>; readonly narrative: Secret<ServiceNarrative> }
type Filling = { readonly access: RecordAccess; readonly values: ServiceContents }

const contents = sealing('services_delivered', {
  narrative: column('narrative', ServiceNarrative),
  facts: column('facts', ServiceFacts),
})
const lineFacts = sealing('budget_lines', { facts: column('facts', BudgetLineFacts) })

type NewService = Pick<ServiceRow, 'id' | 'case_id' | 'organisation_id' | 'recorded_by' | 'recorded_on'>

export async function insertService(act: Act<'service.record'>, row: NewService, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('services_delivered')
    .values({ ...row, ...sealed })
    .execute()
}

export function findService(db: Reader, id: Id<'services_delivered'>): Promise<ServiceRow | undefined> {
  return db.selectFrom('services_delivered').selectAll().where('id', '=', id).executeTakeFirst()
}

type Wanted = { readonly case_id: Id<'cases'>; readonly after: DayCursor | undefined; readonly limit: number }

/** Newest first. */
export function listServices(db: Reader, { case_id, ...slice }: Wanted): Promise<ServiceRow[]> {
  const rows = db.selectFrom('services_delivered').selectAll().where('case_id', '=', case_id)
  return newestFirst(rows, 'recorded_on', slice).execute()
}

type Organisation = Id<'organisations'>

/** What counts in the books of an organisation, by id. */
export function listServicesOf(
  db: Reader,
  of: { organisation_id: Organisation; after: string | undefined; limit: number },
) {
  return db
    .selectFrom('services_delivered')
    .selectAll()
    .where('organisation_id', '=', of.organisation_id)
    .where('is_void', '=', false)
    .$if(of.after !== undefined, (query) => query.where(sql<boolean>`id > ${of.after}::uuid`))
    .orderBy('id')
    .limit(of.limit)
    .execute()
}

/** False when the row is no longer at `version`, or was voided before. */
export async function markVoid(
  act: Act<'service.void'>,
  found: Granted<'service.void', ServiceRow>,
  { version, ...filling }: Filling & { readonly version: number },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  const sealed = contents.seal(act, { ...found, seal_version }, filling)
  return changedAt(
    { id: found.id, version },
    act.db
      .updateTable('services_delivered')
      .set({ is_void: true, version: version + 1, seal_version, ...sealed })
      .where('is_void', '=', false),
  )
}

export function revealServices(act: Act, rows: readonly Granted<Action, ServiceRow>[]) {
  return contents.revealEach(act, rows)
}

export async function insertBudgetLine(
  act: Act<'budget.add'>,
  row: Pick<BudgetLineRow, 'id' | 'programme_id' | 'organisation_id'>,
  { access, facts }: { access: RecordAccess; facts: Secret<BudgetLineFacts> },
): Promise<void> {
  const sealed = lineFacts.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('budget_lines')
    .values({ ...row, ...sealed })
    .execute()
}

export function findBudgetLine(db: Reader, id: Id<'budget_lines'>): Promise<BudgetLineRow | undefined> {
  return db.selectFrom('budget_lines').selectAll().where('id', '=', id).executeTakeFirst()
}

export function listBudgetLines(db: Reader, programmeId: Id<'programmes'>): Promise<BudgetLineRow[]> {
  return db
    .selectFrom('budget_lines')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .orderBy('id')
    .limit(500)
    .execute()
}

export function revealBudgetLines(act: Act, rows: readonly Granted<Action, BudgetLineRow>[]) {
  return lineFacts.revealEach(act, rows)
}

/** The coded part alone. */
export function revealServiceFacts(act: Act, rows: readonly Granted<Action, ServiceRow>[]) {
  return contents.revealFacts(act, rows)
}
