import { workOnCase, type WorkingCase } from '../cases/service.ts'
import { holdIncident, openParties, type OpenParty } from '../incidents/service.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { invalidRequest, notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, shareRecord } from '../platform/operation/record-keys.ts'
import { likelyAmong, matchesOfEach } from './match.ts'
import { factsOf, identityOf, roleOf, takenOver } from './parties.ts'
import { likelyKnown, partyNotAPerson } from './problems.ts'
import { findPersonLocked } from './repo.ts'
import { insertPartyLink } from './repo-parties.ts'
import type { PersonIdentity } from './schema.ts'
import type { Taken, TakeOver } from './schema-parties.ts'
import { enterPerson, putInCase } from './service.ts'
import { grantStanding } from './standing.ts'

type TakingAct = Act<'person.take_over'>
type Taking = TakeOver & { readonly case_id: Id<'cases'> }

/** Enters parties of a linked incident into its case, each as a new person or as one that is known. */
export function takeOverParties(op: Op<'person.take_over'>, { case_id, incident_id, parties }: Taking) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    await holdIncident(act, incident_id)
    const incident = await openParties(act, incident_id)
    if (incident.case_id !== case_id) throw new Problem(notFound)

    const known = await takenOver(act, incident_id)
    const newcomers = newcomersAmong(parties, { known, there: incident.parties })
    await mustBeUnknown(act, newcomers)
    const entered = new Map<string, Id<'persons'>>()
    for (const newcomer of newcomers) {
      const person_id = await enter(act, found, newcomer)
      await keepParty(act, found, { incident_id, person_id, ref: newcomer.taken.ref })
      entered.set(newcomer.taken.ref, person_id)
    }
    return { items: parties.map(({ ref }) => itemOf(ref, known.get(ref) ?? entered.get(ref), entered.has(ref))) }
  })
}

function itemOf(ref: string, person_id: Id<'persons'> | undefined, is_new: boolean) {
  if (person_id === undefined) throw new Error('a party was neither known nor entered')
  return { ref, person_id, is_new }
}

type Newcomer = {
  readonly taken: Taken
  readonly party: OpenParty
  readonly identity: Secret<PersonIdentity> | undefined
}
type Present = { readonly known: ReadonlyMap<string, Id<'persons'>>; readonly there: readonly OpenParty[] }

/** Those not taken over yet. 400 for who is no party, 409 party-not-a-person for who cannot be entered. */
function newcomersAmong(parties: readonly Taken[], { known, there }: Present): Newcomer[] {
  const newcomers = parties.flatMap((taken, at): Newcomer[] => {
    if (known.has(taken.ref)) return []
    const party = there.find(({ ref }) => ref === taken.ref)
    if (party !== undefined) return [{ taken, party, identity: identityOf(party) }]
    throw new Problem(invalidRequest, { errors: [{ pointer: `#/parties/${String(at)}/ref`, detail: 'is no party' }] })
  })
  const refs = newcomers.filter(isNobody).map(({ taken }) => taken.ref)
  if (refs.length > 0) throw new Problem(partyNotAPerson, { refs })
  return newcomers
}

/** Who is known needs no name; an institution is no person all the same. */
const isNobody = ({ taken, identity }: Newcomer) => identity === undefined && taken.person_id === undefined

/** Looked for before any is entered: two brothers in one report are not each other's double. 409 likely-known. */
async function mustBeUnknown(act: TakingAct, newcomers: readonly Newcomer[]): Promise<void> {
  const asked = newcomers.flatMap(({ taken, identity }) =>
    identity === undefined || taken.person_id !== undefined ? [] : [{ identity, seen: taken.not_the_same_as }],
  )
  if (asked.length === 0) return
  const matches = await matchesOfEach(
    act,
    asked.map(({ identity }) => identity),
  )
  const unseen = asked.flatMap(({ seen }, at) => likelyAmong(matches[at] ?? []).filter((id) => !seen.includes(id)))
  if (unseen.length > 0) throw new Problem(likelyKnown, { person_ids: [...new Set(unseen)] })
}

async function enter(act: TakingAct, found: WorkingCase, { taken, party, identity }: Newcomer): Promise<Id<'persons'>> {
  const role = taken.role ?? roleOf(party)
  if (taken.person_id !== undefined) return join(act, found, { person_id: taken.person_id, role })
  if (identity === undefined) throw new Problem(partyNotAPerson, { refs: [taken.ref] })
  const marks = new Secret({ differs_from: taken.not_the_same_as })
  return (await enterPerson(act, found, { identity, facts: factsOf(party), marks, role })).id
}

/** Somebody known, who may be in the case already and then stays what they are there. */
async function join(act: TakingAct, found: WorkingCase, putting: Parameters<typeof putInCase>[2]) {
  const person = grantStanding(act, await findPersonLocked(act, putting.person_id))
  const link = await putInCase(act, found, putting)
  if (link !== undefined) await shareRecord(act, person, [{ part: 'record', heldAs: found.held }])
  return person.id
}

type Kept = { readonly incident_id: Id<'incidents'>; readonly person_id: Id<'persons'>; readonly ref: string }

async function keepParty(act: TakingAct, found: WorkingCase, { ref, ...pair }: Kept): Promise<void> {
  const { id: case_id, organisation_id } = found
  const taken_on = dayOf(act.services.now())
  const row = { id: newId('incident_persons'), ...pair, case_id, organisation_id, taken_by: act.actor.id, taken_on }
  const access = await createRecordKey(act, row, [{ part: 'record', heldAs: found.held }])
  await insertPartyLink(act, row, { access, facts: new Secret({ ref }) })
}
