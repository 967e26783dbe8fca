import { plainSha256 } from '../platform/crypto/code.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { sign, verify } from '../platform/crypto/signing.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { anchorOf, keysOf } from '../platform/operation/session.ts'
import { trustedAmong } from '../platform/operation/trust.ts'
import { openPart } from './parts.ts'
import { openDeclared, stewardsOf } from './pools.ts'
import { poolPolicy, releasePolicy } from './policy.ts'
import { findPool } from './repo-pools.ts'
import { alreadySigned, bytesChanged, nothingToSign, notSigned, releaseWithdrawn } from './problems.ts'
import {
  findRelease,
  findReleaseLocked,
  findSignatures,
  insertSignature,
  listReleases,
  markReleased,
  markWithdrawn,
  type ReleaseRow,
  revealReleases,
} from './repo-releases.ts'
import type { LedgerEntry, Withdrawal } from './schema-release.ts'

type ReleaseId = Id<'statistics_releases'>

/** So many coordinators put their names to the bytes before anything of them leaves. */
const SIGNERS = 2

/** What is signed: this very file, of this release. */
const signedParts = ({ id, organisation_id }: Pick<ReleaseRow, 'id' | 'organisation_id'>, hash: string) => [
  'release1',
  organisation_id,
  id,
  hash,
]

export function readReleases(op: Op<'release.list'>, { limit, after }: PageQuery) {
  return op.act(async (act) => {
    const cursor = decodeCursor(DayCursor, after)
    const rows = await listReleases(act.db, act.actor, { after: cursor, limit: limit + 1 })
    const { page, next } = cut(rows, limit, (last) => [last.made_on, last.id])
    return { items: await withSigners(act, releasePolicy.grantEach(act, page)), next }
  })
}

export function readRelease(op: Op<'release.read'>, id: ReleaseId) {
  return op.act(async (act) => {
    const row = releasePolicy.grant(act, await findRelease(act.db, act.actor, id))
    const [open] = await revealReleases(act, [row])
    const [summary] = await withSigners(act, [row])
    if (open === undefined || summary === undefined) throw new Problem(notFound)
    return { ...summary, entry: open.facts, notice: noticeOf(row) }
  })
}

async function withSigners<R extends ReleaseRow>(act: Act, rows: readonly R[]) {
  const signatures = await findSignatures(
    act.db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    ...row,
    signers: signatures.filter(({ release_id }) => release_id === row.id).map(({ user_id }) => user_id),
  }))
}

/** What was released stays known: a notice tells readers what not to use, and the ledger keeps counting with it. */
function noticeOf({ id, period, withdrawn_on, withdrawn_for }: ReleaseRow): string | null {
  if (withdrawn_on === null) return null
  return `Withdrawn on ${withdrawn_on} (${withdrawn_for ?? 'mistake'}): the figures of ${period} with the identifier ${id}. Do not use them or pass them on.`
}

/** Puts one's name to the bytes. With the second coordinator's name they may leave. */
export function signRelease(op: Op<'release.sign'>, id: ReleaseId, version: number) {
  return op.act(async (act) => {
    const release = releasePolicy.grant(act, await findReleaseLocked(act.db, act.actor, id))
    if (release.version !== version) throw new Problem(staleVersion)
    if (release.status !== 'certified') throw new Problem(nothingToSign)
    const [open] = await revealReleases(act, [release])
    if (open === undefined) throw new Problem(notFound)

    const { hash } = await certifiedBytes(act, open)
    const signature = sign(keysOf(act).secret.signing, ...signedParts(release, hash))
    if (!(await insertSignature(act, release, signature))) throw new Problem(alreadySigned)
    const isReleased = (await validSigners(act, release, hash)) >= SIGNERS
    if (isReleased) await markReleased(act, release)
    return isReleased
      ? { id, version: version + 1, status: 'released' as const }
      : { id, version, status: release.status }
  })
}

type OpenRelease = {
  readonly id: ReleaseId
  readonly facts: Secret<LedgerEntry>
}

/** The bytes, which must be those that were certified. */
async function certifiedBytes(act: Act<'release.sign' | 'release.download'>, { id, facts }: OpenRelease) {
  const text = await openPart(act, id, 'package')
  const bytes = text === undefined ? Buffer.alloc(0) : consult(text, (base64) => Buffer.from(base64, 'base64'))
  const hash = plainSha256(bytes)
  if (consult(facts, ({ bytes_sha256 }) => bytes_sha256) !== hash) throw new Problem(bytesChanged)
  return { bytes, hash }
}

type Signing = Act<'release.sign' | 'release.download'>

/** How many of those who may have signed these bytes, by keys that are confirmed up to the founder. */
async function validSigners(act: Signing, release: ReleaseRow, hash: string): Promise<number> {
  const stewards = await stewardsFor(act, release)
  const signatures = await findSignatures(act.db, [release.id])
  const userIds = signatures.map(({ user_id }) => user_id)
  const trusted = await trustedAmong(act.db, anchorOf(act), userIds)
  return signatures.filter(({ user_id, signature }) => {
    const signer = trusted.get(user_id)
    const isAsked = stewards?.includes(user_id) ?? signer?.organisation_id === release.organisation_id
    if (signer === undefined || !isAsked || !signer.roles.includes('coordinator')) return false
    return verify(signer.signing, signature, ...signedParts(release, hash))
  }).length
}

/** Of a pool, its two stewards, as they were declared; of one's own cube, any coordinator: undefined. */
async function stewardsFor(act: Signing, { pool_id }: ReleaseRow): Promise<Id<'users'>[] | undefined> {
  if (pool_id === null) return undefined
  return stewardsOf(await openDeclared(act, poolPolicy.grant(act, await findPool(act.db, pool_id))))
}

export function withdrawRelease(
  op: Op<'release.withdraw'>,
  id: ReleaseId,
  withdrawal: Withdrawal & { version: number },
) {
  return op.act(async (act) => {
    const release = releasePolicy.grant(act, await findRelease(act.db, act.actor, id))
    if (release.status === 'withdrawn' || release.status === 'refused') throw new Problem(releaseWithdrawn)
    if (!(await markWithdrawn(act, release, withdrawal))) throw new Problem(staleVersion)
    return { id, version: withdrawal.version + 1, status: 'withdrawn' as const }
  })
}

/** The signed bytes, always the same. */
export function downloadRelease(op: Op<'release.download'>, id: ReleaseId) {
  return op.act(async (act) => {
    const release = releasePolicy.grant(act, await findRelease(act.db, act.actor, id))
    if (release.status === 'withdrawn') throw new Problem(releaseWithdrawn)
    const [open] = await revealReleases(act, [release])
    if (open === undefined) throw new Problem(notFound)
    if (release.status !== 'released') throw new Problem(notSigned)
    const { bytes, hash } = await certifiedBytes(act, open)
    if ((await validSigners(act, release, hash)) < SIGNERS) throw new Problem(notSigned)
    act.concerns('statistics_releases', release.id)
    return { bytes, name: consult(open.facts, ({ population, period }) => `${population}-${period.toLowerCase()}`) }
  })
}
