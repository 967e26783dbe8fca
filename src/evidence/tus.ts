import { Readable } from 'node:stream'
import { DataStore, MemoryLocker, Server, Upload } from '@tus/server'
import type { FileLock } from '../platform/crypto/file-cipher.ts'
import { type Id, idOf, newId } from '../platform/kernel/ids.ts'
import { invalidRequest, notFound, Problem, type ProblemKind, tooLarge } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import type { EvidenceParts } from './parts.ts'
import { wrongOffset, wrongTusVersion } from './problems.ts'
import { FILE_BYTES_MAX } from './schema.ts'
import { beginUpload, cancelUpload, continueUpload, resumeUpload } from './uploads.ts'

/** A request of the tus protocol (resumable upload 1.0). */
export type TusRequest = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
}

const PATH = '/v1/uploads'
const locker = new MemoryLocker()

/** Answers it. What the protocol asks of the store is one person's doing, so each request has a store of its own. */
export async function answerTus({ method, url, headers, body }: TusRequest, doings: Partial<DataStore>) {
  let failure: Error | undefined
  const note = (error: unknown) => {
    if (error instanceof Error) failure ??= error
  }
  // Why a part was not kept: the protocol may tell it as a sender who broke off.
  const write: DataStore['write'] = async (stream, id, offset) => {
    try {
      return (await doings.write?.(stream, id, offset)) ?? offset
    } catch (error) {
      note(error)
      throw error
    }
  }
  const server = new Server({
    path: PATH,
    datastore: Object.assign(new DataStore(), { extensions: ['creation', 'termination'] }, doings, { write }),
    locker,
    maxSize: FILE_BYTES_MAX,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: () => newId('uploads'),
    onResponseError: (_request, error) => {
      note(error)
      return undefined
    },
  })
  const content = method === 'PATCH' ? { body: Readable.toWeb(body), duplex: 'half' as const } : {}
  const response = await server.handleWeb(new Request(url, { method, headers, ...content }))
  if (failure !== undefined) throw failure
  if (response.status >= 400) throw new Problem(kinds.get(response.status) ?? invalidRequest)
  return response
}

/** What the protocol refuses, as one of our problems. */
const kinds = new Map<number, ProblemKind>([
  [403, notFound],
  [404, notFound],
  [409, wrongOffset],
  [412, wrongTusVersion],
  [413, tooLarge],
])

/** The name is our own: `newId` gave it. */
const uploadId = (text: string): Id<'uploads'> => idOf('uploads').parse(text)

/** What Upload-Metadata says, such as the name of the file, is not kept. */
export const beginning = (op: Op<'upload.begin'>): Partial<DataStore> => ({
  async create(upload) {
    await beginUpload(op, { id: uploadId(upload.id), size: upload.size ?? 0 })
    return upload
  },
})

type Going = Op<'upload.inspect' | 'upload.continue'>

export function going(
  op: Going,
  here: { readonly parts: EvidenceParts; readonly id: Id<'uploads'> },
): Partial<DataStore> {
  let lock: FileLock | undefined
  return {
    async getUpload(id) {
      const resumed = await resumeUpload(op, here)
      lock = resumed.lock
      return new Upload({ id, size: lock.size, offset: resumed.offset })
    },
    write(stream, _id, offset) {
      if (lock === undefined) throw new Error('a part came before its upload was looked for')
      return continueUpload(op, here, { lock, stream, offset })
    },
  }
}

export const cancelling = (op: Op<'upload.cancel'>, parts: EvidenceParts): Partial<DataStore> => ({
  remove: (id) => cancelUpload(op, { parts, id: uploadId(id) }),
})
