import { day, id, type PlainColumns, sealVersion } from './reasons.ts'

export const consentsColumns: PlainColumns = {
  'consents.case_id': id,
  'consents.id': id,
  'consents.organisation_id': id,
  'consents.position': 'which word of a case was the last one',
  'consents.recorded_by': id,
  'consents.recorded_on': day,
  'consents.seal_version': sealVersion,
}
