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
import { PartyLink } from './schema-parties.ts'

export type PartyLinkRow = Selectable<Tables['incident_persons']>

const link = sealing('incident_persons', { facts: column('facts', PartyLink) })

type NewRow = Omit<PartyLinkRow, 'seal_version' | 'facts'>

export async function insertPartyLink(
  act: Act<'person.take_over'>,
  row: NewRow,
  { access, facts }: { access: RecordAccess; facts: Secret<PartyLink> },
): Promise<void> {
  const sealed = link.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('incident_persons')
    .values({ ...row, ...sealed })
    .execute()
}

/** An incident has 50 parties at most. */
export function listPartyLinks(db: Reader, incidentId: Id<'incidents'>): Promise<PartyLinkRow[]> {
  return db.selectFrom('incident_persons').selectAll().where('incident_id', '=', incidentId).execute()
}

/** `is_reached`: the asking user is on the team of the case. */
export type ReachedParty = PartyLinkRow & { readonly is_reached: boolean }

/** Those of the actor's cases, of these persons or these incidents. */
export function listReachedParties(
  act: Act,
  of: { readonly persons: readonly Id<'persons'>[] } | { readonly incidents: readonly Id<'incidents'>[] },
): Promise<ReachedParty[]> {
  return act.db
    .selectFrom('incident_persons')
    .innerJoin('case_members as seat', 'seat.case_id', 'incident_persons.case_id')
    .selectAll('incident_persons')
    .select(({ lit }) => lit(true).$castTo<boolean>().as('is_reached'))
    .where('seat.user_id', '=', act.actor.id)
    .where('organisation_id', '=', act.actor.organisationId)
    .where(
      'persons' in of
        ? sql<boolean>`person_id = any(${of.persons}::uuid[])`
        : sql<boolean>`incident_id = any(${of.incidents}::uuid[])`,
    )
    .execute()
}

export async function revealPartyLinks<R extends PartyLinkRow>(act: Act, rows: readonly Granted<Action, R>[]) {
  return link.revealEach(act, rows)
}
