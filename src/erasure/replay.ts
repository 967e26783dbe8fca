import type { Op } from '../platform/operation/op.ts'
import { shred } from './decide.ts'
import { isBack, upsertDone } from './repo-replay.ts'
import { insertResult } from './repo-results.ts'
import type { RegisterEntry } from './schema.ts'

/** Erases again what came back with an older database. Answers how many of the register's erasures that were. */
export async function replayErasures(op: Op<'erasure.replay'>, entries: readonly RegisterEntry[]): Promise<number> {
  let replayed = 0
  for (const entry of entries) {
    if (!(await op.read((db) => isBack(db, entry)))) continue
    await op.act(async (act) => {
      await upsertDone(act, entry)
      await insertResult(act, entry.erasure_id, await shred(act, entry))
    })
    replayed += 1
  }
  return replayed
}
