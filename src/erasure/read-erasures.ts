import { homeOf } from '../platform/access/home.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { erasurePolicy } from './policy.ts'
import { type ErasureRow, findErasure, listErasures } from './repo.ts'
import { lineOf } from './register.ts'
import type { ErasureParts } from './parts.ts'
import { countFiles, listCounts, listDone } from './repo-results.ts'
import { countDoomed, listLonePersons } from './repo-shred.ts'
import type { Count, Erasure } from './schema.ts'
import { wordsFor } from './words.ts'

export function readErasures(op: Op<'erasure.list'>, { after, limit }: PageQuery) {
  return op.read(async (db) => {
    const wanted = { organisation_id: homeOf(op.actor), user_id: op.actor.id, limit: limit + 1 }
    const rows = await listErasures(db, { ...wanted, after: decodeCursor(DayCursor, after) })
    const { page, next } = cut(rows, limit, (last) => [last.proposed_on, last.id])
    return { items: erasurePolicy.grantEach(op, page), next }
  })
}

/** One erasure: while it is proposed what it would destroy, afterwards what it did; and what it cannot reach. */
export function readErasure(op: Op<'erasure.read'>, id: Id<'erasures'>): Promise<Erasure> {
  return op.act(async (act) => {
    const found = erasurePolicy.grant(act, await findErasure(act.db, id, act.actor.id))
    act.concerns('erasures', id)
    const rows = found.status === 'proposed' ? await expected(act, found) : await listCounts(act.db, id)
    return { ...found, rows, ...(await countFiles(act.db, id)), ...wordsFor(found.kind) }
  })
}

async function expected(act: Act<'erasure.read'>, { kind, subject_id }: ErasureRow): Promise<Count[]> {
  if (kind === 'person') return [{ table: 'persons', rows: 1 }]
  const doomed = await countDoomed(act, 'cases', [subject_id])
  const lone = await listLonePersons(act, subject_id)
  const persons = lone.length === 0 ? [] : [{ table: 'persons', rows: lone.length }]
  return [...doomed.map(({ table, rows }) => ({ table, rows })), ...persons]
}

/** What an organisation has erased, a signed line each: to keep elsewhere, for the day on which an older database comes back. */
export async function exportRegister(op: Op<'erasure.read_register'>, { signer }: ErasureParts): Promise<string> {
  const entries = await op.read((db) => listDone(db, homeOf(op.actor)))
  return entries.map((entry) => lineOf(signer, entry)).join('')
}
