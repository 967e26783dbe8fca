import type { Readable } from 'node:stream'
import { homeOf } from '../platform/access/home.ts'
import { tokenFrom, tokenText } from '../platform/crypto/code.ts'
import { type FileLock, newFileKey } from '../platform/crypto/file-cipher.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { invalidRequest, notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import type { EvidenceParts } from './parts.ts'
import { offsetAfter, receivedPieces } from './pieces.ts'
import { uploadPolicy } from './policy.ts'
import { tooManyUploads } from './problems.ts'
import { countUploads, deleteUpload, findUpload, finishUpload, insertUpload, revealUpload } from './repo-uploads.ts'
import { FILE_BYTES_MAX, type UploadContent } from './schema.ts'
import { settleFile } from './settle-file.ts'
import { writePieces } from './write-pieces.ts'

const UPLOADS_MOST = 20

type New = { readonly id: Id<'uploads'>; readonly size: number }

/** Makes the key of a file, for whoever sends it: any replica goes on with nothing but the sender's session. */
export function beginUpload(op: Op<'upload.begin'>, { id, size }: New): Promise<void> {
  if (!(size > 0 && size <= FILE_BYTES_MAX))
    throw new Problem(invalidRequest, { errors: [{ header: 'Upload-Length', detail: 'must be 1 byte to 5 GiB' }] })
  return op.act(async (act) => {
    if ((await countUploads(act.db, act.actor.id)) >= UPLOADS_MOST) throw new Problem(tooManyUploads)
    const row = { id, organisation_id: homeOf(act.actor), begun_on: dayOf(act.services.now()) }
    const [own] = await writableKeyrings(act, [{ owner_id: act.actor.id }])
    if (own === undefined) throw new Error('a user without a keyring')
    const access = await createRecordKey(act, row, [{ part: 'record', to: own }])
    const content = revealTo(tokenText(newFileKey()), (key): UploadContent => ({ key, size }))
    await insertUpload(act, row, { access, content })
  })
}

/** A file on its way: how it is sealed, and how far it has come. */
export type Upload = { readonly lock: FileLock; readonly offset: number }

type Going = Op<'upload.inspect' | 'upload.continue'>
type Here = { readonly parts: EvidenceParts; readonly id: Id<'uploads'> }

/** Where the sender goes on. A file that is all there, but was not settled when the server stopped, is settled now. */
export async function resumeUpload(op: Going, here: Here): Promise<Upload> {
  const { lock, isFinished } = await op.act((act) => openUpload(act, here.id))
  const offset = isFinished ? lock.size : offsetAfter(await receivedPieces(here.parts.store, lock), lock.size)
  if (!isFinished && offset === lock.size) await settleUpload(op, here, lock)
  return { lock, offset }
}

async function openUpload(act: Act<'upload.inspect' | 'upload.continue'>, id: Id<'uploads'>) {
  const upload = uploadPolicy.grant(act, await findUpload(act, id))
  const { identity } = await revealUpload(act, upload)
  if (identity === null) throw new Problem(notFound)
  return { upload, identity, isFinished: upload.is_finished, lock: lockOf(id, identity) }
}

/** How a file is sealed. */
export const lockOf = (file: string, content: Secret<{ readonly key: string; readonly size: number }>): FileLock => ({
  file,
  key: tokenFrom(revealTo(content, ({ key }) => key)),
  size: consult(content, ({ size }) => size),
})

type Part = { readonly lock: FileLock; readonly stream: Readable; readonly offset: number }

/** Takes a part. The last one settles the file. */
export async function continueUpload(op: Going, here: Here, { lock, ...coming }: Part): Promise<number> {
  const offset = await writePieces(here.parts.store, lock, coming)
  if (offset === lock.size) await settleUpload(op, here, lock)
  return offset
}

/** From here on the row says what the file is, and which pieces are its own. */
async function settleUpload(op: Going, { parts, id }: Here, lock: FileLock): Promise<void> {
  const { sha256, pieces, scan } = await settleFile(parts, lock)
  await op.act(async (act) => {
    const { upload, identity } = await openUpload(act, id)
    if (upload.is_finished) return
    const content = revealTo(sha256, (hash) =>
      consult(identity, (begun) => ({ ...begun, sha256: hash, pieces: [...pieces] })),
    )
    await finishUpload(act, upload, { content, scan })
  })
}

/** Lets a file go that has not become evidence. */
export async function cancelUpload(op: Op<'upload.cancel'>, { parts, id }: Here): Promise<void> {
  await op.act(async (act) => deleteUpload(act, uploadPolicy.grant(act, await findUpload(act, id))))
  await parts.store.remove(id)
}
