import { viewCase } from '../cases/service.ts'
import { homeOf } from '../platform/access/home.ts'
import type { Granted } from '../platform/access/policy.ts'
import { DayCursor, decodeCursor, encodeCursor, type PageQuery } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { mayTake, movesOf, referralPolicy, sideOf } from './policy.ts'
import {
  findReferral,
  listOfCase,
  listReferrals,
  type ReferralRow,
  type ReferralStanding,
  revealReferrals,
} from './repo.ts'
import { listMoves, revealMoves } from './repo-moves.ts'
import type { ReferralQuery } from './schema.ts'
import { waysFrom } from './ways.ts'

type Reading = 'referral.list' | 'referral.read'
type Found = Granted<Reading, ReferralRow>

export function readReferral(op: Op<'referral.read'>, id: Id<'referrals'>) {
  return op.act(async (act) => {
    const found = referralPolicy.grant(act, await findReferral(act, id))
    const [referral] = await opened(act, [found])
    if (referral === undefined) throw new Error('a granted referral was not opened')
    return referral
  })
}

/** The referrals of a case: those that it sent, and those that it was linked to. */
export function readCaseReferrals(
  op: Op<'referral.list'>,
  { case_id, ...query }: PageQuery & { case_id: Id<'cases'> },
) {
  return op.act(async (act) => {
    await viewCase(act, case_id)
    const after = decodeCursor(DayCursor, query.after)
    const rows = await listOfCase(act, case_id, { after, limit: query.limit + 1 })
    return page(rows, query.limit, await opened(act, referralPolicy.grantEach(act, rows.slice(0, query.limit))))
  })
}

/** The referrals of the actor's organisation, sent and received, as far as the actor may know of them. */
export function readReferrals(op: Op<'referral.list'>, { limit, ...query }: ReferralQuery) {
  return op.act(async (act) => {
    const { roles } = act.actor
    const rows = await listReferrals(act, {
      organisation_id: homeOf(act.actor),
      sees_sent: roles.includes('coordinator'),
      sees_received: roles.includes('coordinator') || roles.includes('intake'),
      state: query.state,
      side: query.side,
      after: decodeCursor(DayCursor, query.after),
      limit: limit + 1,
    })
    const revealed = await revealReferrals(act, referralPolicy.grantEach(act, rows.slice(0, limit)))
    return page(
      rows,
      limit,
      revealed.map((row) => ({ ...row, ...seenBy(act, row) })),
    )
  })
}

function page<T extends { made_on: string; id: string }>(rows: readonly ReferralRow[], limit: number, items: T[]) {
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last === undefined ? null : encodeCursor([last.made_on, last.id]) }
}

/** With the history, and the ways that are open to the reader. */
async function opened(act: Act<Reading>, found: readonly Found[]) {
  const ids = found.map(({ id }) => id)
  const moves = await revealMoves(act, movesOf(found).grantEach(act, await listMoves(act.db, ids)))
  return (await revealReferrals(act, found)).map((row) => ({
    ...row,
    ...seenBy(act, row),
    allowed: allowedTo(act, row),
    history: moves.filter(({ referral_id }) => referral_id === row.id),
  }))
}

/** What the row is to this reader: each side knows its own case only. */
function seenBy(act: Act, row: ReferralStanding) {
  const side = sideOf(act.actor, row)
  const today = dayOf(act.services.now())
  return {
    side,
    case_id: side === 'sender' ? row.case_id : row.recipient_case_id,
    has_news: side === 'sender' ? row.sender_to_know : row.recipient_to_know,
    is_overdue: row.state === 'proposed' && row.ended_by === null && row.due_on !== null && row.due_on < today,
  }
}

function allowedTo(act: Act, row: ReferralStanding) {
  if (row.ended_by !== null) return []
  return waysFrom(row.state).flatMap(({ to, way }) => (mayTake(act.actor, row, way) ? [to] : []))
}
