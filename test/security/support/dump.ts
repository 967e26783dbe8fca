import pg from 'pg'

export type Row = Readonly<Record<string, unknown>>

/** What who steals a dump has: every row of every table of ours, and which columns the schema calls sealed. */
export type Dump = {
  readonly rows: ReadonlyMap<string, readonly Row[]>
  readonly sealed: ReadonlyMap<string, readonly string[]>
}

/** Runs `work` with a connection of its own. */
export async function withClient<T>(place: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(place)
  await client.connect()
  return work(client).finally(() => client.end())
}

export function takeDump(place: pg.ClientConfig): Promise<Dump> {
  return withClient(place, async (client) => {
    const columns = await client.query<{ table: string; column: string; domain: string | null }>(`
      select c.table_name as "table", c.column_name as "column", c.domain_name as "domain"
        from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position`)
    const rows = new Map<string, Row[]>()
    const sealed = new Map<string, string[]>()
    for (const { table, column, domain } of columns.rows) {
      if (!rows.has(table)) rows.set(table, (await client.query<Row>(`select * from "${table}"`)).rows)
      if (domain === 'sealed') sealed.set(table, [...(sealed.get(table) ?? []), column])
    }
    return { rows, sealed }
  })
}

export const rowsOf = (dump: Dump, table: string): readonly Row[] => dump.rows.get(table) ?? []

export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new Error(`${column} is not text`)
  return value
}

export function number(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new Error(`${column} is not a number`)
  return value
}

export function bytes(row: Row, column: string): Buffer {
  const value = row[column]
  if (!Buffer.isBuffer(value)) throw new Error(`${column} is not bytes`)
  return value
}
