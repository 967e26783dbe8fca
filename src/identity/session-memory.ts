import type { Unlocked } from '../platform/operation/session.ts'

/** An opened session in memory, with the signed membership that was checked last. */
export type Known = { readonly unlocked: Unlocked; confirmed: string | null }

/** Opened sessions by name, so that a request need not open them again. */
export type SessionMemory = {
  find(name: string): Known | undefined
  keep(name: string, session: Known): void
  forget(name: string): void
}

const KNOWN_MOST = 2_000
const IDLE_MS = 120_000
const SWEEP_MS = 30_000

/**
 * Keeps what is in use and lets go of the rest two minutes after its last use, whether or not anybody asks: a session that
 * ended, here or at another replica, leaves no key behind for longer than that.
 */
export function sessionMemory(): SessionMemory {
  const known = new Map<string, { session: Known; until: number }>()
  const sweep = () => {
    for (const [name, { until }] of known) if (until < Date.now()) known.delete(name)
  }
  setInterval(sweep, SWEEP_MS).unref()

  return {
    find: (name) => known.get(name)?.session,
    keep(name, session) {
      known.delete(name)
      known.set(name, { session, until: Date.now() + IDLE_MS })
      const [oldest] = known.keys()
      if (known.size > KNOWN_MOST && oldest !== undefined) known.delete(oldest)
    },
    forget: (name) => void known.delete(name),
  }
}
