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
export const monthTooSmall: ProblemKind = {
  slug: 'month-too-small',
  status: 409,
  title: 'Too few were registered in this month to release it by itself: use its quarter',
}
/** A figure whose code does not stand apart in the cube says something that the proof could not take into account. */
export const figureBeside: ProblemKind = {
  slug: 'public-figure-beside',
  status: 409,
  title:
    'A public figure of this population and period has a code that this cube does not tell apart: name it apart, or leave the dimension out',
}
export const notStewards: ProblemKind = {
  slug: 'not-stewards',
  status: 409,
  title: 'The stewards are two coordinators of two of the organisations, and your own is one of these',
}
export const stewardsDiffer: ProblemKind = {
  slug: 'stewards-differ',
  status: 409,
  title: 'Others than those you named would open your records: read the pool again',
}
export const poolClosed: ProblemKind = {
  slug: 'pool-closed',
  status: 409,
  title: 'This pool has been counted',
}
export const nothingBrought: ProblemKind = {
  slug: 'nothing-brought',
  status: 409,
  title: 'Two organisations at least must have brought their records',
}
export const tooManyRecords: ProblemKind = {
  slug: 'too-many-records',
  status: 409,
  title: 'These are more combinations of codes than can be brought at once: use a level above',
}
export const tooManyFigures: ProblemKind = {
  slug: 'too-many-figures',
  status: 409,
  title: 'An organisation enters at most 1,000 public figures',
}
