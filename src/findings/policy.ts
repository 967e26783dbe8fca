import { ofCase } from '../cases/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { ExaminationRow } from './repo-examinations.ts'
import type { FindingRow } from './repo.ts'

type Found = { readonly id: Id<'cases'> }

/** The team reads findings. Who may change one turns on its grade, which is sealed: the service decides it. */
export const findingPolicy = (found: Found) =>
  ofCase<FindingRow, 'finding.list' | 'finding.change' | 'medical_report.make'>(found, {
    'finding.list': () => true,
    'finding.change': () => true,
    'medical_report.make': () => true,
  })

/** An examination is the word of the clinician who made it: nobody else changes it. */
export const examinationPolicy = (found: Found) =>
  ofCase<ExaminationRow, 'examination.list' | 'examination.change' | 'finding.record' | 'medical_report.make'>(found, {
    'examination.list': () => true,
    'examination.change': (actor, row) => row.recorded_by === actor.id && actor.roles.includes('clinician'),
    'finding.record': () => true,
    'medical_report.make': () => true,
  })
