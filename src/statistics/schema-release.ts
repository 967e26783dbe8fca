import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { Period } from './period.ts'
import { populationNames } from './populations.ts'
import { cubeId, CubeDefinition, releaseId } from './schema.ts'

const Shown = z.strictObject({ value: z.int(), low: z.int(), high: z.int() }).nullable()
export const Figure = z.strictObject({ at: z.array(z.string()), shown: Shown })
export type Figure = z.output<typeof Figure>

export const refusals = ['no_useful_table', 'not_certified', 'checker_refused', 'too_many_records'] as const
export type Refusal = (typeof refusals)[number]

/** What the ledger says of one release; written once. A refusal has no figures. */
export const LedgerEntry = z.strictObject({
  definition: CubeDefinition,
  period: Period,
  population: z.enum(populationNames),
  /** The release whose snapshot the records were taken from: the first of this population and period. */
  snapshot_of: releaseId.nullable(),
  figures: z.array(Figure),
  bytes_sha256: z.string().nullable(),
  threshold: z.int(),
  rounding: z.int(),
  coin: z.strictObject({ one: z.number(), more: z.number() }),
  code_version: z.string(),
  verdict: z.enum(['accepted', 'refused', 'not_reached']),
  refusal: z.strictObject({ reason: z.enum(refusals), roll_up: CubeDefinition.nullable() }).nullable(),
})
export type LedgerEntry = z.output<typeof LedgerEntry>

/** The records of a population in a period, frozen at its first release. */
export const Snapshot = z.strictObject({
  records: z.array(z.strictObject({ incident: z.string(), units: z.int(), codes: z.record(z.string(), z.string()) })),
})
export type Snapshot = z.output<typeof Snapshot>

const releaseStatuses = ['certified', 'released', 'withdrawn', 'refused'] as const
const withdrawalReasons = ['mistake', 'risk', 'request'] as const

const summary = {
  id: releaseId,
  cube_id: cubeId.nullable(),
  cube_version: z.int().nullable(),
  pool_id: idOf('statistics_pools').nullable(),
  period: Period,
  version: z.int(),
  status: z.enum(releaseStatuses),
  made_by: idOf('users'),
  made_on: z.iso.date(),
  released_on: z.iso.date().nullable(),
  withdrawn_on: z.iso.date().nullable(),
  withdrawn_for: z.enum(withdrawalReasons).nullable(),
  signers: z.array(idOf('users')),
}
export const ReleaseSummary = z.object(summary)

export const Release = z.object({
  ...summary,
  entry: secretOf(LedgerEntry),
  notice: z
    .string()
    .nullable()
    .meta({ description: 'What to publish where the figures stood, once they are withdrawn' }),
})
export const ReleasePath = z.strictObject({ id: releaseId })
export const Withdrawal = z.strictObject({ reason: z.enum(withdrawalReasons) })
export type Withdrawal = z.output<typeof Withdrawal>

export const ReleaseState = z.object({ id: releaseId, version: z.int(), status: z.enum(releaseStatuses) })
