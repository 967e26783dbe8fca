import { type Route, route } from '../platform/http/route.ts'
import { Inbox } from './schema.ts'
import { readInbox } from './service.ts'

export const inboxRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/me/inbox',
    action: 'inbox.read',
    summary: 'What waits for me, the most pressing first, each with the one next step',
    status: 200,
    reply: Inbox,
    handle: (op) => readInbox(op),
  }),
]
