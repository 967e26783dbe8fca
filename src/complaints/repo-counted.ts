import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { secrets as complaintSecrets } from './repo.ts'
import { secrets as stepSecrets } from './repo-steps.ts'

type Wanted = {
  readonly organisation_id: Id<'organisations'>
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The complaints of an organisation that were opened between these days, the first first. */
export function listOpenedBetween(db: Reader, { organisation_id, from, to }: Wanted) {
  return db
    .selectFrom('complaints')
    .selectAll()
    .where('organisation_id', '=', organisation_id)
    .$if(from !== undefined, (query) => query.where('opened_on', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('opened_on', '<=', to ?? ''))
    .orderBy('opened_on')
    .orderBy('id')
    .execute()
}

type Rows<T extends 'complaints' | 'complaint_steps'> = readonly Granted<Action, Selectable<Tables[T]>>[]

/** The coded part alone. */
export const revealCounted = (act: Act, rows: Rows<'complaints'>) => complaintSecrets.revealFacts(act, rows)
export const revealCountedSteps = (act: Act, rows: Rows<'complaint_steps'>) => stepSecrets.revealFacts(act, rows)
