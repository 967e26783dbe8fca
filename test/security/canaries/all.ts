import type { Canary } from './canary.ts'

/** The canary of each module whose records hang on a case. */
export const canaries: readonly Canary[] = []
