import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { isDeepStrictEqual, parseArgs } from 'node:util'

// A second implementation of the audit trail, from its description only: it shares no code with the server.
// An export is the replies of GET /v1/audit from the first page to the last, one a line; replies of
// GET /v1/audit/checkpoints may follow. A leaf is SHA-256(0x00 ‖ body); the chain SHA-256(0x02 ‖ chain before ‖ leaf),
// after 32 zero bytes; the tree is that of RFC 6962; a checkpoint is signed with Ed25519 over
// "checkpoint1", size, root and made_at, each after its length in four bytes.

const usage = `verify-audit [--key HEX] [--remember SIZE:ROOT] FILE…

  Checks exports of the audit trail: one verdict a file, and exit 1 when one is refused.
  --key        the installation's public key, as you learned it elsewhere than from the export
  --remember   a checkpoint that you kept: the trail must still begin with it`

type Checkpoint = { size: number; root: string; made_at: string; signature: string }
type Pins = { key: string | undefined; remembered: { size: number; root: string } | undefined }
type Trail = {
  leaves: Buffer[]
  chain: Buffer
  texts: number
  checkpoints: Map<string, Checkpoint>
  key: string | undefined
}

class Refused extends Error {}

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function must(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Refused(why)
}

async function verdictOn(file: string, pins: Pins): Promise<string> {
  const trail: Trail = { leaves: [], chain: Buffer.alloc(32), texts: 0, checkpoints: new Map(), key: pins.key }
  let line = 0
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1
    if (text.trim() !== '') addPage(trail, parsed(text, line), line)
  }
  const { leaves, texts, key } = trail
  const last = checkTree(trail, pins.remembered)
  const kept = pins.remembered === undefined ? '' : `, begins with the ${String(pins.remembered.size)} remembered`
  return `OK ${String(leaves.length)} events, ${String(texts)} with their text, root ${last.root}, signed by ${String(key)}${kept}`
}

function parsed(text: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused(`line ${String(line)}: not JSON`)
  }
}

function addPage(trail: Trail, page: unknown, line: number): void {
  const where = `line ${String(line)}`
  must(isObject(page) && Array.isArray(page['items']), `${where}: not a page of the trail`)
  const key = hex(page['key'], 32, `${where}: the key`)
  must(key === (trail.key ??= key), `${where}: another key than expected, ${key}`)
  const items: unknown[] = page['items']
  for (const item of items) {
    if (isObject(item) && 'signature' in item) addCheckpoint(trail, item)
    else addEvent(trail, item)
  }
  if ('checkpoint' in page) addCheckpoint(trail, page['checkpoint'])
}

function addEvent(trail: Trail, item: unknown): void {
  const seq = trail.leaves.length + 1
  const where = `seq ${String(seq)}`
  must(isObject(item) && item['seq'] === seq, `${where}: missing or out of its place`)
  const leaf = Buffer.from(hex(item['leaf_hash'], 32, `${where}: the leaf hash`), 'hex')
  checkText(item, leaf, where)
  const chain = sha256(Buffer.of(2), trail.chain, leaf)
  must(item['chain_hash'] === chain.toString('hex'), `${where}: the chain is broken`)
  trail.chain = chain
  trail.leaves.push(leaf)
  if (item['body'] !== null) trail.texts += 1
}

/** Only the hash of a text that is not the reader's to read. */
function checkText({ body, event }: Record<string, unknown>, leaf: Buffer, where: string): void {
  if (body === null) return must(event === null, `${where}: an event without its text`)
  must(typeof body === 'string', `${where}: the text is not text`)
  must(sha256(Buffer.of(0), Buffer.from(body)).equals(leaf), `${where}: the text was changed`)
  must(isDeepStrictEqual(event, JSON.parse(body)), `${where}: the event is not what its text says`)
}

