import { day, id, type PlainColumns, sealVersion, version } from './reasons.ts'

export const findingsColumns: PlainColumns = {
  'examinations.case_id': id,
  'examinations.id': id,
  'examinations.organisation_id': id,
  'examinations.recorded_by': id,
  'examinations.recorded_on': day,
  'examinations.seal_version': sealVersion,
  'examinations.version': version,
  'findings.case_id': id,
  'findings.examination_id': id,
  'findings.id': id,
  'findings.organisation_id': id,
  'findings.recorded_by': id,
  'findings.recorded_on': day,
  'findings.seal_version': sealVersion,
  'findings.version': version,
}
