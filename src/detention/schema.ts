import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { PartyRef } from '../incidents/schema.ts'
import { termCode } from '../vocabularies/service.ts'
import { canPrecede, Moment } from './moments.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

/** Whether one protection was given, and who says so. */
const Safeguard = z.strictObject({
  safeguard: termCode('safeguards'),
  state: z.enum(['met', 'late', 'not_met', 'not_known']),
  after_hours: z.number().min(0).max(8_760).optional().meta({ description: 'Hours after the actual arrest' }),
  said_by: termCode('source_connections'),
})

/** The coded part. `from` is the actual beginning; `recorded_at` is what the register or protocol says. */
export const EpisodeFacts = z
  .strictObject({
    person: PartyRef.optional().meta({ description: 'A party of the case by its ref, such as v1' }),
    came_by: z.enum(['arrest', 'transfer', 'surrender', 'not_known']),
    place: termCode('detention_places').optional(),
    from: Moment.optional(),
    recorded_at: Moment.optional(),
    to: Moment.optional().meta({ description: 'Absent: not ended, or not known' }),
    legal_basis: termCode('detention_legal_bases').optional(),
    safeguards: z.array(Safeguard).max(30).default([]),
  })
  .refine(({ from, to }) => canPrecede(from, to), { path: ['to'], message: 'ends before it begins' })
export type EpisodeFacts = z.output<typeof EpisodeFacts>

export const EpisodeNarrative = z.strictObject({
  place: text(500).optional(),
  legal_basis: text(1_000).optional(),
  safeguards: text(4_000).optional(),
  note: text(10_000).optional(),
})
export type EpisodeNarrative = z.output<typeof EpisodeNarrative>

export const NewEpisode = z.strictObject({
  facts: secretOf(EpisodeFacts),
  narrative: secretOf(EpisodeNarrative).optional(),
})
export type NewEpisode = z.output<typeof NewEpisode>

/** Replaces the classes that are given. */
export const EpisodeChange = z
  .strictObject({ facts: secretOf(EpisodeFacts).optional(), narrative: secretOf(EpisodeNarrative).optional() })
  .refine(({ facts, narrative }) => facts !== undefined || narrative !== undefined, 'nothing to change')
export type EpisodeChange = z.output<typeof EpisodeChange>

const Hours = z.object({ at_least: z.number(), at_most: z.number() })

const heading = {
  id: idOf('detention_episodes'),
  case_id: idOf('cases'),
  version: z.int(),
  recorded_by: idOf('users'),
  recorded_on: z.iso.date(),
}
export const EpisodeReceipt = z.object(heading)
export const Episode = z.object({
  ...heading,
  facts: secretOf(EpisodeFacts).nullable(),
  narrative: secretOf(EpisodeNarrative).nullable(),
  hours_unrecorded: secretOf(Hours.nullable())
    .nullable()
    .meta({ description: 'Between the actual and the recorded arrest, as closely as the two moments are known' }),
})
export type Episode = z.output<typeof Episode>
export const EpisodeList = z.object({ items: z.array(Episode) })
