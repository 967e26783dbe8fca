import { Readable } from 'node:stream'
import { z } from 'zod'
import type { ArchivedFile, Asking } from '../archives/schema.ts'
import { consult } from '../platform/crypto/secret.ts'
import { download } from '../platform/http/download.ts'
import type { Route } from '../platform/http/route.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { askFor, named, wholeOf } from './chapters.ts'

/** As much of an item of evidence as its file in an archive needs; null for whoever has no key. */
const Item = z.looseObject({
  id: z.uuid(),
  content: z.looseObject({ size: z.int(), sha256: z.string() }).nullable(),
})
const Items = z.looseObject({ items: z.array(Item) })

/**
 * The evidence of a case as files of its archive, by the routes that list it and hand it out: each file is read, and
 * noted in its chain of custody, when its turn comes.
 */
export const evidenceFiles =
  (routes: readonly Route[]) =>
  async (asking: Asking, id: Id<'cases'>): Promise<ArchivedFile[]> => {
    const listed = await wholeOf(named(routes, '/cases/:id/evidence'), asking, { params: { id } })
    const items = consult(listed, (page) => Items.parse(page).items)
    return items.flatMap(({ id: item, content }) => {
      if (content === null) return []
      const open = async () => {
        // An archive is the whole file, and whoever makes one knows what lies in it: what a scanner found stays in.
        const query = { despite: 'case_archive' }
        const answer = await askFor(named(routes, '/evidence/:id/content'), asking, { params: { id: item }, query })
        const { content } = download.parse(answer)
        return content instanceof Readable ? content : Readable.from([content])
      }
      return [{ path: `evidence/${item}`, bytes: content.size, sha256: content.sha256, open }]
    })
  }
