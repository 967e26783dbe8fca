import { type SeatedCase, viewCase, workOnCase } from '../cases/service.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { beginsAt, hoursBetween } from './moments.ts'
import { episodePolicy } from './policy.ts'
import { tooManyEpisodes } from './problems.ts'
import { EPISODES_MOST, findEpisode, insertEpisode, listEpisodes, revealEpisodes, updateEpisode } from './repo.ts'
import type { Episode, EpisodeChange, EpisodeFacts, NewEpisode } from './schema.ts'

type Recording = { readonly case_id: Id<'cases'>; readonly episode: NewEpisode }

export function recordEpisode(op: Op<'detention.record'>, { case_id, episode }: Recording) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    if ((await listEpisodes(act.db, case_id)).length >= EPISODES_MOST) throw new Problem(tooManyEpisodes)
    const recorded_on = dayOf(act.services.now())
    const { organisation_id } = found
    const row = { id: newId('detention_episodes'), case_id, organisation_id, recorded_by: act.actor.id, recorded_on }
    const access = await createRecordKey(act, row, [{ part: 'record', heldAs: found.held }])
    const values = { facts: episode.facts, narrative: episode.narrative ?? new Secret({}) }
    await insertEpisode(act, row, { access, values })
    return { ...row, version: 1 }
  })
}

/** All of them, in the order in which they began; those without a beginning last. */
export function readEpisodes(op: Op<'detention.list'>, case_id: Id<'cases'>) {
  return op.act(async (act) => ({ items: await episodesOf(act, await viewCase(act, case_id)) }))
}

/** The same for whoever reports on them. */
export async function episodesOf(
  act: Act<'detention.list' | 'medical_report.make' | 'complaint.make_document'>,
  found: SeatedCase,
): Promise<Episode[]> {
  const rows = episodePolicy(found).grantEach(act, await listEpisodes(act.db, found.id))
  const episodes = (await revealEpisodes(act, rows)).map(withHours)
  return episodes.toSorted((one, other) => compare(beginning(one), beginning(other)))
}

const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1)

const beginning = ({ facts }: Episode) => beginsAt(facts === null ? undefined : consult(facts, ({ from }) => from))

const withHours = <E extends { readonly facts: Secret<EpisodeFacts> | null }>(episode: E) => ({
  ...episode,
  hours_unrecorded:
    episode.facts && revealTo(episode.facts, ({ from, recorded_at }) => hoursBetween(from, recorded_at)),
})

type Changing = {
  readonly case_id: Id<'cases'>
  readonly id: Id<'detention_episodes'>
  readonly version: number
  readonly change: EpisodeChange
}

export function changeEpisode(op: Op<'detention.change'>, { case_id, id, version, change }: Changing) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    const row = episodePolicy(found).grant(act, await findEpisode(act.db, id))
    const [before] = await revealEpisodes(act, [row])
    if (!before?.facts || !before.narrative) throw new Problem(notFound)
    const values = { facts: change.facts ?? before.facts, narrative: change.narrative ?? before.narrative }
    const access = await renewRecordKey(act, row)
    if (!(await updateEpisode(act, row, { access, values, version }))) throw new Problem(staleVersion)
    return withHours({ ...row, ...values, version: version + 1 })
  })
}
