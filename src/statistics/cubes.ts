import { randomToken } from '../platform/crypto/code.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { homeOf } from '../platform/access/home.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { cubePolicy } from './policy.ts'
import { tooManyCubes } from './problems.ts'
import { type CubeFacts, findCube, insertCube, listCubes, replaceCube, revealCubes } from './repo-cubes.ts'
import type { CubeDefinition, NewCube } from './schema.ts'

const SEED_BYTES = 32
const CUBES_MAX = 200

/** The organisation's statistics keyring, which its coordinators hold: whatever is sealed here is sealed to it. */
export async function statisticsKeyring(act: Act) {
  const wanted = [{ organisation_id: homeOf(act.actor), kind: 'statistics' as const }]
  const [keyring] = await writableKeyrings(act, wanted)
  if (keyring === undefined) throw new Error('an organisation has no statistics keyring')
  return keyring
}

export function declareCube(op: Op<'cube.declare'>, { definition }: NewCube) {
  return op.act(async (act) => {
    const organisation_id = homeOf(act.actor)
    const others = await listCubes(act.db, { organisation_id, limit: CUBES_MAX })
    if (others.length === CUBES_MAX) throw new Problem(tooManyCubes)
    const declared_on = dayOf(act.services.now())
    const row = { id: newId('statistics_cubes'), organisation_id, declared_by: act.actor.id, declared_on }
    const access = await createRecordKey(act, row, [{ part: 'record', to: await statisticsKeyring(act) }])
    const seed = Buffer.from(consult(randomToken(SEED_BYTES), (bytes) => bytes)).toString('base64')
    await insertCube(act, row, { access, facts: revealTo(definition, (open) => ({ definition: open, seed })) })
    return { ...row, version: 1, definition }
  })
}

/** The next version of a cube. What was released under an earlier one stays as it was. */
export function changeCube(
  op: Op<'cube.change'>,
  id: Id<'statistics_cubes'>,
  { definition, version }: NewCube & { readonly version: number },
) {
  return op.act(async (act) => {
    const cube = cubePolicy.grant(act, await findCube(act.db, id))
    if (cube.version !== version) throw new Problem(staleVersion)
    const [open] = await revealCubes(act, [cube])
    if (open === undefined) throw new Problem(notFound)
    const access = await renewRecordKey(act, cube)
    const facts = revealTo(open.facts, ({ seed }): CubeFacts => ({ seed, definition: consult(definition, same) }))
    if (!(await replaceCube(act, cube, { access, facts, version }))) throw new Problem(staleVersion)
    return { ...onWire(open), version: version + 1, definition }
  })
}

const same = (definition: CubeDefinition): CubeDefinition => definition

export function readCube(op: Op<'cube.read'>, id: Id<'statistics_cubes'>) {
  return op.act(async (act) => onWire(await openCube(act, id)))
}

/** A cube of one's own organisation, with its definition. */
export async function openCube(act: Act<'cube.read' | 'cube.try' | 'release.make'>, id: Id<'statistics_cubes'>) {
  const [cube] = await revealCubes(act, [cubePolicy.grant(act, await findCube(act.db, id))])
  if (cube === undefined) throw new Problem(notFound)
  return cube
}

export function readCubes(op: Op<'cube.list'>, { limit, after }: PageQuery) {
  return op.act(async (act) => {
    const cursor = decodeCursor(DayCursor, after)
    const rows = await listCubes(act.db, { organisation_id: homeOf(act.actor), after: cursor, limit: limit + 1 })
    const { page, next } = cut(rows, limit, (last) => [last.declared_on, last.id])
    const items = await revealCubes(act, cubePolicy.grantEach(act, page))
    return { items: items.map(onWire), next }
  })
}

type Open = Awaited<ReturnType<typeof revealCubes>>[number]

function onWire({ facts, ...row }: Open): Omit<Open, 'facts'> & { readonly definition: Secret<CubeDefinition> } {
  return { ...row, definition: revealTo(facts, ({ definition }) => definition) }
}
