import { consult, Secret } from '../platform/crypto/secret.ts'
import { type DimensionName, dimensions } from './dimensions.ts'
import { checkInThread, protectInThread, type Watch } from './threads.ts'
import type { Certificate, EarlierFact, Figures, Records, RollUp } from './protection/types.ts'
import { beside, factsFor, type Told } from './earlier.ts'
import { cellsOf, cubeFor, figuresOf, pooled, recordsFor } from './question.ts'
import { CubeDefinition } from './schema.ts'
import type { Figure, Refusal, Snapshot } from './schema-release.ts'

/** A cube over frozen records, and what has been told of them already. */
export type Job = {
  readonly definition: CubeDefinition
  readonly snapshot: Secret<Snapshot>
  readonly told: Told
  readonly seed: Secret<Uint8Array>
  /** Where several organisations are counted together: which, and what their own tables have told. */
  readonly pool?: { readonly organisations: readonly string[]; readonly facts: readonly EarlierFact[] }
}

export type Passed = {
  readonly kind: 'passes'
  readonly figures: readonly Figure[]
  readonly certificate: Secret<Certificate>
  readonly records: Secret<Records>
  readonly measures: Figures
}
export type Refused = {
  readonly kind: 'refused'
  readonly reason: Refusal
  readonly roll_up: CubeDefinition | null
}

/** One table that can be released, or why not and what could. Undefined when whoever asked has gone. */
export async function protectCube(job: Job, watch: Watch): Promise<Passed | Refused | undefined> {
  const found = await attempt(job, watch)
  if (found === undefined || found.kind === 'passes' || found.reason === 'too_many_records') return found
  return { ...found, roll_up: found.roll_up ?? (await rollUpThatWorks(job, watch)) }
}

async function attempt(job: Job, watch: Watch): Promise<Passed | Refused | undefined> {
  const { definition, snapshot, seed } = job
  const { cube, earlier } = questionOf(job)
  const records = consult(snapshot, (open) => recordsFor(cube, open))
  if (records === undefined) return refused('too_many_records')

  const task = { cube, records, earlier, seed: consult(seed, same) }
  const verdict = await protectInThread(task, watch)
  if (verdict === undefined) return undefined
  if (verdict.verdict === 'refused') return refused('not_certified', afterRollUp(definition, verdict.works_with))
  const figures = figuresOf(definition, verdict)
  if (!isUseful(figures)) return refused('no_useful_table')
  const { certificate, figures: measures } = verdict
  return { kind: 'passes', figures, certificate: new Secret(certificate), records: new Secret(records), measures }
}

function questionOf({ definition, told, pool }: Job) {
  const cube = cubeFor(definition, beside(definition, told))
  const earlier = factsFor(definition, told)
  if (pool === undefined) return { cube, earlier }
  return { cube: pooled(cube, pool.organisations), earlier: [...earlier, ...pool.facts] }
}

const same = (bytes: Uint8Array): Uint8Array => bytes

const refused = (reason: Refusal, roll_up: CubeDefinition | null = null): Refused => ({
  kind: 'refused',
  reason,
  roll_up,
})

/** More must be shown than how many there are in all. */
const isUseful = (figures: readonly Figure[]): boolean => figures.filter(({ shown }) => shown !== null).length > 1

function afterRollUp(definition: CubeDefinition, rollUp: RollUp | undefined): CubeDefinition | null {
  if (rollUp === undefined) return null
  const left = definition.dimensions.filter((name) => !rollUp.leave_out.includes(name))
  const tried = CubeDefinition.safeParse({
    ...definition,
    dimensions: left,
    margins: Math.min(rollUp.margins, left.length),
  })
  return tried.success ? tried.data : null
}

const TRIALS_MAX = 6

/** A level up, or one dimension less: the first such cube that passes. Found by trial, and told without a count. */
async function rollUpThatWorks(job: Job, watch: Watch): Promise<CubeDefinition | null> {
  for (const definition of rollUpsOf(job.definition).slice(0, TRIALS_MAX)) {
    const found = await attempt({ ...job, definition }, watch)
    if (found?.kind === 'passes') return definition
  }
  return null
}

function rollUpsOf(definition: CubeDefinition): CubeDefinition[] {
  const names = definition.dimensions
  const levels = names.map((name) =>
    names.map((other) => (other === name ? (dimensions[name].rollUp ?? other) : other)),
  )
  const highest = names.map((name) => dimensions[name].rollUp ?? name)
  const fewer = names.map((name) => names.filter((other) => other !== name))
  return [...levels, highest, ...fewer]
    .filter((tried) => tried.join() !== names.join())
    .flatMap((tried) => rolledUp(definition, tried) ?? [])
}

/** The cube over these dimensions; undefined when it is none. */
function rolledUp(definition: CubeDefinition, names: readonly DimensionName[]): CubeDefinition | undefined {
  const kept = Object.entries(definition.codes).filter(([name]) => names.some((other) => other === name))
  const { data } = CubeDefinition.safeParse({
    ...definition,
    dimensions: names,
    margins: Math.min(definition.margins, names.length),
    codes: Object.fromEntries(kept),
  })
  return data
}

/**
 * Whether the checker, which shares no code with the protector, finds the promise kept by the figures as they are about
 * to be published. Undefined when whoever asked has gone.
 */
export function checkCube(job: Job, passed: Passed, watch: Watch): Promise<boolean | undefined> {
  const { definition } = job
  const { figures, records, certificate } = passed
  const cells = cellsOf(definition, figures)
  const checked = consult(records, (open) => ({
    ...questionOf(job),
    cells,
    records: open,
  }))
  return consult(certificate, (open) => checkInThread({ ...checked, certificate: open }, watch))
}
