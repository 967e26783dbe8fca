import { readFileSync } from 'node:fs'
import path from 'node:path'

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
