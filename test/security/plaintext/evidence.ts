import { day, id, type PlainColumns, sealVersion, state } from './reasons.ts'

const blob = 'the folder of the file in the store: an opaque id'
const scan = 'what the scanner said, to find what it has not looked at'

export const evidenceColumns: PlainColumns = {
  'custody_events.case_id': id,
  'custody_events.id': id,
  'custody_events.item_id': id,
  'custody_events.noted_by': id,
  'custody_events.noted_on': day,
  'custody_events.organisation_id': id,
  'custody_events.seal_version': sealVersion,
  'evidence_items.blob': blob,
  'evidence_items.case_id': id,
  'evidence_items.derived_from': id,
  'evidence_items.id': id,
  'evidence_items.organisation_id': id,
  'evidence_items.received_by': id,
  'evidence_items.received_on': day,
  'evidence_items.scan': scan,
  'evidence_items.seal_version': sealVersion,
  'incident_files.blob': blob,
  'incident_files.id': id,
  'incident_files.incident_id': id,
  'incident_files.organisation_id': id,
  'incident_files.scan': scan,
  'incident_files.seal_version': sealVersion,
  'incident_files.sent_by': id,
  'incident_files.sent_on': day,
  'uploads.begun_on': day,
  'uploads.id': id,
  'uploads.is_finished': state,
  'uploads.organisation_id': id,
  'uploads.scan': scan,
  'uploads.seal_version': sealVersion,
  'uploads.uploader_id': id,
}
