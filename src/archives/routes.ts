import { z } from 'zod'
import { download } from '../platform/http/download.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import type { ArchiveParts } from './schema.ts'
import { makeArchive } from './service.ts'

/** The whole case file, to take out of the house. */
export const archiveRoutes = (parts: ArchiveParts): Route[] => [
  route({
    method: 'POST',
    url: '/cases/:id/archive',
    action: 'archive.make',
    summary: 'Take out the whole case file: a signed zip that opens without this program',
    params: z.strictObject({ id: idOf('cases') }),
    status: 200,
    reply: download,
    downloads: ['application/zip'],
    handle: (op, { params }) => makeArchive(op, parts, params.id),
  }),
]
