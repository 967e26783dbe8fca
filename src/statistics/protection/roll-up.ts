import type { CubeDefinition, RollUp } from './types.ts'

/** The first smaller cube that passes: tables of fewer dimensions, then without one dimension, the finest first. */
export async function rollUpThatWorks(
  cube: CubeDefinition,
  passes: (smaller: CubeDefinition) => Promise<boolean>,
): Promise<RollUp | undefined> {
  for (const rollUp of candidates(cube)) if (await passes(without(cube, rollUp))) return rollUp
  return undefined
}

function candidates(cube: CubeDefinition): RollUp[] {
  const shown = cube.dims.filter((dim) => dim.only_earlier !== true)
  const names = [...shown].sort((a, b) => b.leaves.length - a.leaves.length).map(({ name }) => name)
  const flatter = cube.margins > 1 ? [{ leave_out: [], margins: cube.margins - 1 }] : []
  const withoutOne = names.map((name) => ({ leave_out: [name], margins: cube.margins }))
  const withoutMore = names
    .slice(1, -1)
    .map((_, index) => ({ leave_out: names.slice(0, index + 2), margins: cube.margins }))
  return [...flatter, ...(names.length > 1 ? withoutOne : []), ...withoutMore]
}

/** A dimension left out stays in the data, for earlier facts speak of it. */
function without(cube: CubeDefinition, { leave_out, margins }: RollUp): CubeDefinition {
  const dims = cube.dims.map((dim) => (leave_out.includes(dim.name) ? { ...dim, only_earlier: true } : dim))
  return { ...cube, dims, margins }
}
