import { viewCase } from '../cases/service.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { linkPolicy, personPolicy } from './policy.ts'
import { findPersons, revealPersons } from './repo.ts'
import { listLinks, revealLinks } from './repo-links.ts'

/** Everybody in a case, or those of them that are named, with what they are in it. 404 for whoever is not on the team. */
export async function personsIn(act: Act, caseId: Id<'cases'>, only?: readonly Id<'persons'>[]) {
  const found = await viewCase(act, caseId)
  // To hand on is to read, whatever the act around it is for.
  const reading = { actor: act.actor, action: 'person.list_of_case' } as const
  const wanted = (await listLinks(act.db, caseId)).filter(({ person_id }) => only?.includes(person_id) ?? true)
  const links = await revealLinks(act, linkPolicy(found).grantEach(reading, wanted))
  const rows = await findPersons(
    act,
    links.map(({ person_id }) => person_id),
  )
  const persons = await revealPersons(act, personPolicy.grantEach(reading, rows))
  const byId = new Map(persons.map((person) => [person.id, person]))
  return links.flatMap(({ facts, ...link }) => {
    const person = byId.get(link.person_id)
    return person === undefined ? [] : [{ ...link, role: facts, person }]
  })
}
