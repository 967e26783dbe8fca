import { admissibilityRoutes } from '../admissibility/routes.ts'
import { archiveRoutes } from '../archives/routes.ts'
import { assistanceRoutes } from '../assistance/routes.ts'
import { auditRoutes } from '../audit/routes.ts'
import { caseRoutes } from '../cases/routes.ts'
import { conflictRoutes } from '../conflicts/routes.ts'
import { complaintRoutes } from '../complaints/routes.ts'
import { complaintDocumentRoutes } from '../complaints/routes-document.ts'
import { complaintStepRoutes } from '../complaints/routes-steps.ts'
import { filedOf } from '../complaints/service.ts'
import { consentRoutes } from '../consents/routes.ts'
import { followStep } from '../deadlines/follow-step.ts'
import { unknownRule } from '../deadlines/problems.ts'
import { deadlineRoutes } from '../deadlines/routes.ts'
import { countable } from '../consents/service.ts'
import { erasureRoutes } from '../erasure/routes.ts'
import { evidenceRoutes } from '../evidence/routes.ts'
import { detentionRoutes } from '../detention/routes.ts'
import { findingRoutes } from '../findings/routes.ts'
import { reportRoutes } from '../findings/routes-report.ts'
import { identityRoutes } from '../identity/routes.ts'
import { recoveryRoutes } from '../identity/routes-recovery.ts'
import { implementationRoutes } from '../implementation/routes.ts'
import { followUpRoutes } from '../implementation/routes-follow-up.ts'
import { indicatorRoutes } from '../indicators/routes.ts'
import { inboxRoutes } from '../inbox/routes.ts'
import { incidentRoutes } from '../incidents/routes.ts'
import { organisationRoutes } from '../organisations/routes.ts'
import { paperRoutes } from '../papers/routes.ts'
import { personRoutes } from '../persons/routes.ts'
import { casePersonRoutes } from '../persons/routes-case.ts'
import { mergeRoutes } from '../persons/routes-merges.ts'
import { partyRoutes } from '../persons/routes-parties.ts'
import type { Route } from '../platform/http/route.ts'
import { providerRoutes } from '../providers/routes.ts'
import { proceedingRoutes } from '../proceedings/routes.ts'
import { referralRoutes } from '../referrals/routes.ts'
import { reminderRoutes } from '../reminders/routes.ts'
import { referenceRoutes } from '../reference/routes.ts'
import { cubeRoutes } from '../statistics/routes.ts'
import { figureRoutes } from '../statistics/routes-figures.ts'
import { poolRoutes } from '../statistics/routes-pools.ts'
import { releaseRoutes } from '../statistics/routes-releases.ts'
import { unitRoutes } from '../units/routes.ts'
import { registerRoutes } from '../units/routes-register.ts'
import { urgentRoutes } from '../urgent/routes.ts'
import { vocabularyRoutes } from '../vocabularies/routes.ts'
import { archivePartsOf } from './archive-parts.ts'
import { dependants } from './dependants.ts'
import type { Parts } from './parts.ts'
import { requirements } from './requirements.ts'

/** Every route of the service. */
export function routesOf(parts: Parts): Route[] {
  const routes = recordRoutes(parts)
  return [...routes, ...archiveRoutes(archivePartsOf(routes, parts))]
}

const recordRoutes = ({ identity, setupCode, signer, evidence, erasure, mailer }: Parts): Route[] => [
  ...organisationRoutes({ setupCode }),
  ...identityRoutes(identity),
  ...recoveryRoutes(identity),
  ...incidentRoutes,
  ...caseRoutes(requirements),
  ...consentRoutes(dependants),
  ...paperRoutes,
  ...proceedingRoutes({ daysChanged: followStep, refusals: [unknownRule] }),
  ...deadlineRoutes,
  ...admissibilityRoutes(filedOf),
  ...complaintRoutes,
  ...complaintStepRoutes,
  ...complaintDocumentRoutes,
  ...implementationRoutes,
  ...followUpRoutes,
  ...personRoutes,
  ...casePersonRoutes,
  ...partyRoutes,
  ...mergeRoutes,
  ...unitRoutes,
  ...registerRoutes,
  ...conflictRoutes,
  ...evidenceRoutes(evidence),
  ...erasureRoutes(erasure),
  ...reminderRoutes({ sendsMail: mailer !== null }),
  ...detentionRoutes,
  ...findingRoutes,
  ...reportRoutes,
  ...providerRoutes,
  ...referenceRoutes,
  ...assistanceRoutes,
  ...referralRoutes,
  ...urgentRoutes,
  ...inboxRoutes,
  ...indicatorRoutes,
  ...vocabularyRoutes,
  ...cubeRoutes({ countable }),
  ...figureRoutes,
  ...poolRoutes({ countable }),
  ...releaseRoutes({ countable }),
  ...auditRoutes({ signer }),
]
