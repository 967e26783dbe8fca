import { PageQuery, pageOf } from '../platform/database/page.ts'
import { type Route, route } from '../platform/http/route.ts'
import { changeCube, declareCube, readCube, readCubes } from './cubes.ts'
import * as examples from './examples.ts'
import { lookAtCounts } from './look.ts'
import { presets } from './presets.ts'
import { figureBeside, frozenWithdrawn, monthTooSmall, overlapsRelease, tooManyCubes } from './problems.ts'
import * as wire from './schema.ts'
import type { Countable } from './service.ts'
import { tryCube } from './try-cube.ts'

const definitionRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/statistics/presets',
    action: 'cube.list_presets',
    summary: 'Cubes to begin with',
    status: 200,
    reply: wire.PresetList,
    examples: { reply: presets },
    handle: () => presets,
  }),
  route({
    method: 'POST',
    url: '/statistics/cubes',
    action: 'cube.declare',
    summary: 'Declare a cube: what is counted, and by what it is broken down',
    body: wire.NewCube,
    creates: true,
    status: 201,
    reply: wire.Cube,
    examples: { body: { definition: examples.definition }, reply: examples.cube },
    problems: [tooManyCubes],
    handle: (op, { body }) => declareCube(op, body),
  }),
  route({
    method: 'GET',
    url: '/statistics/cubes',
    action: 'cube.list',
    summary: "Your organisation's cubes, the latest first",
    query: PageQuery,
    status: 200,
    reply: pageOf(wire.Cube),
    examples: { reply: { items: [examples.cube], next: null } },
    handle: (op, { query }) => readCubes(op, query),
  }),
  route({
    method: 'GET',
    url: '/statistics/cubes/:id',
    action: 'cube.read',
    summary: 'Read a cube',
    params: wire.CubePath,
    status: 200,
    reply: wire.Cube,
    examples: { reply: examples.cube },
    handle: (op, { params }) => readCube(op, params.id),
  }),
  route({
    method: 'PUT',
    url: '/statistics/cubes/:id',
    action: 'cube.change',
    summary: 'Declare the next version of a cube; what was released stays as it was',
    params: wire.CubePath,
    body: wire.NewCube,
    changes: true,
    status: 200,
    reply: wire.Cube,
    examples: { body: { definition: examples.definition }, reply: examples.cube },
    handle: (op, { params, body, version }) => changeCube(op, params.id, { ...body, version }),
  }),
]

const countingRoutes = (countable: Countable): Route[] => [
  route({
    method: 'POST',
    url: '/statistics/cubes/:id/trials',
    action: 'cube.try',
    summary: 'See how much of a cube would be hidden in a period, on your screen only; nothing of it is kept',
    params: wire.CubePath,
    body: wire.PeriodChoice,
    status: 200,
    reply: wire.Trial,
    examples: { body: { period: '2026-Q3' }, reply: examples.trial },
    problems: [overlapsRelease, frozenWithdrawn, monthTooSmall, figureBeside],
    handle: (op, { params, body }) => tryCube(op, { ...params, ...body, countable }),
  }),
  route({
    method: 'GET',
    url: '/statistics/counts',
    action: 'statistics.look',
    summary: "Your organisation's counts as they are now, unprotected: to look at, and not to pass on",
    query: wire.LookQuery,
    status: 200,
    reply: wire.Look,
    examples: { reply: examples.look },
    handle: (op, { query }) => lookAtCounts(op, query, countable),
  }),
]

/** What is counted and how: declared before anything is. */
export const cubeRoutes = ({ countable }: { readonly countable: Countable }): Route[] => [
  ...definitionRoutes,
  ...countingRoutes(countable),
]
