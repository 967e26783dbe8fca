import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '../platform/kernel/problem.ts'
import { awayForNow, storageFull } from './problems.ts'
import type { BlobStore } from './store.ts'

const UNFINISHED = '.part'
const SYNCED_AT_ONCE = 8
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Files in a folder of this machine. */
export function diskStore(root: string): BlobStore {
  const folderOf = (blob: string) => path.join(root, blob)

  return {
    put: (blob, name, bytes) =>
      guarded(async () => {
        const file = path.join(folderOf(blob), name)
        const part = `${file}.${globalThis.crypto.randomUUID()}${UNFINISHED}`
        await mkdir(folderOf(blob), { recursive: true, mode: 0o700 })
        try {
          await writeFile(part, bytes, { mode: 0o600 })
          await rename(part, file)
        } catch (error) {
          await rm(part, { force: true })
          throw error
        }
      }),
    get: (blob, name) => guarded(() => orNothing(() => readFile(path.join(folderOf(blob), name)))),
    list: (blob) =>
      guarded(async () => {
        const names = (await orNothing(() => readdir(folderOf(blob)))) ?? []
        const pieces = names.filter((name) => !name.endsWith(UNFINISHED))
        return Promise.all(
          pieces.map(async (name) => ({ name, bytes: (await stat(path.join(folderOf(blob), name))).size })),
        )
      }),
    drop: (blob, name) => guarded(() => rm(path.join(folderOf(blob), name), { force: true })),
    settle: (blob) =>
      guarded(async () => {
        const files = (await readdir(folderOf(blob))).map((name) => path.join(folderOf(blob), name))
        for (let at = 0; at < files.length; at += SYNCED_AT_ONCE)
          await Promise.all(files.slice(at, at + SYNCED_AT_ONCE).map(settleFile))
        await sync(folderOf(blob))
        await sync(root)
      }),
    remove: (blob) => guarded(() => rm(folderOf(blob), { recursive: true, force: true })),
    blobs: () =>
      guarded(async () => {
        const names = (await orNothing(() => readdir(root))) ?? []
        return Promise.all(names.map(async (blob) => ({ blob, changed_at: (await stat(folderOf(blob))).mtime })))
      }),
  }
}

/** Of a piece that was never whole nothing stays. */
const settleFile = (file: string): Promise<void> => (file.endsWith(UNFINISHED) ? rm(file, { force: true }) : sync(file))

async function sync(place: string): Promise<void> {
  const handle = await open(place, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

async function orNothing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** What the file system refuses, as a problem. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) === '') throw error
    throw FULL.has(codeOf(error)) ? new Problem(storageFull) : awayForNow()
  }
}
