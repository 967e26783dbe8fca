import { createHmac } from 'node:crypto'
import type { CubeDefinition, Draw, Records } from '../../src/statistics/protection/types.ts'

/** Invented records. Codes are uneven, and each hangs a little on the organisation and on the code before it. */
export type Invented = { readonly cube: CubeDefinition; readonly records: Records }

export type Wish = {
  readonly sizes: readonly number[]
  readonly margins: number
  readonly records: number
  readonly organisations: number
  readonly seed: number
  readonly skew?: number
}

const DEPENDENT = 0.35
const SKEW = 0.7

export function invent(wish: Wish): Invented {
  const random = seeded(wish.seed)
  const weights = wish.sizes.map((size) =>
    Array.from({ length: size }, (_, leaf) => (leaf + 1) ** -(wish.skew ?? SKEW)),
  )
  const rows: number[][] = []
  const organisations: number[] = []
  for (let record = 0; record < wish.records; record += 1) {
    const organisation = Math.floor(random() * wish.organisations)
    const row: number[] = []
    for (const ofDim of weights) {
      const shift = random() < DEPENDENT ? (row.at(-1) ?? organisation) : 0
      row.push((pick(ofDim, random()) + shift) % ofDim.length)
    }
    rows.push(row)
    organisations.push(organisation)
  }
  return { cube: cubeOf(wish), records: { rows, organisations } }
}

function cubeOf({ sizes, margins, organisations }: Wish): CubeDefinition {
  const dims = sizes.map((size, dim) => ({
    name: `d${String(dim + 1)}`,
    leaves: Array.from({ length: size }, (_, leaf) => `${String(dim + 1)}.${String(leaf + 1)}`),
  }))
  const names = Array.from({ length: organisations }, (_, index) => `org-${String(index + 1)}`)
  return { dims, margins, threshold: 10, rounding: 5, coin: 0.05, organisations: names, pairs: true }
}

function pick(weights: readonly number[], drawn: number): number {
  let rest = drawn * weights.reduce((sum, weight) => sum + weight, 0)
  const leaf = weights.findIndex((weight) => {
    rest -= weight
    return rest < 0
  })
  return Math.max(0, leaf)
}

export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A keyed hash as the service has it. */
export const drawsFrom =
  (key: string): Draw =>
  (purpose, text) =>
    createHmac('sha256', key).update(`${purpose}\0${text}`).digest().readUInt32BE(0) / 2 ** 32
