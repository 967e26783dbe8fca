import { ofCase } from '../cases/policy.ts'
import { type SeatedCase, viewCase, workOnCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { DayCursor, decodeCursor, cut } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { invalidRequest, notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { taskPolicy } from './policy.ts'
import { assigneeNotOnTeam, paperIsFinal } from './problems.ts'
import {
  findPaper,
  insertPaper,
  isSeated,
  listPapers,
  listTasksOf,
  type PaperRow,
  revealPapers,
  updatePaper,
} from './repo.ts'
import { type NewPaper, type PaperChange, type PaperKind, type PaperQuery, papers, type PaperText } from './schema.ts'

const rulesFor = (found: SeatedCase) =>
  ofCase<PaperRow, 'paper.list' | 'paper.change'>(found, {
    'paper.list': () => true,
    'paper.change': () => true,
  })

type Writing = { readonly id: Id<'cases'>; readonly paper: NewPaper }

export function writePaper(op: Op<'paper.write'>, { id, paper }: Writing) {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    const assignee_id = paper.kind === 'task' ? paper.assignee_id : null
    await mustBeSeated(act, id, assignee_id)
    const row = {
      id: newId('papers'),
      case_id: id,
      organisation_id: found.organisation_id,
      version: 1,
      seal_version: 1,
      kind: paper.kind,
      is_done: false,
      assignee_id,
      due_on: paper.due_on,
      written_by: act.actor.id,
      written_on: dayOf(act.services.now()),
    }
    const access = await createRecordKey(act, row, [{ part: 'record', heldAs: found.held }])
    await insertPaper(act, row, { access, values: { narrative: paper.narrative } })
    return row
  })
}

async function mustBeSeated(act: Act, id: Id<'cases'>, assignee: Id<'users'> | null): Promise<void> {
  if (assignee !== null && !(await isSeated(act.db, id, assignee))) throw new Problem(assigneeNotOnTeam)
}

export function readPapers(op: Op<'paper.list'>, id: Id<'cases'>, { kind, after, limit }: PaperQuery) {
  return op.act(async (act) => {
    const found = await viewCase(act, id)
    const cursor = decodeCursor(DayCursor, after)
    const rows = await listPapers(act.db, { case_id: id, kind, after: cursor, limit: limit + 1 })
    const { page, next } = cut(rows, limit, (last) => [last.written_on, last.id])
    return { items: await revealPapers(act, rulesFor(found).grantEach(act, page)), next }
  })
}

const TASKS_MOST = 500

export function readMyTasks(op: Op<'task.list'>) {
  return op.act(async (act) => {
    const rows = taskPolicy.grantEach(act, await listTasksOf(act.db, act.actor.id, TASKS_MOST))
    return { items: await revealPapers(act, rows) }
  })
}

/** Of one's own tasks those that have a day. To see them in the agenda is to read them. */
export async function readTasksDue(act: Act<'deadline.read_agenda'>) {
  const reading = { actor: act.actor, action: 'task.list' } as const
  const rows = taskPolicy.grantEach(reading, await listTasksOf(act.db, act.actor.id, TASKS_MOST))
  const tasks = await revealPapers(act, rows)
  return tasks.flatMap(({ due_on, ...task }) => (due_on === null ? [] : [{ ...task, due_on }]))
}

type Changing = {
  readonly id: Id<'cases'>
  readonly paper_id: Id<'papers'>
  readonly version: number
  readonly change: PaperChange
}

const changeable: readonly PaperKind[] = ['note', 'task', 'milestone']

/** Notes, tasks and milestones are changed. What was found or signed on a day is written once. */
export function changePaper(op: Op<'paper.change'>, { id, paper_id, version, change }: Changing) {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    const row = rulesFor(found).grant(act, await findPaper(act.db, paper_id))
    if (row.version !== version) throw new Problem(staleVersion)
    if (!changeable.includes(row.kind)) throw new Problem(paperIsFinal)
    mustFit(row.kind, change)
    await mustBeSeated(act, id, change.assignee_id ?? null)
    const narrative = change.narrative ?? (await narrativeOf(act, row))
    const changed = changedBy(change, row)
    const access = await renewRecordKey(act, row)
    const filling = { access, values: { narrative } }
    if (!(await updatePaper(act, row, { version, row: changed, filling }))) throw new Problem(staleVersion)
    return { ...row, ...changed, narrative, version: version + 1 }
  })
}

const changedBy = (
  change: PaperChange,
  { due_on, assignee_id, is_done }: Pick<PaperRow, 'due_on' | 'assignee_id' | 'is_done'>,
) => ({
  due_on: change.due_on === undefined ? due_on : change.due_on,
  assignee_id: change.assignee_id === undefined ? assignee_id : change.assignee_id,
  is_done: change.is_done ?? is_done,
})

async function narrativeOf(act: Act, row: Granted<'paper.change', PaperRow>): Promise<Secret<PaperText>> {
  const [opened] = await revealPapers(act, [row])
  if (!opened?.narrative) throw new Problem(notFound)
  return opened.narrative
}

function mustFit(kind: PaperKind, { narrative, assignee_id }: PaperChange): void {
  const fits = narrative === undefined || consult(narrative, (text) => papers[kind].safeParse(text).success)
  const pointer = fits ? '#/assignee_id' : '#/narrative'
  if (fits && (kind === 'task' || !assignee_id)) return
  throw new Problem(invalidRequest, { errors: [{ pointer, detail: 'does not belong to a paper of this kind' }] })
}

/** Whether a case has a paper of this kind. */
export async function hasPaper(act: Act, id: Id<'cases'>, kind: PaperKind): Promise<boolean> {
  await viewCase(act, id)
  return (await listPapers(act.db, { case_id: id, kind, after: undefined, limit: 1 })).length > 0
}

const CHECKS_MOST = 200

/** A conflict that was found possible stands until a check of a later day finds none, or somebody waives it. */
export async function isFreeOfConflict(act: Act, id: Id<'cases'>): Promise<boolean> {
  const found = await viewCase(act, id)
  const rows = await listPapers(act.db, { case_id: id, kind: 'conflict_check', after: undefined, limit: CHECKS_MOST })
  // To rely on a check is to read it, whatever the act around it is for.
  const reading = { actor: act.actor, action: 'paper.list' } as const
  const checks = await revealPapers(act, rulesFor(found).grantEach(reading, rows))
  const latest = checks[0]?.written_on
  const ofLastDay = checks.filter(({ written_on }) => written_on === latest)
  const results = ofLastDay.map(({ narrative }) =>
    narrative === null ? undefined : consult(narrative, (text) => ('result' in text ? text.result : undefined)),
  )
  return results.includes('waived') || (results.length > 0 && results.every((result) => result === 'clear'))
}
