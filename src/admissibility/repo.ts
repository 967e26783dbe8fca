import type { Selectable } from 'kysely'
import type { WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { createRecordKey, openRecordKeys, renewRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { ClaimLegal } from './schema.ts'

const secrets = sealing('case_claims', { legal: column('legal', ClaimLegal) })

export type ClaimRow = Selectable<Tables['case_claims']>

export function findClaim(act: Act, caseId: Id<'cases'>): Promise<ClaimRow | undefined> {
  return act.db.selectFrom('case_claims').selectAll().where('case_id', '=', caseId).executeTakeFirst()
}

/** False when somebody else wrote the first version meanwhile. */
export async function insertClaim(
  act: Act<'claim.write'>,
  found: WorkingCase,
  legal: Secret<ClaimLegal>,
): Promise<boolean> {
  const home = { id: newId('case_claims'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, [{ part: 'record', heldAs: found.held }])
  const { numInsertedOrUpdatedRows } = await act.db
    .insertInto('case_claims')
    .values({
      ...home,
      case_id: found.id,
      written_by: act.actor.id,
      written_on: dayOf(act.services.now()),
      ...secrets.seal(act, home, { access, values: { legal } }),
    })
    .onConflict((conflict) => conflict.constraint('case_claims_one_per_case').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** False when the row is not at `version`. */
export async function updateClaim(
  act: Act<'claim.write'>,
  found: Granted<'claim.write', ClaimRow>,
  { version, legal }: { version: number; legal: Secret<ClaimLegal> },
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  return changedAt(
    { id: found.id, version },
    act.db.updateTable('case_claims').set({
      version: version + 1,
      seal_version: home.seal_version,
      written_by: act.actor.id,
      written_on: dayOf(act.services.now()),
      ...secrets.seal(act, home, { access, values: { legal } }),
    }),
  )
}

export async function revealClaim(act: Act, row: Granted<Action, ClaimRow>) {
  const keys = await openRecordKeys(act, [row.id])
  return secrets.reveal(act, row, keys.get(row.id))
}
