import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

/** The embedded PostgreSQL of a data folder, by what it writes about itself there. */
export function readPostmaster(data: string): { pid: number; host: string } {
  const lines = readFileSync(path.join(data, 'database/data/postmaster.pid'), 'utf8').split('\n')
  return { pid: Number(lines[0]), host: lines[4] ?? '' }
}

/** Ends PostgreSQL without a word, so that it comes back by way of its write-ahead log. */
export function killPostmaster(data: string): void {
  const { pid } = readPostmaster(data)
  if (pid > 0) process.kill(pid, 'SIGKILL')
}

/** A sign-in that was cut off counts as a failure. So many failures would close the writers' accounts. */
export async function forgetFailures(data: string): Promise<void> {
  const client = new pg.Client({ host: readPostmaster(data).host, user: 'postgres', database: 'postgres' })
  await client.connect()
  await client.query('delete from attempt_limits')
  await client.end()
}