function addCheckpoint(trail: Trail, given: unknown): void {
  must(isObject(given), 'a checkpoint is missing')
  const { size, made_at } = given
  must(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0, 'a checkpoint without a size')
  const where = `checkpoint at seq ${String(size)}`
  must(typeof made_at === 'string', `${where}: without a time`)
  const root = hex(given['root'], 32, `${where}: the root`)
  const signature = hex(given['signature'], 64, `${where}: the signature`)
  const parts = ['checkpoint1', String(size), root, made_at].flatMap((part) => [
    uint32(Buffer.byteLength(part)),
    Buffer.from(part),
  ])
  const isSigned = verify(null, Buffer.concat(parts), publicKey(trail.key ?? ''), Buffer.from(signature, 'hex'))
  must(isSigned, `${where}: the signature does not hold`)
  trail.checkpoints.set(`${String(size)}:${root}`, { size, root, made_at, signature })
}

/** Every checkpoint is a root of this very tree, and the last one is at its end. */
function checkTree(trail: Trail, remembered: Pins['remembered']): Checkpoint {
  const checkpoints = [...trail.checkpoints.values()].sort((a, b) => a.size - b.size)
  const last = checkpoints.at(-1)
  must(last !== undefined, 'there is no checkpoint')
  const { length } = trail.leaves
  must(last.size >= length, `seq ${String(last.size + 1)}: after the last checkpoint`)
  must(last.size <= length, `seq ${String(length + 1)}: the export ends before its checkpoint at ${String(last.size)}`)
  if (remembered !== undefined)
    must(remembered.size <= length, `seq ${String(length + 1)}: the trail is shorter than remembered`)
  const roots = rootsAt(
    trail.leaves,
    new Set([...checkpoints, ...(remembered ? [remembered] : [])].map(({ size }) => size)),
  )
  for (const { size, root } of checkpoints)
    must(roots.get(size) === root, `checkpoint at seq ${String(size)}: this is not the tree that was signed`)
  if (remembered !== undefined)
    must(
      roots.get(remembered.size) === remembered.root,
      `seq 1 to ${String(remembered.size)}: not the trail as remembered`,
    )
  return last
}

/** The roots over the first so many leaves. The stack holds the full subtrees, the largest first. */
function rootsAt(leaves: Buffer[], sizes: ReadonlySet<number>): Map<number, string> {
  const join = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right)
  const stack: Buffer[] = []
  const roots = new Map([[0, sha256().toString('hex')]])
  for (const [index, leaf] of leaves.entries()) {
    stack.push(leaf)
    for (let size = index + 1; size % 2 === 0; size /= 2) stack.push(stack.splice(-2).reduce(join))
    if (sizes.has(index + 1))
      roots.set(index + 1, stack.reduceRight((right, left) => join(left, right)).toString('hex'))
  }
  return roots
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function hex(value: unknown, bytes: number, what: string): string {
  must(typeof value === 'string' && value.length === bytes * 2 && /^[0-9a-f]+$/.test(value), `${what} is malformed`)
  return value
}

function uint32(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return bytes
}

function publicKey(key: string) {
  const x = Buffer.from(key, 'hex').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

function pinsFrom({ key, remember }: { key?: string | undefined; remember?: string | undefined }): Pins {
  const [, size, root] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(remember ?? '') ?? []
  must(remember === undefined || root !== undefined, '--remember is SIZE:ROOT, the root in lower-case hexadecimal')
  return {
    key: key === undefined ? undefined : hex(key, 32, '--key'),
    remembered: root === undefined ? undefined : { size: Number(size), root },
  }
}

try {
  const options = { key: { type: 'string' }, remember: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const pins = pinsFrom(values)
  if (positionals.length === 0) throw new Refused(`no file given\n\n${usage}`)
  for (const file of positionals) {
    try {
      console.log(`${file}: ${await verdictOn(file, pins)}`)
    } catch (error) {
      console.log(`${file}: REFUSED ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = 1
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
