import type { Readable } from 'node:stream'
import { chunksOf, FILE_CHUNK_BYTES, type FileLock, fillingOf, sealPiece } from '../platform/crypto/file-cipher.ts'
import { dropLeftovers, joinSmallPieces, nameOf, PIECE_CHUNKS } from './pieces.ts'
import type { BlobStore } from './store.ts'

const PIECE_BYTES = PIECE_CHUNKS * FILE_CHUNK_BYTES

type Coming = { readonly stream: Readable; readonly offset: number }

/** Seals what comes, piece by piece, and answers up to where the file is kept now. The rest of a chunk is let go. */
export async function writePieces(store: BlobStore, lock: FileLock, { stream, offset }: Coming): Promise<number> {
  if (offset === lock.size) return offset
  await dropLeftovers(store, lock)
  const putting = inFlight()
  let first = offset / FILE_CHUNK_BYTES
  let waiting: Buffer[] = []
  let bytes = 0
  const keep = async (most: number) => {
    const all = Buffer.concat(waiting)
    const [name, piece] = [nameOf(first), sealPiece(lock, first, all.subarray(0, most))]
    first += Math.ceil(most / FILE_CHUNK_BYTES)
    waiting = [all.subarray(most)]
    bytes = all.length - most
    await putting.add(() => store.put(lock.file, name, piece))
  }

  let rest = 0
  try {
    for await (const part of withFilling(stream, lock, offset)) {
      waiting.push(part)
      bytes += part.length
      while (bytes >= PIECE_BYTES) await keep(PIECE_BYTES)
    }
    const isEnd = first + Math.ceil(bytes / FILE_CHUNK_BYTES) === chunksOf(lock.size) && endsWhole(lock, first, bytes)
    rest = isEnd ? bytes : bytes - (bytes % FILE_CHUNK_BYTES)
    if (rest > 0) await keep(rest)
  } finally {
    await putting.end()
  }
  if (rest > 0) await joinSmallPieces(store, lock)
  return Math.min(lock.size, first * FILE_CHUNK_BYTES)
}

const FLYING_MOST = 3

/** A few at once, while the next is received and sealed. The first failure is told; nothing goes on behind its back. */
function inFlight() {
  const flying: Promise<void>[] = []
  return {
    async add(work: () => Promise<void>): Promise<void> {
      if (flying.length >= FLYING_MOST) await flying.shift()
      const begun = work()
      // It is waited for above or at the end.
      begun.catch(() => undefined)
      flying.push(begun)
    },
    async end(): Promise<void> {
      const left = flying.splice(0)
      await Promise.allSettled(left)
      await Promise.all(left)
    },
  }
}

const endsWhole = ({ size }: FileLock, first: number, bytes: number): boolean =>
  first * FILE_CHUNK_BYTES + bytes === size + fillingOf(size)

/** What comes, and behind the last byte of the file its filling. A sender who breaks off is as one who pauses. */
async function* withFilling(stream: Readable, { size }: FileLock, offset: number): AsyncGenerator<Buffer> {
  let at = offset
  try {
    for await (const part of stream) {
      const bytes = part instanceof Buffer ? part : Buffer.from(part)
      at += bytes.length
      yield bytes
    }
  } catch (error) {
    if (!stream.destroyed) throw error
  }
  if (at !== size) return
  for (let left = fillingOf(size); left > 0; left -= FILE_CHUNK_BYTES)
    yield Buffer.alloc(Math.min(left, FILE_CHUNK_BYTES))
}
