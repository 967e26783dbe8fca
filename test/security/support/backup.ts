import type pg from 'pg'
import { withClient } from './dump.ts'

const tablesOf = async (client: pg.Client): Promise<string[]> =>
  (
    await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`)
  ).rows.map(({ name }) => name)

/** A backup of every row of ours. `restore` brings them back, whatever happened since. */
export async function takeBackup(place: pg.ClientConfig): Promise<{ restore(): Promise<void> }> {
  await withClient(place, async (client) => {
    await client.query('create schema backup')
    for (const name of await tablesOf(client)) await client.query(`create table backup."${name}" as table "${name}"`)
  })
  const restore = () =>
    withClient(place, async (client) => {
      const tables = await tablesOf(client)
      await client.query('begin; set local session_replication_role = replica')
      await client.query(`truncate ${tables.map((name) => `"${name}"`).join(', ')}`)
      for (const name of tables) {
        const { rows } = await client.query<{ columns: string }>(
          `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
            where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
          [name],
        )
        const columns = rows[0]?.columns ?? ''
        await client.query(`insert into "${name}" (${columns}) select ${columns} from backup."${name}"`)
      }
      await client.query('commit')
    })
  return { restore }
}
