import type { Readable } from 'node:stream'
import { SealBroken } from '../platform/crypto/box.ts'
import {
  chunksIn,
  chunksOf,
  FILE_CHUNK_BYTES,
  type FileLock,
  fillingOf,
  openPiece,
  prefixOf,
  sealPiece,
} from '../platform/crypto/file-cipher.ts'
import { revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { BlobStore } from './store.ts'

const PIECE_CHUNKS = 64
const PIECE_BYTES = PIECE_CHUNKS * FILE_CHUNK_BYTES

/** So many chunks in a row, kept as one. */
export type Piece = { readonly first: number; readonly chunks: number }
/** `prefix` tells this piece from any other that was ever put in its place. */
export type PinnedPiece = Piece & { readonly prefix: string }

const nameOf = (first: number): string => String(first).padStart(8, '0')

/** The pieces that were received, from the beginning without a gap. */
export async function receivedPieces(store: BlobStore, { file, size }: FileLock): Promise<Piece[]> {
  const stored = new Map((await store.list(file)).map(({ name, bytes }) => [name, chunksIn(bytes)]))
  const pieces: Piece[] = []
  let first = 0
  for (let chunks = stored.get(nameOf(0)); chunks !== undefined && chunks > 0; chunks = stored.get(nameOf(first))) {
    pieces.push({ first, chunks })
    first += chunks
  }
  // The sender does not know of the filling: where it is not all there, the piece before it is asked for again.
  while (first < chunksOf(size) && first * FILE_CHUNK_BYTES >= size) first -= pieces.pop()?.chunks ?? first
  return pieces
}

/** How many bytes of the file these pieces hold: only whole chunks count. */
export const offsetAfter = (pieces: readonly Piece[], size: number): number => {
  const last = pieces.at(-1)
  return last === undefined ? 0 : Math.min(size, (last.first + last.chunks) * FILE_CHUNK_BYTES)
}

type Coming = { readonly stream: Readable; readonly offset: number }

/** Seals what comes, piece by piece, and answers up to where the file is kept now. The rest of a chunk is let go. */
export async function writePieces(store: BlobStore, lock: FileLock, { stream, offset }: Coming): Promise<number> {
  if (offset === lock.size) return offset
  let first = offset / FILE_CHUNK_BYTES
  let waiting: Buffer[] = []
  let bytes = 0
  const keep = async (most: number) => {
    const all = Buffer.concat(waiting)
    await store.put(lock.file, nameOf(first), sealPiece(lock, first, all.subarray(0, most)))
    first += Math.ceil(most / FILE_CHUNK_BYTES)
    waiting = [all.subarray(most)]
    bytes = all.length - most
  }

  for await (const part of withFilling(stream, lock, offset)) {
    waiting.push(part)
    bytes += part.length
    while (bytes >= PIECE_BYTES) await keep(PIECE_BYTES)
  }
  const isEnd = first + Math.ceil(bytes / FILE_CHUNK_BYTES) === chunksOf(lock.size) && endsWhole(lock, first, bytes)
  const whole = isEnd ? bytes : bytes - (bytes % FILE_CHUNK_BYTES)
  if (whole > 0) await keep(whole)
  return Math.min(lock.size, first * FILE_CHUNK_BYTES)
}

const endsWhole = ({ size }: FileLock, first: number, bytes: number): boolean =>
  first * FILE_CHUNK_BYTES + bytes === size + fillingOf(size)

/** What comes, and behind the last byte of the file its filling. A sender who breaks off is as one who pauses. */
async function* withFilling(stream: Readable, { size }: FileLock, offset: number): AsyncGenerator<Buffer> {
  let at = offset
  try {
    for await (const part of stream) {
      const bytes = Buffer.from(part)
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

/** The plain bytes of one piece, the filling left off. SealBroken when it is absent, or not the one that was pinned. */
async function readPiece(store: BlobStore, lock: FileLock, { first, chunks, prefix }: Piece & { prefix?: string }) {
  const stored = await store.get(lock.file, nameOf(first))
  if (stored === undefined || chunksIn(stored.length) !== chunks) throw new SealBroken()
  if (prefix !== undefined && prefixOf(stored) !== prefix) throw new SealBroken()
  const start = first * FILE_CHUNK_BYTES
  const plain = revealTo(openPiece(lock, first, stored), (all) => all.subarray(0, Math.max(0, lock.size - start)))
  return { plain, prefix: prefixOf(stored) }
}

/** Reads the whole file, and pins its pieces. SealBroken unless they end where the file does. */
export async function pinPieces(store: BlobStore, lock: FileLock, each: (plain: Secret<Buffer>) => Promise<void>) {
  const pieces = await receivedPieces(store, lock)
  mustBeWhole(lock, pieces)
  const pinned: PinnedPiece[] = []
  for (const piece of pieces) {
    const { plain, prefix } = await readPiece(store, lock, piece)
    await each(plain)
    pinned.push({ ...piece, prefix })
  }
  return pinned
}

export function mustBeWhole({ size }: FileLock, pieces: readonly Piece[]): void {
  const chunks = pieces.reduce((sum, piece) => (piece.first === sum ? sum + piece.chunks : Number.NaN), 0)
  if (chunks !== chunksOf(size)) throw new SealBroken()
}

/** Bytes of a file, both ends included. */
export type Span = { readonly from: number; readonly to: number }

/** These bytes, piece after piece: only what has been authenticated leaves. */
export async function* readSpan(
  store: BlobStore,
  { lock, pieces }: { lock: FileLock; pieces: readonly PinnedPiece[] },
  { from, to }: Span,
): AsyncGenerator<Secret<Buffer>> {
  for (const piece of pieces) {
    const start = piece.first * FILE_CHUNK_BYTES
    if (start > to || start + piece.chunks * FILE_CHUNK_BYTES <= from) continue
    const { plain } = await readPiece(store, lock, piece)
    yield revealTo(plain, (all) => all.subarray(Math.max(0, from - start), to + 1 - start))
  }
}
