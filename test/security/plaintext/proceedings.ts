import { day, id, sealVersion, version, type PlainColumns } from './reasons.ts'

export const proceedingsColumns: PlainColumns = {
  'proceedings.case_id': id,
  'proceedings.id': id,
  'proceedings.organisation_id': id,
  'proceedings.recorded_by': id,
  'proceedings.recorded_on': day,
  'proceedings.seal_version': sealVersion,
  'proceedings.version': version,
}
