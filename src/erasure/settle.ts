import type { Op } from '../platform/operation/op.ts'
import type { ErasureParts } from './parts.ts'
import { entriesOf, lineOf, readRegister, writeRegister } from './register.ts'
import { listDone, listWaitingFiles, markRemoved } from './repo-results.ts'
import { listUnscoured, markScoured, rewriteKeyTables } from './repo-scour.ts'

/** What follows an erasure outside the database: pieces leave the store, and the register is brought up to date. */
export async function settleErasures(op: Op<'erasure.settle'>, parts: ErasureParts): Promise<void> {
  await extendRegister(op, parts)
  for (const blob of await op.read(listWaitingFiles)) {
    await parts.removeFile(blob)
    await op.act((act) => markRemoved(act, blob))
  }
}

async function extendRegister(op: Op<'erasure.settle'>, { signer, register }: ErasureParts): Promise<void> {
  const before = await readRegister(register)
  const known = new Set(entriesOf(signer, before).map(({ erasure_id }) => erasure_id))
  const fresh = (await op.read((db) => listDone(db))).filter(({ erasure_id }) => !known.has(erasure_id))
  if (fresh.length > 0) await writeRegister(register, before + fresh.map((entry) => lineOf(signer, entry)).join(''))
}

/** A deleted row leaves its bytes on the disk. The tables that hold keys are written afresh, and the old files let go. */
export async function scourKeys(op: Op<'erasure.settle'>): Promise<void> {
  const erasures = await op.read(listUnscoured)
  if (erasures.length === 0) return
  await rewriteKeyTables(op.services)
  await op.act((act) => markScoured(act, erasures))
}
