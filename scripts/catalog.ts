import pg from 'pg'
import { z } from 'zod'
import type { Connection } from '../src/platform/database/database.ts'

/** What the migrated database says about itself. The tables of the job queue and of the migrator are not ours. */
export type Catalog = {
  readonly columns: readonly Column[]
  readonly constraints: readonly Constraint[]
  readonly enums: readonly Enum[]
  /** Complete statements: domains, indexes that no constraint makes, functions and triggers. */
  readonly statements: readonly Statement[]
}
export type Column = z.infer<typeof Column>
export type Constraint = z.infer<typeof Constraint>
export type Enum = z.infer<typeof Enum>
export type Statement = z.infer<typeof Statement>

const Column = z.object({
  table: z.string(),
  column: z.string(),
  /** As SQL writes it: `text[]`, `timestamp with time zone`, or the name of a domain or an enum. */
  type: z.string(),
  /** Beneath a domain; else the same as `type`. */
  base: z.string(),
  is_nullable: z.boolean(),
  default: z.string().nullable(),
  is_generated: z.boolean(),
  is_logged: z.boolean(),
})

const Constraint = z.object({
  table: z.string(),
  name: z.string(),
  kind: z.enum(['p', 'u', 'f', 'c', 'x']),
  columns: z.array(z.string()),
  target: z.string().nullable(),
  target_columns: z.array(z.string()),
  definition: z.string(),
})

const Enum = z.object({ name: z.string(), labels: z.array(z.string()) })

const Statement = z.object({
  kind: z.enum(['domain', 'index', 'function', 'trigger']),
  table: z.string(),
  text: z.string(),
})

const OURS = `n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not like 'kysely\\_%'`

const COLUMNS = `
  select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
         format_type(case when t.typtype = 'd' then t.typbasetype else t.oid end, null) as base,
         not a.attnotnull as is_nullable, pg_get_expr(d.adbin, d.adrelid) as "default",
         a.attidentity = 'a' or a.attgenerated <> '' as is_generated, c.relpersistence = 'p' as is_logged
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where ${OURS}
   order by c.relname collate "C", a.attnum`

const names = (table: string, numbers: string) => `
  array(select a.attname::text from unnest(${numbers}) with ordinality u (number, place)
          join pg_attribute a on a.attrelid = ${table} and a.attnum = u.number order by u.place)`

const CONSTRAINTS = `
  select c.relname as "table", k.conname as name, k.contype::text as kind, f.relname as target,
         ${names('k.conrelid', 'k.conkey')} as columns, ${names('k.confrelid', 'k.confkey')} as target_columns,
         pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_class f on f.oid = k.confrelid
   where ${OURS} and k.contype in ('p', 'u', 'f', 'c', 'x')
   order by c.relname collate "C", position(k.contype::text in 'pufcx'), k.conname collate "C"`

const ENUMS = `
  select t.typname as name, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
    from pg_type t join pg_enum e on e.enumtypid = t.oid
   where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname collate "C"`

const STATEMENTS = `
  select 'domain' as kind, '' as "table", t.typname as name,
         format('create domain %I as %s %s', t.typname, format_type(t.typbasetype, t.typtypmod),
           (select string_agg(lower(left(def, 5)) || substr(def, 6), ' ')
              from (select pg_get_constraintdef(k.oid) as def from pg_constraint k
                     where k.contypid = t.oid and k.contype = 'c' order by k.conname) checks)) as text
    from pg_type t where t.typtype = 'd' and t.typnamespace = 'public'::regnamespace
  union all
  select 'index', c.relname, i.relname, pg_get_indexdef(i.oid)
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class c on c.oid = x.indrelid
    join pg_namespace n on n.oid = c.relnamespace
   where ${OURS} and not exists (select from pg_constraint k where k.conindid = i.oid)
  union all
  select 'function', '', p.proname, pg_get_functiondef(p.oid)
    from pg_proc p where p.pronamespace = 'public'::regnamespace
  union all
  select 'trigger', c.relname, g.tgname, pg_get_triggerdef(g.oid)
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
   where ${OURS} and not g.tgisinternal
   order by 1, 2, 3`

/** Reads the catalog of a migrated database. */
export async function readCatalog(connection: Connection): Promise<Catalog> {
  const client = new pg.Client(connection)
  await client.connect()
  const rows = async <T>(schema: z.ZodType<T>, query: string) => z.array(schema).parse((await client.query(query)).rows)
  try {
    return {
      columns: await rows(Column, COLUMNS),
      constraints: await rows(Constraint, CONSTRAINTS),
      enums: await rows(Enum, ENUMS),
      statements: await rows(Statement, STATEMENTS),
    }
  } finally {
    await client.end()
  }
}
