import type { At, CubeDefinition } from './types.ts'

/** Of those who could be meant by publicly recognisable codes, at most this share may be counted. */
const POOL_SHARE_MAX = 0.3

/** R6: a cell of recognisable codes alone is shown only where the pool is known and large enough. */
export function tooManyOfPool({ dims, pools = [] }: CubeDefinition, cell: At, most: number): boolean {
  const recognisable = new Set(dims.filter((dim) => dim.recognisable === true).map(({ name }) => name))
  const names = Object.keys(cell)
  if (names.length === 0 || !names.every((name) => recognisable.has(name))) return false
  const pool = pools.find(({ at }) => isSame(at, cell))
  return pool === undefined || most > POOL_SHARE_MAX * pool.persons
}

function isSame(a: At, b: At): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
