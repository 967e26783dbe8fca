import { day, id, type PlainColumns, sealVersion, version } from './reasons.ts'

export const unitsColumns: PlainColumns = {
  'unit_postings.case_id': id,
  'unit_postings.id': id,
  'unit_postings.organisation_id': id,
  'unit_postings.recorded_by': id,
  'unit_postings.recorded_on': day,
  'unit_postings.seal_version': sealVersion,
  'units.entered_by': id,
  'units.entered_on': day,
  'units.id': id,
  'units.organisation_id': id,
  'units.seal_version': sealVersion,
  'units.version': version,
}
