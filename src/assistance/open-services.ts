import { homeOf } from '../platform/access/home.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { type Counting, spendingPolicy } from './policy.ts'
import { listServicesOf, revealServiceFacts } from './repo.ts'
import type { ServiceFacts } from './schema.ts'

const CHUNK = 1_000

/** A service that counts, with its coded facts alone. */
export type OpenService = {
  readonly case_id: Id<'cases'>
  readonly recorded_on: string
  readonly facts: Secret<ServiceFacts>
}

/** The services of the organisation that are not void, as far as the actor's keys open their facts. */
export async function openServices(act: Act<Counting>): Promise<OpenService[]> {
  const opened: OpenService[] = []
  let after: string | undefined
  do {
    const rows = await listServicesOf(act.db, { organisation_id: homeOf(act.actor), after, limit: CHUNK })
    for (const { case_id, recorded_on, facts } of await revealServiceFacts(act, spendingPolicy.grantEach(act, rows)))
      if (facts !== null) opened.push({ case_id, recorded_on, facts })
    after = rows[CHUNK - 1]?.id
  } while (after !== undefined)
  return opened
}
