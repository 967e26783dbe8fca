import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SettingError } from '../kernel/config.ts'

const PATIENCE_MS = 10_000
/** A server whose process died says `stopping` at once; one that still says `ready` is in use. */
const PATIENCE_WHEN_READY_MS = 1_500
const STEP_MS = 25

/** What the server writes about itself into `data`: its process id and, once it accepts connections, `ready`. */
export type Notice = { readonly pid: number; readonly state: string }

/** The notice in a data folder, or undefined when no server runs there nor died there. */
export function readNotice(data: string): Notice | undefined {
  const lines = readText(path.join(data, 'postmaster.pid')).split('\n')
  return lines[0] === '' ? undefined : { pid: Number(lines[0]), state: lines[7]?.trim() ?? '' }
}

/**
 * Waits for the server of a process that was killed: it shuts itself down, and until it is reaped PostgreSQL takes it
 * for alive. Throws when it goes on: then it belongs to a process that is still at work.
 */
export async function formerServerGone(data: string): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
    const former = readNotice(data)
    if (former === undefined || !holds(former.pid, data)) return
    if (former.state === 'ready' && waited >= PATIENCE_WHEN_READY_MS) break
    await sleep(STEP_MS)
  }
  throw new SettingError(`Another process uses the database in ${data}: stop it first`)
}

/** Process ids are used again: only a zombie or a server of this very folder counts. */
function holds(pid: number, data: string): boolean {
  const stat = readText(`/proc/${String(pid)}/stat`)
  const isZombie = stat.slice(stat.lastIndexOf(')')).startsWith(') Z')
  return (
    isZombie ||
    readText(`/proc/${String(pid)}/cmdline`)
      .split('\0')
      .includes(data)
  )
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
