import { sha256 } from '../platform/crypto/code.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { verify } from '../platform/crypto/signing.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { anchorOf } from '../platform/operation/session.ts'
import { trustedKeys } from '../platform/operation/trust.ts'
import { signedParts } from './contribute.ts'
import { unpacked } from './parts.ts'
import type { Plan } from './plan.ts'
import { contributionPolicy, poolPolicy } from './policy.ts'
import { bytesChanged, nothingBrought, poolClosed } from './problems.ts'
import type { EarlierFact } from './protection/types.ts'
import { ORGANISATION } from './question.ts'
import { openDeclared, stewardsOf } from './pools.ts'
import { type ContributionRow, findContributions, findPool, revealContributions } from './repo-pools.ts'
import { findReleaseOf } from './repo-releases.ts'
import { PooledRecords } from './schema-pool.ts'

/** Two at least: of one alone, the other would know all by subtracting its own. */
const ORGANISATIONS_LEAST = 2

type Planned = Plan & { readonly period: string }

/** What was brought to a pool, opened in one act by a steward and held in memory alone. */
export async function planPool(act: Act<'pool.count'>, id: Id<'statistics_pools'>): Promise<Planned> {
  const pool = poolPolicy.grant(act, await findPool(act.db, id))
  const { facts: definition } = await openDeclared(act, pool)
  const answered = await findReleaseOf(act.db, act.actor, pool.id)
  if (answered === undefined && pool.status !== 'open') throw new Problem(poolClosed)

  const brought = answered === undefined ? await openBrought(act, pool.id) : []
  if (answered === undefined && brought.length < ORGANISATIONS_LEAST) throw new Problem(nothingBrought)
  const readers = pool.seats.map(({ organisation_id }) => organisation_id)
  return {
    period: pool.period,
    source: { kind: 'pool', id: pool.id, organisation_id: pool.organisation_id, readers, stewards: stewardsOf(pool) },
    job: {
      definition: consult(definition, (open) => open),
      snapshot: new Secret({ records: brought.flatMap(recordsIn) }),
      told: { period: pool.period, ledger: [], figures: [] },
      pool: { organisations: brought.map(({ organisation_id }) => organisation_id), facts: brought.flatMap(factsIn) },
      seed: seedOf(brought),
    },
    snapshot_of: null,
    answered,
  }
}

type Brought = Pick<ContributionRow, 'organisation_id'> & { readonly records: Secret<PooledRecords> }

async function openBrought(act: Act<'pool.count'>, id: Id<'statistics_pools'>): Promise<Brought[]> {
  const rows = contributionPolicy.grantEach(act, await findContributions(act.db, id))
  const open = []
  for (const row of await revealContributions(act, rows)) {
    if (row.facts === null) throw new Problem(bytesChanged)
    open.push({ organisation_id: row.organisation_id, records: await signedRecords(act, row, row.facts) })
  }
  return open
}

/** They must be signed by a coordinator of the organisation that they are said to be of. */
async function signedRecords(
  act: Act<'pool.count'>,
  row: Omit<ContributionRow, 'facts'>,
  text: Secret,
): Promise<Secret<PooledRecords>> {
  const signer = await trustedKeys(act.db, anchorOf(act), row.given_by)
  const isOwn = signer.organisation_id === row.organisation_id && signer.roles.includes('coordinator')
  const isSigned = consult(text, (open) => {
    const [signature = '', short = ''] = open.split(' ')
    return verify(signer.signing, Buffer.from(signature, 'base64'), ...signedParts(row, short))
  })
  if (!isOwn || !isSigned) throw new Problem(bytesChanged)
  const short = revealTo(text, (open) => open.split(' ')[1] ?? '')
  return revealTo(unpacked(short), (open) => PooledRecords.parse(open))
}

const recordsIn = ({ organisation_id, records }: Brought) =>
  consult(records, (open) =>
    open.records.map(({ units, codes }) => ({
      incident: '',
      units,
      codes: { ...codes, [ORGANISATION]: organisation_id },
    })),
  )

const factsIn = ({ organisation_id, records }: Brought): EarlierFact[] =>
  consult(records, ({ facts }) =>
    facts.map(({ at, lo, hi }) => ({ at: { ...at, [ORGANISATION]: organisation_id }, lo, hi })),
  )

/** The coins hang on what all have drawn: no single organisation chooses them, and a repeat draws no others. */
const seedOf = (brought: readonly Brought[]): Secret<Uint8Array> =>
  new Secret(sha256('pool-seed1', ...brought.map(({ records }) => consult(records, ({ salt }) => salt))))
