import { createCipheriv, createDecipheriv } from 'node:crypto'

/*
 * The format of a stored file, written a second time from src/evidence/README.md alone: it shares no code with the
 * service. It opens the pieces of a file, given the key; and it seals, for vectors.
 */

export type Locked = { readonly key: Buffer; readonly file: string; readonly size: number }

const CHUNK = 65_536
const TAG = 16

/** The size with its filling: to the next 256 bytes, and above 4 KiB to a step of about a thirtieth (Padmé). */
function padded(size: number): number {
  if (size <= 4_096) return Math.max(256, Math.ceil(size / 256) * 256)
  const exponent = Math.floor(Math.log2(size))
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1))
  return Math.ceil(size / step) * step
}

function bound(file: string, chunk: number): Buffer {
  const parts = ['file1', file, String(chunk)].map((text) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    return Buffer.concat([length, Buffer.from(text)])
  })
  return Buffer.concat(parts)
}

function nonce(prefix: Buffer, chunk: number, isLast: boolean): Buffer {
  const counter = Buffer.alloc(7)
  counter.writeUInt32BE(chunk, 3)
  return Buffer.concat([prefix, counter, Buffer.of(isLast ? 1 : 0)])
}

/** The file that these pieces hold, by name. Throws when anything is not as it must be. */
export function openFile({ key, file, size }: Locked, pieces: ReadonlyMap<string, Buffer>): Buffer {
  const last = Math.ceil(padded(size) / CHUNK) - 1
  const plain: Buffer[] = []
  while (plain.length <= last) {
    const piece = pieces.get(String(plain.length).padStart(8, '0'))
    if (piece?.[0] !== 1) throw new Error('a piece is missing')
    const prefix = piece.subarray(1, 5)
    for (let at = 5; at < piece.length; at += CHUNK + TAG) {
      const sealed = piece.subarray(at, at + CHUNK + TAG)
      const chunk = plain.length
      const open = createDecipheriv('aes-256-gcm', key, nonce(prefix, chunk, chunk === last))
      open.setAAD(bound(file, chunk)).setAuthTag(sealed.subarray(-TAG))
      plain.push(Buffer.concat([open.update(sealed.subarray(0, -TAG)), open.final()]))
    }
  }
  const whole = Buffer.concat(plain)
  if (whole.length !== padded(size)) throw new Error('the file does not end where it must')
  return whole.subarray(0, size)
}

/** One piece that holds all of a file. */
export function sealFile({ key, file, size }: Locked, prefix: Buffer, plain: Buffer): Buffer {
  const filled = Buffer.concat([plain, Buffer.alloc(padded(size) - size)])
  const last = Math.ceil(filled.length / CHUNK) - 1
  const chunks = Array.from({ length: last + 1 }, (_, chunk) => {
    const seal = createCipheriv('aes-256-gcm', key, nonce(prefix, chunk, chunk === last))
    seal.setAAD(bound(file, chunk))
    const text = filled.subarray(chunk * CHUNK, (chunk + 1) * CHUNK)
    return Buffer.concat([seal.update(text), seal.final(), seal.getAuthTag()])
  })
  return Buffer.concat([Buffer.of(1), prefix, ...chunks])
}
