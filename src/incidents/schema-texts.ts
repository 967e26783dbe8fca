import { z } from 'zod'
import { termCode } from '../vocabularies/service.ts'
import { PartyRef } from './schema.ts'
import type { IncidentKind } from './schema-kinds.ts'
import { PartialDate } from './schema-when.ts'

const text = (most: number) => z.string().min(1).max(most)

/** Free text that only some kinds of incident have. */
export const textsByKind = {
  torture_or_ill_treatment: ['injuries'],
  arbitrary_detention: ['charge'],
  enforced_disappearance: ['last_seen'],
  assembly: ['demands'],
  expression_and_media: ['publication'],
  unlawful_death: ['cause_of_death', 'injuries'],
  gender_based_violence: ['history', 'injuries'],
  other: [],
} as const satisfies Record<IncidentKind, readonly string[]>

/** What happened, in words. */
export const IncidentNarrative = z.strictObject({
  summary: text(500),
  account: text(20_000).optional(),
  place_text: text(500).optional(),
  language: termCode('languages').optional(),
  official_version: text(4_000).optional().meta({ description: 'What the authorities say of it' }),
  injuries: text(4_000).optional(),
  charge: text(1_000).optional(),
  last_seen: text(2_000).optional(),
  demands: text(1_000).optional(),
  publication: text(1_000).optional(),
  cause_of_death: text(2_000).optional(),
  history: text(4_000).optional(),
})
export type IncidentNarrative = z.output<typeof IncidentNarrative>

/** Who a party is. */
export const NamedParty = z.strictObject({
  ref: PartyRef,
  names: z
    .array(
      z.strictObject({
        text: text(200),
        script: z.enum(['latin', 'cyrillic', 'arabic', 'other']).optional(),
        kind: z.enum(['official', 'former', 'alias', 'transliteration', 'initials', 'other']).optional(),
      }),
    )
    .max(10),
  born: PartialDate.optional(),
  contacts: z
    .array(
      z.strictObject({
        kind: z.enum(['phone', 'email', 'messenger', 'address', 'through_somebody', 'other']),
        text: text(300),
        is_safe: z.boolean().optional().meta({ description: 'Whether it is safe to reach the person there' }),
      }),
    )
    .max(10)
    .optional(),
  documents: z
    .array(
      z.strictObject({
        kind: z.enum(['passport', 'identity_card', 'birth_certificate', 'residence_permit', 'case_file', 'other']),
        text: text(100),
        country: termCode('countries').optional(),
      }),
    )
    .max(10)
    .optional(),
  unit: text(300).optional(),
  rank: text(100).optional(),
  note: text(1_000).optional(),
})
export type NamedParty = z.output<typeof NamedParty>

/** Who the parties are, by the refs of the facts. */
export const IncidentIdentity = z.strictObject({ parties: z.array(NamedParty).max(50) })
export type IncidentIdentity = z.output<typeof IncidentIdentity>

/** Which articles somebody reads in what happened. It is kept apart from the facts, and says how sure it is. */
export const IncidentLegal = z.strictObject({
  readings: z
    .array(
      z.strictObject({
        article: termCode('treaty_articles'),
        read_with: z.array(termCode('treaty_articles')).max(10).optional(),
        basis: z.enum(['own_reading', 'claimed', 'found']).optional(),
        certainty: z.enum(['high', 'medium', 'low']),
        note: text(1_000).optional(),
      }),
    )
    .max(100),
  notes: text(4_000).optional(),
})
export type IncidentLegal = z.output<typeof IncidentLegal>
