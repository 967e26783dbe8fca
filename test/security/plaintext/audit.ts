import { id, trail, type PlainColumns } from './reasons.ts'

export const auditColumns: PlainColumns = {
  'audit_checkpoints.made_at': trail,
  'audit_checkpoints.size': trail,
  'audit_events.body': trail,
  'audit_events.id': id,
  'audit_events.organisation_id': 'whose audit trail it belongs to',
  'audit_events.seq': trail,
  'audit_heads.frontier': 'hashes of the audit tree',
  'audit_heads.is_only': 'there is one row',
  'audit_heads.size': trail,
}
