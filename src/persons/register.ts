import { viewCase } from '../cases/service.ts'
import { openCaseParties } from '../incidents/service.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { DayCursor, decodeCursor, encodeCursor, type PageQuery } from '../platform/database/page.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { linkPolicy, personPolicy, reachedPolicy } from './policy.ts'
import { findPersons, listWhereTo, revealPersons } from './repo.ts'
import { findLink, listLinks, listReachedLinks, type ReachedLink, revealLinks } from './repo-links.ts'
import { listReachedParties, type ReachedParty, revealPartyLinks } from './repo-parties.ts'
import type { PersonRole } from './schema.ts'

const CHUNK = 200
const SCANNED_MOST = 2_000

const isIn = (role: Secret<PersonRole> | null, as: PersonRole['roles'][number]): role is Secret<PersonRole> =>
  role !== null && consult(role, ({ roles }) => roles.includes(as))

/** To rely on what a person is in a case is to read it, whatever the act around it is for. */
const reading = (act: Act) => ({ actor: act.actor, action: 'person.list_of_case' }) as const
const looking = (act: Act) => ({ actor: act.actor, action: 'person.list' }) as const

/** Whether somebody is in a case as its victim. */
export async function hasVictim(act: Act, caseId: Id<'cases'>): Promise<boolean> {
  const found = await viewCase(act, caseId)
  const links = await revealLinks(act, linkPolicy(found).grantEach(reading(act), await listLinks(act.db, caseId)))
  return links.some(({ facts }) => isIn(facts, 'victim'))
}

/** Whether a person is in a case as an alleged perpetrator. */
export async function isPerpetratorIn(act: Act, case_id: Id<'cases'>, person_id: Id<'persons'>): Promise<boolean> {
  const found = await viewCase(act, case_id)
  const link = await findLink(act.db, { case_id, person_id })
  const rows = linkPolicy(found).grantEach(reading(act), link === undefined ? [] : [link])
  return (await revealLinks(act, rows)).some(({ facts }) => isIn(facts, 'alleged_perpetrator'))
}

/**
 * The alleged perpetrators of the actor's cases, the newest first. Roles are looked at after opening, in chunks: a page
 * may be short, or empty, and still have a `next`.
 */
export async function perpetratorsPage(act: Act, query: PageQuery) {
  const found: Found[] = []
  let after = decodeCursor(DayCursor, query.after)
  for (let scanned = 0; scanned < SCANNED_MOST; scanned += CHUNK) {
    const rows = await listReachedLinks(act, { after, limit: CHUNK })
    for (const { facts, ...link } of await revealLinks(
      act,
      reachedPolicy<ReachedLink>().grantEach(looking(act), rows),
    )) {
      if (!isIn(facts, 'alleged_perpetrator')) continue
      found.push({ ...link, role: facts })
      if (found.length === query.limit) return pageOf(act, found, [link.linked_on, link.id])
    }
    const last = rows[CHUNK - 1]
    if (last === undefined) return pageOf(act, found, undefined)
    after = [last.linked_on, last.id]
  }
  return pageOf(act, found, after)
}

type Found = Pick<ReachedLink, 'case_id' | 'person_id'> & { readonly role: Secret<PersonRole> }

async function pageOf(act: Act, found: readonly Found[], after: DayCursor | undefined) {
  const rows = await findPersons(
    act,
    found.map(({ person_id }) => person_id),
  )
  const persons = await revealPersons(act, personPolicy.grantEach(looking(act), rows))
  const byId = new Map(persons.map((person) => [person.id, person]))
  const items = found.flatMap(({ case_id, person_id, role }) => {
    const person = byId.get(person_id)
    return person === undefined ? [] : [{ case_id, person_id, role, person }]
  })
  return { items, next: after === undefined ? null : encodeCursor(after) }
}

/** The parties of incidents that these persons are, in the actor's cases; who was merged is who they went into. */
export async function partiesOf(act: Act, persons: readonly Id<'persons'>[]) {
  const went = await listWhereTo(act, persons)
  const parties = await openParties(act, { persons: [...persons, ...went.values()] })
  return persons.flatMap((person_id) =>
    parties
      .filter((party) => party.person_id === person_id || party.person_id === went.get(person_id))
      .map((party) => ({ ...party, person_id })),
  )
}

/** Whom the parties of these incidents have become, in the actor's cases. */
export const partiesIn = (act: Act, incidents: readonly Id<'incidents'>[]) => openParties(act, { incidents })

async function openParties(act: Act, of: Parameters<typeof listReachedParties>[1]) {
  const rows = reachedPolicy<ReachedParty>().grantEach(looking(act), await listReachedParties(act, of))
  return (await revealPartyLinks(act, rows)).flatMap(({ facts, incident_id, person_id }) =>
    facts === null ? [] : [{ incident_id, person_id, ref: consult(facts, ({ ref }) => ref) }],
  )
}

/** For whom somebody stands in a case. */
type Side = 'client' | 'accused' | 'other'
type Named = { readonly names: { text: string }[]; readonly born?: string }
type Sided = { readonly side: Side; readonly who: Secret<Named> }

const namedOf = (who: Secret<{ names: readonly { text: string }[]; born?: string | undefined }>): Secret<Named> =>
  revealTo(who, ({ names, born }) => ({
    names: names.map(({ text }) => ({ text })),
    ...(born !== undefined && { born }),
  }))

const sideOf = (roles: readonly string[]): Side => {
  if (roles.includes('alleged_perpetrator')) return 'accused'
  return roles.includes('victim') || roles.includes('family') ? 'client' : 'other'
}

/** Everybody who is named in a case of the actor's: its persons, and the parties of its incidents. */
export async function partiesOnSides(act: Act, caseId: Id<'cases'>): Promise<Sided[]> {
  const found = await viewCase(act, caseId)
  const links = await revealLinks(act, linkPolicy(found).grantEach(reading(act), await listLinks(act.db, caseId)))
  const rows = await findPersons(
    act,
    links.map(({ person_id }) => person_id),
  )
  const persons = await revealPersons(act, personPolicy.grantEach(looking(act), rows))
  const byId = new Map(persons.map(({ id, identity }) => [id, identity]))
  const asPersons = links.flatMap(({ person_id, facts }): Sided[] => {
    const identity = byId.get(person_id)
    if (!identity || facts === null) return []
    return [{ side: sideOf(consult(facts, ({ roles }) => roles)), who: namedOf(identity) }]
  })
  const asParties = (await openCaseParties(act, caseId)).flatMap(({ facts, identity }): Sided[] =>
    identity === null ? [] : [{ side: sideOf(consult(facts, ({ roles }) => roles)), who: namedOf(identity) }],
  )
  return [...asPersons, ...asParties].filter(({ who }) => consult(who, ({ names }) => names.length > 0))
}
