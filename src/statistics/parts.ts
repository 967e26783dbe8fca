import { gunzipSync, gzipSync } from 'node:zlib'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { partPolicy } from './policy.ts'
import { findParts, type PartName, revealParts } from './repo-parts.ts'

type Reading = Act<'cube.try' | 'release.make' | 'release.sign' | 'release.download' | 'pool.contribute'>

/** A long text of a release that was granted; undefined where a piece is missing or does not open. */
export async function openPart(
  act: Reading,
  releaseId: Id<'statistics_releases'>,
  part: PartName,
): Promise<Secret | undefined> {
  const rows = partPolicy.grantEach(act, await findParts(act.db, releaseId, part))
  const [first = null, ...others] = await revealParts(act, rows)
  if (first === null || others.includes(null)) return undefined
  return revealTo(
    first,
    (start) => start + others.map((piece) => (piece === null ? '' : consult(piece, same))).join(''),
  )
}

const same = (text: string): string => text

/** A value as short text, to be sealed. */
export const packed = <T>(value: Secret<T>): Secret =>
  revealTo(value, (open) => gzipSync(JSON.stringify(open)).toString('base64'))

/** What `packed` made, for a schema to parse. */
export const unpacked = (text: Secret): Secret<unknown> =>
  revealTo(text, (short): unknown => JSON.parse(gunzipSync(Buffer.from(short, 'base64')).toString('utf8')))
