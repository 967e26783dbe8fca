import { emptyTokens, nameTokens, tokenBlocks } from '../platform/crypto/name-token.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { holdVersions, versionName } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { type Described, describe } from './likeness.ts'
import { keptPieces, soughtPieces } from './pieces.ts'
import { personPolicy } from './policy.ts'
import { findPersons, revealNames } from './repo.ts'
import { claimStaleLinks, listCandidates, listTeamKeyrings, replaceTokens } from './repo-tokens.ts'
import { steadily } from './steadily.ts'

const CANDIDATES_MOST = 200
/** Over all the cases; but for each case at least the surest pieces. */
const TOKENS_MOST = 12_000
const PIECES_LEAST = 6
const SWEPT_BY_THE_WAY = 500
const SWEPT_MOST = 2_000
/** Rows have so many tokens or a multiple of it, whatever the length of the name. */
const STEP = 16

export type Seeking = Act<
  'person.match' | 'person.create' | 'person.list_parties' | 'person.take_over' | 'person.find_doubles' | 'person.sweep'
>
export type Named = Awaited<ReturnType<typeof revealNames>>[number]

/**
 * Those among very many who may have a like name, by the blind tokens of each of the actor's cases, and those whose tokens
 * are not written yet: by the way they are.
 */
export async function openCandidates(act: Seeking, sought: readonly Described[]): Promise<Named[]> {
  const { persons } = await writeTokens(act, SWEPT_BY_THE_WAY)
  const keyrings = await listTeamKeyrings(act)
  const held = await holdVersions(act, keyrings)
  const most = Math.max(PIECES_LEAST, Math.floor(TOKENS_MOST / Math.max(1, keyrings.length)))
  const ids = new Set<Id<'persons'>>()
  for (const one of sought) {
    const blocks = tokenBlocks(soughtPieces(one.names, most))
    const tokens = keyrings.flatMap((keyring) => {
      const keys = held.get(versionName(keyring))
      return keys === undefined ? [] : nameTokens(keys, blocks)
    })
    for (const id of await listCandidates(act, tokens, CANDIDATES_MOST)) ids.add(id)
  }
  for (const { id } of persons) ids.delete(id)
  return [...persons, ...(await open(act, [...ids]))]
}

async function open(act: Seeking, ids: readonly Id<'persons'>[]): Promise<Named[]> {
  return steadily(async () => revealNames(act, personPolicy.grantEach(act, await findPersons(act, ids))))
}

/** Writes the tokens that are missing in the actor's cases: after names came in or changed, and after a case got a new key. */
export function sweepNames(op: Op<'person.sweep'>) {
  return op.act(async (act) => {
    const { written } = await writeTokens(act, SWEPT_MOST)
    return { written, may_be_more: written === SWEPT_MOST }
  })
}

async function writeTokens(act: Seeking, most: number) {
  const links = await claimStaleLinks(act, most)
  if (links.length === 0) return { written: 0, persons: [] }
  const persons = await open(act, [...new Set(links.map(({ person_id }) => person_id))])
  const blocks = new Map(persons.map((person) => [person.id, tokenBlocks(piecesOf(person))]))
  const held = await holdVersions(act, links)
  const none = tokenBlocks([])
  const tokened = links.flatMap((link) => {
    const keys = held.get(versionName(link))
    return keys === undefined ? [] : [{ ...link, tokens: padded(nameTokens(keys, blocks.get(link.person_id) ?? none)) }]
  })
  await replaceTokens(act, tokened)
  return { written: tokened.length, persons }
}

const piecesOf = ({ identity }: Named): string[] =>
  identity === null ? [] : keptPieces(consult(identity, describe).names)

const padded = (tokens: readonly string[]): string[] => [
  ...tokens,
  ...emptyTokens(Math.max(1, Math.ceil(tokens.length / STEP)) * STEP - tokens.length),
]
