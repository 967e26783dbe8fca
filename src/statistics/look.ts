import { revealTo } from '../platform/crypto/secret.ts'
import type { Op } from '../platform/operation/op.ts'
import { invalidRequest, Problem } from '../platform/kernel/problem.ts'
import type { DimensionName } from './dimensions.ts'
import { populations } from './populations.ts'
import type { Look, LookQuery } from './schema.ts'
import type { Snapshot } from './schema-release.ts'
import { type Countable, recordsOf } from './service.ts'

const WARNING = 'Unprotected: for your own eyes. Do not copy, photograph or pass on: small counts point at people.'

/** Counts of one's own organisation as they are now. Nothing of them is kept, and each look is in the audit trail. */
export async function lookAtCounts(op: Op<'statistics.look'>, asked: LookQuery, countable: Countable): Promise<Look> {
  const { population, by } = asked
  const { unit, dimensions } = populations[population]
  if (!by.every((name) => dimensions.includes(name))) {
    throw new Problem(invalidRequest, { errors: [{ pointer: '#/by', detail: 'is not of this population' }] })
  }
  const snapshot = await op.act((act) => recordsOf(act, asked, countable))
  return { unit, warning: WARNING, dimensions: by, counts: revealTo(snapshot, (open) => countBy(open, by)) }
}

function countBy({ records }: Snapshot, by: readonly DimensionName[]) {
  const counts = new Map<string, { codes: string[]; count: number }>()
  for (const { units, codes } of records) {
    const own = by.map((name) => codes[name] ?? '')
    const known = counts.get(own.join(' '))
    counts.set(own.join(' '), { codes: own, count: (known?.count ?? 0) + units })
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted)
}
