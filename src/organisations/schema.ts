import { z } from 'zod'
import { memberRoles } from '../platform/access/roles.ts'
import { secretOf, secretText } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { Handle, Passphrase } from '../identity/schema.ts'
import { termCode } from '../vocabularies/service.ts'

const Roles = z
  .array(z.enum(memberRoles))
  .min(1)
  .max(memberRoles.length)
  .refine((roles) => new Set(roles).size === roles.length)
const Marks = { is_intake: z.boolean().default(false), is_recovery_officer: z.boolean().default(false) }
const line = (max: number) => z.string().trim().min(1).max(max)

export const organisationId = idOf('organisations')
export const userId = idOf('users')

/** Sealed to the coalition: the server's owner need not know who belongs to it. */
export const OrganisationProfile = z.strictObject({ name: line(200), country: termCode('countries') })
/** Sealed to the organisation's directory. */
export const MemberProfile = z.strictObject({ name: line(200), email: z.email().max(200).nullable().default(null) })
export const ProgrammeProfile = z.strictObject({
  name: line(200),
  donor: line(200).nullable().default(null),
  countries: z.array(termCode('countries')).max(10).default([]),
})

const Organisation = z.object({
  id: organisationId,
  version: z.int(),
  joined_on: z.iso.date(),
  profile: secretOf(OrganisationProfile).nullable(),
})
export const OrganisationList = z.object({ items: z.array(Organisation) })

export const Setup = z.strictObject({
  code: secretText(64),
  organisation: secretOf(OrganisationProfile),
  founder: z.strictObject({
    profile: secretOf(MemberProfile),
    handle: Handle.optional(),
    passphrase: Passphrase.optional(),
  }),
})
export type Setup = z.output<typeof Setup>

/** What a new account is told once. `passphrase` is there only when it was generated. */
export const Welcome = z.object({
  user_id: userId,
  organisation_id: organisationId,
  handle: z.string(),
  passphrase: Passphrase.nullable(),
  fingerprint: z.string().meta({ description: 'Your own: a coordinator compares it with you before confirming' }),
  anchor: z.string().meta({ description: "The founder's fingerprint, which your account has pinned" }),
})

export const NewOrganisation = z.strictObject({ profile: secretOf(OrganisationProfile) })
export type NewOrganisation = z.output<typeof NewOrganisation>

export const NewInvitation = z.strictObject({ roles: Roles, ...Marks })
export type NewInvitation = z.output<typeof NewInvitation>

const Invitation = z.object({
  id: idOf('invitations'),
  organisation_id: organisationId,
  roles: Roles,
  is_intake: z.boolean(),
  is_recovery_officer: z.boolean(),
  is_founder: z.boolean(),
  expires_at: z.iso.datetime(),
})
/** The code is shown once. Give it, with the anchor, by another way than this server. */
export const IssuedInvitation = Invitation.extend({ code: secretText(64), anchor: z.string() })
export const InvitationList = z.object({ items: z.array(Invitation) })

export const Acceptance = z.strictObject({
  code: secretText(64),
  anchor: z.string().max(60).optional().meta({ description: "The founder's fingerprint, if you were given it" }),
  handle: Handle.optional(),
  passphrase: Passphrase.optional(),
  profile: secretOf(MemberProfile),
})
export type Acceptance = z.output<typeof Acceptance>

export const Member = z.object({
  id: userId,
  organisation_id: organisationId,
  version: z.int(),
  roles: Roles,
  is_intake: z.boolean(),
  is_recovery_officer: z.boolean(),
  status: z.enum(['unconfirmed', 'active', 'removed']),
  joined_on: z.iso.date(),
  removed_on: z.iso.date().nullable(),
  fingerprint: z.string(),
  profile: secretOf(MemberProfile).nullable(),
})
export const MemberList = z.object({ items: z.array(Member) })

export const MemberChange = z
  .strictObject({ roles: Roles, is_intake: z.boolean(), is_recovery_officer: z.boolean() })
  .partial()
export type MemberChange = z.output<typeof MemberChange>

/** `cases_kept`: cases where nobody else is left. They stay sealed to this person's key alone, and are lost without it. */
export const Removal = z.object({ id: userId, version: z.int(), cases_kept: z.array(idOf('cases')) })

export const NewProgramme = z
  .strictObject({ starts_on: z.iso.date(), ends_on: z.iso.date(), profile: secretOf(ProgrammeProfile) })
  .refine(({ starts_on, ends_on }) => ends_on >= starts_on, { path: ['ends_on'] })
export type NewProgramme = z.output<typeof NewProgramme>
export const Programme = z.object({
  id: idOf('programmes'),
  organisation_id: organisationId,
  version: z.int(),
  starts_on: z.iso.date(),
  ends_on: z.iso.date(),
  profile: secretOf(ProgrammeProfile).nullable(),
})
export const ProgrammeList = z.object({ items: z.array(Programme) })
