import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { PageQuery } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'

const TITLE_MAX = 200
const TEXT_MAX = 5_000
const TAGS_MAX = 20
/** People on one case: each add and each removal seals to all of them. */
export const TEAM_MAX = 50

const text = (max: number) => z.string().trim().min(1).max(max)

export const CaseStage = z.enum(['intake', 'documentation', 'litigation', 'follow_up', 'closed', 'declined'])
export type CaseStage = z.output<typeof CaseStage>

export const CaseIdentity = z.strictObject({ title: text(TITLE_MAX) })
export type CaseIdentity = z.output<typeof CaseIdentity>

export const CaseNarrative = z.strictObject({ summary: text(TEXT_MAX), strategy: text(TEXT_MAX).optional() })
export type CaseNarrative = z.output<typeof CaseNarrative>

export const CaseLegal = z.strictObject({ notes: text(TEXT_MAX).optional() })
export type CaseLegal = z.output<typeof CaseLegal>

export const CaseFacts = z.strictObject({
  kind: termCode('incident_kinds').optional(),
  tags: z
    .array(termCode('violation_types'))
    .max(TAGS_MAX)
    .refine((tags) => new Set(tags).size === tags.length, 'each tag once')
    .optional(),
})
export type CaseFacts = z.output<typeof CaseFacts>

export const NewCase = z.strictObject({
  identity: secretOf(CaseIdentity),
  narrative: secretOf(CaseNarrative),
  legal: secretOf(CaseLegal).prefault({}),
  facts: secretOf(CaseFacts).prefault({}),
})
export type NewCase = z.output<typeof NewCase>

/** A class that is given replaces that class whole; the others stay as they are. */
export const CaseChange = z
  .strictObject({
    identity: secretOf(CaseIdentity).optional(),
    narrative: secretOf(CaseNarrative).optional(),
    legal: secretOf(CaseLegal).optional(),
    facts: secretOf(CaseFacts).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'give at least one class')
export type CaseChange = z.output<typeof CaseChange>

export const CasePath = z.strictObject({ id: idOf('cases') })
export const TeamPath = z.strictObject({ id: idOf('cases'), user_id: idOf('users') })

export const CaseQuery = z.strictObject({ ...PageQuery.shape, stage: CaseStage.optional() })
export type CaseQuery = z.output<typeof CaseQuery>

const TeamPart = z.enum(['lead', 'member'])
const TeamMember = z.object({ user_id: idOf('users'), part: TeamPart, added_on: z.iso.date() })
export type TeamMember = z.output<typeof TeamMember>

export const TeamAddition = z.strictObject({ user_id: idOf('users'), part: TeamPart })
export type TeamAddition = z.output<typeof TeamAddition>

const heading = {
  id: idOf('cases'),
  reference: z.string(),
  version: z.int(),
  stage: CaseStage,
  opened_on: z.iso.date(),
}
const version = z.int()
const team = z.array(TeamMember).max(TEAM_MAX)

/** What was sealed goes out as it is: it was checked when it came in, and the lists of codes may have changed since. */
const kept = <S extends z.ZodType>(schema: S) => {
  const shape = Object.entries(z.toJSONSchema(schema, { io: 'input' })).filter(([name]) => name !== '$schema')
  return secretOf(z.custom<z.output<S>>().meta(Object.fromEntries(shape))).nullable()
}

/** The answer to opening: no content, so that what is kept of it for repeats tells nothing. */
export const CaseReceipt = z.object(heading)
export type CaseReceipt = z.output<typeof CaseReceipt>

/** A class is null for a reader who was not given its key. */
export const CaseFile = z.object({
  ...heading,
  purge_after: z.iso.date().nullable(),
  team,
  identity: kept(CaseIdentity),
  narrative: kept(CaseNarrative),
  legal: kept(CaseLegal),
  facts: kept(CaseFacts),
})
export type CaseFile = z.output<typeof CaseFile>

export const CaseTeam = z.object({ id: idOf('cases'), version, team })
export type CaseTeam = z.output<typeof CaseTeam>

const Wall = z.object({ user_id: idOf('users'), raised_by: idOf('users'), raised_on: z.iso.date() })
export const WallRaised = z.strictObject({ user_id: idOf('users') })

/** Who is kept out of a case. */
export const CaseWalls = z.object({ id: idOf('cases'), version, walls: z.array(Wall) })
export type CaseWalls = z.output<typeof CaseWalls>

export const MemberPath = z.strictObject({ id: idOf('users') })
export const Heir = z.strictObject({ to: idOf('users') })

/** `cases_kept`: the heir must not see them, or nobody who hands over has their key. */
export const HandOver = z.object({ handed_over: z.array(idOf('cases')), cases_kept: z.array(idOf('cases')) })
export type HandOver = z.output<typeof HandOver>
