import { assistanceColumns } from './assistance.ts'
import { auditColumns } from './audit.ts'
import { casesColumns } from './cases.ts'
import { complaintsColumns } from './complaints.ts'
import { conflictsColumns } from './conflicts.ts'
import { consentsColumns } from './consents.ts'
import { deadlinesColumns } from './deadlines.ts'
import { erasureColumns } from './erasure.ts'
import { evidenceColumns } from './evidence.ts'
import { detentionColumns } from './detention.ts'
import { findingsColumns } from './findings.ts'
import { identityColumns } from './identity.ts'
import { implementationColumns } from './implementation.ts'
import { incidentsColumns } from './incidents.ts'
import { keysColumns } from './keys.ts'
import { organisationsColumns } from './organisations.ts'
import { papersColumns } from './papers.ts'
import { personsColumns } from './persons.ts'
import { providersColumns } from './providers.ts'
import { proceedingsColumns } from './proceedings.ts'
import { referenceColumns } from './reference.ts'
import { referralsColumns } from './referrals.ts'
import { urgentColumns } from './urgent.ts'
import type { PlainColumns } from './reasons.ts'
import { statisticsColumns } from './statistics.ts'
import { unitsColumns } from './units.ts'

/** Every column of ours that is neither sealed, a digest, a public key nor a signature. By hand: a new one must be argued for. */
export const plaintextColumns: PlainColumns = {
  ...assistanceColumns,
  ...auditColumns,
  ...casesColumns,
  ...complaintsColumns,
  ...conflictsColumns,
  ...consentsColumns,
  ...deadlinesColumns,
  ...erasureColumns,
  ...evidenceColumns,
  ...detentionColumns,
  ...findingsColumns,
  ...identityColumns,
  ...implementationColumns,
  ...incidentsColumns,
  ...keysColumns,
  ...organisationsColumns,
  ...papersColumns,
  ...personsColumns,
  ...providersColumns,
  ...proceedingsColumns,
  ...referenceColumns,
  ...referralsColumns,
  ...urgentColumns,
  ...statisticsColumns,
  ...unitsColumns,
}
