import { z } from 'zod'
import { Party, PartyRef } from '../incidents/schema.ts'
import { NamedParty } from '../incidents/service.ts'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { Match, NotTheSame, PersonRole } from './schema.ts'

/** Which party of its incident a person is. */
export const PartyLink = z.strictObject({ ref: PartyRef })
export type PartyLink = z.output<typeof PartyLink>

const Taken = z.strictObject({
  ref: PartyRef,
  person_id: idOf('persons').optional().meta({ description: 'Whom it is, of the persons that you can read' }),
  role: secretOf(PersonRole).optional().meta({ description: 'Without it: the roles that the incident gives' }),
  not_the_same_as: NotTheSame,
})

/** Each party once; who has been taken over already stays as they are. */
export const TakeOver = z.strictObject({
  incident_id: idOf('incidents'),
  parties: z
    .array(Taken)
    .min(1)
    .max(50)
    .refine((all) => new Set(all.map(({ ref }) => ref)).size === all.length, 'each party once'),
})
export type TakeOver = z.output<typeof TakeOver>
export type Taken = TakeOver['parties'][number]

export const TakenOver = z.object({
  items: z.array(z.object({ ref: z.string(), person_id: idOf('persons'), is_new: z.boolean() })),
})

export const IncidentPath = z.strictObject({ id: idOf('incidents') })

/** The parties of an incident: whom they have become, or whom they may be. */
export const Parties = z.object({
  items: z.array(
    z.object({
      ref: z.string(),
      facts: secretOf(Party),
      identity: secretOf(NamedParty).nullable(),
      person_id: idOf('persons').nullable(),
      matches: z.array(Match),
    }),
  ),
})
