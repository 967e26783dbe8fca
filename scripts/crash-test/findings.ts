import pg from 'pg'
import { z } from 'zod'
import { sha256 } from '../../src/platform/crypto/code.ts'
import type { Acknowledged } from './writers.ts'

/** What is wrong in the database. All of it must be empty. */
export type Findings = {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[]
  /** There, though no writer was ever told of it: some report a second time. */
  readonly doubled: readonly string[]
  /** There in part: something that belongs to it is missing, or is not what was acknowledged. */
  readonly halfWritten: readonly string[]
}

const INCIDENTS = `
  select id, identity, narrative, legal, facts,
         (select string_agg(part, ' ' order by part) from record_keys where record_id = incidents.id) as parts
    from incidents`
const EVENTS = `
  select body::json as event from audit_events
   where body::jsonb @> '{"action": "incident.submit", "outcome": "done"}'`
/** Record keys of nothing. Members and organisations have theirs too. */
const STRAYS = `
  select distinct record_id as id from record_keys
   where record_id not in (select id from incidents union all select id from members union all select id from organisations)`
const ANSWERS = `
  select count(*)::int as kept from idempotency_keys where user_id in (select submitted_by from incidents)`

const Incident = z.object({
  id: z.string(),
  identity: z.instanceof(Buffer),
  narrative: z.instanceof(Buffer),
  legal: z.instanceof(Buffer),
  facts: z.instanceof(Buffer),
  parts: z.string().nullable(),
})
type Incident = z.output<typeof Incident>

const Subject = z.object({ id: z.string(), ciphertext_sha256: z.string() })
const Event = z.object({ event: z.object({ id: z.string(), subjects: z.tuple([Subject]) }) })

/** Compares what lies in the database with what the writers were told. */
export async function examine(host: string, acknowledged: readonly Acknowledged[]): Promise<Findings> {
  const client = new pg.Client({ host, user: 'postgres', database: 'postgres' })
  await client.connect()
  const rowsOf = async <S extends z.ZodType>(schema: S, statement: string) =>
    z.array(schema).parse((await client.query(statement)).rows)
  try {
    const incidents = await rowsOf(Incident, INCIDENTS)
    const events = await rowsOf(Event, EVENTS)
    const strays = await rowsOf(z.object({ id: z.string() }), STRAYS)
    const answers = await rowsOf(z.object({ kept: z.int() }), ANSWERS)
    return compare({ incidents, events, strays, kept: answers[0]?.kept ?? 0 }, acknowledged)
  } finally {
    await client.end()
  }
}

type Found = {
  readonly incidents: readonly Incident[]
  readonly events: readonly z.output<typeof Event>[]
  readonly strays: readonly { readonly id: string }[]
  readonly kept: number
}

function compare({ incidents, events, strays, kept }: Found, acknowledged: readonly Acknowledged[]): Findings {
  const there = new Set(incidents.map(({ id }) => id))
  const told = new Map(acknowledged.map((receipt) => [receipt.id, receipt]))
  const written = new Map(events.map(({ event }) => [event.subjects[0].id, event]))
  const isWhole = (incident: Incident): boolean => {
    const hash = ciphertextHash(incident)
    const event = written.get(incident.id)
    const receipt = told.get(incident.id)
    return (
      incident.parts === 'facts record' &&
      event?.subjects[0].ciphertext_sha256 === hash &&
      (receipt === undefined || (receipt.ciphertext_sha256 === hash && receipt.audit_receipt === event.id))
    )
  }
  return {
    lost: acknowledged.filter(({ id }) => !there.has(id)).map(({ summary }) => summary),
    doubled: [
      ...[...there].filter((id) => !told.has(id)),
      ...(told.size === acknowledged.length ? [] : ['two reports were acknowledged as one']),
    ],
    halfWritten: [
      ...incidents.filter((incident) => !isWhole(incident)).map(({ id }) => id),
      ...events.filter(({ event }) => !there.has(event.subjects[0].id)).map(({ event }) => `audit event ${event.id}`),
      ...strays.map(({ id }) => `record key of ${id}`),
      ...(kept === incidents.length ? [] : [`${String(kept)} kept answers for ${String(incidents.length)} reports`]),
    ],
  }
}

/** As the audit row has it: over names and ciphertexts in the order of the columns. */
const ciphertextHash = ({ identity, narrative, legal, facts }: Incident): string =>
  sha256(...Object.entries({ identity, narrative, legal, facts }).flat()).toString('hex')
