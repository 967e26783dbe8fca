import { z } from 'zod'
import { Party, PartyRef } from '../incidents/schema.ts'
import { NamedParty } from '../incidents/service.ts'
import { Person, PersonRole } from '../persons/schema.ts'
import { secretOf } from '../platform/crypto/secret.ts'
import { pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'

const text = (most: number) => z.string().trim().min(1).max(most)

/** What a unit is called, in any script. */
export const UnitIdentity = z.strictObject({
  names: z
    .array(z.strictObject({ text: text(300), kind: z.enum(['official', 'former', 'short', 'other']).optional() }))
    .min(1)
    .max(20),
  note: text(2_000).optional(),
})
export type UnitIdentity = z.output<typeof UnitIdentity>

/** What of a unit is coded, and the unit that commands it. */
export const UnitFacts = z.strictObject({
  institution: termCode('perpetrator_institutions').optional(),
  country: termCode('countries').optional(),
  region: termCode('regions').optional(),
  parent_id: idOf('units').nullable().default(null),
})
export type UnitFacts = z.output<typeof UnitFacts>

export const NewUnit = z.strictObject({
  identity: secretOf(UnitIdentity),
  facts: secretOf(UnitFacts).prefault({}),
})
export type NewUnit = z.output<typeof NewUnit>

/** A class that is given replaces that class whole. */
export const UnitChange = z
  .strictObject({ identity: secretOf(UnitIdentity), facts: secretOf(UnitFacts) })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'changes something')
export type UnitChange = z.output<typeof UnitChange>

export const UnitPath = z.strictObject({ id: idOf('units') })
export const CasePath = z.strictObject({ id: idOf('cases') })
export const PostingPath = CasePath.extend({ posting_id: idOf('unit_postings') })

const heading = { id: idOf('units'), version: z.int(), entered_by: idOf('users'), entered_on: z.iso.date() }
export const UnitReceipt = z.object(heading)
export const Unit = z.object({
  ...heading,
  identity: secretOf(UnitIdentity).nullable(),
  facts: secretOf(UnitFacts).nullable(),
})
export const UnitList = z.object({ items: z.array(Unit) })
export const UnitInChain = Unit.extend({
  above: z.array(Unit).meta({ description: 'The chain of command, the nearest first' }),
  below: z.array(Unit).meta({ description: 'Every unit under it, at any depth' }),
})

const PartialDay = z.string().regex(/^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)

/** Who served where: a person of the case, or a party of an incident that is linked to it. */
export const PostingFacts = z
  .strictObject({
    unit_id: idOf('units'),
    person_id: idOf('persons').optional(),
    incident_id: idOf('incidents').optional(),
    ref: PartyRef.optional(),
    rank: text(100).optional(),
    from: PartialDay.optional(),
    to: PartialDay.optional(),
    note: text(500).optional(),
  })
  .refine(
    ({ person_id, incident_id, ref }) => (person_id === undefined) !== (incident_id === undefined && ref === undefined),
    {
      path: ['person_id'],
      message: 'either a person, or an incident and a ref',
    },
  )
  .refine(({ incident_id, ref }) => (incident_id === undefined) === (ref === undefined), {
    path: ['ref'],
    message: 'goes with an incident',
  })
export type PostingFacts = z.output<typeof PostingFacts>

export const NewPosting = z.strictObject({ facts: secretOf(PostingFacts) })
export type NewPosting = z.output<typeof NewPosting>

const posted = {
  id: idOf('unit_postings'),
  case_id: idOf('cases'),
  recorded_by: idOf('users'),
  recorded_on: z.iso.date(),
}
export const PostingReceipt = z.object(posted)
export const Postings = z.object({ items: z.array(z.object({ ...posted, facts: secretOf(PostingFacts).nullable() })) })

/** An incident in which somebody of the unit had a part, with their acts. */
export const UnitActs = pageOf(
  z.object({
    incident_id: idOf('incidents'),
    case_id: idOf('cases').nullable(),
    perpetrators: z.array(z.object({ ref: z.string(), unit_id: idOf('units'), person_id: idOf('persons').nullable() })),
    facts: secretOf(
      z.object({
        kind: z.string(),
        occurred: z.unknown(),
        place: z.unknown(),
        acts: z.array(
          z.object({
            act: z.unknown(),
            is_attributed: z.boolean().meta({
              description: 'False where the report names no perpetrator of the act, and all it names are of the unit',
            }),
          }),
        ),
      }),
    ),
  }),
)

/** A person who is an alleged perpetrator in a case of the reader's. */
export const Perpetrators = pageOf(
  z.object({
    person_id: idOf('persons'),
    case_id: idOf('cases'),
    role: secretOf(PersonRole),
    person: Person,
    unit_ids: z.array(idOf('units')),
  }),
)

/** An alleged perpetrator as a report has it, and whom it has become. */
export const ReportedPerpetrators = pageOf(
  z.object({
    incident_id: idOf('incidents'),
    case_id: idOf('cases').nullable(),
    ref: z.string(),
    facts: secretOf(Party),
    identity: secretOf(NamedParty).nullable(),
    person_id: idOf('persons').nullable(),
    unit_ids: z.array(idOf('units')),
  }),
)
