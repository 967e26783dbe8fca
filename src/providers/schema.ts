import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'

const line = (max: number) => z.string().trim().min(1).max(max)
const each = <S extends z.ZodType>(item: S, max: number) =>
  z
    .array(item)
    .max(max)
    .refine((all) => new Set(all).size === all.length, 'each once')

/** Whose directory: one organisation's own, or that of all organisations of the coalition. */
const ProviderScope = z.enum(['organisation', 'coalition'])

/** Who they are and how to reach them safely. */
export const ProviderIdentity = z.strictObject({
  name: line(200),
  contacts: z
    .array(
      z.strictObject({
        kind: z.enum(['phone', 'email', 'messenger', 'address', 'through_somebody', 'other']),
        text: line(300),
        is_safe: z.boolean().meta({ description: 'Whether what is said there stays there' }),
      }),
    )
    .max(10)
    .default([]),
  conflicts: line(2_000).optional().meta({ description: 'With whom they have a conflict of interest, and why' }),
  note: line(2_000).optional(),
})
export type ProviderIdentity = z.output<typeof ProviderIdentity>

/** What they offer, to whom. What is not known is left out, never guessed. */
export const ProviderFacts = z.strictObject({
  sort: z.enum(['organisation', 'clinic', 'practitioner', 'law_office', 'shelter', 'state_service', 'other']),
  services: each(termCode('assistance_types'), 24).min(1),
  languages: each(termCode('languages'), 20).default([]),
  countries: each(termCode('countries'), 10).default([]),
  regions: each(termCode('regions'), 50).default([]).meta({ description: 'Empty: everywhere in the countries' }),
  capacity: z.enum(['free', 'waiting_list', 'full', 'unknown']).default('unknown'),
  capacity_on: z.iso.date().optional().meta({ description: 'The day on which the capacity was asked for' }),
  vetted_on: z.iso.date().optional(),
  fees: z.enum(['none', 'reduced', 'full', 'unknown']).default('unknown'),
  staff: z.enum(['women', 'men', 'women_on_request', 'mixed', 'unknown']).default('unknown'),
  accepts_minors: z.boolean().optional(),
})
export type ProviderFacts = z.output<typeof ProviderFacts>

export const NewProvider = z.strictObject({
  scope: ProviderScope.default('organisation'),
  identity: secretOf(ProviderIdentity),
  facts: secretOf(ProviderFacts),
})
export type NewProvider = z.output<typeof NewProvider>

/** A class that is given replaces that class whole. */
export const ProviderChange = z
  .strictObject({ identity: secretOf(ProviderIdentity), facts: secretOf(ProviderFacts), is_active: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'changes something')
export type ProviderChange = z.output<typeof ProviderChange>

const heading = {
  id: idOf('providers'),
  organisation_id: idOf('organisations'),
  version: z.int(),
  scope: ProviderScope,
  is_active: z.boolean(),
  listed_on: z.iso.date(),
}

/** A class is null for a reader whose keys do not open it, such as of an organisation that joined later. */
export const Provider = z.object({
  ...heading,
  identity: secretOf(ProviderIdentity).nullable(),
  facts: secretOf(ProviderFacts).nullable(),
})
export type Provider = z.output<typeof Provider>
export const ProviderList = z.object({ items: z.array(Provider) })

export const ProviderReceipt = z.object(heading)

/** What somebody needs. It is a body and no query: it describes a person, and addresses are logged. */
export const Need = z.strictObject({
  service: termCode('assistance_types'),
  language: termCode('languages').optional(),
  country: termCode('countries').optional(),
  region: termCode('regions').optional(),
  prefers_staff: z.enum(['women', 'men']).optional(),
  is_minor: z.boolean().optional(),
  needs_no_fee: z.boolean().optional(),
})
export type Need = z.output<typeof Need>

export const Criterion = z.enum(['language', 'place', 'staff', 'minors', 'fees', 'capacity', 'vetting'])
export type Criterion = z.output<typeof Criterion>
export const Fit = z.enum(['fits', 'unknown', 'does_not_fit'])
export type Fit = z.output<typeof Fit>

/** Best first, each with what speaks for it and against it. */
export const Matches = z.object({
  items: z.array(
    z.object({ provider: Provider, score: z.int(), reasons: z.array(z.object({ criterion: Criterion, fit: Fit })) }),
  ),
})
