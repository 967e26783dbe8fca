import { signal } from '@preact/signals'
import { forget, hasSession, seizeSession, takeSession } from '../api/session.ts'
import { drafts } from './drafts.ts'
import type { Sealed } from './store.ts'
import { key, lock, reveal, seal } from './vault.ts'

const IDLE_MS = 10 * 60 * 1_000
const LOOK_MS = 5_000

/** Whether the pages are shut until the PIN is typed. The session lies in memory, sealed under the PIN. */
export const isLocked = signal(false)

let sealed: Sealed | undefined
let last = Date.now()

/** Shuts the device. Where it has no PIN open, the session ends here. */
export async function lockNow(): Promise<void> {
  const by = key.value
  const session = by === undefined ? undefined : seizeSession()
  sealed = by === undefined || session === undefined ? undefined : await seal(by, 'session', session)
  isLocked.value = sealed !== undefined
  lock()
  drafts.value = []
  forget()
}

/** Opens the session again, once the PIN has opened the device. */
export async function openAgain(): Promise<void> {
  const by = key.value
  if (by !== undefined && sealed !== undefined) takeSession(await reveal(by, sealed))
  letGo()
}

/** Leaves the session shut for good: whoever wants to go on signs in. */
export function letGo(): void {
  sealed = undefined
  isLocked.value = false
  last = Date.now()
}

/** Locks by itself when nobody has touched anything for a while, a sleep of the machine included. */
export function watchIdleness(): void {
  for (const touch of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
    addEventListener(touch, () => (last = isIdle() ? last : Date.now()), { passive: true })
  setInterval(() => void (isIdle() && (hasSession() || key.value !== undefined) && lockNow()), LOOK_MS)
}

const isIdle = (): boolean => Date.now() - last > IDLE_MS
