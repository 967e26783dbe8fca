import type { Granted } from '../platform/access/policy.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { openRecordKeys } from '../platform/operation/record-keys.ts'
import { homeOf } from '../platform/access/home.ts'
import { incidentPolicy, seesAll } from './policy.ts'
import {
  contents,
  findIncident,
  findIncidentLocked,
  type IncidentFilter,
  type IncidentRow,
  listIncidents,
} from './repo.ts'
import type { IncidentFacts, Party } from './schema.ts'
import type { IncidentStatus } from './schema-replies.ts'
import type { NamedParty } from './schema-texts.ts'

export { reportToAttachTo, reportToReadFilesOf } from './files.ts'
export { NamedParty } from './schema-texts.ts'

const CHUNK = 1_000
const LINKED_MAX = 1_000

/** The coded facts of one incident, open. */
export type OpenFacts = {
  readonly id: Id<'incidents'>
  readonly received_on: string
  readonly status: IncidentStatus
  readonly case_id: Id<'cases'> | null
  readonly facts: Secret<IncidentFacts>
}

type FactsFilter = Pick<IncidentFilter, 'status' | 'received_from' | 'received_to'>

/** What coded facts are opened for in bulk. */
type Counting = 'cube.try' | 'release.make' | 'statistics.look' | 'pool.contribute' | 'indicator.read'

/** The coded facts of the organisation's incidents, as far as the actor's keys open them. Names and stories stay shut. */
export async function openFacts(act: Act<Counting>, filter: FactsFilter): Promise<OpenFacts[]> {
  const wanted = { ...filter, organisation_id: homeOf(act.actor), seen: 'all', limit: CHUNK } as const
  const opened: OpenFacts[] = []
  let after: IncidentFilter['after']
  for (;;) {
    const rows = await listIncidents(act.db, act.actor.id, { ...wanted, after })
    opened.push(...(await open(act, incidentPolicy.grantEach(act, rows))))
    const last = rows[CHUNK - 1]
    if (last === undefined) return opened
    after = [last.received_on, last.id]
  }
}

/** The coded facts of what is linked to a case, as far as the actor may see and open it. */
export async function caseIncidentFacts(act: Act, caseId: Id<'cases'>): Promise<Secret<IncidentFacts>[]> {
  const filter = { organisation_id: homeOf(act.actor), seen: 'own', case_id: caseId, limit: LINKED_MAX } as const
  const rows = await listIncidents(act.db, act.actor.id, filter)
  // To use the facts of an incident is to read it, whatever the act around it is for.
  const readable = incidentPolicy.grantEach({ actor: act.actor, action: 'incident.read' }, rows)
  return (await open(act, readable)).map(({ facts }) => facts)
}

/** How many victims the incidents linked to a case name; a group counts once. */
export async function linkedVictims(act: Act, caseId: Id<'cases'>): Promise<number> {
  const linked = await caseIncidentFacts(act, caseId)
  return linked.reduce((sum, facts) => sum + consult(facts, victimsIn), 0)
}

const victimsIn = ({ parties }: IncidentFacts) => parties.filter(({ roles }) => roles.includes('victim')).length

/** Whether an incident linked to a case has an act of which the day, month or year and the region are known. */
export async function hasDatedActInRegion(act: Act, caseId: Id<'cases'>): Promise<boolean> {
  const linked = await caseIncidentFacts(act, caseId)
  return linked.some((facts) =>
    consult(facts, ({ acts, occurred, place }) => {
      return acts.length > 0 && occurred.precision !== 'unknown' && place.region !== undefined
    }),
  )
}

/** Whether an incident linked to a case names a source. */
export async function hasSource(act: Act, caseId: Id<'cases'>): Promise<boolean> {
  const linked = await caseIncidentFacts(act, caseId)
  return linked.some((facts) => consult(facts, ({ sources }) => sources.length > 0))
}

async function open(act: Act, rows: readonly Granted<'incident.read' | Counting, IncidentRow>[]): Promise<OpenFacts[]> {
  const opened = await contents.revealEach(act, rows)
  return opened.flatMap(({ id, received_on, status, case_id, facts }) =>
    facts === null ? [] : [{ id, received_on, status, case_id, facts }],
  )
}

/** The coded facts of these incidents, as far as the actor works on them. */
export async function openFactsOf(act: Act, ids: readonly Id<'incidents'>[]): Promise<OpenFacts[]> {
  const filter = { organisation_id: homeOf(act.actor), seen: 'own', ids, limit: LINKED_MAX } as const
  const rows = await listIncidents(act.db, act.actor.id, filter)
  return open(act, incidentPolicy.grantEach({ actor: act.actor, action: 'incident.read' }, rows))
}

/** One of the parties of an incident; `identity` is null for those who were not named, or not to the reader. */
export type OpenParty = {
  readonly ref: string
  readonly isAccused: boolean
  readonly facts: Secret<Party>
  readonly identity: Secret<NamedParty> | null
}

/** Keeps others off an incident until the act ends. */
export async function holdIncident(act: Act, id: Id<'incidents'>): Promise<void> {
  await findIncidentLocked(act, id)
}

/** The parties of an incident that the actor may see, as far as the keys go, and its case. 404 for any other. */
export async function openParties(act: Act, id: Id<'incidents'>) {
  // To use the parties of an incident is to read it, whatever the act around it is for.
  const row = incidentPolicy.grant({ actor: act.actor, action: 'incident.read' }, await findIncident(act, id))
  const { facts, identity } = contents.reveal(act, row, (await openRecordKeys(act, [id])).get(id))
  const named = identity === null ? [] : consult(identity, ({ parties }) => parties.map(partyKept))
  const byRef = new Map(named.map(({ ref, kept }) => [ref, kept]))
  const parties = facts === null ? [] : consult(facts, (known) => known.parties.map((party) => openParty(party, byRef)))
  return { id, case_id: row.case_id, parties }
}

const openParty = (party: Party, named: ReadonlyMap<string, Secret<NamedParty>>): OpenParty => ({
  ref: party.ref,
  isAccused: party.roles.includes('alleged_perpetrator'),
  facts: new Secret(party),
  identity: named.get(party.ref) ?? null,
})

const partyKept = (party: NamedParty) => ({ ref: party.ref, kept: new Secret(party) })

/** The parties of all the incidents of a case that the actor works on. */
export async function openCaseParties(act: Act, caseId: Id<'cases'>): Promise<OpenParty[]> {
  const filter = { organisation_id: homeOf(act.actor), seen: 'own', case_id: caseId, limit: LINKED_MAX } as const
  const parties: OpenParty[] = []
  for (const { id } of await listIncidents(act.db, act.actor.id, filter))
    parties.push(...(await openParties(act, id)).parties)
  return parties
}

/** The parties of a page of incidents, the newest first: of the reports that the actor may see, as far as the keys go. */
export async function openPartiesPage(act: Act, query: PageQuery) {
  const { limit } = query
  const rows = await listIncidents(act.db, act.actor.id, {
    organisation_id: homeOf(act.actor),
    seen: seesAll(act.actor) ? 'all' : 'own',
    after: decodeCursor(DayCursor, query.after),
    limit: limit + 1,
  })
  const incidents = []
  const { page, next } = cut(rows, limit, (last) => [last.received_on, last.id])
  for (const { id } of page) incidents.push(await openParties(act, id))
  return { incidents, next }
}
