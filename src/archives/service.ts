import { viewCase } from '../cases/service.ts'
import { homeOf } from '../platform/access/home.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { fingerprint, sign } from '../platform/crypto/signing.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notAllowed, Problem } from '../platform/kernel/problem.ts'
import { type Act, begin, type Op } from '../platform/operation/op.ts'
import { keysOf } from '../platform/operation/session.ts'
import { pdfOf } from './case-pdf.ts'
import { pageOf } from './page.ts'
import { archivePolicy } from './policy.ts'
import { readme } from './readme.ts'
import type { ArchivedFile, ArchiveParts, Chapter, Manifest, ReadChapter } from './schema.ts'
import { type Entry, zipOf } from './zip.ts'

type Making = Op<'archive.make'>

/** The whole of a case in one signed file: what its team may read, its evidence, and what the audit trail says of it. */
export async function makeArchive(op: Making, parts: ArchiveParts, id: Id<'cases'>) {
  await op.act(async (act) => archivePolicy.grant(act, await viewCase(act, id)))
  const { read, left_out } = await readChapters(op, parts.chapters, id)
  const made = [...written(read), { path: 'case.pdf', content: await pdfOf(read) }]
  const files = await parts.files((action) => begin(op.services, op, action), id)
  const signed = await op.act(async (act) => {
    archivePolicy.grant(act, await viewCase(act, id))
    const proof = JSON.stringify(await parts.proof(act, id), null, 1)
    const entries = [...made, { path: 'audit.json', content: new Secret(proof) }]
    const manifest = JSON.stringify(manifestOf(act, { id, entries, files, left_out }), null, 1)
    const hash = plainSha256(manifest)
    act.concerns('cases', id, hash)
    const signature = sign(keysOf(act).secret.signing, 'archive1', hash).toString('hex')
    return [
      ...entries,
      { path: 'manifest.json', content: new Secret(manifest) },
      { path: 'signature.txt', content: new Secret(`${signature}\n`) },
    ]
  })
  return { media: 'application/zip', file: 'case-file.zip', content: zipOf(signed, files) }
}

/** Each chapter under its own action. What the actor's roles do not read is left out, and named. */
async function readChapters(op: Making, chapters: readonly Chapter[], id: Id<'cases'>) {
  const read: ReadChapter[] = []
  const left_out: string[] = []
  for (const { name, title, read: readChapter } of chapters) {
    try {
      read.push({ name, title, content: await readChapter((action) => begin(op.services, op, action), id) })
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== notAllowed) throw error
      left_out.push(name)
    }
  }
  return { read, left_out }
}

/** The chapters for people and for programs. */
function written(chapters: readonly ReadChapter[]): Entry[] {
  const asJson = chapters.map(({ name, content }) => ({
    path: `data/${name}.json`,
    content: revealTo(content, (value) => `${JSON.stringify(value, null, 1)}\n`),
  }))
  return [
    { path: 'README.txt', content: new Secret(readme) },
    { path: 'index.html', content: pageOf(chapters) },
    ...asJson,
  ]
}

type Contents = {
  readonly id: Id<'cases'>
  readonly entries: readonly Entry[]
  readonly files: readonly ArchivedFile[]
  readonly left_out: readonly string[]
}

function manifestOf(act: Act, { id, entries, files, left_out }: Contents): Manifest {
  const { agreement, signing } = keysOf(act).secret
  return {
    format: 'guvoh-case-archive-1',
    case_id: id,
    made_at: act.services.now().toISOString(),
    made_by: {
      user_id: act.actor.id,
      organisation_id: homeOf(act.actor),
      signing_key: Buffer.from(signing.publicKey).toString('hex'),
      fingerprint: fingerprint(agreement.publicKey, signing.publicKey),
    },
    left_out,
    files: [...entries.map(hashed), ...files.map(({ path, bytes, sha256: hash }) => ({ path, bytes, sha256: hash }))],
  }
}

const hashed = ({ path, content }: Entry) => ({
  path,
  ...consult(content, (plain) => ({ bytes: Buffer.byteLength(plain), sha256: plainSha256(plain) })),
})
