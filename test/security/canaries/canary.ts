import type { Caller } from '../support/caller.ts'

/** One of the fifty cases of the canary test, open, with the lawyer who leads it; a clinician and a coordinator can be added. */
export type Spot = {
  readonly caller: Caller
  readonly token: string
  readonly clinician: { readonly id: string; readonly token: string }
  /** A coordinator. */
  readonly founder: { readonly token: string }
  readonly administrator: { readonly token: string }
  readonly caseId: string
  readonly at: number
  /** The marked value of this spot for a field: letters and blanks only, such as `note text`. */
  told(field: string): string
}

/** What one module puts into its sealed columns, and which those are. The search must then find none of it anywhere. */
export type Canary = {
  readonly columns: readonly string[]
  /** Sealed columns with nothing but codes of short lists, numbers and days in them, or an address: no mark of several words can be put there. */
  readonly coded?: readonly string[]
  fill(spot: Spot): Promise<void>
}
