import { openPartiesPage } from '../incidents/service.ts'
import { partiesIn, perpetratorsPage } from '../persons/service.ts'
import type { PageQuery } from '../platform/database/page.ts'
import type { Op } from '../platform/operation/op.ts'
import { openServed, partyName } from './postings.ts'

/** The alleged perpetrators of the actor's cases, as persons, with the units in which they served. */
export function readPerpetrators(op: Op<'perpetrator.list'>, query: PageQuery) {
  return op.act(async (act) => {
    const served = await openServed(act)
    const { items, next } = await perpetratorsPage(act, query)
    return {
      items: items.map((item) => ({ ...item, unit_ids: [...(served.persons.get(item.person_id) ?? [])] })),
      next,
    }
  })
}

/** The alleged perpetrators of the reports that the actor can open, as they were reported. */
export function readReported(op: Op<'perpetrator.list_reported'>, query: PageQuery) {
  return op.act(async (act) => {
    const served = await openServed(act)
    const { incidents, next } = await openPartiesPage(act, query)
    const known = await partiesIn(
      act,
      incidents.map(({ id }) => id),
    )
    const persons = new Map(known.map(({ incident_id, ref, person_id }) => [partyName(incident_id, ref), person_id]))
    const items = incidents.flatMap(({ id, case_id, parties }) =>
      parties
        .filter(({ isAccused }) => isAccused)
        .map((party) => {
          const name = partyName(id, party.ref)
          const person_id = persons.get(name) ?? null
          const asPerson = person_id === null ? [] : (served.persons.get(person_id) ?? [])
          const theirs = [...(served.parties.get(name)?.unit_ids ?? []), ...asPerson]
          return { ...party, incident_id: id, case_id, person_id, unit_ids: [...new Set(theirs)] }
        }),
    )
    return { items, next }
  })
}
