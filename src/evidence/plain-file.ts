import { Readable } from 'node:stream'
import { consult } from '../platform/crypto/secret.ts'
import { Problem } from '../platform/kernel/problem.ts'
import { mustStand, type PinnedFile, readSpan, type Span } from './pieces.ts'
import { rangeOutside } from './problems.ts'
import type { BlobStore } from './store.ts'

type Asked = PinnedFile & { readonly name: string; readonly span: Span | undefined }

/** A file on its way out, whole or the part of it that is asked for. */
export async function plainFile(store: BlobStore, { name, span, ...file }: Asked) {
  await mustStand(store, file)
  return { media: 'application/octet-stream', file: name, ...answered(store, file, span) }
}

function answered(store: BlobStore, file: PinnedFile, span: Span | undefined) {
  const { size } = file.lock
  const { from, to } = span ?? { from: 0, to: size - 1 }
  const content = readPlain(store, file, { from, to })
  const headers = { 'accept-ranges': 'bytes', 'content-length': String(to + 1 - from) }
  if (span === undefined) return { content, headers }
  const part = { 'content-range': `bytes ${String(from)}-${String(to)}/${String(size)}` }
  return { content, status: 206 as const, headers: { ...headers, ...part } }
}

/** Its plain bytes. A piece that does not open ends the reply before its length is reached. */
function readPlain(store: BlobStore, file: PinnedFile, span: Span): Readable {
  async function* bytes() {
    for await (const part of readSpan(store, file, span)) yield consult(part, (plain) => plain)
  }
  return Readable.from(bytes(), { objectMode: false })
}

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/** One range of RFC 9110; undefined for the whole file, which is also the answer to what we do not understand. */
export function spanOf(header: string | undefined, size: number): Span | undefined {
  const wanted = RANGE.exec(header ?? '')
  return wanted === null ? undefined : within(wanted, size)
}

function within([, first = '', last = '']: RegExpExecArray, size: number): Span | undefined {
  if (first === '' && last === '') return undefined
  const span = first === '' ? lastBytes(Number(last), size) : { from: Number(first), to: endOf(last, size) }
  if (span.from > span.to) throw new Problem(rangeOutside)
  return span
}

const lastBytes = (count: number, size: number) => ({ from: Math.max(0, size - count), to: size - 1 })
const endOf = (last: string, size: number) => (last === '' ? size - 1 : Math.min(Number(last), size - 1))
