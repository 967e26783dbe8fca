import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'

const text = (most: number) => z.string().trim().min(1).max(most)

const PersonName = z.strictObject({
  text: text(200),
  script: z.enum(['latin', 'cyrillic', 'arabic', 'other']).optional(),
  kind: z.enum(['official', 'former', 'alias', 'transliteration', 'initials', 'other']).optional(),
})

/** As much as is known of the day of birth; what is not known is not filled in. */
const Born = z
  .union([
    z.iso.date().regex(/^(19|20)/),
    z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/),
    z.string().regex(/^(19|20)\d\d$/),
  ])
  .meta({ description: 'YYYY-MM-DD, YYYY-MM or YYYY' })

const names = z.array(PersonName).min(1).max(20)

/** Who somebody is, and how to reach them. */
export const PersonIdentity = z.strictObject({
  names,
  born: Born.optional(),
  contacts: z
    .array(
      z.strictObject({
        kind: z.enum(['phone', 'email', 'messenger', 'address', 'through_somebody', 'other']),
        text: text(300),
        is_safe: z.boolean().optional().meta({ description: 'Whether it is safe to reach the person there' }),
      }),
    )
    .max(20)
    .optional(),
  documents: z
    .array(
      z.strictObject({
        kind: z.enum(['passport', 'identity_card', 'birth_certificate', 'residence_permit', 'case_file', 'other']),
        text: text(100),
        country: termCode('countries').optional(),
      }),
    )
    .max(20)
    .optional(),
  unit: text(300).optional().meta({ description: 'Where somebody serves, as it was told' }),
  rank: text(100).optional(),
  note: text(2_000).optional(),
})
export type PersonIdentity = z.output<typeof PersonIdentity>

/** What of a person can be coded. */
export const PersonFacts = z
  .strictObject({
    sort: z.enum(['person', 'group']).default('person'),
    count: z.int().min(2).max(1_000_000).optional().meta({ description: 'How many people a group is' }),
    sex: termCode('sex').optional(),
    age_band: termCode('age_bands').optional(),
    nationality: termCode('countries').optional(),
    special_protection: z.array(termCode('special_protection')).max(18).optional(),
  })
  .refine(({ sort, count }) => sort === 'group' || count === undefined, {
    path: ['count'],
    message: 'is for a group',
  })
export type PersonFacts = z.output<typeof PersonFacts>

export const DISTINCTIONS_MOST = 200

/** Of whom somebody looked and said that it is another person. Never on the wire. */
export const PersonMarks = z.strictObject({ differs_from: z.array(z.uuid()).max(DISTINCTIONS_MOST) })
export type PersonMarks = z.output<typeof PersonMarks>

/** As what a person is in a case. */
export const PersonRole = z.strictObject({
  roles: z
    .array(
      z.enum([
        'victim',
        'family',
        'witness',
        'source',
        'alleged_perpetrator',
        'lawyer',
        'co_detainee',
        'expert',
        'other',
      ]),
    )
    .min(1)
    .max(9),
  note: text(500).optional(),
})
export type PersonRole = z.output<typeof PersonRole>

export const NotTheSame = z
  .array(idOf('persons'))
  .max(200)
  .default([])
  .meta({ description: 'Persons with a like name who were looked at and are somebody else' })

export const NewPerson = z.strictObject({
  case_id: idOf('cases'),
  role: secretOf(PersonRole),
  identity: secretOf(PersonIdentity),
  facts: secretOf(PersonFacts).prefault({}),
  not_the_same_as: NotTheSame,
})
export type NewPerson = z.output<typeof NewPerson>

/** A class that is given replaces that class whole. */
export const PersonChange = z
  .strictObject({ identity: secretOf(PersonIdentity).optional(), facts: secretOf(PersonFacts).optional() })
  .refine(({ identity, facts }) => identity !== undefined || facts !== undefined, 'give at least one class')
export type PersonChange = z.output<typeof PersonChange>

export const NewLink = z.strictObject({ person_id: idOf('persons'), role: secretOf(PersonRole) })
export type NewLink = z.output<typeof NewLink>

/** A search goes in the body: an address is written down along the way. */
export const NameSearch = z.strictObject({ who: secretOf(z.strictObject({ names, born: Born.optional() })) })
export type NameSearch = z.output<typeof NameSearch>

export const PersonPath = z.strictObject({ id: idOf('persons') })
export const CasePath = z.strictObject({ id: idOf('cases') })
export const LinkPath = CasePath.extend({ person_id: idOf('persons') })
export const RelationPath = CasePath.extend({ relation_id: idOf('person_relations') })

const heading = {
  id: idOf('persons'),
  version: z.int(),
  entered_by: idOf('users'),
  entered_on: z.iso.date(),
}
export const PersonReceipt = z.object(heading)
const contents = { identity: secretOf(PersonIdentity).nullable(), facts: secretOf(PersonFacts).nullable() }
/** `erased_on`: who it is was forgotten that day, for everybody. */
export const Person = z.object({ ...heading, erased_on: z.iso.date().nullable(), ...contents })
export const PersonPage = pageOf(Person)

const linked = { person_id: idOf('persons'), case_id: idOf('cases'), linked_by: idOf('users'), linked_on: z.iso.date() }
export const LinkReceipt = z.object(linked)
export const CasePersons = z.object({
  items: z.array(z.object({ ...linked, role: secretOf(PersonRole).nullable(), person: Person })),
})

export const Match = z.object({
  person: Person,
  likeness: z.number().min(0).max(1),
  is_likely: z.boolean().meta({ description: 'Near enough to be looked at before a second record is made' }),
})
export const Matches = z.object({ items: z.array(Match) })

/** How many links got their tokens. */
export const Swept = z.object({ written: z.int(), may_be_more: z.boolean() })

/** How the one stands to the other: `from` is the parent, lawyer, … of `to`. */
export const RelationFacts = z.strictObject({
  kind: z.enum([
    'spouse',
    'parent',
    'sibling',
    'other_family',
    'guardian',
    'lawyer',
    'co_detainee',
    'colleague',
    'other',
  ]),
  note: text(500).optional(),
})
export type RelationFacts = z.output<typeof RelationFacts>
export const NewRelation = z
  .strictObject({
    from_person_id: idOf('persons'),
    to_person_id: idOf('persons'),
    facts: secretOf(RelationFacts),
  })
  .refine(({ from_person_id, to_person_id }) => from_person_id !== to_person_id, {
    path: ['to_person_id'],
    message: 'is the same person',
  })
export type NewRelation = z.output<typeof NewRelation>
const related = {
  id: idOf('person_relations'),
  from_person_id: idOf('persons'),
  to_person_id: idOf('persons'),
  recorded_by: idOf('users'),
  recorded_on: z.iso.date(),
}
export const RelationReceipt = z.object(related)
export const Relations = z.object({
  items: z.array(z.object({ ...related, facts: secretOf(RelationFacts).nullable() })),
})
