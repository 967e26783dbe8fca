import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { CubeRow } from './repo-cubes.ts'
import type { PartRow } from './repo-parts.ts'
import type { ReleaseRow } from './repo-releases.ts'

const own = (actor: Actor, row: { readonly organisation_id: string }) =>
  row.organisation_id === actor.organisationId && actor.roles.includes('coordinator')
const always = () => true

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

type OnReleases =
  | 'cube.try'
  | 'release.make'
  | 'release.list'
  | 'release.read'
  | 'release.sign'
  | 'release.withdraw'
  | 'release.download'

const onReleases: Record<OnReleases, () => boolean> = {
  'cube.try': always,
  'release.make': always,
  'release.list': always,
  'release.read': always,
  'release.sign': always,
  'release.withdraw': always,
  'release.download': always,
}

export const releasePolicy = policy<ReleaseRow, OnReleases>(own, onReleases)

/** A part belongs to a release, which has been granted before its parts are looked for. */
export const partPolicy = policy<PartRow, OnReleases>(own, onReleases)
