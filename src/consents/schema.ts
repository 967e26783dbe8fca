import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'

const line = (max: number) => z.string().trim().min(1).max(max)

/** What may be done only with consent. */
export const ConsentPurpose = z.enum([
  'store',
  'share_with_provider',
  'share_in_coalition',
  'submit_to_un_body',
  'publish_with_name',
  'publish_anonymously',
  'count_in_statistics',
  'photo_or_audio',
  'contact_again',
])
export type ConsentPurpose = z.output<typeof ConsentPurpose>

/** Purposes that are allowed to one recipient at a time, by name. */
export const namedPurposes: readonly ConsentPurpose[] = [
  'share_with_provider',
  'share_in_coalition',
  'submit_to_un_body',
]

const ConsentValue = z.enum(['given', 'refused', 'withdrawn', 'not_asked'])

/** The one whose consent it is, when nobody says otherwise. */
const THE_VICTIM = 'victim'

export const ConsentFacts = z
  .strictObject({
    purpose: ConsentPurpose,
    value: ConsentValue,
    subject: line(100)
      .default(THE_VICTIM)
      .meta({ description: 'Whose consent: a party of the case, by its ref or its id among the persons' }),
    relation: z.enum(['self', 'parent', 'guardian', 'spouse', 'relative', 'lawyer', 'other']).default('self'),
    method: z.enum(['written', 'oral', 'recorded']),
    language: termCode('languages').optional(),
    said_on: z.iso.date(),
    expires_on: z.iso.date().optional().meta({ description: 'The last day on which it holds' }),
  })
  .refine(({ said_on, expires_on }) => expires_on === undefined || expires_on >= said_on, {
    path: ['expires_on'],
    message: 'not before it was said',
  })
export type ConsentFacts = z.output<typeof ConsentFacts>

export const ConsentIdentity = z.strictObject({
  recipient: line(200)
    .optional()
    .meta({ description: 'The provider or the organisation, by id, or the UN body, by code' }),
  said_by: line(300).optional(),
  guardian: line(300).optional(),
})
export type ConsentIdentity = z.output<typeof ConsentIdentity>

export const ConsentNarrative = z.strictObject({
  note: line(2_000).optional(),
  document: line(300).optional().meta({ description: 'Where the signed paper or the recording is' }),
})
export type ConsentNarrative = z.output<typeof ConsentNarrative>

export const NewConsent = z.strictObject({
  facts: secretOf(ConsentFacts),
  identity: secretOf(ConsentIdentity).prefault({}),
  narrative: secretOf(ConsentNarrative).prefault({}),
})
export type NewConsent = z.output<typeof NewConsent>

const heading = {
  id: idOf('consents'),
  position: z.int(),
  recorded_by: idOf('users'),
  recorded_on: z.iso.date(),
}
/** `stopped`: the records that this word has ended. */
export const ConsentReceipt = z.object({ ...heading, stopped: z.array(z.uuid()) })

const Consent = z.object({
  ...heading,
  facts: secretOf(ConsentFacts).nullable(),
  identity: secretOf(ConsentIdentity).nullable(),
  narrative: secretOf(ConsentNarrative).nullable(),
})

/** `current` has the last word on each purpose, recipient and subject; `history` has all that was ever said, in order. */
export const Consents = z.object({ current: z.array(Consent), history: z.array(Consent) })

/** Why something may not be done. */
export const WhyNot = z.enum(['not_asked', 'refused', 'withdrawn', 'expired', 'not_readable', 'storing_not_allowed'])
export type WhyNot = z.output<typeof WhyNot>

/** What waits on a consent. `records` are those that are stopped, where records exist. */
export const ConsentEffects = z.object({
  consent_id: idOf('consents'),
  is_current: z.boolean(),
  may: z.boolean(),
  why: z.array(WhyNot),
  blocks: z.array(z.object({ code: z.string(), records: z.array(z.uuid()) })),
})
export type ConsentEffects = z.output<typeof ConsentEffects>
