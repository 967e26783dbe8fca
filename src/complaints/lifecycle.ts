import { z } from 'zod'

export const Stage = z.enum(['drafting', 'submitted', 'registered', 'transmitted', 'decided', 'follow_up', 'ended'])
export type Stage = z.output<typeof Stage>

export const StepName = z.enum([
  'submitted',
  'registered',
  'not_registered',
  'interim_requested',
  'interim_granted',
  'interim_refused',
  'interim_ignored',
  'interim_lifted',
  'transmitted',
  'joined',
  'separated',
  'split_requested',
  'observations',
  'comments',
  'admissible',
  'withdrawn',
  'discontinued',
  'decided',
  'published',
  'decision_transmitted',
  'state_replied',
  'closed',
])
export type StepName = z.output<typeof StepName>

type Way = {
  readonly from: readonly Stage[]
  /** Absent: the stage stays. */
  readonly to?: Stage
  /** One of these must stand before it. */
  readonly after?: readonly StepName[]
  readonly once?: true
}

const before: readonly Stage[] = ['submitted', 'registered', 'transmitted']
const examined: readonly Stage[] = ['registered', 'transmitted']

/** The whole life of a complaint. On one day steps follow one another in the order of this table. */
const lifecycle: Readonly<Record<StepName, Way>> = {
  submitted: { from: ['drafting'], to: 'submitted' },
  registered: { from: ['submitted'], to: 'registered' },
  not_registered: { from: ['submitted'], to: 'ended' },
  interim_requested: { from: before },
  interim_granted: { from: before, after: ['interim_requested'] },
  interim_refused: { from: before, after: ['interim_requested'] },
  interim_ignored: { from: [...before, 'decided'], after: ['interim_granted'] },
  interim_lifted: { from: before, after: ['interim_granted'] },
  transmitted: { from: ['submitted', 'registered'], to: 'transmitted' },
  joined: { from: examined },
  separated: { from: examined, after: ['joined'] },
  split_requested: { from: ['transmitted'] },
  observations: { from: ['transmitted'] },
  comments: { from: ['transmitted'], after: ['observations'] },
  admissible: { from: ['transmitted'], once: true },
  withdrawn: { from: before, to: 'ended' },
  discontinued: { from: examined, to: 'ended' },
  decided: { from: examined, to: 'decided' },
  published: { from: ['decided', 'follow_up'], once: true },
  decision_transmitted: { from: ['decided'], to: 'follow_up' },
  state_replied: { from: ['follow_up'] },
  closed: { from: ['decided', 'follow_up'], to: 'ended' },
}

/** A step as far as order is concerned. */
export type Dated = { readonly step: StepName; readonly on: string }

/** Steps in the order in which they came. */
export function inOrder<S extends Dated>(steps: readonly S[]): S[] {
  const rank = ({ step }: Dated) => StepName.options.indexOf(step)
  return steps.toSorted((a, b) => (a.on === b.on ? rank(a) - rank(b) : a.on < b.on ? -1 : 1))
}

export type Walk =
  | { readonly stage: Stage }
  /** The first step that cannot stand where it does. */
  | { readonly stage: Stage; readonly broken: StepName; readonly why: 'stage' | 'after' | 'once' }

/** Walks the steps from drafting on. */
export function walk(steps: readonly Dated[]): Walk {
  const seen = new Set<StepName>()
  let stage: Stage = 'drafting'
  for (const { step } of inOrder(steps)) {
    const way = lifecycle[step]
    const why = obstacle(way, stage, { step, seen })
    if (why !== undefined) return { stage, broken: step, why }
    seen.add(step)
    stage = way.to ?? stage
  }
  return { stage }
}

function obstacle(way: Way, stage: Stage, { step, seen }: { step: StepName; seen: ReadonlySet<StepName> }) {
  if (!way.from.includes(stage)) return 'stage'
  if (way.after !== undefined && !way.after.some((needed) => seen.has(needed))) return 'after'
  return way.once === true && seen.has(step) ? 'once' : undefined
}

/** What may come next, from a stage and what has been. */
export function nextSteps(steps: readonly Dated[]): StepName[] {
  const { stage } = walk(steps)
  const seen = new Set(steps.map(({ step }) => step))
  return StepName.options.filter((step) => obstacle(lifecycle[step], stage, { step, seen }) === undefined)
}

/** The days that stay apart. */
export const datesOf = (steps: readonly Dated[]) => {
  const day = (wanted: StepName) => steps.find(({ step }) => step === wanted)?.on ?? null
  return {
    submitted_on: day('submitted'),
    registered_on: day('registered'),
    transmitted_on: day('transmitted'),
    adopted_on: day('decided'),
    published_on: day('published'),
    decision_transmitted_on: day('decision_transmitted'),
  }
}
