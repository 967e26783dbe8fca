import { day, id, sealVersion, state, version, type PlainColumns } from './reasons.ts'

const threshold = 'how many days before it somebody was reminded, so that it is not told twice'

export const deadlinesColumns: PlainColumns = {
  'calendar_feeds.made_on': day,
  'calendar_feeds.user_id': id,
  'deadlines.case_id': id,
  'deadlines.cause_id': id,
  'deadlines.due_on': day,
  'deadlines.id': id,
  'deadlines.kind': 'the kind of a deadline, for the calendar, which has no keys: stated in the threat table',
  'deadlines.organisation_id': id,
  'deadlines.proceeding_id': id,
  'deadlines.seal_version': sealVersion,
  'deadlines.set_by': id,
  'deadlines.set_on': day,
  'deadlines.status': state,
  'deadlines.version': version,
  'reminders.id': id,
  'reminders.organisation_id': id,
  'reminders.seal_version': sealVersion,
  'reminders_sent_of_tasks.due_on': day,
  'reminders_sent_of_tasks.paper_id': id,
  'reminders_sent_of_tasks.threshold': threshold,
  'reminders_sent_of_tasks.user_id': id,
  'reminders_sent.deadline_id': id,
  'reminders_sent.due_on': day,
  'reminders_sent.threshold': threshold,
  'reminders_sent.user_id': id,
}
