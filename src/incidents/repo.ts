import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Sealed } from '../platform/crypto/box.ts'
import { sha256 } from '../platform/crypto/code.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { signWriting, type Writing } from '../platform/operation/authorship.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { IncidentFacts } from './schema.ts'
import type { IncidentState, IncidentStatus } from './schema-replies.ts'
import { IncidentIdentity, IncidentLegal, IncidentNarrative } from './schema-texts.ts'

/** In the order in which they are hashed. */
const classes = ['identity', 'narrative', 'legal', 'facts'] as const
type Contents = (typeof classes)[number]

/** An incident as it lies; a sealed column that was not read is null. `is_on_team`: the asking user works on its case. */
export type IncidentRow = Omit<Selectable<Tables['incidents']>, Contents> & {
  readonly [C in Contents]: Sealed | null
} & { readonly is_on_team: boolean }

/** What an incident says, before it is sealed and after it is opened. */
export type IncidentContents = {
  readonly facts: Secret<IncidentFacts>
  readonly narrative: Secret<IncidentNarrative>
  readonly identity: Secret<IncidentIdentity>
  readonly legal: Secret<IncidentLegal>
}

export const contents = sealing('incidents', {
  identity: column('identity', IncidentIdentity),
  narrative: column('narrative', IncidentNarrative),
  legal: column('legal', IncidentLegal),
  facts: column('facts', IncidentFacts),
})

const plain = [
  'id',
  'organisation_id',
  'reference',
  'version',
  'seal_version',
  'status',
  'received_on',
  'submitted_by',
  'triaged_by',
  'triaged_on',
  'case_id',
  'signed_by',
  'signature',
] as const

export type Home = {
  readonly id: Id<'incidents'>
  readonly organisation_id: Id<'organisations'>
  readonly seal_version: number
}
export type Filling = { readonly access: RecordAccess; readonly values: IncidentContents }

/** The hash under which the audit row knows these columns. */
export const hashOf = (sealed: Readonly<Record<string, Uint8Array>>): string =>
  sha256(...Object.entries(sealed).flat()).toString('hex')

type Lying = Pick<IncidentRow, 'id' | 'organisation_id' | 'seal_version' | Contents>

/** What the signature on a report is over. A class that was not read leaves a hash that no signature fits. */
export function writingOf({ id, organisation_id, seal_version, ...row }: Lying): Writing {
  const sealed = Object.fromEntries(classes.map((name) => [name, row[name] ?? Buffer.alloc(0)]))
  return { table: 'incidents', id, organisation_id, seal_version, about: id, ciphertext_sha256: hashOf(sealed) }
}

export const signatureOn = (act: Act, row: Lying) => ({
  signed_by: act.actor.id,
  signature: signWriting(act, writingOf(row)),
})

