import { forget } from '../api/session.ts'
import { drafts } from './drafts.ts'
import { deleteDevice } from './store.ts'
import { lock } from './vault.ts'

/** Deletes all that this program left on the device, and the program; then shows an empty page of nothing in particular. */
export async function wipe(): Promise<void> {
  forget()
  lock()
  drafts.value = []
  await deleteDevice()
  for (const name of await caches.keys()) await caches.delete(name)
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister()
  globalThis.location.replace('about:blank')
}
