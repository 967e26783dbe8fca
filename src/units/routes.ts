import { type Route, route } from '../platform/http/route.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { registerFull, unitKnown, unitLoop } from './problems.ts'
import { NewUnit, Unit, UnitChange, UnitInChain, UnitList, UnitPath, UnitReceipt } from './schema.ts'
import { changeUnit, createUnit, readUnit, readUnits } from './service.ts'

/** The units and institutions of those who are accused, with their chain of command. */
export const unitRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/units',
    action: 'unit.create',
    summary: 'Enter a unit of alleged perpetrators, and the unit that commands it',
    body: NewUnit,
    creates: true,
    status: 201,
    reply: UnitReceipt,
    examples: { body: examples.unit },
    problems: [registerFull, unitKnown, unitLoop],
    handle: (op, { body }) => createUnit(op, body),
  }),
  route({
    method: 'GET',
    url: '/units',
    action: 'unit.list',
    summary: 'The units of the register',
    status: 200,
    reply: UnitList,
    handle: (op) => readUnits(op),
  }),
  route({
    method: 'GET',
    url: '/units/:id',
    action: 'unit.read',
    summary: 'A unit, the chain of command above it, and the units below',
    params: UnitPath,
    status: 200,
    reply: UnitInChain,
    problems: [notFound],
    handle: (op, { params }) => readUnit(op, params.id),
  }),
  route({
    method: 'PATCH',
    url: '/units/:id',
    action: 'unit.change',
    summary: 'Change what a unit is called, or who commands it',
    params: UnitPath,
    body: UnitChange,
    changes: true,
    status: 200,
    reply: Unit,
    examples: { body: { facts: examples.unit.facts } },
    problems: [notFound, staleVersion, unitKnown, unitLoop],
    handle: (op, { params, body, version }) => changeUnit(op, { id: params.id, version, change: body }),
  }),
]
