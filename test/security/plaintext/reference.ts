import { day, id, type PlainColumns, sealVersion, version } from './reasons.ts'

export const referenceColumns: PlainColumns = {
  'reference_rows.id': id,
  'reference_rows.made_by': id,
  'reference_rows.made_on': day,
  'reference_rows.organisation_id': id,
  'reference_rows.seal_version': sealVersion,
  'reference_rows.valid_from': day,
  'reference_rows.valid_to': day,
  'reference_rows.version': version,
}
