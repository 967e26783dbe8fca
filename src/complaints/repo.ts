import type { Selectable } from 'kysely'
import type { WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import { revealTo, type Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { Stage } from './lifecycle.ts'
import { readersOf } from './readers.ts'
import { ComplaintFacts, COMPLAINTS_MAX, type ComplaintReceipt } from './schema.ts'
import { ComplaintIdentity, ComplaintLegal, ComplaintNarrative } from './schema-content.ts'

export const secrets = sealing('complaints', {
  identity: column('identity', ComplaintIdentity),
  narrative: column('narrative', ComplaintNarrative),
  legal: column('legal', ComplaintLegal),
  facts: column('facts', ComplaintFacts),
})

export type ComplaintRow = Selectable<Tables['complaints']>

export type ComplaintContents = {
  readonly identity: Secret<ComplaintIdentity>
  readonly narrative: Secret<ComplaintNarrative>
  readonly legal: Secret<ComplaintLegal>
}

const withFacts = (values: ComplaintContents) => ({
  ...values,
  facts: revealTo(values.legal, ({ mechanism }) => ({ mechanism })),
})

export async function insertComplaint(
  act: Act<'complaint.open'>,
  found: WorkingCase,
  values: ComplaintContents,
): Promise<ComplaintReceipt> {
  const home = { id: newId('complaints'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, await readersOf(act, found))
  const stamp = { case_id: found.id, opened_by: act.actor.id, opened_on: dayOf(act.services.now()) }
  const sealed = secrets.seal(act, home, { access, values: withFacts(values) })
  await act.db
    .insertInto('complaints')
    .values({ ...home, ...stamp, ...sealed })
    .execute()
  return { id: home.id, ...stamp, version: 1, stage: 'drafting' }
}

export function findComplaint(act: Act, id: Id<'complaints'>): Promise<ComplaintRow | undefined> {
  return act.db.selectFrom('complaints').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The same, kept for this act: its steps are recorded one after another. */
export function lockComplaint(act: Act, id: Id<'complaints'>): Promise<ComplaintRow | undefined> {
  return act.db.selectFrom('complaints').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export function listComplaints(act: Act, caseId: Id<'cases'>): Promise<ComplaintRow[]> {
  return act.db
    .selectFrom('complaints')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('opened_on')
    .orderBy('id')
    .limit(COMPLAINTS_MAX)
    .execute()
}

/** False when the row is not at `version`. */
export async function updateComplaint(
  act: Act<'complaint.change'>,
  found: Granted<'complaint.change', ComplaintRow>,
  { version, values }: { version: number; values: ComplaintContents },
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  return changedAt(
    { id: found.id, version },
    act.db.updateTable('complaints').set({
      version: version + 1,
      seal_version: home.seal_version,
      ...secrets.seal(act, home, { access, values: withFacts(values) }),
    }),
  )
}

export async function updateStage(
  act: Act<'complaint.record'>,
  found: Granted<'complaint.record', ComplaintRow>,
  stage: Stage,
): Promise<void> {
  act.concerns('complaints', found.id)
  await act.db.updateTable('complaints').set({ stage }).where('id', '=', found.id).execute()
}

export function revealComplaints(act: Act, rows: readonly Granted<Action, ComplaintRow>[]) {
  return secrets.revealEach(act, rows)
}
export type OpenComplaint = Awaited<ReturnType<typeof revealComplaints>>[number]
