import { viewCase } from '../cases/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { decisionsOf } from './policy.ts'
import { wholly } from './read-decisions.ts'
import { isSettled } from './reckon-measures.ts'
import { type DecisionRow, listDecisions, revealDecisions } from './repo.ts'
import type { Decision } from './schema.ts'

/** Whether nobody waits for anything of any decision of the case; a measure that cannot be read is not settled. */
export async function areMeasuresSettled(act: Act, id: Id<'cases'>): Promise<boolean> {
  const found = await viewCase(act, id)
  // To rely on a decision is to read it, whatever the act around it is for.
  const by = { actor: act.actor, action: 'decision.list' } as const
  const rows = decisionsOf<DecisionRow>(found).grantEach(by, await listDecisions(act, id))
  const decisions = await wholly(act, found, await revealDecisions(act, rows))
  return decisions.every(({ measures }) => measures.every(isDone))
}

const isDone = ({ legal, status, payments }: Decision['measures'][number]): boolean =>
  legal !== null &&
  isSettled({
    ...consult(legal, (told) => told),
    status: consult(status, (told) => told),
    payments: consult(payments, (told) => told),
  })
