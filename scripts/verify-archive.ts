import { createHash, createPublicKey, verify } from 'node:crypto'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import yauzl from 'yauzl'

// Checks a case file archive from its description only (README.txt inside it): it shares no code with the server.

const usage = `verify-archive [--fingerprint "…"] FILE…

  Checks case file archives: one verdict a file, and exit 1 when one is refused.
  --fingerprint   of whoever made it, as you learned it elsewhere than from the archive`

type Manifest = {
  format: string
  made_at: string
  made_by: { user_id: string; signing_key: string; fingerprint: string }
  left_out: string[]
  files: { path: string; bytes: number; sha256: string }[]
}
type Audit = {
  checkpoint: { size: number; root: string; made_at: string; signature: string }
  key: string
  events: { seq: number; body: string; path: string[] }[]
}
type Found = { sha256: string; bytes: number; text: string | null }

class Refused extends Error {}

function must(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Refused(why)
}

const TEXT_BYTES_MOST = 64 * 1024 * 1024
const unlisted = ['manifest.json', 'signature.txt']

const isText = (path: string) => !path.startsWith('evidence/') && path !== 'case.pdf'

/** Every file of the zip by its path; texts are kept, files of evidence and what is to print only hashed. */
async function readZip(file: string): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  const zip = await yauzl.openPromise(file, { strictFileNames: true, lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    must(!found.has(entry.fileName), `${entry.fileName} stands twice`)
    const hash = createHash('sha256')
    const chunks: Buffer[] = []
    let bytes = 0
    const keeps = isText(entry.fileName)
    const stream: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      hash.update(chunk)
      bytes += chunk.length
      must(!keeps || bytes <= TEXT_BYTES_MOST, `${entry.fileName} is too large`)
      if (keeps) chunks.push(chunk)
    }
    found.set(entry.fileName, {
      sha256: hash.digest('hex'),
      bytes,
      text: keeps ? Buffer.concat(chunks).toString('utf8') : null,
    })
  }
  return found
}

function textOf(files: ReadonlyMap<string, Found>, path: string): string {
  const text = files.get(path)?.text
  must(typeof text === 'string', `${path} is missing`)
  return text
}

function parsed<T>(files: ReadonlyMap<string, Found>, path: string, isRight: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(textOf(files, path))
    must(isRight(value), `${path} is not what it should be`)
    return value
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${path} is not what it should be`)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isManifest = (value: unknown): value is Manifest =>
  isObject(value) &&
  value['format'] === 'guvoh-case-archive-1' &&
  isObject(value['made_by']) &&
  Array.isArray(value['files']) &&
  Array.isArray(value['left_out'])

const isAudit = (value: unknown): value is Audit =>
  isObject(value) && isObject(value['checkpoint']) && Array.isArray(value['events'])

/** Every file is listed, and is what it is listed as; nothing else is there. */
function checkFiles(files: ReadonlyMap<string, Found>, { files: listed }: Manifest): void {
  for (const { path, bytes, sha256 } of listed) {
    const found = files.get(path)
    must(found !== undefined, `${path} is missing`)
    must(found.bytes === bytes && found.sha256 === sha256, `${path} was changed`)
  }
  const expected = [...listed.map(({ path }) => path), ...unlisted].sort()
  must(isDeepStrictEqual([...files.keys()].sort(), expected), 'there are files that the manifest does not list')
}

const lengthPrefixed = (...parts: string[]) =>
  Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(Buffer.byteLength(part))
      return [length, Buffer.from(part)]
    }),
  )

function isSigned(key: string, signature: string, ...parts: string[]): boolean {
  try {
    const x = Buffer.from(key, 'hex').toString('base64url')
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, lengthPrefixed(...parts), publicKey, Buffer.from(signature, 'hex'))
  } catch {
    return false
  }
}

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The root above a leaf, from the hashes beside its way (RFC 6962, 2.1.1). */
function rootAbove(leaf: Buffer, size: number, { seq, path }: Audit['events'][number]): string {
  let [at, last, hash] = [seq - 1, size - 1, leaf]
  for (const text of path) {
    must(last > 0, 'the proof of an event is too long')
    const beside = Buffer.from(text, 'hex')
    const isRight = at % 2 === 1 || at === last
    hash = isRight ? sha256(Buffer.of(1), beside, hash) : sha256(Buffer.of(1), hash, beside)
    if (isRight) while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  must(last === 0, 'the proof of an event is too short')
  return hash.toString('hex')
}

function checkAudit({ checkpoint, key, events }: Audit): void {
  const { size, root, made_at, signature } = checkpoint
  must(
    isSigned(key, signature, 'checkpoint1', String(size), root, made_at),
    'the checkpoint of the trail is not signed',
  )
  for (const event of events) {
    const leaf = sha256(Buffer.of(0), Buffer.from(event.body))
    must(rootAbove(leaf, size, event) === root, `event ${String(event.seq)} is not in the trail`)
  }
}

async function verdictOn(file: string, fingerprint: string | undefined): Promise<string> {
  const files = await readZip(file)
  const manifest = parsed(files, 'manifest.json', isManifest)
  const { made_by, made_at, left_out } = manifest
  const hash = files.get('manifest.json')?.sha256 ?? ''
  must(isSigned(made_by.signing_key, textOf(files, 'signature.txt').trim(), 'archive1', hash), 'the signature is false')
  must(
    fingerprint === undefined || fingerprint === made_by.fingerprint,
    `somebody else made it: ${made_by.fingerprint}`,
  )
  checkFiles(files, manifest)
  const audit = parsed(files, 'audit.json', isAudit)
  checkAudit(audit)
  const without = left_out.length === 0 ? '' : `, without ${left_out.join(', ')}`
  return `OK ${String(manifest.files.length)} files and ${String(audit.events.length)} events${without}, made ${made_at} by ${made_by.fingerprint}`
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { fingerprint: { type: 'string' } }, allowPositionals: true })
  if (positionals.length === 0) throw new Refused(usage)
  for (const file of positionals) {
    try {
      console.log(`${file}: ${await verdictOn(file, values.fingerprint)}`)
    } catch (error) {
      console.log(`${file}: REFUSED ${error instanceof Error ? error.message : ''}`)
      process.exitCode = 1
    }
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
})
