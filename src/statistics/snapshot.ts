import type { Snapshot } from './schema-release.ts'

/** Records as they are frozen. Their own order would tell when each came. */
export const snapshotOf = (records: Snapshot['records']): Snapshot => ({
  records: records.toSorted((a, b) => (a.incident < b.incident ? -1 : 1)),
})
