import type { Granted } from '../platform/access/policy.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import type { ProceedingLegal } from '../proceedings/schema.ts'
import type { DaysChanged } from '../proceedings/service.ts'
import { followingPolicy } from './policy.ts'
import { unknownRule } from './problems.ts'
import { type DeadlineRow, listFollowing, revealDeadlines, updateDeadline } from './repo.ts'
import { reckon, triggerDay } from './rules.ts'
import { type DeadlineLegal, HISTORY_MAX, type Reckoning } from './schema.ts'

type Row = Granted<'proceeding.change', DeadlineRow>

/** A step has other days now: each open deadline that runs from it is counted again, and keeps what it was. */
export const followStep: DaysChanged = async (act, { id, legal }) => {
  const rows = followingPolicy.grantEach(act, await listFollowing(act, id))
  const opened = await revealDeadlines(act, rows)
  for (const [at, row] of rows.entries()) {
    const before = opened[at]?.legal
    const moved = before && movedTrigger(before, legal)
    if (before && moved) await countAgain(act, row, { before, ...moved })
  }
}

type Moved = { readonly reckoning: Reckoning; readonly day: string }

/** The day that a deadline runs from now; undefined when that is the day it was, or there is none any more. */
function movedTrigger(before: Secret<DeadlineLegal>, legal: Secret<ProceedingLegal>): Moved | undefined {
  const reckoning = consult(before, (told) => told.reckoning)
  if (reckoning === null) return undefined
  const day = triggerDay(legal, reckoning.trigger)
  return day === undefined || day === reckoning.trigger_on ? undefined : { reckoning, day }
}

async function countAgain(
  act: Act,
  row: Row,
  { before, reckoning, day }: Moved & { before: Secret<DeadlineLegal> },
): Promise<void> {
  const named = { rule: reckoning.rule.row, state: reckoning.state }
  const again = await reckon(act, named, day).catch((error: unknown) => naming(row.id, error))
  const former = { due_on: row.due_on, reckoning, replaced_on: dayOf(act.services.now()) }
  const legal = revealTo(before, (told) => ({
    ...told,
    zone: again.zone,
    reckoning: again.reckoning,
    history: [...told.history, former].slice(-HISTORY_MAX),
  }))
  const { version, status } = row
  const isWritten = await updateDeadline(act, row, { version, status, due_on: again.due_on, legal })
  if (!isWritten) throw new Problem(staleVersion)
}

/** A rule that was withdrawn leaves a deadline that cannot be counted: whoever changes the step has to know which. */
function naming(deadline_id: DeadlineRow['id'], error: unknown): never {
  if (error instanceof Problem && error.kind === unknownRule) throw new Problem(unknownRule, { deadline_id })
  throw error
}
