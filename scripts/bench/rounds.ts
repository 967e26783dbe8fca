import type { Child } from './child.ts'
import type { Load, LoadClient, Measured } from './load.ts'

/** The three servers: the service, and two that keep the same reports in the open. */
export const servers = ['ours', 'bare', 'guarded'] as const
export type ServerName = (typeof servers)[number]

/** One of the servers, and how to ask it for something. */
export type Side = { readonly child: Child; readonly load: Pick<Load, 'paths' | 'headers'> & Partial<Load> }

/** The middle round of one server. */
export type Figures = { readonly per_second: number; readonly p50_ms: number; readonly p95_ms: number }

export type Comparison = {
  readonly name: string
  readonly figures: Readonly<Record<ServerName, Figures>>
  /** Ours to each of the others: the middle of the ratios within a round, since what disturbs one disturbs all. */
  readonly ratio: Readonly<Record<Exclude<ServerName, 'ours'>, number>>
}

type Contest = { readonly name: string; readonly sides: Readonly<Record<ServerName, Side>> }
type Plan = { readonly rounds: number; readonly seconds: number; readonly warm_up_seconds: number }
type Round = Record<ServerName, Measured>

const CONNECTIONS = 10

/** Asks the servers in turns, the others held still meanwhile. */
export async function compare(client: LoadClient, { name, sides }: Contest, plan: Plan): Promise<Comparison> {
  const ask = async (server: ServerName, seconds: number) => {
    const others = servers.filter((other) => other !== server).map((other) => sides[other].child)
    for (const other of others) other.pause()
    try {
      return await client.run(loadOf(sides[server], seconds))
    } finally {
      for (const other of others) other.resume()
    }
  }
  for (const server of servers) await ask(server, plan.warm_up_seconds)
  const rounds: Round[] = []
  for (let nth = 0; nth < plan.rounds; nth += 1) {
    const bare = await ask('bare', plan.seconds)
    const ours = await ask('ours', plan.seconds)
    rounds.push({ bare, ours, guarded: await ask('guarded', plan.seconds) })
  }
  const ratio = (to: ServerName) => median(rounds.map((round) => rateOf(round.ours) / rateOf(round[to])))
  const figures = (server: ServerName) => figuresOf(rounds.map((round) => round[server]))
  return {
    name,
    figures: { ours: figures('ours'), bare: figures('bare'), guarded: figures('guarded') },
    ratio: { bare: ratio('bare'), guarded: ratio('guarded') },
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
