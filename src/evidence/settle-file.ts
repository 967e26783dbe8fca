import { fileHash, type FileLock } from '../platform/crypto/file-cipher.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { EvidenceParts } from './parts.ts'
import { dropLeftovers, pinPieces, type PinnedPiece } from './pieces.ts'
import type { ScanState } from './schema.ts'

/** What is known of a file once all of it is there. */
export type Settled = {
  readonly sha256: Secret
  readonly pieces: readonly PinnedPiece[]
  readonly scan: ScanState
}

/** Reads the whole file as it was kept, while the disk makes sure of it: its hash, what the scanner says of it, and which pieces are its own. */
export async function settleFile({ store, scanner }: EvidenceParts, lock: FileLock): Promise<Settled> {
  await dropLeftovers(store, lock)
  const kept = store.settle(lock.file)
  kept.catch(() => undefined)
  const hash = fileHash()
  const scan = scanner()
  try {
    const pieces = await pinPieces(store, lock, async (plain) => {
      hash.add(plain)
      await scan.add(plain)
    })
    await kept
    return { sha256: hash.digest(), pieces, scan: await scan.verdict() }
  } finally {
    scan.end()
  }
}
