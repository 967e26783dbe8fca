import type { LinkedRequirements } from '../cases/requirements.ts'
import { hasDatedActInRegion, hasSource, linkedVictims } from '../incidents/service.ts'

/** What a case's stage asks of the incidents linked to it. Composed here: incidents know cases, not the other way round. */
export const requirements: LinkedRequirements = {
  victim: async (act, file) => (await linkedVictims(act, file.id)) > 0,
  act_with_date_and_region: (act, file) => hasDatedActInRegion(act, file.id),
  source: (act, file) => hasSource(act, file.id),
}
