import { signal } from '@preact/signals'
import { beginUpload, Gone, receivedOf, sendFrom } from '../api/tus.ts'
import { device } from './store.ts'
import { key, reveal, seal } from './vault.ts'

/** A file on its way to become evidence, and what is to be said of it. The file itself is not kept on the device. */
export type Upload = {
  readonly id: string
  readonly caseId: string
  readonly url: string
  readonly file: { readonly name: string; readonly size: number; readonly modified: number }
  readonly about: object
  readonly received: number
  readonly state: 'sending' | 'paused' | 'sent' | 'refused'
}

export const uploads = signal<readonly Upload[]>([])
const WAIT_MS = [1_000, 3_000, 10_000, 30_000]

const put = (upload: Upload): void => {
  uploads.value = [upload, ...uploads.value.filter(({ id }) => id !== upload.id)]
}

const isUpload = (value: unknown): value is Upload => typeof value === 'object' && value !== null && 'caseId' in value

/** Where earlier files were when the page was closed: to go on, the same file is chosen again. */
export async function loadUploads(): Promise<void> {
  const by = key.value
  if (by === undefined) return
  const sealed = await (await device()).getAll('uploads')
  const kept = (await Promise.all(sealed.map((one) => reveal(by, one)))).filter(isUpload)
  const known = new Set(uploads.value.map(({ id }) => id))
  uploads.value = [...uploads.value, ...kept.filter(({ id }) => !known.has(id))]
}

/** Kept only while the device is unlocked: the name of a file is not written in the open. */
async function keep(upload: Upload): Promise<void> {
  const by = key.value
  if (by === undefined) return
  await (await device()).put('uploads', await seal(by, upload.id, { ...upload, state: 'paused' }))
}

/** Forgets it here; what the server received of it is swept there. */
export async function dropUpload(id: string): Promise<void> {
  uploads.value = uploads.value.filter((upload) => upload.id !== id)
  await (await device()).delete('uploads', id)
}

export async function startUpload(caseId: string, file: File, about: object): Promise<Upload> {
  const url = await beginUpload(file.size)
  const { name, size, lastModified: modified } = file
  const upload: Upload = {
    id: crypto.randomUUID(),
    caseId,
    url,
    file: { name, size, modified },
    about,
    received: 0,
    state: 'sending',
  }
  put(upload)
  await keep(upload)
  return upload
}

/** Whether this is the file that was being sent, as far as can be seen without reading it. */
export const isSame = ({ file }: Upload, chosen: File): boolean =>
  file.name === chosen.name && file.size === chosen.size && file.modified === chosen.lastModified

/** Sends until all is there, however often the line breaks. False where the server does not take it. */
export async function sendOn(upload: Upload, file: File): Promise<boolean> {
  for (let broken = 0; ; broken += 1) {
    try {
      const received = await receivedOf(upload.url)
      put({ ...upload, received, state: 'sending' })
      await sendFrom({ url: upload.url, received }, file, (now) => {
        broken = 0
        put({ ...upload, received: now, state: 'sending' })
      })
      put({ ...upload, received: file.size, state: 'sent' })
      return true
    } catch (reason) {
      if (reason instanceof Gone) {
        put({ ...upload, state: 'refused' })
        return false
      }
      await new Promise((done) => setTimeout(done, WAIT_MS[Math.min(broken, WAIT_MS.length - 1)]))
    }
  }
}
