import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { PageQuery } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'

const line = (max: number) => z.string().trim().min(1).max(max)

const Note = z.strictObject({ text: line(10_000) })
const Task = z.strictObject({ to_do: line(2_000) })
const Milestone = z.strictObject({ reached: line(500) })

const Threat = z.strictObject({
  threat: line(2_000),
  likelihood: z.enum(['low', 'medium', 'high']),
  severity: z.enum(['minor', 'serious', 'grave']),
  measures: line(2_000),
})
/** For whom, what may happen to them, and what is done against it. `due_on` is the day to look again. */
const RiskAssessment = z.strictObject({ for_whom: line(500), threats: z.array(Threat).min(1).max(30) })

/** Somebody looked whether we act for or against anybody of the other side. */
const ConflictCheck = z.strictObject({
  result: z.enum(['clear', 'possible_conflict', 'waived']),
  searched: line(2_000).meta({ description: 'The names and registers that were looked through' }),
  finding: line(2_000).optional(),
})

/** A signed power of attorney, or why there is none. `due_on` is the day on which it ends. */
const Authority = z.union([
  z.strictObject({ signed_by: line(300), signed_on: z.iso.date(), scope: line(2_000) }),
  z.strictObject({ none_because: line(2_000) }),
])

/** Each kind of paper, with what is written on it. */
export const papers = {
  note: Note,
  task: Task,
  milestone: Milestone,
  risk_assessment: RiskAssessment,
  conflict_check: ConflictCheck,
  authority: Authority,
} as const
export type PaperKind = keyof typeof papers

export const PaperText = z.union([Note, Task, Milestone, RiskAssessment, ConflictCheck, Authority])
export type PaperText = z.output<typeof PaperText>

const due_on = z.iso.date().nullable().default(null)
const assignee_id = idOf('users').nullable().default(null)

const written = <K extends PaperKind, S extends z.ZodType>(kind: K, text: S) =>
  z.strictObject({ kind: z.literal(kind), narrative: secretOf(text), due_on })

export const NewPaper = z.discriminatedUnion('kind', [
  written('note', Note),
  written('task', Task).extend({ assignee_id }),
  written('milestone', Milestone),
  written('risk_assessment', RiskAssessment),
  written('conflict_check', ConflictCheck),
  written('authority', Authority),
])
export type NewPaper = z.output<typeof NewPaper>

/** What is given is replaced. The text must be of the kind that the paper is. */
export const PaperChange = z
  .strictObject({
    narrative: secretOf(PaperText),
    due_on: z.iso.date().nullable(),
    assignee_id: idOf('users').nullable(),
    is_done: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'changes something')
export type PaperChange = z.output<typeof PaperChange>

const PaperName = z.enum(['note', 'task', 'milestone', 'risk_assessment', 'conflict_check', 'authority'])

export const PaperQuery = z.strictObject({ ...PageQuery.shape, kind: PaperName.optional() })
export type PaperQuery = z.output<typeof PaperQuery>

const heading = {
  id: idOf('papers'),
  case_id: idOf('cases'),
  version: z.int(),
  kind: PaperName,
  is_done: z.boolean(),
  assignee_id: idOf('users').nullable(),
  due_on: z.iso.date().nullable(),
  written_by: idOf('users'),
  written_on: z.iso.date(),
}
export const PaperReceipt = z.object(heading)
export const Paper = z.object({ ...heading, narrative: secretOf(PaperText).nullable() })
