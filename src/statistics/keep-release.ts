import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { homeOf } from '../platform/access/home.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { WritableKeyring } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { statisticsKeyring } from './cubes.ts'
import { packed } from './parts.ts'
import type { Period } from './period.ts'
import type { Plan, Source } from './plan.ts'
import { answeredMeanwhile } from './problems.ts'
import type { Passed, Refused } from './protect-cube.ts'
import { COIN, ROUNDING, thresholdOf } from './question.ts'
import { insertPart } from './repo-parts.ts'
import { closePool, deleteContributions } from './repo-pools.ts'
import { insertRelease } from './repo-releases.ts'
import type { LedgerEntry } from './schema-release.ts'
import { inProject } from '../platform/kernel/project.ts'

const { version: CODE_VERSION } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(inProject('package.json'), 'utf8')))

export type Making = { readonly plan: Plan; readonly period: Period }
type Counting = Op<'release.make' | 'pool.count'>
type CountingAct = Act<'release.make' | 'pool.count'>
type Answered = 'certified' | 'refused'

/** A refusal is kept too: without a value, and with what would work. */
export async function keepRefusal(op: Counting, making: Making, { reason, roll_up }: Refused) {
  const entry: LedgerEntry = { ...entryOf(making), figures: [], refusal: { reason, roll_up } }
  const id = newId('statistics_releases')
  await op.act(async (act) => {
    const { published: readers } = await readersOf(act, making.plan.source)
    return insertAnswer(act, making, { id, entry, status: 'refused', readers })
  })
  return id
}

type Keeping = { readonly id: Id<'statistics_releases'>; readonly found: Passed; readonly bytes: Buffer }

/** All at once: the line of the ledger, the certificate, the snapshot and the bytes. */
export function keep(op: Counting, making: Making, { id, found, bytes }: Keeping) {
  const { plan } = making
  const entry: LedgerEntry = {
    ...entryOf(making),
    snapshot_of: plan.snapshot_of ?? id,
    figures: [...found.figures],
    bytes_sha256: plainSha256(bytes),
    verdict: 'accepted',
  }
  return op.act(async (act) => {
    const { published, records } = await readersOf(act, plan.source)
    const row = await insertAnswer(act, making, { id, entry, status: 'certified', readers: published })
    const texts = {
      certificate: packed(found.certificate),
      package: new Secret(bytes.toString('base64')),
      ...(plan.snapshot_of === null ? { snapshot: packed(plan.job.snapshot) } : {}),
    }
    for (const part of ['certificate', 'package', 'snapshot'] as const) {
      const text = texts[part]
      const readers = part === 'package' ? published : records
      if (text !== undefined) await insertPart(act, row, { part, text, readers })
    }
    return stateOf({ ...row, version: 1 })
  })
}

type Answer = {
  readonly id: Id<'statistics_releases'>
  readonly entry: LedgerEntry
  readonly status: Answered
  readonly readers: readonly WritableKeyring[]
}

async function insertAnswer(act: CountingAct, { plan, period }: Making, answer: Answer) {
  const { source } = plan
  const { id, entry, status, readers } = answer
  const row = {
    ...originOf(act, source),
    id,
    period,
    status,
    made_by: act.actor.id,
    made_on: dayOf(act.services.now()),
  }
  const access = await createRecordKey(
    act,
    row,
    readers.map((to) => ({ part: 'record', to })),
  )
  if (!(await insertRelease(act, row, { access, facts: new Secret(entry) }))) throw new Problem(answeredMeanwhile)
  if (source.kind === 'pool') await forgetBrought(act, source.id, status)
  return row
}

function originOf(act: CountingAct, source: Source) {
  if (source.kind === 'cube')
    return { organisation_id: homeOf(act.actor), cube_id: source.id, cube_version: source.version, pool_id: null }
  return { organisation_id: source.organisation_id, cube_id: null, cube_version: null, pool_id: source.id }
}

/** What was brought to a pool is not needed any more, however it went. */
async function forgetBrought(act: CountingAct, id: Id<'statistics_pools'>, status: Answered): Promise<void> {
  await deleteContributions(act, { pool_id: id })
  await closePool(act, id, status === 'certified' ? 'counted' : 'refused')
}

/**
 * Who opens what: an organisation's coordinators all that is theirs. Of a pool, all coordinators with a seat what is
 * published, and its two stewards alone the records and the certificate, which starts from them.
 */
async function readersOf(act: CountingAct, source: Source): Promise<Readers> {
  if (source.kind === 'cube') {
    const own = [await statisticsKeyring(act)]
    return { published: own, records: own }
  }
  const seated = source.readers.map((organisation_id) => ({ organisation_id, kind: 'statistics' as const }))
  const stewards = source.stewards.map((owner_id) => ({ owner_id }))
  return { published: await writableKeyrings(act, seated), records: await writableKeyrings(act, stewards) }
}

type Readers = { readonly published: readonly WritableKeyring[]; readonly records: readonly WritableKeyring[] }

type State = { id: string; version: number; status: string }

export const stateOf = ({ id, version, status }: State): State => ({ id, version, status })

function entryOf({ plan, period }: Making) {
  const { definition } = plan.job
  return {
    definition,
    period,
    population: definition.population,
    snapshot_of: null,
    bytes_sha256: null,
    threshold: thresholdOf(definition),
    rounding: ROUNDING,
    coin: COIN,
    code_version: CODE_VERSION,
    verdict: 'not_reached' as const,
    refusal: null,
  }
}
