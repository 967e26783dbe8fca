import { homeOf } from '../platform/access/home.ts'
import { randomToken, sha256 } from '../platform/crypto/code.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { sign } from '../platform/crypto/signing.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { keysOf } from '../platform/operation/session.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { codeIn } from './dimensions.ts'
import { factsFor } from './earlier.ts'
import { figuresBeside } from './figures.ts'
import { packed } from './parts.ts'
import { boundsOf, overlap } from './period.ts'
import { isPartOf, ledgerOf, refuseOpenPeriod } from './plan.ts'
import { poolPolicy } from './policy.ts'
import { overlapsRelease, poolClosed, stewardsDiffer, tooManyRecords } from './problems.ts'
import { openDeclared, stewardsOf } from './pools.ts'
import { findPoolLocked, periodsBrought, type PoolRow, replaceContribution } from './repo-pools.ts'
import type { CubeDefinition } from './schema.ts'
import type { Contribution, PooledRecords } from './schema-pool.ts'
import type { Snapshot } from './schema-release.ts'
import { type Countable, recordsOf } from './service.ts'

const SALT_BYTES = 32
/** As much text as one seal holds with room to spare. */
const TEXT_MAX = 700_000

type Bringing = Contribution & { readonly id: Id<'statistics_pools'>; readonly countable: Countable }

/**
 * Seals the organisation's coded records of a period to the two stewards, as they are counted and no finer: nobody else
 * of any organisation opens them, and they are gone when they have been counted.
 */
export async function contribute(op: Op<'pool.contribute'>, asked: Bringing) {
  return op.act(async (act) => {
    const pool = poolPolicy.grant(act, await findPoolLocked(act.db, asked.id))
    if (pool.status !== 'open') throw new Problem(poolClosed)
    refuseOpenPeriod(act.services.now(), pool.period)
    const open = await openDeclared(act, pool)
    const stewards = stewardsOf(pool)
    if (!stewards.every((id) => asked.stewards.includes(id))) throw new Problem(stewardsDiffer)

    const definition = consult(open.facts, (facts) => facts)
    const facts = await toldBefore(act, pool, definition)
    const wanted = { population: definition.population, ...boundsOf(pool.period) }
    const brought = inCells(await recordsOf(act, wanted, asked.countable), { definition, facts })
    await seal(act, pool, { brought, stewards })
    const units = revealTo(brought, ({ records }) => records.reduce((sum, record) => sum + record.units, 0))
    return { pool_id: pool.id, stewards, dimensions: [...definition.dimensions], units }
  })
}

type Facts = PooledRecords['facts']

/** The organisation's own tables of these people, which must be part of the pool's, and what else is public of them. */
async function toldBefore(act: Act<'pool.contribute'>, pool: PoolRow, definition: CubeDefinition): Promise<Facts> {
  const { id, period } = pool
  const before = await periodsBrought(act.db, { organisation_id: homeOf(act.actor), besides: id })
  if (before.some((other) => overlap(other, period))) throw new Problem(overlapsRelease)
  const ledger = (await ledgerOf(act, period)).filter(
    ({ row }) => row.status !== 'refused' && overlap(row.period, period),
  )
  if (!ledger.every((line) => isPartOf(line, definition, [period]))) throw new Problem(overlapsRelease)
  const figures = await figuresBeside(act, definition, period)
  const told = { period, ledger: ledger.map(({ entry }) => entry), figures: figures.filter((f) => f.period === period) }
  return factsFor(definition, told).map(({ at, lo, hi }) => ({ at: { ...at }, lo, hi }))
}

type Cube = { readonly definition: CubeDefinition; readonly facts: Facts }

/** Which report a record is from, and every code that the cube does not tell apart, stay at home. */
function inCells(snapshot: Secret<Snapshot>, { definition, facts }: Cube): Secret<PooledRecords> {
  const salt = Buffer.from(consult(randomToken(SALT_BYTES), (bytes) => bytes)).toString('base64')
  return revealTo(snapshot, ({ records }) => {
    const cells = new Map<string, PooledRecords['records'][number]>()
    for (const { units, codes } of records) {
      const own = Object.fromEntries(
        definition.dimensions.map((name): [string, string] => [name, codeIn(definition, name, codes[name])]),
      )
      const key = Object.values(own).join(' ')
      cells.set(key, { units: units + (cells.get(key)?.units ?? 0), codes: own })
    }
    const sorted = [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell)
    return { salt, records: sorted, facts }
  })
}

type Sealing = { readonly brought: Secret<PooledRecords>; readonly stewards: readonly Id<'users'>[] }

async function seal(act: Act<'pool.contribute'>, pool: PoolRow, { brought, stewards }: Sealing): Promise<void> {
  const organisation_id = homeOf(act.actor)
  const row = { id: newId('statistics_contributions'), pool_id: pool.id, organisation_id, given_by: act.actor.id }
  const wanted = stewards.map((owner_id) => ({ owner_id }))
  const readers = await writableKeyrings(act, wanted)
  const access = await createRecordKey(
    act,
    row,
    readers.map((to) => ({ part: 'record', to })),
  )
  const { signing } = keysOf(act).secret
  const text = revealTo(packed(brought), (short) => {
    const signature = sign(signing, ...signedParts({ pool_id: pool.id, organisation_id }, short))
    return `${signature.toString('base64')} ${short}`
  })
  if (consult(text, ({ length }) => length > TEXT_MAX)) throw new Problem(tooManyRecords)
  await replaceContribution(act, row, { access, facts: text, on: dayOf(act.services.now()) })
}

type Brought = { readonly pool_id: Id<'statistics_pools'>; readonly organisation_id: Id<'organisations'> }

/** What whoever brings records signs, so that nobody else brings any in the organisation's name. */
export const signedParts = ({ pool_id, organisation_id }: Brought, text: string) => [
  'contribution1',
  organisation_id,
  pool_id,
  sha256(text),
]
