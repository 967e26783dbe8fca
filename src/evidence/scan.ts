import type { Secret } from '../platform/crypto/secret.ts'
import type { ScanState } from './schema.ts'

/** One file being looked at, piece after piece. It never fails: a scanner that does not answer is a verdict too. */
type Scan = {
  add(plain: Secret<Buffer>): Promise<void>
  verdict(): Promise<ScanState>
  /** Lets go of it, whether or not there was a verdict. */
  end(): void
}
export type Scanner = () => Scan

/** No scanner: that is said of each file. */
export const noScanner: Scanner = () => ({
  add: () => Promise.resolve(),
  verdict: () => Promise.resolve('not_configured'),
  end: () => undefined,
})
