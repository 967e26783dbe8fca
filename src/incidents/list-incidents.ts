import { z } from 'zod'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { cut, decodeCursor, encodeCursor } from '../platform/database/page.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { openRecordKeys } from '../platform/operation/record-keys.ts'
import { homeOf } from '../platform/access/home.ts'
import { incidentPolicy, seesAll } from './policy.ts'
import { openIncident } from './read-incident.ts'
import { type IncidentFilter, type IncidentRow, listIncidents } from './repo.ts'
import type { IncidentFacts } from './schema.ts'
import type { IncidentPage, IncidentQuery } from './schema-replies.ts'
import { Day } from './schema-when.ts'

const CHUNK = 200
const SCANNED_MAX = 2_000

const Cursor = z.tuple([Day, z.uuid()])

/**
 * A page of what the actor may see, newest first. Coded facts are matched after opening, in chunks: a page may then be
 * short, or empty, and still have a `next`, because one request opens a bounded number of reports.
 */
export function readIncidents(op: Op<'incident.list'>, query: IncidentQuery): Promise<IncidentPage> {
  const filter = filterOf(op, query)
  return op.act((act) => (asksForFacts(query) ? scan(act, filter, query) : page(act, filter, query.limit)))
}

function filterOf({ actor }: Op, query: IncidentQuery): Omit<IncidentFilter, 'limit'> {
  const { status, received_from, received_to, case_id } = query
  return {
    organisation_id: homeOf(actor),
    seen: seesAll(actor) ? 'all' : 'own',
    status,
    received_from,
    received_to,
    case_id,
    submitted_by: query.submitted_by === undefined ? undefined : actor.id,
    after: decodeCursor(Cursor, query.after),
  }
}

async function page(act: Act<'incident.list'>, filter: Omit<IncidentFilter, 'limit'>, limit: number) {
  const rows = await listIncidents(act.db, act.actor.id, { ...filter, limit: limit + 1 })
  const { page: shown, next } = cut(rows, limit, placeOf)
  return { items: await open(act, shown), next }
}

async function scan(act: Act<'incident.list'>, filter: Omit<IncidentFilter, 'limit'>, query: IncidentQuery) {
  const found: IncidentPage['items'] = []
  let after = filter.after
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += CHUNK) {
    const rows = await listIncidents(act.db, act.actor.id, { ...filter, after, limit: CHUNK })
    for (const incident of await open(act, rows)) {
      if (!matches(incident.facts, query)) continue
      found.push(incident)
      if (found.length === query.limit) return { items: found, next: encodeCursor(placeOf(incident)) }
    }
    const last = rows[CHUNK - 1]
    if (last === undefined) return { items: found, next: null }
    after = placeOf(last)
  }
  return { items: found, next: after === undefined ? null : encodeCursor(after) }
}

async function open(act: Act<'incident.list'>, rows: readonly IncidentRow[]) {
  const granted = incidentPolicy.grantEach(act, rows)
  const keys = await openRecordKeys(
    act,
    granted.map(({ id }) => id),
  )
  return granted.map((incident) => openIncident(act, incident, keys))
}

const placeOf = ({ received_on, id }: Pick<IncidentRow, 'received_on' | 'id'>): [string, string] => [received_on, id]

const asksForFacts = ({ kind, country, violation }: IncidentQuery) =>
  kind !== undefined || country !== undefined || violation !== undefined

/** Whether the facts are open to the reader and say what is asked for. */
function matches(facts: Secret<IncidentFacts> | null, { kind, country, violation }: IncidentQuery): boolean {
  if (facts === null) return false
  return consult(
    facts,
    (known) =>
      (kind === undefined || known.kind === kind) &&
      (country === undefined || known.place.country === country) &&
      (violation === undefined || known.acts.some((act) => act.violation === violation)),
  )
}
