import { auditRoutes } from '../audit/routes.ts'
import { caseRoutes } from '../cases/routes.ts'
import { identityRoutes } from '../identity/routes.ts'
import { recoveryRoutes } from '../identity/routes-recovery.ts'
import { incidentRoutes } from '../incidents/routes.ts'
import { organisationRoutes } from '../organisations/routes.ts'
import type { Route } from '../platform/http/route.ts'
import { statisticsRoutes } from '../statistics/routes.ts'
import { vocabularyRoutes } from '../vocabularies/routes.ts'
import type { Parts } from './parts.ts'
import { requirements } from './requirements.ts'

/** Every route of the service. */
export const routesOf = ({ identity, setupCode, signer }: Parts): Route[] => [
  ...organisationRoutes({ setupCode }),
  ...identityRoutes(identity),
  ...recoveryRoutes(identity),
  ...incidentRoutes,
  ...caseRoutes(requirements),
  ...vocabularyRoutes,
  ...statisticsRoutes,
  ...auditRoutes({ signer }),
]
