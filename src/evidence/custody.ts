import { viewCase, type SeatedCase, workOnCase } from '../cases/service.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { custodyPolicy, evidencePolicy } from './policy.ts'
import { type EvidenceRow, findEvidence } from './repo.ts'
import { findCustody, insertCustody, revealCustody } from './repo-custody.ts'
import type { CustodyNarrative, NewCustody } from './schema.ts'

type Item = Pick<EvidenceRow, 'id' | 'organisation_id' | 'case_id'>
type What = Omit<CustodyNarrative, 'at'>

/** One more link of the chain, under a key of its own. The keyring of the case stays as it is until the act ends. */
export async function noteCustody(act: Act, item: Item, { found, what }: { found: SeatedCase; what: Secret<What> }) {
  const [team] = await writableKeyrings(act, [{ keyring_id: found.keyring_id }])
  if (team === undefined) throw new Problem(notFound)
  const now = act.services.now()
  const row = {
    id: newId('custody_events'),
    organisation_id: item.organisation_id,
    case_id: item.case_id,
    item_id: item.id,
    noted_by: act.actor.id,
    noted_on: dayOf(now),
  }
  const access = await createRecordKey(act, row, [{ part: 'record', to: team }])
  const narrative = revealTo(what, (said) => ({ ...said, at: now.toISOString() }))
  await insertCustody(act, row, { access, narrative })
  return row
}

/** Notes that an item was copied, exported or handed over. */
export function noteHandling(op: Op<'custody.note'>, id: Id<'evidence_items'>, { narrative }: NewCustody) {
  return op.act(async (act) => {
    const item = await findEvidence(act.db, id)
    if (item === undefined) throw new Problem(notFound)
    const found = await workOnCase(act, item.case_id)
    return noteCustody(act, evidencePolicy(found).grant(act, item), { found, what: narrative })
  })
}

/** The whole chain, in the order in which it happened. */
export function readCustody(op: Op<'custody.read'>, id: Id<'evidence_items'>) {
  return op.act(async (act) => {
    const item = await findEvidence(act.db, id)
    if (item === undefined) throw new Problem(notFound)
    const found = await viewCase(act, item.case_id)
    evidencePolicy(found).grant(act, item)
    const events = await revealCustody(act, custodyPolicy(found).grantEach(act, await findCustody(act, id)))
    return { items: events.sort((a, b) => momentOf(a.narrative) - momentOf(b.narrative)) }
  })
}

/** When it was noted: whoever may not read it sees the days alone. */
const momentOf = (narrative: Secret<CustodyNarrative> | null): number =>
  narrative === null ? 0 : consult(narrative, ({ at }) => Date.parse(at))

export const plainly = (kind: CustodyNarrative['kind'], why?: CustodyNarrative['despite']): Secret<What> =>
  new Secret(why === undefined ? { kind } : { kind, despite: why })
