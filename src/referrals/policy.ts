import { type Granted, policy } from '../platform/access/policy.ts'
import type { Action, Actor } from '../platform/access/roles.ts'
import type { MoveRow } from './repo-moves.ts'
import type { PackageRow } from './repo-packages.ts'
import type { ReferralRow, ReferralStanding } from './repo.ts'
import { unsharedStates, type Way } from './ways.ts'

const isCoordinator = (actor: Actor) => actor.roles.includes('coordinator')
const isIntake = (actor: Actor) => actor.roles.includes('intake')

/** Which of the two sides the actor's organisation is. */
export const sideOf = (actor: Actor, row: Pick<ReferralRow, 'organisation_id'>): 'sender' | 'recipient' =>
  row.organisation_id === actor.organisationId ? 'sender' : 'recipient'

const isOurs = (actor: Actor, row: ReferralStanding) => row.organisation_id === actor.organisationId
const isTheirs = (actor: Actor, row: ReferralStanding) =>
  row.recipient_id !== null && row.recipient_id === actor.organisationId && !unsharedStates.includes(row.state)

const onTeam = (actor: Actor, row: ReferralStanding) => isOurs(actor, row) && row.is_on_team

/** Those who answer for the recipient: its intake, and the team of the case that the referral was linked to. */
const answers = (actor: Actor, row: ReferralStanding) =>
  isTheirs(actor, row) && (isIntake(actor) || row.is_on_recipient_team)

/** Coordinators see on either side that there is a referral, how it stands and until when an answer is due. */
const visible = (actor: Actor, row: ReferralRow) =>
  onTeam(actor, row) || answers(actor, row) || (isCoordinator(actor) && (isOurs(actor, row) || isTheirs(actor, row)))

export const works = (actor: Actor, row: ReferralStanding) => onTeam(actor, row) || answers(actor, row)

export const referralPolicy = policy(visible, {
  'referral.list': () => true,
  'referral.read': () => true,
  'inbox.read': () => true,
  'referral.change': onTeam,
  'referral.move': works,
  'referral.end': works,
  'referral.note_seen': works,
  'referral.preview': onTeam,
  'referral.make_letter': onTeam,
  'referral.read_package': works,
  'referral.link': answers,
})

/** Whether a step is the actor's to take. Outside, nobody but the team is here to take it. */
export function mayTake(actor: Actor, row: ReferralStanding, { by }: Way): boolean {
  if (!works(actor, row)) return false
  return row.kind === 'outside' || by === 'either' || (by === 'team') === isOurs(actor, row)
}

/** The steps of a referral that was granted may be read with it, as far as keys open what was said. */
export const movesOf = (granted: readonly Granted<Action, ReferralRow>[]) =>
  policy((_actor: Actor, move: MoveRow) => granted.some(({ id }) => id === move.referral_id), {
    'referral.list': () => true,
    'referral.read': () => true,
  })

/** The package of a referral that was granted. */
export const packageOf = (granted: Granted<Action, ReferralRow>) =>
  policy((_actor: Actor, row: PackageRow) => row.referral_id === granted.id, { 'referral.read_package': () => true })

/** What referrals are counted for. */
export type Counting = 'cube.try' | 'release.make' | 'statistics.look' | 'pool.contribute'

type Counted = Pick<ReferralRow, 'organisation_id'>

/** Whoever counts for the organisation opens the kind of help alone: more their keys do not open. */
export const countingPolicy = policy<Omit<ReferralRow, 'is_on_team' | 'is_on_recipient_team'>, Counting>(
  (actor: Actor, row: Counted) => row.organisation_id === actor.organisationId,
  {
    'cube.try': () => true,
    'release.make': () => true,
    'statistics.look': () => true,
    'pool.contribute': () => true,
  },
)
