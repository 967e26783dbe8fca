import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { PersonFacts, PersonIdentity, PersonRole } from '../persons/schema.ts'

const text = z.string()

/** People stand under neutral refs, which tie who they are to what is coded of them. */
const ref = z.string().regex(/^p\d{1,2}$/)

export const PackageIdentity = z.strictObject({
  title: text.optional(),
  persons: z.array(
    z.strictObject({
      ref,
      ...PersonIdentity.pick({ names: true, born: true, contacts: true, documents: true }).partial().shape,
      ...PersonRole.pick({ roles: true }).partial().shape,
    }),
  ),
})
export type PackageIdentity = z.output<typeof PackageIdentity>

export const PackageNarrative = z.strictObject({ request: text, summary: text.optional() })
export type PackageNarrative = z.output<typeof PackageNarrative>

const { sex, age_band, nationality, special_protection } = PersonFacts.shape

export const PackageFacts = z.strictObject({
  help: text,
  kind: text.optional(),
  tags: z.array(text).optional(),
  persons: z.array(z.strictObject({ ref, sex, age_band, nationality, special_protection })),
})
export type PackageFacts = z.output<typeof PackageFacts>

const Package = z.strictObject({ identity: PackageIdentity, narrative: PackageNarrative, facts: PackageFacts })
export type Package = z.output<typeof Package>

/** All that is handed over, and its hash. Null once there is nothing (any more) for the reader. */
export const PackageView = z.object({
  content: secretOf(Package).nullable(),
  sha256: z
    .string()
    .nullable()
    .meta({ description: 'SHA-256 of the content as JSON without blanks, in the order given' }),
})
export type PackageView = z.output<typeof PackageView>
