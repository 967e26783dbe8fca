import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Act } from '../platform/operation/op.ts'
import type { HeldKeyring } from '../platform/operation/keyrings.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { CaseRow } from './repo.ts'
import type { CaseStage } from './schema.ts'
import { TransitionNarrative } from './transition-schema.ts'

/** A case moves a few times in ten years; this many are read. */
const TRANSITIONS_MAX = 200

// A key of its own for each move: who leaves the team with the key of the case does not read the moves to come.
const secrets = sealing('case_transitions', { narrative: column('narrative', TransitionNarrative) })

type Move = { readonly team: HeldKeyring; readonly to: CaseStage; readonly narrative: Secret<TransitionNarrative> }

export async function insertTransition(
  act: Act<'case.move'>,
  found: Granted<'case.move', CaseRow>,
  { team, to, narrative }: Move,
): Promise<void> {
  const home = { id: newId('case_transitions'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, [{ part: 'record', heldAs: team }])
  await act.db
    .insertInto('case_transitions')
    .values({
      ...home,
      case_id: found.id,
      case_version: found.version + 1,
      from_stage: found.stage,
      to_stage: to,
      moved_by: act.actor.id,
      moved_on: dayOf(act.services.now()),
      ...secrets.seal(act, home, { access, values: { narrative } }),
    })
    .execute()
}

type Reading = Act<'case.read_transitions'>

/** The moves of a case, the latest first. */
export function findTransitions(act: Reading, found: Granted<'case.read_transitions', CaseRow>) {
  return act.db
    .selectFrom('case_transitions')
    .selectAll()
    .where('case_id', '=', found.id)
    .orderBy('case_version', 'desc')
    .limit(TRANSITIONS_MAX)
    .execute()
}

export type TransitionRow = Selectable<Tables['case_transitions']>

export function revealTransitions(act: Reading, rows: Granted<'case.read_transitions', TransitionRow>[]) {
  return secrets.revealEach(act, rows)
}

/** The cases of an organisation that came to documentation for the first time between these days. */
export async function listDocumented(
  db: Reader,
  organisationId: Id<'organisations'>,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Id<'cases'>[]> {
  const rows = await db
    .selectFrom('case_transitions')
    .select('case_id')
    .where('organisation_id', '=', organisationId)
    .where('to_stage', '=', 'documentation')
    .groupBy('case_id')
    .having(({ fn }) => fn.min('moved_on'), '>=', from)
    .having(({ fn }) => fn.min('moved_on'), '<=', to)
    .orderBy('case_id')
    .execute()
  return rows.map(({ case_id }) => case_id)
}