export function findIncident(act: Act, id: Id<'incidents'>): Promise<IncidentRow | undefined> {
  return act.db
    .selectFrom('incidents')
    .select([...plain, ...classes])
    .select((eb) => isOnTeam(eb, act.actor.id).as('is_on_team'))
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The row without its contents, locked until the act ends: what is decided on it stays true. */
export function findIncidentLocked(act: Act, id: Id<'incidents'>): Promise<IncidentRow | undefined> {
  return act.db
    .selectFrom('incidents')
    .select(plain)
    .select((eb) => [...unread(eb), isOnTeam(eb, act.actor.id).as('is_on_team')])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** Which incidents, by what lies in the open; of them those after `after`, newest first. */
export type IncidentFilter = {
  readonly organisation_id: Id<'organisations'>
  /** Everything of the organisation, or only what the user reported or works on. */
  readonly seen: 'all' | 'own'
  readonly status?: IncidentStatus | undefined
  readonly received_from?: string | undefined
  readonly received_to?: string | undefined
  readonly case_id?: Id<'cases'> | undefined
  readonly submitted_by?: Id<'users'> | undefined
  readonly ids?: readonly Id<'incidents'>[] | undefined
  readonly after?: readonly [string, string] | undefined
  readonly limit: number
}

/** Rows with their sealed facts, and none of the other contents. */
export function listIncidents(db: Reader, userId: Id<'users'>, filter: IncidentFilter): Promise<IncidentRow[]> {
  const { status, received_from, received_to, case_id, submitted_by, ids, after } = filter
  return db
    .selectFrom('incidents')
    .select([...plain, 'facts'])
    .select((eb) => [
      eb.lit(null).as('identity'),
      eb.lit(null).as('narrative'),
      eb.lit(null).as('legal'),
      isOnTeam(eb, userId).as('is_on_team'),
    ])
    .where('organisation_id', '=', filter.organisation_id)
    .$if(filter.seen === 'own', (q) =>
      q.where((eb) => {
        const isOfTeam = eb('case_id', 'in', casesOf(eb, userId))
        // An author is not told of cases, and so cannot ask by case either.
        return case_id === undefined ? eb.or([eb('submitted_by', '=', userId), isOfTeam]) : isOfTeam
      }),
    )
    .$if(status !== undefined, (q) => q.where('status', '=', status ?? 'submitted'))
    .where((eb) =>
      eb.and([
        ...(received_from === undefined ? [] : [eb('received_on', '>=', received_from)]),
        ...(received_to === undefined ? [] : [eb('received_on', '<=', received_to)]),
        ...(case_id === undefined ? [] : [eb('case_id', '=', case_id)]),
        ...(submitted_by === undefined ? [] : [eb('submitted_by', '=', submitted_by)]),
        ...(ids === undefined ? [] : [sql<boolean>`id = any(${ids}::uuid[])`]),
        ...(after === undefined ? [] : [sql<boolean>`(received_on, id) < (${after[0]}::date, ${after[1]}::uuid)`]),
      ]),
    )
    .orderBy('received_on', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
}

type Eb = ExpressionBuilder<Tables, 'incidents'>

const casesOf = (eb: Eb, userId: Id<'users'>) =>
  eb.selectFrom('case_members as seat').select('seat.case_id').where('seat.user_id', '=', userId)

const isOnTeam = (eb: Eb, userId: Id<'users'>) =>
  eb.exists(casesOf(eb, userId).whereRef('seat.case_id', '=', 'incidents.case_id')).$castTo<boolean>()

const unread = (eb: Eb) =>
  [
    eb.lit(null).as('identity'),
    eb.lit(null).as('narrative'),
    eb.lit(null).as('legal'),
    eb.lit(null).as('facts'),
  ] as const

/** What a change leaves in the open. */
type Change = { readonly status: IncidentStatus; readonly case_id?: Id<'cases'> | undefined; readonly isTriage?: true }
type Changing = 'incident.triage' | 'incident.link' | 'incident.supplement'

/** The new state; undefined when the row is no longer at `version`. */
export function markIncident(
  act: Act<Changing>,
  incident: Granted<Changing, IncidentRow>,
  { status, case_id, isTriage }: Change,
): Promise<IncidentState | undefined> {
  act.concerns('incidents', incident.id)
  return act.db
    .updateTable('incidents')
    .set({ status, version: incident.version + 1, ...(case_id === undefined ? {} : { case_id }) })
    .$if(isTriage === true, (q) => q.set({ triaged_by: act.actor.id, triaged_on: dayOf(act.services.now()) }))
    .where('id', '=', incident.id)
    .where('version', '=', incident.version)
    .returning(['id', 'version', 'status', 'case_id'])
    .executeTakeFirst()
}

/** Seals all the contents anew, under the next seal version, and signs what was signed before; undefined when the row is no longer at `version`. */
export function replaceContents(
  act: Act<'incident.verify'>,
  incident: Granted<'incident.verify', IncidentRow>,
  { isSigned, ...filling }: Filling & { readonly isSigned: boolean },
): Promise<IncidentState | undefined> {
  const seal_version = incident.seal_version + 1
  const sealed = contents.seal(act, { ...incident, seal_version }, filling)
  const unsigned = { signed_by: null, signature: null }
  const signed = isSigned ? signatureOn(act, { ...incident, ...sealed, seal_version }) : unsigned
  return act.db
    .updateTable('incidents')
    .set({ ...sealed, ...signed, seal_version, version: incident.version + 1 })
    .where('id', '=', incident.id)
    .where('version', '=', incident.version)
    .returning(['id', 'version', 'status', 'case_id'])
    .executeTakeFirst()
}
