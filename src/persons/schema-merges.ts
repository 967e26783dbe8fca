import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { PersonFacts, PersonIdentity, PersonPath } from './schema.ts'

/** What the record that stays shall say; a class that is not given is put together from both. */
export const NewMerge = z.strictObject({
  merged_id: idOf('persons').meta({ description: 'The record that goes into this one' }),
  identity: secretOf(PersonIdentity).optional(),
  facts: secretOf(PersonFacts).optional(),
})
export type NewMerge = z.output<typeof NewMerge>

/** What the record that stayed shall say again: needed when it was changed after the merge. */
export const UndoneMerge = z.strictObject({
  identity: secretOf(PersonIdentity).optional(),
  facts: secretOf(PersonFacts).optional(),
})
export type UndoneMerge = z.output<typeof UndoneMerge>

/** What a merge did beside the contents. */
export const MergeFacts = z.strictObject({
  before: PersonFacts,
  version_after: z.int(),
  links_added: z.array(z.uuid()),
  relations_from: z.array(z.uuid()),
  relations_to: z.array(z.uuid()),
  parties: z.array(z.uuid()),
})
export type MergeFacts = z.output<typeof MergeFacts>

export const MergePath = PersonPath.extend({ merge_id: idOf('person_merges') })

const heading = {
  id: idOf('person_merges'),
  kept_id: idOf('persons'),
  merged_id: idOf('persons'),
  merged_by: idOf('users'),
  merged_on: z.iso.date(),
  undone_by: idOf('users').nullable(),
  undone_on: z.iso.date().nullable(),
}
export const Merge = z.object(heading)
export const Merges = z.object({ items: z.array(Merge) })

export const NewDistinction = z.strictObject({ person_id: idOf('persons') })
