import type { LinkedRequirements } from '../cases/requirements.ts'
import { isFoundClear } from '../conflicts/service.ts'
import { hasDecision } from '../complaints/service.ts'
import { mayDo } from '../consents/service.ts'
import { hasEvidence } from '../evidence/service.ts'
import { hasDatedActInRegion, hasSource, linkedVictims } from '../incidents/service.ts'
import { areMeasuresSettled } from '../implementation/service.ts'
import { hasVictim } from '../persons/service.ts'
import { hasPaper, isFreeOfConflict } from '../papers/service.ts'
import { hasFinalOutcome } from '../proceedings/service.ts'

/** What a case's stage asks of the records that hang on it. Composed here: they know cases, not the other way round. */
export const requirements: LinkedRequirements = {
  victim: async (act, file) => (await hasVictim(act, file.id)) || (await linkedVictims(act, file.id)) > 0,
  consent_to_store: async (act, { id }) => (await mayDo(act, { case_id: id, purpose: 'store' })).may,
  risk_assessment: (act, file) => hasPaper(act, file.id, 'risk_assessment'),
  // What somebody found goes before what the cases answered.
  conflict_check: async (act, { id }) =>
    (await hasPaper(act, id, 'conflict_check')) ? isFreeOfConflict(act, id) : isFoundClear(act, id),
  authority: (act, file) => hasPaper(act, file.id, 'authority'),
  act_with_date_and_region: (act, file) => hasDatedActInRegion(act, file.id),
  final_outcome: async (act, file) => (await hasFinalOutcome(act, file.id)) || (await hasDecision(act, file.id)),
  measures_settled: (act, file) => areMeasuresSettled(act, file.id),
  source: async (act, file) => (await hasSource(act, file.id)) || (await hasEvidence(act, file.id)),
}
