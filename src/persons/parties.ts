import { openParties, type OpenParty } from '../incidents/service.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { consult, revealTo } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { matchesOfEach } from './match.ts'
import { partyPolicy } from './policy.ts'
import { listPartyLinks, revealPartyLinks } from './repo-parties.ts'
import type { PersonFacts, PersonIdentity, PersonRole } from './schema.ts'

/** The parties of an incident: whom they have become, and for the others the likely persons among those in reach. */
export function readParties(op: Op<'person.list_parties'>, id: Id<'incidents'>) {
  return op.act(async (act) => {
    const { parties } = await openParties(act, id)
    const taken = await takenOver(act, id)
    const open = parties.flatMap((party) => {
      const identity = taken.has(party.ref) ? undefined : identityOf(party)
      return identity === undefined ? [] : [{ ref: party.ref, identity }]
    })
    const matches = await matchesOfEach(
      act,
      open.map(({ identity }) => identity),
    )
    const byRef = new Map(open.map(({ ref }, at) => [ref, matches[at]]))
    return {
      items: parties.map((party) => ({
        ...party,
        person_id: taken.get(party.ref) ?? null,
        matches: byRef.get(party.ref) ?? [],
      })),
    }
  })
}

/** Which parties have been taken over, and as whom. */
export async function takenOver(
  act: Act<'person.list_parties' | 'person.take_over'>,
  id: Id<'incidents'>,
): Promise<Map<string, Id<'persons'>>> {
  const rows = partyPolicy({ id }).grantEach(act, await listPartyLinks(act.db, id))
  const links = await revealPartyLinks(act, rows)
  return new Map(
    links.flatMap(({ facts, person_id }) => (facts === null ? [] : [[consult(facts, ({ ref }) => ref), person_id]])),
  )
}

const isInstitution = ({ facts }: OpenParty): boolean => consult(facts, ({ sort }) => sort === 'institution')

/** Who a party is, as a person; undefined for an institution, and for who has no name. */
export function identityOf(party: OpenParty): Secret<PersonIdentity> | undefined {
  const { identity } = party
  if (identity === null || isInstitution(party)) return undefined
  const isNamed = consult(identity, ({ names }) => names.some(({ text }) => text.trim() !== ''))
  if (!isNamed) return undefined
  return revealTo(identity, ({ ref: _ref, names, ...rest }) => ({
    ...rest,
    names: names.filter(({ text }) => text.trim() !== ''),
  }))
}

/** What of a party is coded for a person too. */
export const factsOf = ({ facts }: OpenParty): Secret<PersonFacts> =>
  revealTo(facts, ({ sort, count, sex, age_band, nationality, special_protection }) => ({
    sort: sort === 'group' ? 'group' : 'person',
    ...(sort === 'group' && count !== undefined && { count }),
    ...(sex !== undefined && { sex }),
    ...(age_band !== undefined && { age_band }),
    ...(nationality !== undefined && { nationality }),
    ...(special_protection !== undefined && { special_protection }),
  }))

const personRoles: Readonly<Record<string, PersonRole['roles'][number]>> = {
  victim: 'victim',
  witness: 'witness',
  source: 'source',
  alleged_perpetrator: 'alleged_perpetrator',
}

/** The roles that the incident gives. */
export const roleOf = ({ facts }: OpenParty): Secret<PersonRole> =>
  revealTo(facts, ({ roles }) => ({ roles: roles.map((role) => personRoles[role] ?? 'other') }))
