import { workOnCase, type WorkingCase } from '../cases/service.ts'
import { cut, DayCursor, decodeCursor, type PageQuery } from '../platform/database/page.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { likelyAmong, matchesOf } from './match.ts'
import { personPolicy } from './policy.ts'
import { caseFull, likelyKnown } from './problems.ts'
import {
  blankPerson,
  type Entering,
  findPerson,
  findPersonLocked,
  insertPerson,
  listMergedInto,
  listPersons,
  type PersonContents,
  revealPersons,
  updatePerson,
} from './repo.ts'
import { grantStanding } from './standing.ts'
import { countInCase, insertLink, PERSONS_MOST } from './repo-links.ts'
import type { NewPerson, PersonChange } from './schema.ts'

export { hasVictim, isPerpetratorIn, partiesIn, partiesOf, partiesOnSides, perpetratorsPage } from './register.ts'
export { personsIn } from './in-case.ts'
export { type Described, describeWho, isLikelyOne } from './likeness.ts'

/** Enters a person into a case, once those with a like name have been looked at. */
export function createPerson(op: Op<'person.create'>, person: NewPerson) {
  return op.act(async (act) => {
    const found = await workOnCase(act, person.case_id)
    await mustBeNew(act, person)
    const marks = new Secret({ differs_from: person.not_the_same_as })
    return enterPerson(act, found, { ...person, marks })
  })
}

type Entered = PersonContents & { readonly role: NewPerson['role'] }

/** A new record, in one case. */
export async function enterPerson(act: Act<Entering>, found: WorkingCase, person: Entered) {
  const entered_on = dayOf(act.services.now())
  const { organisation_id } = found
  const row = { id: newId('persons'), organisation_id, entered_by: act.actor.id, entered_on }
  const access = await createRecordKey(act, row, [{ part: 'record', heldAs: found.held }])
  await insertPerson(act, row, { access, values: person })
  await putInCase(act, found, { person_id: row.id, role: person.role })
  return { ...row, version: 1 }
}

/** 409 likely-known when somebody likely was not said to be another. */
async function mustBeNew(act: Act<'person.create'>, { identity, not_the_same_as }: NewPerson): Promise<void> {
  const unseen = likelyAmong(await matchesOf(act, identity)).filter((id) => !not_the_same_as.includes(id))
  if (unseen.length > 0) throw new Problem(likelyKnown, { person_ids: unseen })
}

type Putting = { readonly person_id: Id<'persons'>; readonly role: NewPerson['role'] }

/** Undefined when the person is in the case already. */
export async function putInCase(
  act: Act<Entering | 'person.link' | 'person.merge'>,
  found: WorkingCase,
  { person_id, role }: Putting,
) {
  const { id: case_id, organisation_id } = found
  if ((await countInCase(act.db, 'case_persons', case_id)) >= PERSONS_MOST) throw new Problem(caseFull)
  const linked_on = dayOf(act.services.now())
  const link = { id: newId('case_persons'), case_id, person_id, organisation_id, linked_by: act.actor.id, linked_on }
  const access = await createRecordKey(act, link, [{ part: 'record', heldAs: found.held }])
  return (await insertLink(act, link, { access, facts: role })) ? link : undefined
}

export function readPerson(op: Op<'person.read'>, id: Id<'persons'>) {
  return op.act(async (act) => {
    const [person] = await revealPersons(act, [grantStanding(act, await findPerson(act, id))])
    if (person === undefined) throw new Error('a granted person was not opened')
    return person
  })
}

/** The persons of the actor's cases, the newest first. */
export function readPersons(op: Op<'person.list'>, query: PageQuery) {
  return op.act(async (act) => {
    const after = decodeCursor(DayCursor, query.after)
    const rows = await listPersons(act, { after, limit: query.limit + 1 })
    const { page, next } = cut(rows, query.limit, (last) => [last.entered_on, last.id])
    return { items: await revealPersons(act, personPolicy.grantEach(act, page)), next }
  })
}

type Changing = { readonly id: Id<'persons'>; readonly version: number; readonly change: PersonChange }

/** Replaces the classes that are given, for the readers of all the cases that the person is in. */
export function changePerson(op: Op<'person.change'>, { id, version, change }: Changing) {
  return op.act(async (act) => {
    const found = grantStanding(act, await findPersonLocked(act, id))
    if (found.version !== version) throw new Problem(staleVersion)
    const [before] = await revealPersons(act, [found])
    if (!before?.identity || !before.facts) throw new Problem(notFound)
    const values = {
      identity: change.identity ?? before.identity,
      facts: change.facts ?? before.facts,
      marks: before.marks,
    }
    const access = await renewRecordKey(act, found)
    if (!(await updatePerson(act, found, { access, values, version }))) throw new Problem(staleVersion)
    return { ...found, ...values, version: version + 1 }
  })
}

/** Forgets who somebody is, by all the records that were merged into this one, whoever asks: whether it may be was decided before. Answers how many wraps of the key went. */
export async function forgetPerson(act: Act<'erasure.confirm' | 'erasure.replay'>, id: Id<string>): Promise<number> {
  const day = dayOf(act.services.now())
  let wraps = await blankPerson(act, id, day)
  for (const merged of await listMergedInto(act, id)) wraps += await blankPerson(act, merged, day)
  return wraps
}
