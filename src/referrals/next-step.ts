import type { Actor } from '../platform/access/roles.ts'
import { sideOf, works } from './policy.ts'
import type { ReferralStanding } from './repo.ts'
import type { NextStep } from './schema.ts'

const DAYS_BEFORE = 7
const DAY_MS = 86_400_000

type Seen = { readonly row: ReferralStanding; readonly isSender: boolean; readonly today: string }

/** The most pressing thing that a referral asks of somebody who works on it; undefined when there is nothing to do. */
export function nextStepOf(actor: Actor, row: ReferralStanding, today: string): NextStep | undefined {
  const seen = { row, isSender: sideOf(actor, row) === 'sender', today }
  // Whoever only looks on, as coordinators do, sees what was not answered in time.
  if (!works(actor, row)) return isOverdue(seen) ? 'ask_for_answer' : undefined
  return rules.find(([, applies]) => applies(seen))?.[0]
}

const hasNews = ({ row, isSender }: Seen) => (isSender ? row.sender_to_know : row.recipient_to_know)
const goesOn = ({ row }: Seen) => row.ended_by === null
const isOverdue = ({ row, today }: Seen) =>
  row.ended_by === null && row.state === 'proposed' && row.due_on !== null && row.due_on < today
const runsOut = ({ row: { consent_until }, today }: Seen) =>
  consent_until !== null && Date.parse(consent_until) - Date.parse(today) <= DAYS_BEFORE * DAY_MS
const isTakenOn = ({ row }: Seen) => ['accepted', 'in_progress', 'lost_contact'].includes(row.state)

const rules: readonly (readonly [NextStep, (seen: Seen) => boolean])[] = [
  ['stop_using_package', (seen) => !goesOn(seen) && !seen.isSender && hasNews(seen)],
  ['tell_provider', (seen) => !goesOn(seen) && seen.row.kind === 'outside' && hasNews(seen)],
  ['note_end', (seen) => !goesOn(seen) && hasNews(seen)],
  ['answer_referral', (seen) => goesOn(seen) && !seen.isSender && seen.row.state === 'proposed'],
  ['ask_for_answer', (seen) => seen.isSender && isOverdue(seen)],
  ['link_case', (seen) => goesOn(seen) && !seen.isSender && isTakenOn(seen) && seen.row.recipient_case_id === null],
  ['renew_consent', (seen) => goesOn(seen) && seen.isSender && runsOut(seen)],
  ['ask_for_consent', (seen) => goesOn(seen) && seen.isSender && seen.row.state === 'awaiting_consent'],
  ['read_news', hasNews],
]
