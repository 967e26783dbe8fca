import { authorized } from './session.ts'

/** A file of the server, in memory; undefined where it was not given. Throws without a line. */
export async function fetchFile(url: string): Promise<Blob | undefined> {
  const reply = await fetch(url, { headers: await authorized(), cache: 'no-store', credentials: 'omit' })
  return reply.ok ? reply.blob() : undefined
}

/** Hands a file to the reader's device under this name. */
export function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
