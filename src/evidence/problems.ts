import { Problem, type ProblemKind } from '../platform/kernel/problem.ts'

/** The part that came last was not kept; what was received before it is. Send it again when there is room. */
export const storageFull: ProblemKind = { slug: 'storage-full', status: 507, title: 'There is no room for this file' }
/** The store of files is down, or does not answer as it should. */
export const storeAway: ProblemKind = {
  slug: 'store-away',
  status: 503,
  title: 'The store of files does not answer, try again',
}
const RETRY_AFTER_SECONDS = 5
/** Ask again in a few seconds. */
export const awayForNow = (): Problem => new Problem(storeAway, { retry_after: RETRY_AFTER_SECONDS })

/** `allowed` are the reasons that `despite` takes; the one that is given is noted in the chain of custody. */
export const somethingFound: ProblemKind = {
  slug: 'something-found',
  status: 409,
  title: 'The scanner found something in this file: say in despite why you want it all the same',
}
/** `reason`: `kind` (JPEG, PNG and WebP can be copied), `size`, `pixels` or `damaged`. */
export const noWorkingCopy: ProblemKind = {
  slug: 'no-working-copy',
  status: 422,
  title: 'No working copy can be made of this file',
}
export const filesFull: ProblemKind = {
  slug: 'files-full',
  status: 409,
  title: 'No more files can be added to this report',
}
export const uploadUnfinished: ProblemKind = {
  slug: 'upload-unfinished',
  status: 409,
  title: 'Not all of this file has been received',
}
/** The part does not begin where the last one ended: ask with HEAD where to go on. */
export const wrongOffset: ProblemKind = {
  slug: 'wrong-offset',
  status: 409,
  title: 'The part does not begin where the last one ended',
}
export const tooManyUploads: ProblemKind = {
  slug: 'too-many-uploads',
  status: 409,
  title: 'Finish or cancel some of your uploads first',
}
export const wrongTusVersion: ProblemKind = {
  slug: 'wrong-tus-version',
  status: 412,
  title: 'Say Tus-Resumable: 1.0.0',
}
export const rangeOutside: ProblemKind = {
  slug: 'range-outside',
  status: 416,
  title: 'The file has no such part',
}
