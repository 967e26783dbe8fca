import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { SealBroken } from './box.ts'
import { paddedFileSize } from './padding.ts'
import { lengthPrefixed } from './place.ts'
import { Secret, type SecretKey } from './secret.ts'

/** The plain bytes in each chunk of a file but the last. */
export const FILE_CHUNK_BYTES = 64 * 1024

const PREFIX_BYTES = 4
const TAG_BYTES = 16
const KEY_BYTES = 32
const HEADER_BYTES = 1 + PREFIX_BYTES
const VERSION = 1
const SEALED_CHUNK_BYTES = FILE_CHUNK_BYTES + TAG_BYTES

/** What a file is sealed under. `size` is its true size: the store sees it padded. */
export type FileLock = { readonly key: SecretKey; readonly file: string; readonly size: number }

/** A fresh key, for one file only. */
export const newFileKey = (): SecretKey => new Secret(randomBytes(KEY_BYTES))

/** How many chunks a file of this size has, the filling at its end among them. */
export const chunksOf = (size: number): number => Math.ceil(paddedFileSize(size) / FILE_CHUNK_BYTES)

/** How many chunks a stored piece of this size holds. */
export const chunksIn = (pieceBytes: number): number =>
  Math.max(0, Math.ceil((pieceBytes - HEADER_BYTES) / SEALED_CHUNK_BYTES))

/** Zeros that hide the true size of a file, to be sealed behind its last byte. */
export const fillingOf = (size: number): number => paddedFileSize(size) - size

/**
 * Seals whole chunks in a row, from the chunk `first` on: version ‖ nonce prefix ‖ (ciphertext ‖ tag) of each. Every piece
 * has a prefix of its own, so that what is sent a second time is never sealed under a nonce of the first.
 */
export function sealPiece(lock: FileLock, first: number, plain: Uint8Array): Buffer {
  const prefix = randomBytes(PREFIX_BYTES)
  const parts: Uint8Array[] = [Buffer.of(VERSION), prefix]
  for (let at = 0; at < plain.length; at += FILE_CHUNK_BYTES) {
    const index = first + at / FILE_CHUNK_BYTES
    const cipher = createCipheriv('aes-256-gcm', lock.key.expose(), nonceOf(lock, prefix, index))
    cipher.setAAD(lengthPrefixed('file1', lock.file, index))
    parts.push(cipher.update(plain.subarray(at, at + FILE_CHUNK_BYTES)), cipher.final(), cipher.getAuthTag())
  }
  return Buffer.concat(parts)
}

/** The chunks of a piece, which must begin with `first`. SealBroken unless every one of them is whole and in its place. */
export function openPiece(lock: FileLock, first: number, piece: Uint8Array): Secret<Buffer> {
  if (piece[0] !== VERSION || piece.length <= HEADER_BYTES + TAG_BYTES) throw new SealBroken()
  const prefix = piece.subarray(1, HEADER_BYTES)
  const plain: Buffer[] = []
  for (let at = HEADER_BYTES; at < piece.length; at += SEALED_CHUNK_BYTES) {
    const chunk = piece.subarray(at, at + SEALED_CHUNK_BYTES)
    plain.push(openChunk(lock, { prefix, index: first + plain.length }, chunk))
  }
  return new Secret(Buffer.concat(plain))
}

type ChunkPlace = { readonly prefix: Uint8Array; readonly index: number }

function openChunk(lock: FileLock, { prefix, index }: ChunkPlace, chunk: Uint8Array): Buffer {
  if (chunk.length !== sealedChunkBytes(lock.size, index)) throw new SealBroken()
  const end = chunk.length - TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', lock.key.expose(), nonceOf(lock, prefix, index))
  decipher.setAAD(lengthPrefixed('file1', lock.file, index)).setAuthTag(chunk.subarray(end))
  try {
    const opened = decipher.update(chunk.subarray(0, end))
    decipher.final()
    return opened
  } catch {
    throw new SealBroken()
  }
}

/** Only the last chunk is shorter, and nothing comes after it. */
function sealedChunkBytes(size: number, index: number): number {
  const left = paddedFileSize(size) - index * FILE_CHUNK_BYTES
  return Math.min(left, FILE_CHUNK_BYTES) + TAG_BYTES
}

/** 4-byte prefix ‖ 7-byte counter ‖ whether it is the last chunk. */
function nonceOf({ size }: FileLock, prefix: Uint8Array, index: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.set(prefix)
  nonce.writeUIntBE(index, PREFIX_BYTES + 1, 6)
  nonce[11] = index === chunksOf(size) - 1 ? 1 : 0
  return nonce
}

/** By what a piece is known: its own prefix, in hexadecimal. */
export const prefixOf = (piece: Uint8Array): string => Buffer.from(piece.subarray(1, HEADER_BYTES)).toString('hex')

/** SHA-256 of a file as anybody computes it, piece after piece. */
export function fileHash() {
  const hash = createHash('sha256')
  return {
    add: (plain: Secret<Buffer>): void => void hash.update(plain.expose()),
    digest: (): Secret => new Secret(hash.digest('hex')),
  }
}
