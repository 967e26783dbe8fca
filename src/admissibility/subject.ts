import type { Mechanism } from '../reference/schema.ts'
import { because, type Claim, inFamily, type Ruled } from './claim.ts'
import type { Reason } from './schema.ts'

/** Whether the claim is about the rights of this treaty, for people whom it lets complain. */
export function subjectOf(claim: Claim, { rule, ref }: Ruled<Mechanism>): Reason[] {
  const isAbout = claim.articles.some((article) => inFamily(article, rule.coded.articles))
  const none = claim.articles.length === 0 ? 'no_article_named' : 'no_article_of_this_treaty'
  return [
    isAbout
      ? because(ref, { check: 'subject', code: 'article_named', effect: 'passes' })
      : because(ref, { check: 'subject', code: none, effect: 'doubts' }),
    ...victimsOf(claim, { rule, ref }),
  ]
}

function victimsOf({ is_anonymous, victims_are_children }: Claim, { rule, ref }: Ruled<Mechanism>): Reason[] {
  const anonymous = is_anonymous ? [because(ref, { check: 'victim', code: 'anonymous', effect: 'bars' })] : []
  if (rule.coded.victims === undefined) return anonymous
  const child = {
    yes: { code: 'victim_is_a_child', effect: 'passes' },
    no: { code: 'victim_is_no_child', effect: 'bars' },
    unclear: { code: 'victim_is_perhaps_a_child', effect: 'doubts' },
  } as const
  return [...anonymous, because(ref, { check: 'victim', ...child[victims_are_children] })]
}
