import type { Readable } from 'node:stream'
import { PassThrough } from 'node:stream'
import { ZipFile } from 'yazl'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import type { ArchivedFile } from './schema.ts'

/** A file that is made for the archive. */
export type Entry = { readonly path: string; readonly content: Secret<string | Buffer> }

// Times in a zip would tell when a file was last touched; the manifest says when the archive was made.
const MTIME = new Date('2000-01-01T00:00:00Z')

/** A zip that is written while it is read: no file is ever whole in memory. A file that fails ends it as broken. */
export function zipOf(entries: readonly Entry[], files: readonly ArchivedFile[]): Readable {
  const zip = new ZipFile()
  for (const { path, content } of entries)
    consult(content, (plain) => zip.addBuffer(Buffer.from(plain), path, { mtime: MTIME }))
  for (const { path, open } of files)
    zip.addReadStreamLazy(path, { mtime: MTIME, compress: false }, (take) => {
      open().then(
        (stream) => take(null, stream),
        (error: unknown) => take(error, new PassThrough()),
      )
    })
  const out = new PassThrough()
  zip.on('error', (error: Error) => out.destroy(error))
  zip.outputStream.pipe(out)
  zip.end()
  return out
}
