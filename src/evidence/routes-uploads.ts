import { bare, type Route, route, type Streamed } from '../platform/http/route.ts'
import { tooLarge } from '../platform/kernel/problem.ts'
import type { EvidenceParts } from './parts.ts'
import { storageFull, storeAway, tooManyUploads, wrongOffset, wrongTusVersion } from './problems.ts'
import { UploadPath } from './schema.ts'
import { answerTus, beginning, cancelling, going } from './tus.ts'

/** Resumable upload in the tus protocol 1.0: what a part holds is encrypted as it comes. */
export const uploadRoutes = (parts: EvidenceParts): Route[] => [
  route({
    method: 'POST',
    url: '/uploads',
    action: 'upload.begin',
    summary: 'Begin to send a file (tus 1.0): Upload-Length says its size; Location says where its parts go',
    streams: true,
    status: 201,
    reply: bare,
    problems: [tooManyUploads, tooLarge, wrongTusVersion],
    handle: (op, { stream }) => answerTus(streamed(stream), beginning(op)),
  }),
  route({
    method: 'HEAD',
    url: '/uploads/:id',
    action: 'upload.inspect',
    summary: 'Ask how much of a file was received (tus 1.0): Upload-Offset says where to go on',
    params: UploadPath,
    streams: true,
    status: 200,
    reply: bare,
    problems: [storeAway, wrongTusVersion],
    handle: (op, { stream, params }) => answerTus(streamed(stream), going(op, { parts, id: params.id })),
  }),
  route({
    method: 'PATCH',
    url: '/uploads/:id',
    action: 'upload.continue',
    summary: 'Send a part of a file (tus 1.0), of 64 KiB or more unless it is the last',
    params: UploadPath,
    streams: true,
    status: 204,
    reply: bare,
    problems: [wrongOffset, storageFull, storeAway, tooLarge, wrongTusVersion],
    handle: (op, { stream, params }) => answerTus(streamed(stream), going(op, { parts, id: params.id })),
  }),
  route({
    method: 'DELETE',
    url: '/uploads/:id',
    action: 'upload.cancel',
    summary: 'Let go of a file that has not become evidence (tus 1.0)',
    params: UploadPath,
    streams: true,
    status: 204,
    reply: bare,
    problems: [storeAway, wrongTusVersion],
    handle: (op, { stream }) => answerTus(streamed(stream), cancelling(op, parts)),
  }),
]

function streamed(stream: Streamed | null): Streamed {
  if (stream === null) throw new Error('a route that streams was given no stream')
  return stream
}
