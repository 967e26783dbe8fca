import { day, id, type PlainColumns, sealVersion, version } from './reasons.ts'

export const detentionColumns: PlainColumns = {
  'detention_episodes.case_id': id,
  'detention_episodes.id': id,
  'detention_episodes.organisation_id': id,
  'detention_episodes.recorded_by': id,
  'detention_episodes.recorded_on': day,
  'detention_episodes.seal_version': sealVersion,
  'detention_episodes.version': version,
}
