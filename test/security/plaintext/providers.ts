import { day, id, type PlainColumns, sealVersion, state, version } from './reasons.ts'

export const providersColumns: PlainColumns = {
  'providers.id': id,
  'providers.is_active': state,
  'providers.listed_on': day,
  'providers.organisation_id': id,
  'providers.scope': 'who reads it, which the wraps of its key show too',
  'providers.seal_version': sealVersion,
  'providers.version': version,
}
