import { fingerprint, verify } from '../crypto/signing.ts'
import type { Reader } from '../database/database.ts'
import type { Id } from '../kernel/ids.ts'
import { Problem, type ProblemKind } from '../kernel/problem.ts'

/** The person's key, roles or marks carry no signature that leads to the coalition's founder. */
export const keyNotConfirmed: ProblemKind = {
  slug: 'key-not-confirmed',
  status: 409,
  title: "This person's key has not been confirmed by a coordinator",
}

/** Public keys that are known to belong to the user, and the roles signed with them. */
export type TrustedKeys = {
  readonly organisation_id: Id<'organisations'>
  readonly agreement: Uint8Array
  readonly signing: Uint8Array
  readonly roles: readonly string[]
}

/** What a confirmation says of a member. */
export type Confirmed = {
  readonly id: Id<'users'>
  readonly organisation_id: Id<'organisations'>
  readonly agreement_key: Uint8Array
  readonly signing_key: Uint8Array
  readonly roles: readonly string[]
  readonly is_intake: boolean
  readonly is_recovery_officer: boolean
}

/** The parts under the signature of a confirmation: keys, roles and marks, so that none can be changed in the database. */
export function confirmationParts(member: Confirmed): (string | Uint8Array)[] {
  const marks = [member.is_intake ? 'intake' : '', member.is_recovery_officer ? 'recovery_officer' : '']
  const roles = [...member.roles].sort().join(',')
  const { organisation_id, id, agreement_key, signing_key } = member
  return ['confirm1', organisation_id, id, agreement_key, signing_key, roles, ...marks]
}

const CHAIN_LONGEST = 8

/**
 * The keys of a user, after checking confirmation by confirmation up to the pinned anchor. Each signer on the way must
 * be confirmed as a coordinator. 409 key-not-confirmed when a link is missing or false.
 */
export async function trustedKeys(db: Reader, anchor: string, userId: Id<'users'>): Promise<TrustedKeys> {
  const keys = await followChain(db, anchor, userId)
  if (keys === undefined) throw new Problem(keyNotConfirmed)
  return keys
}

/** The keys of those of the users whose keys hold. One that was tampered with does not stop the others. */
export async function trustedAmong(
  db: Reader,
  anchor: string,
  userIds: readonly Id<'users'>[],
): Promise<Map<Id<'users'>, TrustedKeys>> {
  const trusted = new Map<Id<'users'>, TrustedKeys>()
  for (const id of userIds) {
    const keys = await followChain(db, anchor, id)
    if (keys !== undefined) trusted.set(id, keys)
  }
  return trusted
}

async function followChain(db: Reader, anchor: string, userId: Id<'users'>): Promise<TrustedKeys | undefined> {
  const chain = await chainTo(db, anchor, userId)
  const [member] = chain
  return member !== undefined && isFoundersDoing(chain) ? keysOf(member) : undefined
}

/** The member, who confirmed the member, and so on up to the anchor; empty when a link is missing or false. */
async function chainTo(db: Reader, anchor: string, userId: Id<'users'>): Promise<Link[]> {
  const chain: Link[] = []
  let link = await findConfirmed(db, userId)
  while (link !== undefined && chain.length <= CHAIN_LONGEST) {
    chain.push(link)
    if (fingerprint(link.agreement_key, link.signing_key) === anchor) return chain
    if (chain.length > 1 && !link.roles.includes('coordinator')) return []
    link = await signerOf(db, link)
  }
  return []
}

/** Across organisations only the founding one confirms: it takes the others in, and is no other's member to vouch for. */
function isFoundersDoing(chain: readonly Link[]): boolean {
  const founding = chain.at(-1)?.organisation_id
  return chain.every(({ organisation_id }, at) => {
    const signer = chain[at + 1]?.organisation_id ?? organisation_id
    return signer === organisation_id || signer === founding
  })
}

const keysOf = ({ organisation_id, agreement_key, signing_key, roles }: Confirmed): TrustedKeys => ({
  organisation_id,
  agreement: agreement_key,
  signing: signing_key,
  roles,
})

type Link = NonNullable<Awaited<ReturnType<typeof findConfirmed>>>

/** Whoever confirmed this member, if the signature holds. */
async function signerOf(db: Reader, member: Link): Promise<Link | undefined> {
  const { confirmed_by, confirmation } = member
  if (confirmed_by === null || confirmation === null) return undefined
  const signer = await findConfirmed(db, confirmed_by)
  return signer && verify(signer.signing_key, confirmation, ...confirmationParts(member)) ? signer : undefined
}

function findConfirmed(db: Reader, userId: Id<'users'>) {
  return db
    .selectFrom('members as m')
    .innerJoin('users as u', 'u.id', 'm.id')
    .select([
      'u.id',
      'm.organisation_id',
      'u.agreement_key',
      'u.signing_key',
      'm.roles',
      'm.is_intake',
      'm.is_recovery_officer',
      'm.confirmed_by',
      'm.confirmation',
    ])
    .where('m.id', '=', userId)
    .executeTakeFirst()
}
