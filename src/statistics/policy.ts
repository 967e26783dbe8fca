import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { CubeRow } from './repo-cubes.ts'
import type { FigureRow } from './repo-figures.ts'
import type { PartRow } from './repo-parts.ts'
import type { ContributionRow, PoolRow } from './repo-pools.ts'
import type { ReleaseRow } from './repo-releases.ts'

const own = (actor: Actor, row: { readonly organisation_id: string }) =>
  row.organisation_id === actor.organisationId && actor.roles.includes('coordinator')
const always = () => true

const isCoordinator = ({ roles }: Actor): boolean => roles.includes('coordinator')

export const cubePolicy = policy<CubeRow, 'cube.list' | 'cube.read' | 'cube.change' | 'cube.try' | 'release.make'>(
  own,
  {
    'cube.list': always,
    'cube.read': always,
    'cube.change': always,
    'cube.try': always,
    'release.make': always,
  },
)

export const figurePolicy = policy<
  FigureRow,
  'figure.list' | 'figure.remove' | 'cube.try' | 'release.make' | 'pool.contribute'
>(own, {
  'figure.list': always,
  'figure.remove': always,
  'cube.try': always,
  'release.make': always,
  'pool.contribute': always,
})

type OnReleases =
  | 'cube.try'
  | 'release.make'
  | 'release.list'
  | 'release.read'
  | 'release.sign'
  | 'release.withdraw'
  | 'release.download'
  | 'pool.contribute'

const onReleases: Record<OnReleases, () => boolean> = {
  'cube.try': always,
  'release.make': always,
  'release.list': always,
  'release.read': always,
  'release.sign': always,
  'release.withdraw': always,
  'release.download': always,
  'pool.contribute': always,
}

/** A release of a pool is seen by all who have a seat; its stewards sign it. */
const sees = (actor: Actor, row: ReleaseRow): boolean =>
  row.pool_id === null ? own(actor, row) : row.seat !== 'none' && isCoordinator(actor)
const decides = (_: Actor, { pool_id, seat }: ReleaseRow): boolean => pool_id === null || seat === 'steward'

export const releasePolicy = policy<ReleaseRow, OnReleases>(sees, {
  ...onReleases,
  'release.sign': decides,
  'release.withdraw': decides,
})

/** A part belongs to a release, which has been granted before its parts are looked for. */
export const partPolicy = policy<PartRow, OnReleases>(isCoordinator, onReleases)

const hasSeat = (actor: Actor, { seats }: PoolRow): boolean =>
  isCoordinator(actor) && seats.some(({ organisation_id }) => organisation_id === actor.organisationId)
const isSteward = (actor: Actor, { seats }: PoolRow): boolean => seats.some(({ steward_id }) => steward_id === actor.id)

export const poolPolicy = policy<
  PoolRow,
  'pool.list' | 'pool.read' | 'pool.contribute' | 'pool.count' | 'release.sign' | 'release.download'
>(hasSeat, {
  'pool.list': always,
  'pool.read': always,
  'pool.contribute': always,
  'pool.count': isSteward,
  'release.sign': isSteward,
  'release.download': always,
})

/** What was brought belongs to a pool, which has been granted before; it opens for its stewards alone. */
export const contributionPolicy = policy<ContributionRow, 'pool.count'>(isCoordinator, { 'pool.count': always })
