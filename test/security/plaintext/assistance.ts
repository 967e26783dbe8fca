import { day, id, type PlainColumns, sealVersion, state, version } from './reasons.ts'

export const assistanceColumns: PlainColumns = {
  'budget_lines.id': id,
  'budget_lines.organisation_id': id,
  'budget_lines.programme_id': id,
  'budget_lines.seal_version': sealVersion,
  'services_delivered.case_id': id,
  'services_delivered.id': id,
  'services_delivered.is_void': state,
  'services_delivered.organisation_id': id,
  'services_delivered.recorded_by': id,
  'services_delivered.recorded_on': day,
  'services_delivered.seal_version': sealVersion,
  'services_delivered.version': version,
}
