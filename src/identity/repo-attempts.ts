import type { Pool } from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { keyedHash } from '../platform/crypto/code.ts'
import type { SecretKey } from '../platform/crypto/secret.ts'
import { Problem, tooManyAttempts } from '../platform/kernel/problem.ts'

/** Counts failures before any hashing is done, in PostgreSQL, outside every act: a rollback does not forget them. */
export type Attempts = {
  /** Counts one try for the account and for the address; 429 with Retry-After when either has had too many. */
  count(account: string, address: string): Promise<void>
  /** A success gives the try back to both. */
  forgive(account: string, address: string): Promise<void>
}

const TABLE = 'attempt_limits'
const PER_ACCOUNT = 10
const PER_ADDRESS = 60
const WINDOW_SECONDS = 900

/** The counters over a pool. Neither handles nor addresses are stored, only keyed hashes of them. */
export function attemptsOf(pool: Pool, pepper: SecretKey): Attempts {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: TABLE,
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
    })
  const accounts = limiter('account', PER_ACCOUNT)
  const addresses = limiter('address', PER_ADDRESS)
  const hashed = (purpose: string, text: string) => keyedHash(pepper, purpose, text).toString('base64url')

  return {
    async count(account, address) {
      await spend(addresses, hashed('address', address))
      await spend(accounts, hashed('account', account))
    },
    async forgive(account, address) {
      await accounts.delete(hashed('account', account))
      await addresses.reward(hashed('address', address), 1)
    },
  }
}

async function spend(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new Problem(tooManyAttempts, { retry_after: Math.ceil(refusal.msBeforeNext / 1000) })
  }
}
