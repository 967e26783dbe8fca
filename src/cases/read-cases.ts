import { DayCursor, decodeCursor, cut } from '../platform/database/page.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Op } from '../platform/operation/op.ts'
import { openFiles } from './case-file.ts'
import { homeOf } from '../platform/access/home.ts'
import { casePolicy } from './policy.ts'
import { findCase, listCases } from './repo.ts'
import type { CaseFile, CaseQuery } from './schema.ts'

export function readCase(op: Op<'case.read'>, id: Id<'cases'>): Promise<CaseFile> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    const [file] = await openFiles(act, [found])
    if (file === undefined) throw new Error('a granted case was not opened')
    return file
  })
}

/** The cases the actor is on, and for a coordinator the organisation's others too, newest first. */
export function readCases(op: Op<'case.list'>, { limit, after, stage }: CaseQuery) {
  const wanted = {
    organisation_id: homeOf(op.actor),
    user_id: op.actor.id,
    every: op.actor.roles.includes('coordinator'),
    stage,
    after: decodeCursor(DayCursor, after),
    limit: limit + 1,
  }
  return op.act(async (act) => {
    const { page, next } = cut(await listCases(act.db, wanted), limit, (last) => [last.opened_on, last.id])
    return { items: await openFiles(act, casePolicy.grantEach(act, page)), next }
  })
}
