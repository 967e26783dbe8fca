import { type DBSchema, openDB } from 'idb'

/** What lies on the device: ciphertext of drafts and of where half-sent files are, how the PIN becomes a key, and public lists. */
interface Device extends DBSchema {
  drafts: { key: string; value: Sealed }
  uploads: { key: string; value: Sealed }
  vault: { key: 'vault'; value: Vault }
  lists: { key: string; value: { readonly name: string; readonly terms: readonly Term[] } }
}

export type Sealed = { readonly id: string; readonly iv: Uint8Array<ArrayBuffer>; readonly data: ArrayBuffer }
export type Vault = {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly rounds: number
  readonly check: Sealed
  readonly failed: number
}
export type Term = {
  readonly code: string
  readonly parent?: string
  readonly labels: Readonly<Record<string, string>>
}

/** A name that says nothing of what it is for. */
const NAME = 'notes'

const open = () =>
  openDB<Device>(NAME, 2, {
    upgrade(db, before) {
      db.createObjectStore('uploads', { keyPath: 'id' })
      if (before > 0) return
      db.createObjectStore('drafts', { keyPath: 'id' })
      db.createObjectStore('vault')
      db.createObjectStore('lists', { keyPath: 'name' })
    },
  })

let opened: ReturnType<typeof open> | undefined
/** The database of the device, opened once. */
export const device = () => (opened ??= open())

/** Closes it and deletes all of it. */
export async function deleteDevice(): Promise<void> {
  const db = await opened
  opened = undefined
  db?.close()
  await new Promise<void>((done) => {
    const request = indexedDB.deleteDatabase(NAME)
    request.onsuccess = request.onerror = request.onblocked = () => done()
  })
}
