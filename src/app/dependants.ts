import { waitingToFile } from '../complaints/service.ts'
import type { Dependant } from '../consents/service.ts'
import { stopUnconsented, waitingOnConsent } from '../referrals/service.ts'

/** What waits on the consents of a case. A module whose records need a consent adds its line, with `list` to name them. */
export const dependants: readonly Dependant[] = [
  { code: 'stage_documentation', purposes: ['store'] },
  { code: 'medical_report', purposes: ['store'] },
  { code: 'counting', purposes: ['count_in_statistics'] },
  { code: 'publishing', purposes: ['publish_with_name', 'publish_anonymously'] },
  {
    code: 'referrals',
    purposes: ['share_with_provider', 'share_in_coalition'],
    list: waitingOnConsent,
    stop: stopUnconsented,
  },
  { code: 'filing', purposes: ['submit_to_un_body'], list: waitingToFile },
]
