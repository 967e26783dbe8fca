import { viewCase } from '../cases/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import { cut, DayCursor, decodeCursor, type PageQuery } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { noteCustody, plainly } from './custody.ts'
import type { EvidenceParts } from './parts.ts'
import type { Span } from './pieces.ts'
import { plainFile, spanOf } from './plain-file.ts'
import { evidencePolicy } from './policy.ts'
import { somethingFound } from './problems.ts'
import { findEvidence, listEvidence, revealEvidence } from './repo.ts'
import { isNotedOn } from './repo-custody.ts'
import { type ContentQuery, Despite } from './schema.ts'
import { lockOf } from './uploads.ts'

/** The evidence of a case, newest first. */
export function readCaseEvidence(op: Op<'evidence.list'>, caseId: Id<'cases'>, { limit, after }: PageQuery) {
  return op.act(async (act) => {
    const found = await viewCase(act, caseId)
    const cursor = decodeCursor(DayCursor, after)
    const rows = await listEvidence(act.db, { case_id: caseId, after: cursor, limit: limit + 1 })
    const { page, next } = cut(rows, limit, (last) => [last.received_on, last.id])
    const items = await revealEvidence(act, evidencePolicy(found).grantEach(act, page))
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
  return plainFile(store, { name: `evidence-${id}`, ...file })
}

function mustBeWanted(scan: string, despite: ContentQuery['despite']): void {
  if (scan === 'found' && despite === undefined) throw new Problem(somethingFound, { allowed: Despite.options })
}

/** From its beginning, or with a reason: each time. Of further parts the first on a day, so that nobody takes all but a byte unseen. */
const isWorthNoting = (span: Span | undefined, despite: ContentQuery['despite']): boolean =>
  span === undefined || span.from === 0 || despite !== undefined
