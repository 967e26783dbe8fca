import { homeOf } from '../platform/access/home.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { retentionPolicy } from './policy.ts'
import { findRetention, type RetentionRow, updateRetention } from './repo-retention.ts'
import type { RetentionChange, RetentionRules } from './schema.ts'

const shown = ({ organisation_id, ...rules }: RetentionRow): RetentionRules => ({ id: organisation_id, ...rules })

export async function readRetention(op: Op<'retention.read'>): Promise<RetentionRules> {
  return shown(await op.read((db) => findRetention(db, homeOf(op.actor))))
}

/** For proposals made from now on: those that stand keep their day. */
export function changeRetention(
  op: Op<'retention.change'>,
  asked: { readonly version: number; readonly change: RetentionChange },
): Promise<RetentionRules> {
  return op.act(async (act) => {
    const rules = retentionPolicy.grant(act, await findRetention(act.db, homeOf(act.actor)))
    if (!(await updateRetention(act, rules, asked))) throw new Problem(staleVersion)
    return shown({ ...rules, ...asked.change, version: asked.version + 1 })
  })
}
