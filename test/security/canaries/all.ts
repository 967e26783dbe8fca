import type { Canary } from './canary.ts'
import { assistanceCanary } from './assistance.ts'
import { complaintsCanary } from './complaints.ts'
import { conflictsCanary } from './conflicts.ts'
import { consentsCanary } from './consents.ts'
import { implementationCanary } from './implementation.ts'
import { papersCanary } from './papers.ts'
import { proceedingsCanary } from './proceedings.ts'
import { personsCanary } from './persons.ts'
import { evidenceCanary } from './evidence.ts'
import { detentionCanary } from './detention.ts'
import { findingsCanary } from './findings.ts'
import { providersCanary } from './providers.ts'
import { referenceCanary } from './reference.ts'
import { referralsCanary } from './referrals.ts'
import { urgentCanary } from './urgent.ts'
import { remindersCanary } from './reminders.ts'
import { statisticsCanary } from './statistics.ts'
import { unitsCanary } from './units.ts'

/** The canary of each module whose records hang on a case. */
export const canaries: readonly Canary[] = [
  complaintsCanary,
  consentsCanary,
  evidenceCanary,
  implementationCanary,
  papersCanary,
  personsCanary,
  providersCanary,
  referenceCanary,
  referralsCanary,
  urgentCanary,
  assistanceCanary,
  proceedingsCanary,
  statisticsCanary,
  remindersCanary,
  detentionCanary,
  findingsCanary,
  unitsCanary,
  conflictsCanary,
]
