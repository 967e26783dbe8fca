import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

/** What records are opened for to be counted. */
export type Counting = Act<'cube.try' | 'release.make' | 'statistics.look' | 'pool.contribute'>

/** Of these cases, those whose people agreed to be counted. Composed in src/app; statistics know no consents. */
export type Countable = (act: Counting, caseIds: readonly Id<'cases'>[]) => Promise<ReadonlySet<Id<'cases'>>>
