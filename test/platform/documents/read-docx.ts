import yauzl from 'yauzl'

/** The files of a DOCX by their paths, and the times at which they were packed. */
export async function filesOfDocx(bytes: Buffer): Promise<{ files: Map<string, string>; packedAt: Set<string> }> {
  const files = new Map<string, string>()
  const packedAt = new Set<string>()
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk)
    files.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
    packedAt.add(`${String(entry.lastModFileDate)} ${String(entry.lastModFileTime)}`)
  }
  return { files, packedAt }
}

/** The text of its page, run by run. */
export const textOfDocx = (files: ReadonlyMap<string, string>): string =>
  [...(files.get('word/document.xml') ?? '').matchAll(/<w:t[ >][^<]*/g)]
    .map(([run]) => run.slice(run.indexOf('>') + 1))
    .join('\n')

/** Whether each tag of an XML text is closed in its turn, and no character is in it that XML cannot hold. */
export function isWellFormed(xml: string): boolean {
  const open: string[] = []
  for (const [tag, name = ''] of xml.matchAll(/<\/?([\w:]+)(?:\s[^<>]*)?>/g)) {
    if (tag.endsWith('/>')) continue
    if (!tag.startsWith('</')) open.push(name)
    else if (open.pop() !== name) return false
  }
  return open.length === 0 && !/[\u0000-\u0008\u000B\u000C\u000E-\u001F]|&(?!\w+;|#\d+;)/.test(xml)
}
