import { z } from 'zod'
import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { tooManyEpisodes } from './problems.ts'
import { Episode, EpisodeChange, EpisodeList, EpisodeReceipt, NewEpisode } from './schema.ts'
import { changeEpisode, readEpisodes, recordEpisode } from './service.ts'

const ofCase = z.strictObject({ id: idOf('cases') })

/** Where people of a case were held, since when, and what protected them. */
export const detentionRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/detentions',
    action: 'detention.record',
    summary: 'Record a time in one place of custody; a transfer is another',
    params: ofCase,
    body: NewEpisode,
    creates: true,
    status: 201,
    reply: EpisodeReceipt,
    examples: { body: examples.episode },
    problems: [notFound, caseAtRest, tooManyEpisodes],
    handle: (op, { params, body }) => recordEpisode(op, { case_id: params.id, episode: body }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/detentions',
    action: 'detention.list',
    summary: 'The episodes of detention of a case, in the order in which they began',
    params: ofCase,
    status: 200,
    reply: EpisodeList,
    problems: [notFound],
    handle: (op, { params }) => readEpisodes(op, params.id),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/detentions/:detention_id',
    action: 'detention.change',
    summary: 'Replace the facts or the narrative of an episode',
    params: ofCase.extend({ detention_id: idOf('detention_episodes') }),
    body: EpisodeChange,
    changes: true,
    status: 200,
    reply: Episode,
    examples: { body: { narrative: examples.episode.narrative } },
    problems: [notFound, caseAtRest, staleVersion],
    handle: (op, { params, body, version }) =>
      changeEpisode(op, { case_id: params.id, id: params.detention_id, version, change: body }),
  }),
]
