import type { WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import type { State } from '../reference/schema.ts'
import { deadlinesOf } from './policy.ts'
import { type DeadlineRow, insertDeadline, listOfCauses, revealDeadlines, updateDeadline } from './repo.ts'
import { hasRule, reckon, type Reckoned } from './rules.ts'
import { type DeadlineLegal, HISTORY_MAX } from './schema.ts'

/** A deadline that something of a case brings with it, as long as it does. */
export type Caused = {
  /** The step or decision that it runs from. */
  readonly cause_id: Id<string>
  readonly rule: string
  readonly trigger_on: string
  readonly is_met: boolean
}

type Following = {
  readonly state: State
  /** Everything that might have brought one. */
  readonly causes: readonly Id<string>[]
  readonly caused: readonly Caused[]
}

const MET = 'What it was waiting for is recorded.'
const GONE = 'What it ran from is void.'

/**
 * Makes the deadlines of a case be those that its causes bring: a new one is counted, a changed day is counted again and
 * keeps what it was, what was waited for is done, what runs no more is waived. What somebody closed by hand stays closed.
 */
export async function followCauses(act: Act, found: WorkingCase, { state, causes, caused }: Following): Promise<void> {
  const standing = await openAll(act, found, causes)
  for (const wanted of caused) {
    const there = standing.find(({ row, rule }) => row.cause_id === wanted.cause_id && rule === wanted.rule)
    if (there === undefined) await begin(act, found, { ...wanted, state })
    else await keep(act, there, { ...wanted, state })
  }
  const isWanted = ({ row, rule }: Standing) =>
    caused.some((wanted) => wanted.cause_id === row.cause_id && wanted.rule === rule)
  for (const there of standing.filter((one) => !isWanted(one)))
    if (there.row.status === 'open' || reasonOf(there) === MET)
      await write(act, there, { status: 'waived', reason: GONE })
}

type Row = Granted<'deadline.change', DeadlineRow>
type Standing = { readonly row: Row; readonly legal: Secret<DeadlineLegal>; readonly rule: string }

async function openAll(act: Act, found: WorkingCase, causes: readonly Id<string>[]): Promise<Standing[]> {
  // They follow what somebody of the team has changed, whatever the act around it is for.
  const by = { actor: act.actor, action: 'deadline.change' } as const
  const rows = deadlinesOf(found).grantEach(by, await listOfCauses(act, found.id, causes))
  const opened = await revealDeadlines(act, rows)
  return rows.flatMap((row, at) => {
    const legal = opened[at]?.legal ?? null
    const rule = legal === null ? undefined : consult(legal, (told) => told.reckoning?.rule.row)
    return legal === null || rule === undefined ? [] : [{ row, legal, rule }]
  })
}

const reasonOf = ({ legal }: Standing): string | undefined => consult(legal, ({ reason }) => reason)

type Wanted = Caused & { readonly state: State }

/** Nothing, where no rule of that name holds: the body has no such term. */
async function begin(act: Act, found: WorkingCase, { rule, state, trigger_on, cause_id, is_met }: Wanted) {
  if (!(await hasRule(act, { rule, state }, trigger_on))) return
  const { kind, due_on, zone, reckoning } = await reckon(act, { rule, state }, trigger_on)
  const legal = new Secret<DeadlineLegal>({ zone, reckoning, history: [], ...(is_met && { reason: MET }) })
  const status = is_met ? 'done' : 'open'
  await insertDeadline(act, found, { kind, due_on, proceeding_id: null, cause_id, status, legal })
}

async function keep(act: Act, there: Standing, { rule, state, trigger_on, is_met }: Wanted): Promise<void> {
  const before = consult(there.legal, ({ reckoning, reason }) => ({ trigger_on: reckoning?.trigger_on, reason }))
  const hasMoved = before.trigger_on !== trigger_on
  const status = statusFor(there.row.status, before.reason, is_met)
  if (!hasMoved && status === there.row.status) return
  const again = hasMoved ? await reckon(act, { rule, state }, trigger_on) : undefined
  const reason = status === 'open' ? undefined : status === there.row.status ? before.reason : MET
  await write(act, there, { status, reason, again })
}

/** What was closed by this file opens again when it must; what a person closed does not. */
function statusFor(now: DeadlineRow['status'], reason: string | undefined, is_met: boolean): DeadlineRow['status'] {
  if (is_met) return now === 'open' || reason === GONE ? 'done' : now
  return reason === MET || reason === GONE ? 'open' : now
}

type Change = {
  readonly status: DeadlineRow['status']
  readonly reason?: string | undefined
  readonly again?: Reckoned | undefined
}

async function write(act: Act, { row, legal: before }: Standing, { status, reason, again }: Change): Promise<void> {
  const replaced_on = dayOf(act.services.now())
  const legal = revealTo(before, ({ reason: _said, ...told }): DeadlineLegal => {
    const kept = { ...told, ...(reason !== undefined && { reason }) }
    if (again === undefined || told.reckoning === null) return kept
    const former = { due_on: row.due_on, reckoning: told.reckoning, replaced_on }
    const history = [...told.history, former].slice(-HISTORY_MAX)
    return { ...kept, zone: again.zone, reckoning: again.reckoning, history }
  })
  const due_on = again?.due_on ?? row.due_on
  if (!(await updateDeadline(act, row, { version: row.version, status, due_on, legal })))
    throw new Problem(staleVersion)
}
