import { consult, type Secret } from '../platform/crypto/secret.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { type Described, describe, LIKELY, personLikeness } from './likeness.ts'
import { personPolicy } from './policy.ts'
import { listPersons, revealPersons } from './repo.ts'
import type { NameSearch, PersonIdentity } from './schema.ts'

const CHUNK = 500
const SHOWN_FROM = 0.75
const SHOWN_MOST = 20

type Matching = 'person.match' | 'person.create'
export type Match = { readonly person: OpenPerson; readonly likeness: number; readonly is_likely: boolean }
type OpenPerson = Awaited<ReturnType<typeof revealPersons>>[number]
type Sought = Pick<PersonIdentity, 'names' | 'born'>

export function readMatches(op: Op<'person.match'>, { who }: NameSearch): Promise<{ items: Match[] }> {
  return op.act(async (act) => ({ items: await matchesOf(act, who) }))
}

/** Whom the actor can open with a like name, the likest first. Opened and compared here: the database learns nothing of it. */
export async function matchesOf(act: Act<Matching>, who: Secret<Sought>): Promise<Match[]> {
  const sought = consult(who, describe)
  const matches: Match[] = []
  let after: DayCursor | undefined
  for (;;) {
    const rows = await listPersons(act, { after, limit: CHUNK })
    const persons = await revealPersons(act, personPolicy.grantEach(act, rows))
    matches.push(...persons.flatMap((person) => matchOf(sought, person)))
    const last = rows[CHUNK - 1]
    if (last === undefined) return likest(matches)
    after = [last.entered_on, last.id]
  }
}

const likest = (matches: readonly Match[]): Match[] =>
  matches.toSorted((one, other) => other.likeness - one.likeness).slice(0, SHOWN_MOST)

function matchOf(sought: Described, person: OpenPerson): Match[] {
  if (person.identity === null) return []
  const likeness = personLikeness(sought, consult(person.identity, describe))
  return likeness < SHOWN_FROM ? [] : [{ person, likeness, is_likely: likeness >= LIKELY }]
}
