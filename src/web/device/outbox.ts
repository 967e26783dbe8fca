import { signal } from '@preact/signals'
import { refusalOf } from '../api/client.ts'
import { textOf } from '../api/json.ts'
import { create } from '../api/send.ts'
import { me } from '../api/session.ts'
import { reportOf } from '../form/report.ts'
import { type Draft, deleteDraft, drafts, saveDraft } from './drafts.ts'

/** References of what has arrived since the page was opened. */
export const arrived = signal<readonly string[]>([])
export const isSending = signal(false)
/** Whether the last attempt found no line. */
export const isOffline = signal(!navigator.onLine)

const AGAIN_MS = 30_000

/** Sends what waits, oldest first, while there is a line and somebody is signed in. */
export async function sendWaiting(): Promise<void> {
  if (isSending.value || me.value === undefined) return
  isSending.value = true
  try {
    for (const draft of drafts.value.filter(({ state }) => state === 'queued').toReversed()) await send(draft)
    isOffline.value = false
  } catch {
    isOffline.value = true
  } finally {
    isSending.value = false
  }
}

/** Throws where there is no line: the report stays, and the next attempt has the same key. */
async function send(draft: Draft): Promise<void> {
  const { status, body } = await create('/v1/incidents', draft.sendKey, reportOf(draft.form))
  if (status === 201) {
    await deleteDraft(draft.id)
    arrived.value = [...arrived.value, textOf(body, 'reference')]
    return
  }
  if (status === 401 || status >= 500 || status === 429) throw new TypeError('not now')
  await saveDraft({ ...draft, state: 'refused', refusal: refusalOf(status, body) })
}

/** Tries when the line comes back, and now and then. */
export function keepSending(): void {
  globalThis.addEventListener('online', () => void sendWaiting())
  globalThis.addEventListener('offline', () => {
    isOffline.value = true
  })
  setInterval(() => void sendWaiting(), AGAIN_MS)
}
