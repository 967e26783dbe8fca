import { homeOf } from '../platform/access/home.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Act } from '../platform/operation/op.ts'
import { onlyClass, openRecordKeys } from '../platform/operation/record-keys.ts'
import { casePolicy } from './policy.ts'
import { findCases, revealCase } from './repo.ts'
import { listDocumented } from './repo-transitions.ts'

/** The kinds of the cases that came to be documented between these days, as far as the actor may know of them. */
export async function documentedIn(act: Act, days: { readonly from: string; readonly to: string }) {
  const ids = await listDocumented(act.db, homeOf(act.actor), days)
  const by = { actor: act.actor, action: 'case.list' } as const
  const rows = casePolicy.grantEach(by, await findCases(act.db, ids, act.actor.id))
  const keys = await openRecordKeys(act, ids)
  return rows.map((row) => {
    const { facts } = revealCase(act, row, onlyClass(keys.get(row.id), 'facts'))
    return facts === null ? undefined : consult(facts, ({ kind }) => kind)
  })
}
