import { type RawBuilder, sql } from 'kysely'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { type Edge, type Hanging, hangingOn, looseEnds } from './hanging.ts'

export type Shredding = Act<'erasure.confirm' | 'erasure.replay'>

/** What went of one table. */
export type Gone = {
  readonly table: string
  readonly rows: number
  readonly ids: Id<string>[]
  readonly blobs: Id<string>[]
}

async function listEdges(act: Act): Promise<Edge[]> {
  const { rows } = await sql<Edge>`
    select child.relname as child, c.attname as "column", parent.relname as parent, c.attnotnull as is_required
      from pg_constraint k
      join pg_class child on child.oid = k.conrelid
      join pg_class parent on parent.oid = k.confrelid
      join pg_attribute c on c.attrelid = k.conrelid and c.attnum = k.conkey[1]
      join pg_attribute p on p.attrelid = k.confrelid and p.attnum = k.confkey[1]
     where k.contype = 'f' and cardinality(k.conkey) = 1 and p.attname = 'id'
       and child.relnamespace = 'public'::regnamespace`.execute(act.db)
  return rows
}

/** Of each table, which of the columns `id` and `blob` it has. */
async function listMarks(act: Act): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and column_name in ('id', 'blob')`.execute(act.db)
  return new Set(rows.map(({ name }) => name))
}

type Doomed = {
  readonly hanging: Hanging
  readonly root: string
  readonly ids: readonly string[]
  readonly keepsRoot?: boolean
}

/** Whether a row of `table` hangs on one of the rows that go. */
function isDoomed(doomed: Doomed, table: string): RawBuilder<boolean> {
  if (table === doomed.root) return sql`id = any(${doomed.ids}::uuid[])`
  const ties = (doomed.hanging.get(table) ?? []).map((tie) => hangsBy(doomed, tie))
  return sql`(${sql.join(ties, sql` or `)})`
}

const hangsBy = (doomed: Doomed, { column, parent }: Edge): RawBuilder<boolean> =>
  sql`${sql.ref(column)} in (select id from ${sql.table(parent)} where ${isDoomed(doomed, parent)})`

/** How many rows would go, by table. */
export async function countDoomed(act: Act, root: string, ids: readonly string[]): Promise<Gone[]> {
  const doomed = { hanging: hangingOn(await listEdges(act), root), root, ids }
  const counts = [...doomed.hanging.keys()].map(
    (table) => sql`select ${table}::text as "table", count(*)::int as rows, '{}'::uuid[] as ids, '{}'::uuid[] as blobs
                     from ${sql.table(table)} where ${isDoomed(doomed, table)}`,
  )
  const { rows } = await sql<Gone>`${sql.join(counts, sql` union all `)}`.execute(act.db)
  return rows.filter((gone) => gone.rows > 0)
}

/**
 * Deletes these rows, all that hangs on them, and the wraps of all their keys. One statement, so that no order of tables
 * matters: foreign keys are looked at when all are gone.
 */
export async function destroyRows(act: Shredding, root: string, ids: readonly string[]): Promise<Gone[]> {
  if (ids.length === 0) return []
  const edges = await listEdges(act)
  return destroy(act, edges, { hanging: hangingOn(edges, root), root, ids })
}

/** The same for what finds a person and is of no case: the person's own row, and all that is of a case, stays. */
export async function destroyTraces(act: Shredding, id: Id<string>): Promise<Gone[]> {
  const edges = await listEdges(act)
  const ofCases = new Set(edges.flatMap(({ child, column }) => (column === 'case_id' ? [child] : [])))
  const beside = edges.filter(({ child }) => !ofCases.has(child))
  const hanging = hangingOn(beside, 'persons')
  return hanging.size < 2 ? [] : destroy(act, beside, { hanging, root: 'persons', ids: [id], keepsRoot: true })
}

async function destroy(act: Shredding, edges: readonly Edge[], doomed: Doomed): Promise<Gone[]> {
  for (const edge of looseEnds(edges, doomed.hanging)) await loosen(act, doomed, edge)
  const marks = await listMarks(act)
  const has = (table: string, column: string) => (marks.has(`${table}.${column}`) ? sql.ref(column) : sql`null::uuid`)
  const tables = [...doomed.hanging.keys()].filter((table) => table !== doomed.root || doomed.keepsRoot !== true)
  const gone = (table: string) => sql.table(`gone_${table}`)
  const deletions = tables.map(
    (table) => sql`${gone(table)} as (delete from ${sql.table(table)} where ${isDoomed(doomed, table)}
      returning ${has(table, 'id')} as id, ${has(table, 'blob')} as blob)`,
  )
  const records = sql.join(
    tables.map((table) => sql`select id from ${gone(table)}`),
    sql` union all `,
  )
  const counts = tables.map(
    (table) => sql`select ${table}::text as "table", count(*)::int as rows,
      array_remove(array_agg(id), null) as ids, array_remove(array_agg(blob), null) as blobs from ${gone(table)}`,
  )
  const { rows } = await sql<Gone>`
    with ${sql.join(deletions)},
      gone_keys as (delete from record_keys where record_id in (${records}) returning null::uuid as id)
    ${sql.join(counts, sql` union all `)}
    union all select 'record_keys', count(*)::int, '{}', '{}' from gone_keys`.execute(act.db)
  return rows.filter((one) => one.rows > 0)
}

/** Rows that stay lose what pointed at rows that go. */
async function loosen(act: Shredding, doomed: Doomed, edge: Edge): Promise<void> {
  const stays = doomed.hanging.has(edge.child) ? sql` and not coalesce(${isDoomed(doomed, edge.child)}, false)` : sql``
  await sql`update ${sql.table(edge.child)} set ${sql.ref(edge.column)} = null
             where ${hangsBy(doomed, edge)}${stays}`.execute(act.db)
}

/** A keyring with all its versions, roots and wraps, whatever they open. */
export async function destroyKeyring(act: Shredding, id: Id<'keyrings'>): Promise<Gone[]> {
  act.concerns('keyrings', id)
  const { rows } = await sql<Gone>`
    with wraps as (delete from record_keys where keyring_id = ${id} returning 1),
         roots as (delete from keyring_grants where keyring_id = ${id} returning 1),
         versions as (delete from keyring_versions where keyring_id = ${id} returning 1),
         keyring as (delete from keyrings where id = ${id} returning 1)
    select 'record_keys' as "table", count(*)::int as rows, '{}'::uuid[] as ids, '{}'::uuid[] as blobs from wraps
    union all select 'keyring_grants', count(*)::int, '{}', '{}' from roots
    union all select 'keyring_versions', count(*)::int, '{}', '{}' from versions
    union all select 'keyrings', count(*)::int, '{}', '{}' from keyring`.execute(act.db)
  return rows.filter((one) => one.rows > 0)
}

/** Keeps everybody in a case from being put into another until the act ends. */
export async function lockPersonsOf(act: Shredding, caseId: Id<string>): Promise<void> {
  await sql`select id from persons where id in (select person_id from case_persons where case_id = ${caseId})
             order by id for update`.execute(act.db)
}

/** The persons of a case who are in no other. */
export async function listLonePersons(act: Act, caseId: Id<string>): Promise<Id<'persons'>[]> {
  const { rows } = await sql<{ id: Id<'persons'> }>`
    select person_id as id from case_persons l where case_id = ${caseId} and not exists (
      select from case_persons other where other.person_id = l.person_id and other.case_id <> ${caseId})`.execute(
    act.db,
  )
  return rows.map(({ id }) => id)
}

/** With the records that were joined to these: they are of the same people. Which column joins them is in the catalogue. */
export async function withJoined(act: Shredding, ids: readonly Id<string>[]): Promise<Id<string>[]> {
  const joins = (await listEdges(act)).filter(({ child, parent }) => child === 'persons' && parent === 'persons')
  const all = new Set(ids)
  for (let before = 0; before < all.size; ) {
    before = all.size
    for (const { column } of joins) {
      const { rows } = await sql<{ id: Id<string> }>`
        select id from persons where ${sql.ref(column)} = any(${[...all]}::uuid[])`.execute(act.db)
      for (const { id } of rows) all.add(id)
    }
  }
  return [...all]
}
