import { Readable } from 'node:stream'
import { viewCase } from '../cases/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import { DayCursor, decodeCursor, encodeCursor, type PageQuery } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { noteCustody, plainly } from './custody.ts'
import type { EvidenceParts } from './parts.ts'
import { mustStand, type PinnedFile, readSpan, type Span } from './pieces.ts'
import { evidencePolicy } from './policy.ts'
import { rangeOutside, somethingFound } from './problems.ts'
import { findEvidence, listEvidence, revealEvidence } from './repo.ts'
import { isNotedOn } from './repo-custody.ts'
import { type ContentQuery, Despite } from './schema.ts'
import { lockOf } from './uploads.ts'
import type { BlobStore } from './store.ts'

/** The evidence of a case, newest first. */
export function readCaseEvidence(op: Op<'evidence.list'>, caseId: Id<'cases'>, { limit, after }: PageQuery) {
  return op.act(async (act) => {
    const found = await viewCase(act, caseId)
    const cursor = decodeCursor(DayCursor, after)
    const rows = await listEvidence(act.db, { case_id: caseId, after: cursor, limit: limit + 1 })
    const items = await revealEvidence(act, evidencePolicy(found).grantEach(act, rows.slice(0, limit)))
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const next = last === undefined ? null : encodeCursor([last.received_on, last.id])
    return { items: items.map(shown), next }
  })
}

export function readEvidence(op: Op<'evidence.read'>, id: Id<'evidence_items'>) {
  return op.act(async (act) => shown((await openItem(act, id)).item))
}

const shown = <R extends { scan: string; commitment: Buffer }>(item: R) => ({
  ...item,
  commitment: item.commitment.toString('hex'),
})

/** An item of a case that the actor is on the team of, opened. */
async function openItem(act: Act<'evidence.read' | 'evidence.download'>, id: Id<'evidence_items'>) {
  const row = await findEvidence(act.db, id)
  if (row === undefined) throw new Problem(notFound)
  const found = await viewCase(act, row.case_id)
  const [item] = await revealEvidence(act, [evidencePolicy(found).grant(act, row)])
  if (item === undefined) throw new Problem(notFound)
  return { found, item }
}

type Asked = ContentQuery & { readonly id: Id<'evidence_items'>; readonly range: string | undefined }

/** The file, or a part of it. Who took it is noted in the chain of custody. */
export async function downloadEvidence(op: Op<'evidence.download'>, { store }: EvidenceParts, asked: Asked) {
  const { id, range, despite } = asked
  const file = await op.act(async (act) => {
    const { found, item } = await openItem(act, id)
    if (item.content === null) throw new Problem(notFound)
    mustBeWanted(item.scan, despite)
    const lock = lockOf(item.blob, item.content)
    const span = spanOf(range, lock.size)
    if (isWorthNoting(span, despite) || !(await isNotedOn(act, id, dayOf(act.services.now()))))
      await noteCustody(act, item, { found, what: plainly('viewed', despite) })
    return { lock, span, pieces: consult(item.content, ({ pieces }) => pieces) }
  })
  await mustStand(store, file)
  return { media: 'application/octet-stream', file: `evidence-${id}`, ...answered(store, file) }
}

function mustBeWanted(scan: string, despite: ContentQuery['despite']): void {
  if (scan === 'found' && despite === undefined) throw new Problem(somethingFound, { allowed: Despite.options })
}

/** From its beginning, or with a reason: each time. Of further parts the first on a day, so that nobody takes all but a byte unseen. */
const isWorthNoting = (span: Span | undefined, despite: ContentQuery['despite']): boolean =>
  span === undefined || span.from === 0 || despite !== undefined

type Asking = PinnedFile & { readonly span: Span | undefined }

function answered(store: BlobStore, { span, ...file }: Asking) {
  const { size } = file.lock
  const { from, to } = span ?? { from: 0, to: size - 1 }
  const content = readPlain(store, file, { from, to })
  const headers = { 'accept-ranges': 'bytes', 'content-length': String(to + 1 - from) }
  if (span === undefined) return { content, headers }
  const part = { 'content-range': `bytes ${String(from)}-${String(to)}/${String(size)}` }
  return { content, status: 206 as const, headers: { ...headers, ...part } }
}

/** The plain bytes of a file on their way out. A piece that does not open ends the reply before its length is reached. */
function readPlain(store: BlobStore, file: PinnedFile, span: Span): Readable {
  async function* bytes() {
    for await (const part of readSpan(store, file, span)) yield consult(part, (plain) => plain)
  }
  return Readable.from(bytes(), { objectMode: false })
}

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/** One range of RFC 9110; undefined for the whole file, which is also the answer to what we do not understand. */
function spanOf(header: string | undefined, size: number) {
  const wanted = RANGE.exec(header ?? '')
  return wanted === null ? undefined : within(wanted, size)
}

function within([, first = '', last = '']: RegExpExecArray, size: number) {
  if (first === '' && last === '') return undefined
  const span = first === '' ? lastBytes(Number(last), size) : { from: Number(first), to: endOf(last, size) }
  if (span.from > span.to) throw new Problem(rangeOutside)
  return span
}

const lastBytes = (count: number, size: number) => ({ from: Math.max(0, size - count), to: size - 1 })
const endOf = (last: string, size: number) => (last === '' ? size - 1 : Math.min(Number(last), size - 1))
