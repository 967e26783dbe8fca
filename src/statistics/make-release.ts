import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { dimensions, leavesOf } from './dimensions.ts'
import { keep, keepRefusal, type Making, stateOf } from './keep-release.ts'
import type { Period } from './period.ts'
import { planRelease, refuseOpenPeriod } from './plan.ts'
import { planPool } from './plan-pool.ts'
import { populations } from './populations.ts'
import { wasRefused } from './problems.ts'
import { checkCube, type Passed, protectCube, type Refused } from './protect-cube.ts'
import { packageOf } from './publication/package.ts'
import type { Table } from './publication/table.ts'
import { ROUNDING, THRESHOLD } from './question.ts'
import type { Countable } from './service.ts'
import type { Watch } from './threads.ts'

type Asked = { readonly id: Id<'statistics_cubes'>; readonly period: Period; readonly countable: Countable }
type Tell = (event: 'progress' | 'done' | 'refused', data: object) => void
type Work = (tell: Tell, gone: AbortSignal) => Promise<void>
type Counting = Op<'release.make' | 'pool.count'>

/** Freezes what is to be counted. What it returns makes the release; until its last step nothing is written. */
export async function startRelease(op: Op<'release.make'>, asked: Asked): Promise<Work> {
  const { period } = asked
  refuseOpenPeriod(op.services.now(), period)
  return work(op, { plan: await op.act((act) => planRelease(act, asked)), period })
}

/** The same over what several organisations brought. */
export async function startPool(op: Op<'pool.count'>, id: Id<'statistics_pools'>): Promise<Work> {
  const { period, ...plan } = await op.act((act) => planPool(act, id))
  return work(op, { plan, period })
}

function work(op: Counting, making: Making): Work {
  const { answered } = making.plan
  if (answered?.status === 'refused') throw new Problem(wasRefused)
  if (answered !== undefined) return (tell) => Promise.resolve(tell('done', stateOf(answered)))
  return (tell, gone) => make(op, making, { tell, gone })
}

type Listener = { readonly tell: Tell; readonly gone: AbortSignal }

async function make(op: Counting, making: Making, { tell, gone }: Listener): Promise<void> {
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
  tell('done', await keep(op, making, { id, found, bytes }))
}

type Refusing = { readonly found: Refused; readonly tell: Tell }

async function refuse(op: Counting, making: Making, { found, tell }: Refusing): Promise<void> {
  const id = await keepRefusal(op, making, found)
  const { reason, roll_up } = found
  tell('refused', { id, reason, title: 'This cube cannot be protected usefully for this period', roll_up })
}

function tableOf({ plan, period }: Making, { id, figures }: { readonly id: string } & Pick<Passed, 'figures'>): Table {
  const { definition } = plan.job
  return {
    id,
    period,
    figures,
    population: definition.population,
    unit: populations[definition.population].unit,
    persons_least: THRESHOLD,
    rounding: ROUNDING,
    isPooled: plan.source.kind === 'pool',
    dimensions: definition.dimensions.map((name) => ({
      name,
      title: dimensions[name].title,
      codes: leavesOf(definition, name),
    })),
  }
}
