import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { renewRecordKey } from '../platform/operation/record-keys.ts'
import { type Match, matchesOf } from './match.ts'
import { marksFull } from './problems.ts'
import { findPerson, findPersonLocked, revealPersons, updatePerson } from './repo.ts'
import { DISTINCTIONS_MOST, type PersonMarks } from './schema.ts'
import { grantStanding } from './standing.ts'

type Telling = { readonly id: Id<'persons'>; readonly person_id: Id<'persons'>; readonly version: number }

/** Says for good that two are not the same: neither is shown again as a match of the other, and they are not merged. */
export function tellApart(op: Op<'person.tell_apart'>, { id, person_id, version }: Telling) {
  return op.act(async (act) => {
    const found = grantStanding(act, await findPersonLocked(act, id))
    grantStanding(act, await findPerson(act, person_id))
    if (found.version !== version) throw new Problem(staleVersion)
    const { identity, facts, marks } = await opened(act, found)
    const others = new Set([...(marks === null ? [] : consult(marks, ({ differs_from }) => differs_from)), person_id])
    if (id === person_id || others.size > DISTINCTIONS_MOST) throw new Problem(marksFull)
    const values = { identity, facts, marks: new Secret({ differs_from: [...others] }) }
    await updatePerson(act, found, { access: await renewRecordKey(act, found), values, version })
    return { ...found, version: version + 1 }
  })
}

async function opened(act: Act, row: Parameters<typeof revealPersons>[1][number]) {
  const [person] = await revealPersons(act, [row])
  if (!person?.identity || !person.facts) throw new Problem(notFound)
  return { ...person, identity: person.identity, facts: person.facts }
}

/** Who else in reach may be this person, without those who were told apart. */
export function readDoubles(op: Op<'person.find_doubles'>, id: Id<'persons'>): Promise<{ items: Match[] }> {
  return op.act(async (act) => {
    const { identity, marks } = await opened(act, grantStanding(act, await findPerson(act, id)))
    const matches = await matchesOf(
      act,
      revealTo(identity, ({ names, born }) => ({ names, born })),
    )
    return {
      items: matches.filter(
        ({ person }) => person.id !== id && !differs(marks, person.id) && !differs(person.marks, id),
      ),
    }
  })
}

const differs = (marks: Secret<PersonMarks> | null, id: Id<'persons'>): boolean =>
  marks !== null && consult(marks, ({ differs_from }) => differs_from.includes(id))
