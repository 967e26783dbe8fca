import { assistanceCanary } from './assistance.ts'
import type { Canary } from './canary.ts'
import { providersCanary } from './providers.ts'
import { referenceCanary } from './reference.ts'

/** The canary of each module whose records hang on a case. */
export const canaries: readonly Canary[] = [providersCanary, referenceCanary, assistanceCanary]
