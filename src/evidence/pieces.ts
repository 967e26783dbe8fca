import { SealBroken } from '../platform/crypto/box.ts'
import {
  chunksIn,
  chunksOf,
  FILE_CHUNK_BYTES,
  type FileLock,
  openPiece,
  prefixOf,
  sealPiece,
} from '../platform/crypto/file-cipher.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { BlobStore } from './store.ts'

export const PIECE_CHUNKS = 64

/** So many chunks in a row, kept as one. */
export type Piece = { readonly first: number; readonly chunks: number }
/** `prefix` tells this piece from any other that was ever put in its place. */
export type PinnedPiece = Piece & { readonly prefix: string }

export const nameOf = (first: number): string => String(first).padStart(8, '0')

const chunksByName = async (store: BlobStore, file: string): Promise<ReadonlyMap<string, number>> =>
  new Map((await store.list(file)).map(({ name, bytes }) => [name, chunksIn(bytes)]))

/** The pieces that were received, from the beginning without a gap. What lies behind the end of the file is none of it. */
export async function receivedPieces(store: BlobStore, { file, size }: FileLock): Promise<Piece[]> {
  const stored = await chunksByName(store, file)
  const total = chunksOf(size)
  const pieces = inARow(stored, total)
  let first = pieces.reduce((sum, { chunks }) => sum + chunks, 0)
  // The sender does not know of the filling: where it is not all there, the piece before it is asked for again.
  while (first < total && first * FILE_CHUNK_BYTES >= size) first -= pieces.pop()?.chunks ?? first
  return pieces
}

function inARow(stored: ReadonlyMap<string, number>, total: number): Piece[] {
  const pieces: Piece[] = []
  let first = 0
  for (let chunks = stored.get(nameOf(0)) ?? 0; chunks > 0 && first + chunks <= total; ) {
    pieces.push({ first, chunks })
    first += chunks
    chunks = stored.get(nameOf(first)) ?? 0
  }
  return pieces
}

/** How many bytes of the file these pieces hold: only whole chunks count. */
export const offsetAfter = (pieces: readonly Piece[], size: number): number => {
  const last = pieces.at(-1)
  return last === undefined ? 0 : Math.min(size, (last.first + last.chunks) * FILE_CHUNK_BYTES)
}

/** Drops what an earlier attempt left beside the pieces that count. */
export async function dropLeftovers(store: BlobStore, lock: FileLock): Promise<void> {
  const own = new Set((await receivedPieces(store, lock)).map(({ first }) => nameOf(first)))
  for (const { name } of await store.list(lock.file)) if (!own.has(name)) await store.drop(lock.file, name)
}

/**
 * Small parts come as small pieces. The last ones are joined as long as the one before is not much the larger: each byte
 * is sealed a few times at most, and a file of any parts has no more pieces than can be told of.
 */
export async function joinSmallPieces(store: BlobStore, lock: FileLock): Promise<void> {
  const pieces = await receivedPieces(store, lock)
  let last = pieces.pop()
  for (let before = pieces.pop(); last !== undefined && before !== undefined; before = pieces.pop()) {
    if (before.chunks + last.chunks > PIECE_CHUNKS || before.chunks >= 2 * last.chunks) return
    last = await join(store, lock, [before, last])
  }
}

/** One piece out of two, under the name of the first. A stop in between leaves the second where nobody looks for it. */
async function join(store: BlobStore, lock: FileLock, [before, last]: readonly [Piece, Piece]): Promise<Piece> {
  const [head, tail] = [await openStored(store, lock, before), await openStored(store, lock, last)]
  const whole = consult(head.plain, (one) => consult(tail.plain, (two) => Buffer.concat([one, two])))
  await store.put(lock.file, nameOf(before.first), sealPiece(lock, before.first, whole))
  await store.drop(lock.file, nameOf(last.first))
  return { first: before.first, chunks: before.chunks + last.chunks }
}

/** A piece, filling and all. SealBroken when it is absent, or not the one that was pinned. */
async function openStored(store: BlobStore, lock: FileLock, { first, chunks, prefix }: Piece & { prefix?: string }) {
  const stored = await store.get(lock.file, nameOf(first))
  if (stored === undefined || chunksIn(stored.length) !== chunks) throw new SealBroken()
  if (prefix !== undefined && prefixOf(stored) !== prefix) throw new SealBroken()
  return { plain: openPiece(lock, first, stored), prefix: prefixOf(stored) }
}

/** The plain bytes of one piece, the filling left off. */
async function readPiece(store: BlobStore, lock: FileLock, piece: Piece & { prefix?: string }) {
  const { plain, prefix } = await openStored(store, lock, piece)
  const start = piece.first * FILE_CHUNK_BYTES
  return { plain: revealTo(plain, (all) => all.subarray(0, Math.max(0, lock.size - start))), piece, prefix }
}

/** Reads one after the other, each while the one before is in use. */
async function* readAhead<T, R>(items: readonly T[], read: (item: T) => Promise<R>): AsyncGenerator<R> {
  const begun = (item: T | undefined) => {
    const coming = item === undefined ? undefined : read(item)
    // Whoever stops half-way does not wait for it.
    coming?.catch(() => undefined)
    return coming
  }
  let coming = begun(items[0])
  for (let at = 1; coming !== undefined; at += 1) {
    const current = await coming
    coming = begun(items[at])
    yield current
  }
}

/** Reads the whole file, and pins its pieces. SealBroken unless they end where the file does. */
export async function pinPieces(store: BlobStore, lock: FileLock, each: (plain: Secret<Buffer>) => Promise<void>) {
  const pieces = await receivedPieces(store, lock)
  mustBeWhole(lock, pieces)
  const pinned: PinnedPiece[] = []
  for await (const { plain, piece, prefix } of readAhead(pieces, (one) => readPiece(store, lock, one))) {
    await each(plain)
    pinned.push({ ...piece, prefix })
  }
  return pinned
}

function mustBeWhole({ size }: FileLock, pieces: readonly Piece[]): void {
  const chunks = pieces.reduce((sum, piece) => (piece.first === sum ? sum + piece.chunks : Number.NaN), 0)
  if (chunks !== chunksOf(size)) throw new SealBroken()
}

/** A file that was settled: how it opens, and which pieces are its own. */
export type PinnedFile = { readonly lock: FileLock; readonly pieces: readonly PinnedPiece[] }

/** Before the first byte: its pieces end where the file does, and each is there in its size. Others do not matter. */
export async function mustStand(store: BlobStore, { lock, pieces }: PinnedFile): Promise<void> {
  mustBeWhole(lock, pieces)
  const stored = await chunksByName(store, lock.file)
  if (!pieces.every(({ first, chunks }) => stored.get(nameOf(first)) === chunks)) throw new SealBroken()
}

/** Bytes of a file, both ends included. */
export type Span = { readonly from: number; readonly to: number }

/** These bytes, piece after piece: only what has been authenticated leaves. */
export async function* readSpan(
  store: BlobStore,
  { lock, pieces }: PinnedFile,
  { from, to }: Span,
): AsyncGenerator<Secret<Buffer>> {
  const wanted = pieces.filter(
    ({ first, chunks }) => first * FILE_CHUNK_BYTES <= to && (first + chunks) * FILE_CHUNK_BYTES > from,
  )
  for await (const { plain, piece } of readAhead(wanted, (one) => readPiece(store, lock, one))) {
    const start = piece.first * FILE_CHUNK_BYTES
    yield revealTo(plain, (all) => all.subarray(Math.max(0, from - start), to + 1 - start))
  }
}
