import { asWorker } from '../platform/jobs/worker.ts'
import type { Services } from '../platform/operation/op.ts'
import type { ErasureParts } from './parts.ts'
import { entriesOf, readRegister } from './register.ts'
import { replayErasures } from './replay.ts'
import { settleErasures } from './settle.ts'

/**
 * Before anything is served: what the register says was erased and an older database brought back is erased again, and
 * what this database knows of erasures goes to the register. Answers how many came back.
 */
export async function restoreErasures(services: Services, parts: ErasureParts): Promise<number> {
  const entries = entriesOf(parts.signer, await readRegister(parts.register))
  const replayed = await replayErasures(await asWorker(services, 'erasure.replay'), entries)
  await settleErasures(await asWorker(services, 'erasure.settle'), parts)
  return replayed
}
