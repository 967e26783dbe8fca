import { z } from 'zod'
import { memberRoles } from '../access/roles.ts'
import { sha256 } from '../crypto/code.ts'
import { parseJson, SealBroken } from '../crypto/box.ts'
import { fingerprint, verify } from '../crypto/signing.ts'
import { idOf } from '../kernel/ids.ts'
import { Problem, type ProblemKind } from '../kernel/problem.ts'

/** The database disagrees with the register of members, or the register with what was seen of it before. */
export const registerBroken: ProblemKind = {
  slug: 'register-broken',
  status: 409,
  title: 'The signed register of members does not fit: the database was changed outside this program',
  isAlarm: true,
}

/** What somebody is from this entry on. */
const Membership = z.strictObject({
  id: idOf('users'),
  organisation_id: idOf('organisations'),
  fingerprint: z.string().max(60),
  roles: z.array(z.enum(memberRoles)),
  is_intake: z.boolean(),
  is_recovery_officer: z.boolean(),
  status: z.enum(['active', 'removed']),
})
export type Membership = z.output<typeof Membership>

/** A shared keyring, and the version that is the newest from this entry on. */
const Newest = z.strictObject({
  id: idOf('keyrings'),
  organisation_id: idOf('organisations'),
  kind: z.string().max(30),
  version: z.int().min(1),
})

const Change = z.union([z.strictObject({ member: Membership }), z.strictObject({ keyring: Newest })])
export type Change = z.output<typeof Change>

/** All that the entries up to `number` say. */
export type Register = {
  readonly number: number
  /** The hash up to and with each entry, in hex. */
  readonly hashes: readonly string[]
  readonly members: ReadonlyMap<string, Membership>
  readonly keyrings: ReadonlyMap<string, number>
}

export const emptyRegister: Register = { number: 0, hashes: [], members: new Map(), keyrings: new Map() }

/** An entry as it lies, with the public keys of who signed it. */
export type Entry = {
  readonly number: number
  readonly body: string
  readonly signed_by: string
  readonly signature: Uint8Array
  readonly agreement_key: Uint8Array
  readonly signing_key: Uint8Array
}

/** The parts under the signature of an entry: with the hash of all that came before. */
export const entryParts = ({ number, body, before }: { number: number; body: string; before: string }) =>
  ['register1', number, before, body] as const

/** The hash of the last entry; empty when there is none. */
export const headOf = ({ hashes }: Register): string => hashes.at(-1) ?? ''

/** The register with these entries after it, each of them checked. Everything begins with the founder, the anchor. */
export function follow(register: Register, entries: readonly Entry[], anchor: string): Register {
  const members = new Map(register.members)
  const keyrings = new Map(register.keyrings)
  const hashes = [...register.hashes]
  for (const entry of entries) {
    const sofar = { number: hashes.length, hashes, members, keyrings }
    const change = checkedChange(sofar, entry, anchor)
    if ('member' in change) members.set(change.member.id, change.member)
    else keyrings.set(change.keyring.id, change.keyring.version)
    hashes.push(hashAfter(sofar, entry))
  }
  return { number: hashes.length, hashes, members, keyrings }
}

/** What the hash becomes with this entry. */
export const hashAfter = (register: Register, { number, body, signature }: Entry): string =>
  sha256(...entryParts({ number, body, before: headOf(register) }), signature).toString('hex')

function checkedChange(register: Register, entry: Entry, anchor: string): Change {
  const { number, body, signing_key, signature } = entry
  const isNext = number === register.number + 1
  if (!isNext || !verify(signing_key, signature, ...entryParts({ number, body, before: headOf(register) })))
    throw new Problem(registerBroken)
  const change = changeIn(body)
  if (!mayEnter(register, { entry, change, anchor })) throw new Problem(registerBroken)
  return change
}

function changeIn(body: string): Change {
  try {
    const { success, data } = Change.safeParse(parseJson(Buffer.from(body)))
    if (success) return data
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error
  }
  throw new Problem(registerBroken)
}

type Entering = { readonly entry: Entry; readonly change: Change; readonly anchor: string }

/** Whoever signs must have been a member with that right by the entries before. Versions only go up. */
function mayEnter(register: Register, { entry, change, anchor }: Entering): boolean {
  if (isOlder(register, change)) return false
  const print = fingerprint(entry.agreement_key, entry.signing_key)
  if (print === anchor) return true
  const by = register.members.get(entry.signed_by)
  if (by?.status !== 'active' || by.fingerprint !== print) return false
  return 'member' in change
    ? mayEnterMember(register, { by, member: change.member, anchor })
    : mayEnterKeyring(by, change)
}

const isOlder = ({ keyrings }: Register, change: Change): boolean =>
  'keyring' in change && change.keyring.version <= (keyrings.get(change.keyring.id) ?? 0)

type EnteringMember = { readonly by: Membership; readonly member: Membership; readonly anchor: string }

/** A coordinator of the organisation, or of the founding one, which takes the others in; an administrator only removes. */
function mayEnterMember(register: Register, { by, member, anchor }: EnteringMember): boolean {
  const founder = [...register.members.values()].find((one) => one.fingerprint === anchor)
  const known = register.members.get(member.id)
  const isAtHome = [member, known ?? member].every((one) => one.organisation_id === by.organisation_id)
  if (!isAtHome && by.organisation_id !== founder?.organisation_id) return false
  if (by.roles.includes('coordinator')) return true
  const isRemoval = known !== undefined && textOf({ ...known, status: 'removed' }) === textOf(member)
  return isRemoval && by.roles.includes('administrator')
}

function mayEnterKeyring(by: Membership, { keyring }: Extract<Change, { keyring: object }>): boolean {
  const isAtHome = keyring.kind === 'coalition' || keyring.organisation_id === by.organisation_id
  return isAtHome && (by.roles.includes('coordinator') || by.roles.includes('administrator'))
}

const textOf = (member: Membership): string => JSON.stringify(Membership.parse(member))

/** Whether the register says the same of a member as the database does. */
export const agrees = (listed: Membership | undefined, member: Membership): boolean =>
  listed !== undefined && textOf({ ...listed, roles: sorted(listed) }) === textOf({ ...member, roles: sorted(member) })

const sorted = ({ roles }: Membership) => [...roles].sort()
