import { nothing, type Route, route } from '../platform/http/route.ts'
import { mailNotConfigured } from './problems.ts'
import { NewReminders, Reminders } from './schema.ts'
import { readReminders, type ReminderParts, setReminders, stopReminders } from './service.ts'

/** Whether and where I want to be reminded of deadlines by e-mail. */
export const reminderRoutes = (parts: ReminderParts): Route[] => [
  route({
    method: 'GET',
    url: '/me/reminders',
    action: 'reminder.read',
    summary: 'Whether I am reminded of deadlines by e-mail',
    status: 200,
    reply: Reminders,
    examples: { reply: { is_set: true } },
    handle: (op) => readReminders(op),
  }),
  route({
    method: 'PUT',
    url: '/me/reminders',
    action: 'reminder.set',
    summary: 'Leave an address for reminders that hold numbers alone; the one before is forgotten',
    body: NewReminders,
    status: 200,
    reply: Reminders,
    examples: { body: { address: 'blue.kettle.41@example.org' }, reply: { is_set: true } },
    problems: [mailNotConfigured],
    handle: (op, { body }) => setReminders(op, body, parts),
  }),
  route({
    method: 'DELETE',
    url: '/me/reminders',
    action: 'reminder.stop',
    summary: 'Forget my address; nothing is sent any more',
    status: 204,
    reply: nothing,
    handle: (op) => stopReminders(op),
  }),
]
