import { consult, type Secret } from '../platform/crypto/secret.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { type Described, describe, LIKELY, personLikeness } from './likeness.ts'
import { personPolicy } from './policy.ts'
import { findPersons, listPersons, revealNames, revealPersons } from './repo.ts'
import { reachesOver } from './repo-tokens.ts'
import { type Named, openCandidates } from './search.ts'
import { steadily } from './steadily.ts'
import type { NameSearch, PersonIdentity } from './schema.ts'

const CHUNK = 500
const OPENED_MOST = 2_000
const SHOWN_FROM = 0.75
const SHOWN_MOST = 20

type Matching = 'person.match' | 'person.create' | 'person.list_parties' | 'person.take_over' | 'person.find_doubles'
export type Match = { readonly person: OpenPerson; readonly likeness: number; readonly is_likely: boolean }
type Scored = { readonly id: Id<'persons'>; readonly likeness: number }
type OpenPerson = Awaited<ReturnType<typeof revealPersons>>[number]
type Sought = { readonly names: PersonIdentity['names']; readonly born?: string | undefined }

export function readMatches(op: Op<'person.match'>, { who }: NameSearch): Promise<{ items: Match[] }> {
  return op.act(async (act) => ({ items: await matchesOf(act, who) }))
}

/** Whom the actor can open with a like name, the likest first. */
export async function matchesOf(act: Act<Matching>, who: Secret<Sought>): Promise<Match[]> {
  const [matches = []] = await matchesOfEach(act, [who])
  return matches
}

/**
 * The same for each of several, in one reading. Up to some number, all that the actor can open is opened and compared
 * here, and the database learns nothing of it.
 */
export async function matchesOfEach(act: Act<Matching>, all: readonly Secret<Sought>[]): Promise<Match[][]> {
  const sought = all.map((who) => consult(who, describe))
  const scored: Scored[][] = sought.map(() => [])
  for await (const persons of inReach(act, sought)) for (const person of persons) gather(scored, sought, person)
  const shown = scored.map(likest)
  const persons = await openAll(act, [...new Set(shown.flat().map(({ id }) => id))])
  return shown.map((of) =>
    of.flatMap(({ id, likeness }) => {
      const person = persons.get(id)
      return person === undefined ? [] : [{ person, likeness, is_likely: likeness >= LIKELY }]
    }),
  )
}

/** All of those who are shown; of the others, only the name was opened. */
async function openAll(act: Act<Matching>, ids: readonly Id<'persons'>[]): Promise<Map<Id<'persons'>, OpenPerson>> {
  if (ids.length === 0) return new Map()
  const persons = await steadily(async () =>
    revealPersons(act, personPolicy.grantEach(act, await findPersons(act, ids))),
  )
  return new Map(persons.map((person) => [person.id, person]))
}

/** All whom the actor can open, or, where they are very many, the candidates among them. */
async function* inReach(act: Act<Matching>, sought: readonly Described[]): AsyncGenerator<Named[]> {
  if (await reachesOver(act, OPENED_MOST)) {
    yield await openCandidates(act, sought)
    return
  }
  let after: DayCursor | undefined
  for (;;) {
    const from = after
    const { rows, persons } = await steadily(async () => {
      const found = await listPersons(act, { after: from, limit: CHUNK })
      return { rows: found, persons: await revealNames(act, personPolicy.grantEach(act, found)) }
    })
    yield persons
    const last = rows[CHUNK - 1]
    if (last === undefined) return
    after = [last.entered_on, last.id]
  }
}

/** Those of the matches to look at before a second record is made. */
export const likelyAmong = (matches: readonly Match[]): Id<'persons'>[] =>
  matches.filter(({ is_likely }) => is_likely).map(({ person }) => person.id)

const likest = (matches: readonly Scored[]): Scored[] =>
  matches.toSorted((one, other) => other.likeness - one.likeness).slice(0, SHOWN_MOST)

function gather(scored: readonly Scored[][], sought: readonly Described[], person: Named): void {
  if (person.identity === null) return
  const described = consult(person.identity, describe)
  for (const [at, one] of sought.entries()) {
    const likeness = personLikeness(one, described)
    if (likeness >= SHOWN_FROM) scored[at]?.push({ id: person.id, likeness })
  }
}
