import { day, id, instant, type PlainColumns, sealVersion, state, version } from './reasons.ts'

export const urgentColumns: PlainColumns = {
  'urgent_requests.answered_by': id,
  'urgent_requests.answered_on': day,
  'urgent_requests.asked_by': id,
  'urgent_requests.asked_on': day,
  'urgent_requests.case_id': id,
  'urgent_requests.due_at': instant,
  'urgent_requests.id': id,
  'urgent_requests.is_escalated': state,
  'urgent_requests.mailed': 'what the coordinators were written, so that the job writes it once',
  'urgent_requests.organisation_id': id,
  'urgent_requests.seal_version': sealVersion,
  'urgent_requests.status': state,
  'urgent_requests.version': version,
  'urgent_sightings.request_id': id,
  'urgent_sightings.seen_on': day,
  'urgent_sightings.user_id': id,
  'urgent_sightings.version': version,
}
