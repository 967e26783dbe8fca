import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { OpenConsent } from './repo.ts'
import { type ConsentPurpose, namedPurposes, type WhyNot } from './schema.ts'

/** What somebody wants to do. Without a subject: with what concerns all who were asked. */
export type Wish = { readonly purpose: ConsentPurpose; readonly recipient?: string; readonly subject?: string }

/** The answer to "may this be done with this, now, and why not". */
export type Verdict =
  | { readonly may: true; readonly consent_id: Id<'consents'>; readonly until: string | null }
  | { readonly may: false; readonly why: readonly WhyNot[] }

/** The last word of each subject on each purpose and recipient. `said` is in the order in which it was said. */
export function currentOf(said: readonly OpenConsent[]): OpenConsent[] {
  const last = new Map<string, OpenConsent>()
  for (const one of said) last.set(topicOf(one), one)
  return [...last.values()]
}

/** Words that cannot be read are each a topic of their own: none of them hides another. */
function topicOf({ id, facts, identity }: OpenConsent): string {
  if (facts === null) return id
  const recipient = identity === null ? '' : consult(identity, (who) => who.recipient ?? '')
  return consult(facts, ({ purpose, subject }) => JSON.stringify([purpose, subject, recipient]))
}

/**
 * Everybody concerned must have said yes, and at least one must have been asked. Who does not allow us to keep what they
 * told us allows nothing else; who allowed it to one named recipient did not allow it to another.
 */
export function judge(said: readonly OpenConsent[], wish: Wish, today: string): Verdict {
  const current = currentOf(said)
  if (current.some(({ facts }) => facts === null)) return { may: false, why: ['not_readable'] }
  if (current.some((one) => forbidsStoring(one, wish.subject))) return { may: false, why: ['storing_not_allowed'] }
  const concerned = current.filter((one) => isAbout(one, wish))
  const [first] = concerned
  if (first === undefined) return { may: false, why: ['not_asked'] }
  const why = new Set(concerned.flatMap((one) => obstacleIn(one, today)))
  return why.size === 0
    ? { may: true, consent_id: first.id, until: lastDayOf(concerned) }
    : { may: false, why: [...why] }
}

/** The last day on which all of these hold; null when none of them ends. */
function lastDayOf(concerned: readonly OpenConsent[]): string | null {
  const days = concerned.flatMap(({ facts }) => (facts === null ? [] : [consult(facts, (said) => said.expires_on)]))
  return days.reduce<string | null>((first, day) => (day !== undefined && day < (first ?? '9999') ? day : first), null)
}

function isAbout({ facts, identity }: OpenConsent, { purpose, recipient, subject }: Wish): boolean {
  if (facts === null) return false
  const isNamed = namedPurposes.includes(purpose)
  if (isNamed && (identity === null || consult(identity, (who) => who.recipient) !== recipient)) return false
  return consult(facts, (said) => said.purpose === purpose && (subject === undefined || said.subject === subject))
}

const forbidsStoring = (one: OpenConsent, subject: string | undefined): boolean =>
  isAbout(one, subject === undefined ? { purpose: 'store' } : { purpose: 'store', subject }) &&
  one.facts !== null &&
  consult(one.facts, ({ value }) => value === 'withdrawn' || value === 'refused')

function obstacleIn({ facts }: OpenConsent, today: string): WhyNot[] {
  if (facts === null) return ['not_readable']
  return consult(facts, ({ value, expires_on }): WhyNot[] => {
    if (value !== 'given') return [value]
    return expires_on !== undefined && expires_on < today ? ['expired'] : []
  })
}
