import { id, type PlainColumns } from './reasons.ts'

export const keysColumns: PlainColumns = {
  'idempotency_keys.kept_since': 'when the kept reply is swept away',
  'idempotency_keys.user_id': id,
  'keyring_grants.granted_by': id,
  'keyring_grants.keyring_id': id,
  'keyring_grants.user_id': id,
  'keyring_grants.version': 'which root it is',
  'keyring_versions.keyring_id': id,
  'keyring_versions.signed_by': id,
  'keyring_versions.version': 'which root it is',
  'keyrings.id': id,
  'keyrings.kind': 'one of six kinds',
  'keyrings.organisation_id': id,
  'keyrings.owner_id': id,
  'keyrings.version': 'which root is the present one',
  'record_keys.is_sealed': 'which of two ways the key was wrapped',
  'record_keys.keyring_id': id,
  'record_keys.keyring_version': 'which root it is wrapped under',
  'record_keys.organisation_id': id,
  'record_keys.part': 'one of five parts of a record',
  'record_keys.record_id': id,
}
