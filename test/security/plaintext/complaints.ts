import { day, id, sealVersion, version, type PlainColumns } from './reasons.ts'

export const complaintsColumns: PlainColumns = {
  'case_claims.case_id': id,
  'case_claims.id': id,
  'case_claims.organisation_id': id,
  'case_claims.seal_version': sealVersion,
  'case_claims.version': version,
  'case_claims.written_by': id,
  'case_claims.written_on': day,
}
