import { Readable } from 'node:stream'
import { type WorkingCase, workOnCase } from '../cases/service.ts'
import { tokenText } from '../platform/crypto/code.ts'
import { type FileLock, newFileKey } from '../platform/crypto/file-cipher.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { addItem, receiptOf, saltedContent } from './add-item.ts'
import { noteCustody } from './custody.ts'
import type { EvidenceParts } from './parts.ts'
import { mustStand, type PinnedFile, readSpan } from './pieces.ts'
import { evidencePolicy } from './policy.ts'
import { noWorkingCopy, somethingFound } from './problems.ts'
import { findCopyOf, findEvidence, revealEvidence } from './repo.ts'
import type { EvidenceFacts } from './schema.ts'
import { settleFile, type Settled } from './settle-file.ts'
import type { Stripped } from './strip-image.ts'
import { lockOf } from './uploads.ts'
import { writePieces } from './write-pieces.ts'

/** The largest file of which a copy is made: it is opened in memory. */
const COPIED_BYTES_MAX = 32 * 1024 ** 2

type Deriving = Op<'evidence.derive'>

/**
 * Makes a copy of a picture without its metadata, as an item of its own. A picture has one such copy: who asks again gets
 * the same.
 */
export async function makeWorkingCopy(op: Deriving, parts: EvidenceParts, id: Id<'evidence_items'>) {
  const original = await op.act(async (act) => {
    const { item } = await openOriginal(act, id)
    const copy = await findCopyOf(act.db, id)
    return { scan: item.scan, copy: copy && receiptOf(copy), file: fileOf(item) }
  })
  if (original.copy !== undefined) return original.copy
  if (original.scan === 'found') throw new Problem(somethingFound)
  // The decoder is loaded at the first picture, for it is large.
  const { stripImage } = await import('./strip-image.ts')
  const stripped = await stripImage(await readWhole(parts, original.file))
  if (typeof stripped === 'string') throw new Problem(noWorkingCopy, { reason: stripped })
  return keepCopy(op, parts, { id, ...stripped })
}

/** An item of a case that the actor works on, opened. */
async function openOriginal(act: Act<'evidence.derive'>, id: Id<'evidence_items'>) {
  const row = await findEvidence(act.db, id)
  if (row === undefined) throw new Problem(notFound)
  const found = await workOnCase(act, row.case_id)
  const [item] = await revealEvidence(act, [evidencePolicy(found).grant(act, row)])
  if (item === undefined) throw new Problem(notFound)
  return { found, item }
}

type Original = Awaited<ReturnType<typeof openOriginal>>['item']

function fileOf({ blob, content }: Original): PinnedFile {
  if (content === null) throw new Problem(notFound)
  return { lock: lockOf(blob, content), pieces: consult(content, ({ pieces }) => pieces) }
}

async function readWhole({ store }: EvidenceParts, file: PinnedFile): Promise<Secret<Buffer>> {
  const { size } = file.lock
  if (size > COPIED_BYTES_MAX) throw new Problem(noWorkingCopy, { reason: 'size' })
  await mustStand(store, file)
  let whole = new Secret(Buffer.alloc(0))
  for await (const part of readSpan(store, file, { from: 0, to: size - 1 }))
    whole = revealTo(part, (more) => consult(whole, (before) => Buffer.concat([before, more])))
  return whole
}

type Copy = Stripped & { readonly id: Id<'evidence_items'> }

/** The file first, then its row: what a stop leaves in between is a file without a row. */
async function keepCopy(op: Deriving, parts: EvidenceParts, { id, media, picture }: Copy) {
  const file = newId('evidence_items')
  const lock: FileLock = { file, key: newFileKey(), size: consult(picture, ({ length }) => length) }
  try {
    const stream = consult(picture, (bytes) => Readable.from([bytes]))
    await writePieces(parts.store, lock, { stream, offset: 0 })
    const settled = await settleFile(parts, lock)
    return await op.act(async (act) => {
      const { found, item } = await openOriginal(act, id)
      return addCopy(act, found, { item, media, blob: file, lock, settled })
    })
  } catch (error) {
    await parts.store.remove(file).catch(() => undefined)
    throw error
  }
}

type Made = Pick<Stripped, 'media'> & {
  readonly item: Original
  readonly blob: Id<string>
  readonly lock: FileLock
  readonly settled: Settled
}

async function addCopy(act: Act<'evidence.derive'>, found: WorkingCase, { item, media, blob, lock, settled }: Made) {
  if (item.identity === null || item.facts === null) throw new Problem(notFound)
  const { sha256, pieces, scan } = settled
  const content = revealTo(sha256, (hash) =>
    consult(tokenText(lock.key), (key) => ({ key, size: lock.size, sha256: hash, pieces: [...pieces] })),
  )
  const values = {
    identity: revealTo(item.identity, (said) => ({ ...said, file_name: copyName(said.file_name) })),
    narrative: new Secret({ how_obtained: 'Working copy of another item: its picture without metadata.' }),
    facts: revealTo(item.facts, (facts): EvidenceFacts => ({ ...facts, media })),
    content: saltedContent(content),
  }
  const origin = new Secret({ kind: 'derived' as const })
  const receipt = await addItem(act, found, { blob, derived_from: item.id, scan, values, origin })
  await noteCustody(act, item, { found, what: new Secret({ kind: 'copied' as const, copy_id: receipt.id }) })
  return receipt
}

const NAME_LETTERS_MAX = 255
const copyName = (name: string): string => `working copy of ${name}`.slice(0, NAME_LETTERS_MAX)
