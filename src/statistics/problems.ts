import type { ProblemKind } from '../platform/kernel/problem.ts'

export const periodNotOver: ProblemKind = {
  slug: 'period-not-over',
  status: 409,
  title: 'The period is not over yet: a release counts a period that can take no more reports',
}
/** Two tables of the same people give away more than each of them: they must be protected together, or not at all. */
export const overlapsRelease: ProblemKind = {
  slug: 'overlaps-release',
  status: 409,
  title:
    'This overlaps an earlier release of the same population: use the same period, and the same level of each code that both break down by',
}
/** Frozen records cannot be thinned out: the difference between the two tables would point at whoever left. */
export const frozenWithdrawn: ProblemKind = {
  slug: 'frozen-record-withdrawn',
  status: 409,
  title: 'Somebody who was counted in this period has withdrawn since: no further table of this period can be released',
}
export const notSigned: ProblemKind = {
  slug: 'not-signed',
  status: 409,
  title: 'Two coordinators have to sign this release before anything of it leaves',
}
export const nothingToSign: ProblemKind = {
  slug: 'nothing-to-sign',
  status: 409,
  title: 'This release was refused, withdrawn, or has its two signatures',
}
export const alreadySigned: ProblemKind = {
  slug: 'already-signed',
  status: 409,
  title: 'You have signed this release: the second signature is another coordinator’s',
}
export const releaseWithdrawn: ProblemKind = {
  slug: 'release-withdrawn',
  status: 410,
  title: 'This release was withdrawn, and nothing of it leaves any more',
}
export const wasRefused: ProblemKind = {
  slug: 'release-refused',
  status: 409,
  title: 'This cube could not be protected for this period: declare another one',
}
/** The bytes are not those that were certified: somebody changed them outside this program. */
export const bytesChanged: ProblemKind = {
  slug: 'release-damaged',
  status: 409,
  title: 'What lies here is not what was certified and signed',
}
export const tooManyCubes: ProblemKind = {
  slug: 'too-many-cubes',
  status: 409,
  title: 'An organisation declares at most 200 cubes',
}
/** Two coordinators asked at once, or another table of the same people was released meanwhile. */
export const answeredMeanwhile: ProblemKind = {
  slug: 'answered-meanwhile',
  status: 409,
  title: 'Another release was made meanwhile: ask again',
}
