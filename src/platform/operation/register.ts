import { sql } from 'kysely'
import { fingerprint, sign } from '../crypto/signing.ts'
import type { UserSecret } from '../crypto/user-secret.ts'
import { type Database, inSnapshot, type Reader } from '../database/database.ts'
import type { Id } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import type { Act, Op, Services } from './op.ts'
import {
  type Change,
  emptyRegister,
  type Entry,
  entryParts,
  follow,
  hashAfter,
  headOf,
  type Membership,
  type Register,
  registerBroken,
} from './register-entries.ts'
import { anchorOf, keysOf } from './session.ts'
import { trustedAmong, type TrustedKeys } from './trust.ts'

/** The newest entry that somebody has seen. */
export type Pin = NonNullable<UserSecret['register']>

/** One lock for all who add to the register. Any number will do, if it stays the same. */
const LOCK = 7_403_122

// What was committed and checked, by database and anchor, so that only what is new is read and checked again.
const checked = new WeakMap<Database, Map<string, Register>>()

/** The register as far as this process knows it. */
function registerKnown({ database }: Pick<Services, 'database'>, anchor: string): Register {
  return checked.get(database)?.get(anchor) ?? emptyRegister
}

/** How many entries this process has seen: a database that has fewer was put back. */
export const entriesKnown = (services: Services, { anchor }: Pick<UserSecret, 'anchor'>): number =>
  anchor === null ? 0 : registerKnown(services, anchor).number

function keep({ database }: Pick<Services, 'database'>, anchor: string, register: Register): void {
  const kept = checked.get(database) ?? new Map<string, Register>()
  checked.set(database, kept)
  if (register.number > (kept.get(anchor)?.number ?? 0)) kept.set(anchor, register)
}

type Seen = { readonly anchor: string; readonly register: Pin | null }

/**
 * The register as it is committed, with `work` done on the same snapshot. 409 when it does not go on from what this
 * process or the caller has seen of it.
 */
export function onRegister<T>(
  services: Services,
  seen: Seen,
  work: (db: Reader, register: Register) => Promise<T>,
): Promise<T> {
  // Before the snapshot is taken: it then holds at least what is known.
  const known = registerKnown(services, seen.anchor)
  return inSnapshot(services.database, async (db) => {
    const register = await readOn(db, known, seen.anchor)
    checkPin(register, seen.register)
    keep(services, seen.anchor, register)
    return work(db, register)
  })
}

/** What somebody who begins now has seen; null as long as there is no entry. */
export const currentPin = (services: Services, anchor: string): Promise<Pin | null> =>
  onRegister(services, { anchor, register: null }, (_db, register) => Promise.resolve(pinOf(register)))

/** The caller has seen what is committed now: said after an act that added entries. */
export function rememberRegister(op: Op): Promise<void> {
  const { secret } = keysOf(op)
  return onRegister(op.services, { anchor: anchorOf(op), register: secret.register }, (_db, register) => {
    secret.register = pinOf(register)
    return Promise.resolve()
  })
}

/** What somebody who has seen this register remembers of it. */
export const pinOf = (register: Register): Pin | null =>
  register.number === 0 ? null : { number: register.number, hash: headOf(register) }

/** The register within an act, with what the act itself has added. */
export async function registerIn(act: Act): Promise<Register> {
  const anchor = anchorOf(act)
  const register = await readOn(act.db, registerKnown(act.services, anchor), anchor)
  checkPin(register, keysOf(act).secret.register)
  return register
}

/** Adds entries, each signed by the actor over all before it. 409 for what the actor may not enter. */
export async function enter(act: Act, changes: readonly Change[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(act.db)
  let register = await registerIn(act)
  for (const change of changes) {
    const entry = signedEntry(act, register, change)
    register = follow(register, [entry], anchorOf(act))
    const { number, body, signed_by, signature } = entry
    await act.db.insertInto('register_entries').values({ number, body, signed_by, signature }).execute()
  }
}

function signedEntry(act: Act, register: Register, change: Change) {
  const { agreement, signing } = keysOf(act).secret
  const [number, body] = [register.number + 1, JSON.stringify(change)]
  const signature = sign(signing, ...entryParts({ number, body, before: headOf(register) }))
  const keys = { agreement_key: agreement.publicKey, signing_key: signing.publicKey }
  return { number, body, signed_by: act.actor.id, signature, ...keys }
}

/** A member as the register names one. */
export const membershipOf = (
  member: Omit<Membership, 'fingerprint'> & { readonly agreement_key: Uint8Array; readonly signing_key: Uint8Array },
): Membership => {
  const { id, organisation_id, roles, is_intake, is_recovery_officer, status, agreement_key, signing_key } = member
  const print = fingerprint(agreement_key, signing_key)
  return { id, organisation_id, fingerprint: print, roles, is_intake, is_recovery_officer, status }
}

/**
 * Those of the users whose keys are confirmed and who are members: to the others nothing may be sealed. 409 for somebody
 * who once was confirmed and is no member by the register, whatever the database says now.
 */
export async function membersAmong(act: Act, ids: readonly Id<'users'>[]): Promise<Map<Id<'users'>, TrustedKeys>> {
  const trusted = await trustedAmong(act.db, anchorOf(act), ids)
  const register = await registerIn(act)
  for (const [id, keys] of trusted) if (!isListed(register, id, keys)) throw new Problem(registerBroken)
  return trusted
}

/** An installation older than the register has none until its founder signs in. */
function isListed(register: Register, id: string, { agreement, signing }: TrustedKeys): boolean {
  if (register.number === 0) return true
  const listed = register.members.get(id)
  return listed?.status === 'active' && listed.fingerprint === fingerprint(agreement, signing)
}

/** 409 for a version of a shared keyring that is older than the newest one known: its roots are no secret any more. */
export function refuseOlder(act: Act, { keyring_id, version }: { keyring_id: string; version: number }): void {
  const newest = registerKnown(act.services, anchorOf(act)).keyrings.get(keyring_id)
  if (newest !== undefined && version < newest) throw new Problem(registerBroken)
}

/** Reads on from what is known, whose last entry must still be there. */
async function readOn(db: Reader, known: Register, anchor: string): Promise<Register> {
  const entries = await entriesFrom(db, known.number)
  if (known.number === 0) return follow(known, entries, anchor)
  const [last, ...fresh] = entries
  const before = { ...known, hashes: known.hashes.slice(0, -1) }
  if (last?.number !== known.number || hashAfter(before, last) !== headOf(known)) throw new Problem(registerBroken)
  return fresh.length === 0 ? known : follow(known, fresh, anchor)
}

function entriesFrom(db: Reader, number: number): Promise<Entry[]> {
  return db
    .selectFrom('register_entries as e')
    .innerJoin('users as u', 'u.id', 'e.signed_by')
    .select(['e.number', 'e.body', 'e.signed_by', 'e.signature', 'u.agreement_key', 'u.signing_key'])
    .where('e.number', '>=', number)
    .orderBy('e.number')
    .execute()
}

/** A register that is shorter than what somebody has seen, or another one, was put back. */
function checkPin(register: Register, pin: Pin | null): void {
  if (pin !== null && register.hashes[pin.number - 1] !== pin.hash) throw new Problem(registerBroken)
}
