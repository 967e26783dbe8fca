import { sql } from 'kysely'
import { randomReference } from '../platform/crypto/code.ts'
import type { Writer } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Act } from '../platform/operation/op.ts'
import { insertingWraps } from '../platform/operation/record-keys.ts'
import { contents, type Filling, hashOf, type Home, signatureOn } from './repo.ts'

const REFERENCE_LETTERS = 6
const REFERENCES_TRIED = 8

type Wraps = readonly Tables['record_keys'][]
export type SealedReport = ReturnType<typeof sealReport>

/** A report as it will lie, signed by its author, with the wraps of its key. */
export function sealReport(act: Act<'incident.submit'>, home: Home, { wraps, ...filling }: Filling & { wraps: Wraps }) {
  const sealed = contents.seal(act, home, filling)
  const row = { ...home, ...sealed, ...signatureOn(act, { ...home, ...sealed }) }
  return { act, row, wraps, received_on: dayOf(act.services.now()), ciphertext_sha256: hashOf(sealed) }
}

type Stored = Pick<SealedReport, 'act' | 'ciphertext_sha256'> & { readonly id: Home['id']; readonly reference: string }

/** Inserts reports with their wraps, and gives them their references. One that is taken is drawn again. */
export async function insertReports(db: Writer, reports: readonly SealedReport[]): Promise<Stored[]> {
  const references = new Map<string, string>()
  let left = reports
  let wraps = reports.flatMap((report) => report.wraps)
  for (let tried = 0; tried < REFERENCES_TRIED && left.length > 0; tried += 1) {
    for (const { id, reference } of await insertFree(db, left, wraps)) references.set(id, reference)
    left = left.filter(({ row }) => !references.has(row.id))
    wraps = []
  }
  return reports.map(({ act, row, ciphertext_sha256 }) => ({
    act,
    id: row.id,
    reference: referenceOf(references, row.id),
    ciphertext_sha256,
  }))
}

function referenceOf(references: ReadonlyMap<string, string>, id: string): string {
  const reference = references.get(id)
  if (reference === undefined) throw new Error('no free incident reference was found')
  return reference
}

const drawn = ({ received_on }: SealedReport) => `INC-${received_on.slice(0, 4)}-${randomReference(REFERENCE_LETTERS)}`

/** Columns as arrays: the statement is the same for any number of reports, and so is its plan. */
async function insertFree(db: Writer, reports: readonly SealedReport[], wraps: Wraps) {
  const rows = reports.map(({ row }) => row)
  const { rows: inserted } = await sql<{ id: string; reference: string }>`
    with wraps as (${insertingWraps(wraps)})
    insert into incidents (id, organisation_id, seal_version, reference, received_on, submitted_by, signed_by,
                           signature, identity, narrative, legal, facts)
    select id, organisation_id, seal_version, reference, received_on, author, author,
           signature, identity, narrative, legal, facts
      from unnest(
        ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ organisation_id }) => organisation_id)}::uuid[],
        ${rows.map(({ seal_version }) => seal_version)}::integer[], ${reports.map(drawn)}::text[],
        ${reports.map(({ received_on }) => received_on)}::date[], ${rows.map(({ signed_by }) => signed_by)}::uuid[],
        ${rows.map(({ signature }) => signature)}::bytea[], ${rows.map(({ identity }) => identity)}::bytea[],
        ${rows.map(({ narrative }) => narrative)}::bytea[], ${rows.map(({ legal }) => legal)}::bytea[],
        ${rows.map(({ facts }) => facts)}::bytea[])
      as report (id, organisation_id, seal_version, reference, received_on, author, signature,
                 identity, narrative, legal, facts)
    on conflict (reference) do nothing
    returning id, reference`.execute(db)
  return inserted
}
