import { SealBroken } from '../platform/crypto/box.ts'

const TRIES = 3

/**
 * Reads many rows and then their keys. Somebody may change one of them in between, and give it a new key: it is no damage
 * when it opens on reading again.
 */
export async function steadily<T>(read: () => Promise<T>, triesLeft = TRIES): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof SealBroken) || triesLeft <= 1) throw error
    return steadily(read, triesLeft - 1)
  }
}
