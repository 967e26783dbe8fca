import type { Child } from './child.ts'
import type { Load, LoadClient, Measured } from './load.ts'

/** One of the two servers, and how to ask it for something. */
export type Side = { readonly child: Child; readonly load: Pick<Load, 'paths' | 'headers'> & Partial<Load> }

/** The middle round of one server. */
export type Figures = { readonly per_second: number; readonly p50_ms: number; readonly p95_ms: number }

export type Comparison = {
  readonly name: string
  readonly ours: Figures
  readonly bare: Figures
  /** Middle of the ratios of rounds that followed one another: what disturbs the machine disturbs both. */
  readonly ratio: number
}

type Contest = { readonly name: string; readonly ours: Side; readonly bare: Side }
type Plan = { readonly rounds: number; readonly seconds: number; readonly warm_up_seconds: number }

const CONNECTIONS = 10

/** Asks the two in turns, the other one held still meanwhile. */
export async function compare(client: LoadClient, { name, ours, bare }: Contest, plan: Plan): Promise<Comparison> {
  const pairs: { ours: Measured; bare: Measured }[] = []
  const ask = async (one: Side, other: Side, seconds: number) => {
    other.child.pause()
    try {
      return await client.run(loadOf(one, seconds))
    } finally {
      other.child.resume()
    }
  }
  await ask(ours, bare, plan.warm_up_seconds)
  await ask(bare, ours, plan.warm_up_seconds)
  for (let round = 0; round < plan.rounds; round += 1) {
    // Who is first takes turns too.
    const first = round % 2 === 0 ? await ask(ours, bare, plan.seconds) : undefined
    const second = await ask(bare, ours, plan.seconds)
    pairs.push({ ours: first ?? (await ask(ours, bare, plan.seconds)), bare: second })
  }
  return {
    name,
    ours: figuresOf(pairs.map((pair) => pair.ours)),
    bare: figuresOf(pairs.map((pair) => pair.bare)),
    ratio: median(pairs.map((pair) => rateOf(pair.ours) / rateOf(pair.bare))),
  }
}

const loadOf = ({ child, load }: Side, seconds: number): Load => ({
  origin: child.origin,
  method: 'GET',
  bodies: [],
  is_keyed: false,
  connections: CONNECTIONS,
  seconds,
  requests_max: Number.MAX_SAFE_INTEGER,
  ...load,
})

const rateOf = ({ requests, seconds }: Measured) => requests / seconds

const figuresOf = (rounds: readonly Measured[]): Figures => ({
  per_second: median(rounds.map(rateOf)),
  p50_ms: median(rounds.map(({ p50_ms }) => p50_ms)),
  p95_ms: median(rounds.map(({ p95_ms }) => p95_ms)),
})

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle) - 1] ?? NaN)) / 2
}
