import { PageQuery, pageOf } from '../platform/database/page.ts'
import { download } from '../platform/http/download.ts'
import { EVENTS, eventStream } from '../platform/http/events.ts'
import { type Route, route } from '../platform/http/route.ts'
import * as examples from './examples.ts'
import { startRelease } from './make-release.ts'
import {
  alreadySigned,
  bytesChanged,
  figureBeside,
  frozenWithdrawn,
  monthTooSmall,
  nothingToSign,
  notSigned,
  overlapsRelease,
  periodNotOver,
  releaseWithdrawn,
  wasRefused,
} from './problems.ts'
import { downloadRelease, readRelease, readReleases, signRelease, withdrawRelease } from './releases.ts'
import { CubePath, PeriodChoice } from './schema.ts'
import { Release, ReleasePath, ReleaseState, ReleaseSummary, Withdrawal } from './schema-release.ts'
import type { Countable } from './service.ts'

const ledgerRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/statistics/releases',
    action: 'release.list',
    summary: 'The ledger of releases and refusals, the latest first',
    query: PageQuery,
    status: 200,
    reply: pageOf(ReleaseSummary),
    examples: { reply: { items: [examples.summary], next: null } },
    handle: (op, { query }) => readReleases(op, query),
  }),
  route({
    method: 'GET',
    url: '/statistics/releases/:id',
    action: 'release.read',
    summary: 'Read one line of the ledger: what is to be signed, or was, or why it was refused',
    params: ReleasePath,
    status: 200,
    reply: Release,
    examples: { reply: examples.release },
    handle: (op, { params }) => readRelease(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/statistics/releases/:id/signatures',
    action: 'release.sign',
    summary: 'Sign the bytes of a release; with the second coordinator’s signature they may leave',
    params: ReleasePath,
    changes: true,
    status: 200,
    reply: ReleaseState,
    examples: { reply: examples.state },
    problems: [nothingToSign, alreadySigned, bytesChanged],
    handle: (op, { params, version }) => signRelease(op, params.id, version),
  }),
  route({
    method: 'POST',
    url: '/statistics/releases/:id/withdrawal',
    action: 'release.withdraw',
    summary: 'Withdraw a release: nothing of it leaves any more, and there is a notice to publish in its place',
    params: ReleasePath,
    body: Withdrawal,
    changes: true,
    status: 200,
    reply: ReleaseState,
    examples: { body: { reason: 'mistake' }, reply: { ...examples.state, status: 'withdrawn' } },
    problems: [releaseWithdrawn],
    handle: (op, { params, body, version }) => withdrawRelease(op, params.id, { ...body, version }),
  }),
  route({
    method: 'GET',
    url: '/statistics/releases/:id/package',
    action: 'release.download',
    summary: 'The signed bytes: CSV with its descriptors, SDMX-CSV, a workbook and charts, in one archive',
    params: ReleasePath,
    status: 200,
    reply: download,
    downloads: ['application/zip'],
    problems: [notSigned, releaseWithdrawn, bytesChanged],
    handle: async (op, { params }) => {
      const { bytes, name } = await downloadRelease(op, params.id)
      return { media: 'application/zip', file: `${name}.zip`, content: bytes }
    },
  }),
]

/** One table of one period: certified, signed by two coordinators, and then let out. */
export const releaseRoutes = ({ countable }: { readonly countable: Countable }): Route[] => [
  route({
    method: 'POST',
    url: '/statistics/cubes/:id/releases',
    action: 'release.make',
    summary:
      'Make the release of a cube for a period, told as events: progress, then done, refused or problem. Hanging up cancels it',
    params: CubePath,
    body: PeriodChoice,
    status: 200,
    reply: download,
    downloads: [EVENTS],
    examples: { body: { period: '2026-Q3' } },
    problems: [periodNotOver, overlapsRelease, frozenWithdrawn, monthTooSmall, figureBeside, wasRefused, bytesChanged],
    handle: async (op, { params, body }) => eventStream(await startRelease(op, { ...params, ...body, countable })),
  }),
  ...ledgerRoutes,
]
