import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { homeOf } from '../platform/access/home.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { statisticsKeyring } from './cubes.ts'
import { dimensions, leavesOf } from './dimensions.ts'
import { packed } from './parts.ts'
import type { Period } from './period.ts'
import { type Plan, planRelease, refuseOpenPeriod } from './plan.ts'
import { populations } from './populations.ts'
import { answeredMeanwhile, wasRefused } from './problems.ts'
import { checkCube, type Passed, protectCube, type Refused } from './protect-cube.ts'
import { packageOf } from './publication/package.ts'
import type { Table } from './publication/table.ts'
import { COIN, ROUNDING, thresholdOf } from './question.ts'
import { insertPart } from './repo-parts.ts'
import { insertRelease } from './repo-releases.ts'
import type { LedgerEntry } from './schema-release.ts'
import type { Countable } from './service.ts'
import type { Watch } from './threads.ts'

const { version: CODE_VERSION } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))

type Asked = { readonly id: Id<'statistics_cubes'>; readonly period: Period; readonly countable: Countable }
type Tell = (event: 'progress' | 'done' | 'refused', data: object) => void
type Work = (tell: Tell, gone: AbortSignal) => Promise<void>

/** Freezes what is to be counted. What it returns makes the release; until its last step nothing is written. */
export async function startRelease(op: Op<'release.make'>, asked: Asked): Promise<Work> {
  const { period } = asked
  refuseOpenPeriod(op.services.now(), period)
  const plan = await op.act((act) => planRelease(act, asked))
  const { answered } = plan
  if (answered?.status === 'refused') throw new Problem(wasRefused)
  if (answered !== undefined) return (tell) => Promise.resolve(tell('done', stateOf(answered)))
  return (tell, gone) => make(op, { plan, period }, { tell, gone })
}

type Making = { readonly plan: Plan; readonly period: Period }
type Listener = { readonly tell: Tell; readonly gone: AbortSignal }

async function make(op: Op<'release.make'>, making: Making, { tell, gone }: Listener): Promise<void> {
  tell('progress', { stage: 'protecting', done: 0, of: 1 })
  const watch: Watch = { gone, onProgress: (progress) => tell('progress', progress) }
  const found = await protectCube(making.plan.job, watch)
  if (found === undefined) return
  if (found.kind === 'refused') return refuse(op, making, { found, tell })

  tell('progress', { stage: 'checking', done: 0, of: 1 })
  const isAccepted = await checkCube(making.plan.job, found, watch)
  if (isAccepted === undefined) return
  if (!isAccepted)
    return refuse(op, making, { found: { kind: 'refused', reason: 'checker_refused', roll_up: null }, tell })
  const id = newId('statistics_releases')
  const bytes = await packageOf(tableOf(making, { id, figures: found.figures }))
  if (gone.aborted) return
  const state = await keep(op, making, { id, found, bytes })
  tell('done', state)
}

/** A refusal is kept too: without a value, and with what would work. */
async function refuse(
  op: Op<'release.make'>,
  making: Making,
  { found, tell }: { readonly found: Refused; readonly tell: Tell },
): Promise<void> {
  const { reason, roll_up } = found
  const entry: LedgerEntry = { ...entryOf(making), figures: [], refusal: { reason, roll_up } }
  const id = newId('statistics_releases')
  await op.act((act) => insertAnswer(act, making, { id, entry, status: 'refused' }))
  tell('refused', { id, reason, title: 'This cube cannot be protected usefully for this period', roll_up })
}

type Keeping = { readonly id: Id<'statistics_releases'>; readonly found: Passed; readonly bytes: Buffer }

function keep(op: Op<'release.make'>, making: Making, { id, found, bytes }: Keeping) {
  const { plan } = making
  const entry: LedgerEntry = {
    ...entryOf(making),
    snapshot_of: plan.snapshot_of ?? id,
    figures: [...found.figures],
    bytes_sha256: plainSha256(bytes),
    verdict: 'accepted',
  }
  return op.act(async (act) => {
    const row = await insertAnswer(act, making, { id, entry, status: 'certified' })
    const reader = await statisticsKeyring(act)
    const texts = {
      certificate: packed(found.certificate),
      package: new Secret(bytes.toString('base64')),
      ...(plan.snapshot_of === null ? { snapshot: packed(plan.job.snapshot) } : {}),
    }
    for (const part of ['certificate', 'package', 'snapshot'] as const) {
      const text = texts[part]
      if (text !== undefined) await insertPart(act, row, { part, text, reader })
    }
    return stateOf({ ...row, version: 1 })
  })
}

type Answer = {
  readonly id: Id<'statistics_releases'>
  readonly entry: LedgerEntry
  readonly status: 'certified' | 'refused'
}

async function insertAnswer(act: Act<'release.make'>, { plan, period }: Making, { id, entry, status }: Answer) {
  const row = {
    id,
    organisation_id: homeOf(act.actor),
    cube_id: plan.cube.id,
    cube_version: plan.cube.version,
    period,
    status,
    made_by: act.actor.id,
    made_on: dayOf(act.services.now()),
  }
  const access = await createRecordKey(act, row, [{ part: 'record', to: await statisticsKeyring(act) }])
  if (!(await insertRelease(act, row, { access, facts: new Secret(entry) }))) throw new Problem(answeredMeanwhile)
  return row
}

type State = { id: string; version: number; status: string }

const stateOf = ({ id, version, status }: State): State => ({ id, version, status })

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

function tableOf({ plan, period }: Making, { id, figures }: Pick<Keeping, 'id'> & Pick<Passed, 'figures'>): Table {
  const { definition } = plan.job
  return {
    id,
    period,
    figures,
    population: definition.population,
    unit: populations[definition.population].unit,
    rounding: ROUNDING,
    dimensions: definition.dimensions.map((name) => ({
      name,
      title: dimensions[name].title,
      codes: leavesOf(definition, name),
    })),
  }
}
