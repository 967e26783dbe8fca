import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'

const ADDRESS_MAX = 200

export const NewReminders = z.strictObject({
  address: secretOf(z.email().max(ADDRESS_MAX)).meta({
    description: 'Better one that bears no name and is used for nothing else: the server can read it',
  }),
})
export type NewReminders = z.output<typeof NewReminders>

/** Whether an address is there; never which. */
export const Reminders = z.object({ is_set: z.boolean() })
export type Reminders = z.output<typeof Reminders>
