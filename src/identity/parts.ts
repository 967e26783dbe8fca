import type { Act } from '../platform/operation/op.ts'
import type { Attempts } from './repo-attempts.ts'
import type { SecondFactorRule } from './standing.ts'

/** What sign-in needs from around it. */
export type IdentityParts = {
  readonly attempts: Attempts
  readonly secondFactor: SecondFactorRule
  /** Gives roots that the signed-in member holds to confirmed members who should have them and do not yet. */
  readonly grantDue: (act: Act) => Promise<void>
}
