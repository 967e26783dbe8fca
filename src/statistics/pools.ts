import { homeOf } from '../platform/access/home.ts'
import { consult } from '../platform/crypto/secret.ts'
import { sha256 } from '../platform/crypto/code.ts'
import { sign, verify } from '../platform/crypto/signing.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Granted } from '../platform/access/policy.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { anchorOf, keysOf } from '../platform/operation/session.ts'
import { keyNotConfirmed, trustedKeys } from '../platform/operation/trust.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { poolPolicy } from './policy.ts'
import { bytesChanged, notStewards } from './problems.ts'
import { findPool, insertPool, listPools, type PoolRow, revealPools, type Seat } from './repo-pools.ts'
import type { CubeDefinition } from './schema.ts'
import type { NewPool } from './schema-pool.ts'

/** What whoever declares a pool signs: what is asked, of whom, and who may see it. */
const declaration = (
  pool: Pick<PoolRow, 'id' | 'organisation_id' | 'period' | 'seats'>,
  definition: CubeDefinition,
) => [
  'pool1',
  pool.organisation_id,
  pool.id,
  pool.period,
  ...pool.seats.flatMap(({ organisation_id, steward_id }) => [organisation_id, steward_id ?? '']),
  sha256(JSON.stringify(definition)),
]

export function declarePool(op: Op<'pool.declare'>, { definition, ...asked }: NewPool) {
  return op.act(async (act) => {
    const organisation_id = homeOf(act.actor)
    const seats = await seatsOf(act, asked)
    if (!seats.some((seat) => seat.organisation_id === organisation_id)) throw new Problem(notStewards)
    const plain = {
      id: newId('statistics_pools'),
      organisation_id,
      period: asked.period,
      declared_by: act.actor.id,
      declared_on: dayOf(act.services.now()),
      seats,
    }
    const signature = consult(definition, (open) => sign(keysOf(act).secret.signing, ...declaration(plain, open)))
    const wanted = seats.map((seat) => ({ organisation_id: seat.organisation_id, kind: 'statistics' as const }))
    const readers = await writableKeyrings(act, wanted)
    const access = await createRecordKey(
      act,
      plain,
      readers.map((to) => ({ part: 'record', to })),
    )
    await insertPool(act, { ...plain, signature }, { access, facts: definition })
    return { ...plain, status: 'open' as const, definition }
  })
}

/** The seats in the order of the organisations; the stewards must be coordinators whose keys are confirmed. */
async function seatsOf(act: Act, { organisations, stewards }: Pick<NewPool, 'organisations' | 'stewards'>) {
  const homes = new Map<Id<'organisations'>, Id<'users'>>()
  for (const id of stewards) {
    const { organisation_id, roles } = await trustedKeys(act.db, anchorOf(act), id)
    if (!roles.includes('coordinator') || !organisations.includes(organisation_id)) throw new Problem(notStewards)
    homes.set(organisation_id, id)
  }
  if (homes.size < stewards.length) throw new Problem(notStewards)
  return [...new Set(organisations)]
    .sort()
    .map((id): Seat => ({ organisation_id: id, steward_id: homes.get(id) ?? null, contributed_on: null }))
}

export function readPools(op: Op<'pool.list'>, { limit, after }: PageQuery) {
  return op.act(async (act) => {
    const cursor = decodeCursor(DayCursor, after)
    const rows = await listPools(act.db, { organisation_id: homeOf(act.actor), after: cursor, limit: limit + 1 })
    const { page, next } = cut(rows, limit, (last) => [last.declared_on, last.id])
    const open = await revealPools(act, poolPolicy.grantEach(act, page))
    return { items: open.map(onWire), next }
  })
}

export function readPool(op: Op<'pool.read'>, id: Id<'statistics_pools'>) {
  return op.act(async (act) => {
    const [open] = await revealPools(act, [poolPolicy.grant(act, await findPool(act.db, id))])
    if (open === undefined) throw new Problem(notFound)
    return onWire(open)
  })
}

type Open = Awaited<ReturnType<typeof revealPools>>[number]

const onWire = ({ facts, ...row }: Open) => ({
  ...row,
  seats: [...row.seats],
  definition: facts,
})

type Declared = 'pool.contribute' | 'pool.count' | 'release.sign' | 'release.download'

/** A granted pool as it was declared: a seat or a steward that was changed in the database is found here. */
export async function openDeclared<A extends Declared>(act: Act<A>, row: Granted<A, PoolRow>) {
  const [open] = await revealPools(act, [row])
  if (open === undefined) throw new Problem(notFound)
  const declarer = await trustedKeys(act.db, anchorOf(act), row.declared_by)
  if (declarer.organisation_id !== row.organisation_id || !declarer.roles.includes('coordinator'))
    throw new Problem(keyNotConfirmed)
  const isAsDeclared = consult(open.facts, (facts) =>
    verify(declarer.signing, row.signature, ...declaration(row, facts)),
  )
  if (!isAsDeclared) throw new Problem(bytesChanged)
  return open
}

/** Whom the records are sealed to, in the order of the seats. */
export const stewardsOf = ({ seats }: Pick<PoolRow, 'seats'>): Id<'users'>[] =>
  seats.flatMap(({ steward_id }) => steward_id ?? [])
