import { homeOf } from '../platform/access/home.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Act } from '../platform/operation/op.ts'
import { urgentPolicy } from './policy.ts'
import { listAnswered, revealAnswered } from './repo.ts'

const GRANTED = ['granted', 'granted_in_part']

/** How many requests were granted between these days, and for how many people. */
export async function grantedUrgently(
  act: Act<'indicator.read'>,
  days: { readonly from: string; readonly to: string },
): Promise<{ number: number; people: number }> {
  const rows = urgentPolicy.grantEach(act, await listAnswered(act, homeOf(act.actor), days))
  const granted = (await revealAnswered(act, rows)).flatMap((facts) =>
    consult(facts, ({ decision = '', people }) => (GRANTED.includes(decision) ? [people] : [])),
  )
  return { number: granted.length, people: granted.reduce((sum, people) => sum + people, 0) }
}
