import { z } from 'zod'
import { PageQuery, pageOf } from '../platform/database/page.ts'
import { download } from '../platform/http/download.ts'
import { EVENTS, eventStream } from '../platform/http/events.ts'
import { type Route, route } from '../platform/http/route.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { contribute } from './contribute.ts'
import * as examples from './examples-pools.ts'
import { startPool } from './make-release.ts'
import { declarePool, readPool, readPools } from './pools.ts'
import {
  bytesChanged,
  figureBeside,
  frozenWithdrawn,
  nothingBrought,
  notStewards,
  overlapsRelease,
  periodNotOver,
  poolClosed,
  stewardsDiffer,
  tooManyRecords,
  wasRefused,
} from './problems.ts'
import { Contributed, Contribution, NewPool, Pool, PoolPath } from './schema-pool.ts'
import type { Countable } from './service.ts'

const declaring: Route[] = [
  route({
    method: 'POST',
    url: '/statistics/pools',
    action: 'pool.declare',
    summary: 'Declare one table over several organisations’ records, and which two coordinators count them',
    body: NewPool,
    creates: true,
    status: 201,
    reply: Pool,
    examples: { body: examples.newPool, reply: examples.pool },
    problems: [notStewards, keyNotConfirmed],
    handle: (op, { body }) => declarePool(op, body),
  }),
  route({
    method: 'GET',
    url: '/statistics/pools',
    action: 'pool.list',
    summary: 'The pools in which your organisation has a seat, the latest first',
    query: PageQuery,
    status: 200,
    reply: pageOf(Pool),
    examples: { reply: { items: [examples.pool], next: null } },
    handle: (op, { query }) => readPools(op, query),
  }),
  route({
    method: 'GET',
    url: '/statistics/pools/:id',
    action: 'pool.read',
    summary: 'Read what a pool asks, of whom, and who has brought records',
    params: PoolPath,
    status: 200,
    reply: Pool,
    examples: { reply: examples.pool },
    handle: (op, { params }) => readPool(op, params.id),
  }),
]

/** Tables over several organisations: each brings codes and counts, and two stewards count them together. */
export const poolRoutes = ({ countable }: { readonly countable: Countable }): Route[] => [
  ...declaring,
  route({
    method: 'POST',
    url: '/statistics/pools/:id/contributions',
    action: 'pool.contribute',
    summary:
      'Seal your organisation’s coded records to the two stewards you name; again, in their place, while the pool is open',
    params: PoolPath,
    body: Contribution,
    status: 200,
    reply: Contributed,
    examples: { body: examples.contribution, reply: examples.contributed },
    problems: [
      poolClosed,
      periodNotOver,
      stewardsDiffer,
      overlapsRelease,
      figureBeside,
      frozenWithdrawn,
      tooManyRecords,
      keyNotConfirmed,
      bytesChanged,
    ],
    handle: (op, { params, body }) => contribute(op, { ...params, ...body, countable }),
  }),
  route({
    method: 'POST',
    url: '/statistics/pools/:id/releases',
    action: 'pool.count',
    summary:
      'Count a pool as one of its stewards, told as events: progress, then done, refused or problem. Hanging up cancels it',
    params: PoolPath,
    body: z.strictObject({}),
    status: 200,
    reply: download,
    downloads: [EVENTS],
    examples: { body: {} },
    problems: [poolClosed, nothingBrought, wasRefused, keyNotConfirmed, bytesChanged],
    handle: async (op, { params }) => eventStream(await startPool(op, params.id)),
  }),
]
