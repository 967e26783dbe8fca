import { readFile } from 'node:fs/promises'
import { runMigrations } from 'graphile-worker'
import { Kysely, type MigrationProvider, Migrator, PostgresDialect, sql } from 'kysely'
import { type Connection, openPool } from './database.ts'
import { inProject } from '../kernel/project.ts'

/** The SQL files of `migrations/` in the order they are applied. A new one is appended; an applied one never changes. */
export const MIGRATIONS = [
  '0001_foundation.sql',
  '0002_keys.sql',
  '0003_sessions.sql',
  '0004_audit.sql',
  '0005_incidents_and_cases.sql',
  '0006_trust.sql',
  '0007_persons.sql',
  '0008_casework.sql',
  '0009_evidence.sql',
  '0010_detention_and_findings.sql',
  '0011_reference.sql',
  '0012_proceedings_and_deadlines.sql',
  '0013_statistics.sql',
  '0014_providers.sql',
  '0015_assistance.sql',
  '0016_reminders.sql',
  '0018_case_walls.sql',
  '0019_register.sql',
  '0023_scan_found.sql',
  '0024_incident_files.sql',
  '0027_incident_persons.sql',
  '0028_units.sql',
  '0029_conflicts.sql',
  '0030_name_tokens.sql',
  '0031_person_merges.sql',
  '0034_erasure.sql',
  '0035_erased_persons.sql',
  '0036_task_reminders.sql',
  '0037_public_figures.sql',
  '0038_statistics_pools.sql',
  '0039_signed_reference.sql',
  '0040_referrals.sql',
  '0041_referral_packages.sql',
  '0042_urgent_requests.sql',
  '0045_case_claims.sql',
  '0046_complaints.sql',
  '0047_implementation.sql',
  '0050_other_name_tokens.sql',
  '0052_counted_complaints.sql',
] as const

const FOLDER = inProject('migrations/')

/** One lock around all that follows, so that replicas may start together. Any number will do, if it stays the same. */
const LOCK = 7_403_121

/** Brings a database up to date, forward only: first the job queue's own tables, then ours. Names what was applied. */
export async function migrate(connection: Connection): Promise<string[]> {
  const pool = openPool(connection, 3)
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await database.transaction().execute(async (guard) => {
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(guard)
      await runMigrations({ pgPool: pool })
      return applyAll(database)
    })
  } finally {
    await database.destroy()
  }
}

/** All of them in one transaction: a start that fails leaves the database as it was. */
async function applyAll(database: Kysely<unknown>): Promise<string[]> {
  const { error, results = [] } = await new Migrator({ db: database, provider }).migrateToLatest()
  if (error !== undefined) throw new Error(`Migration ${failed(results)} failed`, { cause: error })
  return results.map(({ migrationName }) => migrationName)
}

const failed = (results: readonly { status: string; migrationName: string }[]) =>
  results.find(({ status }) => status === 'Error')?.migrationName ?? ''

const provider: MigrationProvider = {
  async getMigrations() {
    const files = MIGRATIONS.map(async (name) => [name, await readFile(new URL(name, FOLDER), 'utf8')] as const)
    return Object.fromEntries((await Promise.all(files)).map(([name, text]) => [name, migration(text)]))
  },
}

const migration = (text: string) => ({
  async up(db: Kysely<unknown>) {
    await sql.raw(text).execute(db)
  },
})
