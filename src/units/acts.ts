import { openFactsOf, type OpenFacts } from '../incidents/service.ts'
import { partiesOf } from '../persons/service.ts'
import { revealTo } from '../platform/crypto/secret.ts'
import { cut, decodeCursor, type PageQuery } from '../platform/database/page.ts'
import { type Id, idOf } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { z } from 'zod'
import { below } from './chain.ts'
import { unitPolicy } from './policy.ts'
import { openServed } from './postings.ts'
import { findUnit } from './repo.ts'
import { openUnits } from './service.ts'

const Cursor = z.tuple([idOf('incidents')])

type Perpetrator = { readonly ref: string; readonly unit_id: Id<'units'>; readonly person_id: Id<'persons'> | null }

/** What a unit and all under it are said to have done, in the incidents that the actor's teams work on. */
export function readUnitActs(op: Op<'unit.list_acts'>, { id, after, limit }: PageQuery & { readonly id: Id<'units'> }) {
  return op.act(async (act) => {
    unitPolicy.grant(act, await findUnit(act.db, id))
    const [from] = decodeCursor(Cursor, after) ?? []
    const units = new Set([id, ...below(await openUnits(act), id).map((unit) => unit.id)])
    const byIncident = await perpetratorsOf(act, units)
    const ids = [...byIncident.keys()].filter((one) => from === undefined || one > from).sort()
    const { page, next } = cut(ids, limit, (last) => [last])
    const facts = await openFactsOf(act, page)
    const items = facts
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map((incident) => {
        const perpetrators = byIncident.get(incident.id) ?? []
        return {
          incident_id: incident.id,
          case_id: incident.case_id,
          perpetrators,
          facts: theirActs(incident, perpetrators),
        }
      })
    return { items, next }
  })
}

/** The parties who served in one of the units, themselves or as the person that they have become, by incident. */
async function perpetratorsOf(act: Act<'unit.list_acts'>, units: ReadonlySet<Id<'units'>>) {
  const { persons, parties } = await openServed(act)
  const asPersons = await partiesOf(act, [...persons.keys()])
  const served = [
    ...asPersons.map((party) => ({ ...party, unit_ids: persons.get(party.person_id) ?? [] })),
    ...[...parties.values()].map((party) => ({ ...party, person_id: null })),
  ]
  const byIncident = new Map<Id<'incidents'>, Perpetrator[]>()
  for (const { incident_id, ref, person_id, unit_ids } of served) {
    const unit_id = unit_ids.find((one) => units.has(one))
    const known = byIncident.get(incident_id) ?? []
    if (unit_id === undefined || known.some((one) => one.ref === ref)) continue
    byIncident.set(incident_id, [...known, { ref, unit_id, person_id }])
  }
  return byIncident
}

/** The acts that name one of them; and those that name nobody, where every perpetrator of the report is one of them. */
function theirActs({ facts }: OpenFacts, perpetrators: readonly Perpetrator[]) {
  const refs = new Set(perpetrators.map(({ ref }) => ref))
  return revealTo(facts, ({ kind, occurred, place, acts, parties }) => {
    const isTheirs = parties.every(({ ref, roles }) => !roles.includes('alleged_perpetrator') || refs.has(ref))
    return {
      kind,
      occurred,
      place,
      acts: acts.flatMap((act) => {
        const named = act.perpetrator_refs ?? []
        if (named.some((ref) => refs.has(ref))) return [{ act, is_attributed: true }]
        return named.length === 0 && isTheirs ? [{ act, is_attributed: false }] : []
      }),
    }
  })
}
