import type { AccessTable } from './actors.ts'
import { admissibilityAccess } from './admissibility.ts'
import { archivesAccess } from './archives.ts'
import { assistanceAccess } from './assistance.ts'
import { auditAccess } from './audit.ts'
import { casesAccess } from './cases.ts'
import { conflictsAccess } from './conflicts.ts'
import { complaintsAccess } from './complaints.ts'
import { consentsAccess } from './consents.ts'
import { deadlinesAccess } from './deadlines.ts'
import { erasureAccess } from './erasure.ts'
import { evidenceAccess } from './evidence.ts'
import { detentionAccess } from './detention.ts'
import { findingsAccess } from './findings.ts'
import { identityAccess } from './identity.ts'
import { implementationAccess } from './implementation.ts'
import { incidentsAccess } from './incidents.ts'
import { organisationsAccess } from './organisations.ts'
import { papersAccess } from './papers.ts'
import { personsAccess } from './persons.ts'
import { providersAccess } from './providers.ts'
import { proceedingsAccess } from './proceedings.ts'
import { referenceAccess } from './reference.ts'
import { referralsAccess } from './referrals.ts'
import { urgentAccess } from './urgent.ts'
import { statisticsAccess } from './statistics.ts'
import { unitsAccess } from './units.ts'
import { vocabulariesAccess } from './vocabularies.ts'

/** One table per module, one line per route. A route missing here, or a line without a route, fails the suite. */
const tables: readonly AccessTable[] = [
  admissibilityAccess,
  archivesAccess,
  assistanceAccess,
  auditAccess,
  casesAccess,
  conflictsAccess,
  complaintsAccess,
  consentsAccess,
  deadlinesAccess,
  erasureAccess,
  evidenceAccess,
  detentionAccess,
  findingsAccess,
  identityAccess,
  implementationAccess,
  incidentsAccess,
  organisationsAccess,
  papersAccess,
  personsAccess,
  providersAccess,
  proceedingsAccess,
  referenceAccess,
  referralsAccess,
  urgentAccess,
  statisticsAccess,
  unitsAccess,
  vocabulariesAccess,
]

export const whoMayTry: Readonly<Record<string, readonly string[]>> = Object.assign(
  {},
  ...tables.map(({ routes }) => routes),
)
export const bodies: Readonly<Record<string, unknown>> = Object.assign({}, ...tables.map((table) => table.bodies ?? {}))
