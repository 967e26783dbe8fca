import { z } from 'zod'
import { Article } from '../admissibility/schema.ts'
import { secretOf } from '../platform/crypto/secret.ts'
import { State } from '../reference/schema.ts'
import { termCode } from '../vocabularies/service.ts'
import { MeasureStatus, Paid, ReplyStatus } from './schema.ts'

export const BoardQuery = z.strictObject({
  state: State.optional(),
  committee: termCode('treaty_bodies').optional(),
  year: z
    .string()
    .regex(/^(19|20)\d\d$/)
    .optional(),
  article: Article.optional().meta({ description: 'With its paragraphs: CCPR-9 finds CCPR-9-1' }),
  remedy: termCode('remedies').optional(),
})
export type BoardQuery = z.output<typeof BoardQuery>

const countsOf = <T extends string>(codes: readonly T[]) => z.record(z.enum(codes), z.int())

const figures = {
  decisions: z.int(),
  replies: countsOf(ReplyStatus.options),
  measures: z.int(),
  by_status: countsOf(MeasureStatus.options),
  /** Of all measures, those that are implemented; null where there is none. */
  share_implemented: z.number().nullable(),
  payments: z.array(Paid),
}
const Group = z.object({ key: z.string(), ...figures })
export type Group = z.output<typeof Group>

/** A decision counts in each of its articles and remedies, so those groups add up to more than the whole. */
export const Board = z.object({
  ...figures,
  by_state: z.array(Group),
  by_committee: z.array(Group),
  by_year: z.array(Group),
  by_article: z.array(Group),
  by_remedy: z.array(Group),
})
export type Board = z.output<typeof Board>

/** What is public and what is ours: beside one another, and never added. */
export const Boards = z.object({
  on: z.iso.date(),
  public: Board.extend({ by_certainty: z.array(Group) }),
  own: secretOf(Board),
})
export type Boards = z.output<typeof Boards>
