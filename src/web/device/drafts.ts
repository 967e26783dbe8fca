import { signal } from '@preact/signals'
import type { Refusal } from '../api/client.ts'
import type { Form } from '../form/form.ts'
import { device } from './store.ts'
import { key, reveal, seal } from './vault.ts'

/** A report on its way: written, waiting for the line, or sent back by the server as not understood. */
export type Draft = {
  readonly id: string
  readonly state: 'draft' | 'queued' | 'refused'
  /** Sent with each attempt, so that a report arrives once however often it is sent. */
  readonly sendKey: string
  readonly form: Form
  readonly changed: string
  readonly refusal?: Refusal
}

/** All drafts of this device, once it is unlocked. */
export const drafts = signal<readonly Draft[]>([])

export async function loadDrafts(): Promise<void> {
  const by = key.value
  if (by === undefined) return
  const sealed = await (await device()).getAll('drafts')
  const open = await Promise.all(sealed.map((one) => reveal(by, one)))
  drafts.value = open.filter(isDraft).sort((a, b) => (a.changed < b.changed ? 1 : -1))
}

/** Only this program writes drafts, under the key of this device. */
const isDraft = (value: unknown): value is Draft => typeof value === 'object' && value !== null && 'sendKey' in value

export function newDraft(form: Form): Draft {
  return {
    id: crypto.randomUUID(),
    state: 'draft',
    sendKey: crypto.randomUUID(),
    form,
    changed: new Date().toISOString(),
  }
}

export async function saveDraft(draft: Draft): Promise<void> {
  const by = key.value
  if (by === undefined) throw new Error('the device is locked')
  const kept = { ...draft, changed: new Date().toISOString() }
  await (await device()).put('drafts', await seal(by, kept.id, kept))
  drafts.value = [kept, ...drafts.value.filter(({ id }) => id !== kept.id)]
}

export async function deleteDraft(id: string): Promise<void> {
  await (await device()).delete('drafts', id)
  drafts.value = drafts.value.filter((draft) => draft.id !== id)
}
