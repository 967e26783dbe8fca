import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { Period } from './period.ts'
import { CubeDefinition } from './schema.ts'

const ORGANISATIONS_MAX = 20
const SALT_CHARACTERS = 44

const poolId = idOf('statistics_pools')
const organisation = idOf('organisations')
const user = idOf('users')

export const NewPool = z.strictObject({
  definition: secretOf(CubeDefinition),
  period: Period,
  organisations: z.array(organisation).min(2).max(ORGANISATIONS_MAX),
  stewards: z.array(user).length(2).meta({
    description: 'Two coordinators of two of these organisations: they see the coded records, count and sign',
  }),
})
export type NewPool = z.output<typeof NewPool>

const Seat = z.object({
  organisation_id: organisation,
  steward_id: user.nullable(),
  contributed_on: z.iso.date().nullable(),
})

export const Pool = z.object({
  id: poolId,
  organisation_id: organisation,
  period: Period,
  status: z.enum(['open', 'counted', 'refused']),
  declared_by: user,
  declared_on: z.iso.date(),
  definition: secretOf(CubeDefinition),
  seats: z.array(Seat),
})
export const PoolPath = z.strictObject({ id: poolId })

/** Said once more by whoever brings records: to whom they are sealed. */
export const Contribution = z.strictObject({ stewards: z.array(user).length(2) })
export type Contribution = z.output<typeof Contribution>
export const Contributed = z.object({
  pool_id: poolId,
  stewards: z.array(user),
  dimensions: z.array(z.string()).meta({ description: 'All that was told of each unit: its codes in these' }),
  units: secretOf(z.int()),
})

/** What is sealed to the stewards: no name, no day, no identifier of a report. */
export const PooledRecords = z.strictObject({
  salt: z.string().length(SALT_CHARACTERS),
  records: z.array(z.strictObject({ units: z.int(), codes: z.record(z.string(), z.string()) })),
  /** What the organisation's own tables and public figures have told of them already. */
  facts: z.array(z.strictObject({ at: z.record(z.string(), z.string()), lo: z.int(), hi: z.int() })),
})
export type PooledRecords = z.output<typeof PooledRecords>
