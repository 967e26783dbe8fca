import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readSpan } from '../../src/evidence/pieces.ts'
import { settleFile } from '../../src/evidence/settle-file.ts'
import { noScanner } from '../../src/evidence/scan.ts'
import { diskStore } from '../../src/evidence/store-disk.ts'
import { writePieces } from '../../src/evidence/write-pieces.ts'
import { consult, Secret } from '../../src/platform/crypto/secret.ts'
import { type Locked, openFile, sealFile } from './independent-reader.ts'

const store = diskStore(mkdtempSync(path.join(tmpdir(), 'guvoh-format-')))
const lockFor = ({ key, ...lock }: Locked) => ({ ...lock, key: new Secret(key) })

async function storedPieces(file: string): Promise<Map<string, Buffer>> {
  const names = (await store.list(file)).map(({ name }) => name)
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, Buffer]> => [name, (await store.get(file, name)) ?? Buffer.alloc(0)]),
    ),
  )
}

/** Every byte by its place, so that a vector needs no content beside it. */
const counted = (size: number): Buffer => Buffer.from(Array.from({ length: size }, (_, at) => (at * 7) % 251))

test.each([1, 256, 4_097, 65_536, 70_000, 300_000, 5 * 1024 ** 2 + 1])(
  'a file of %i bytes is opened by a reader who has only the description of the format',
  async (size) => {
    const locked = { key: randomBytes(32), file: randomUUID(), size }
    const bytes = randomBytes(size)
    await writePieces(store, lockFor(locked), { stream: Readable.from([bytes]), offset: 0 })

    expect(openFile(locked, await storedPieces(locked.file)).equals(bytes)).toBe(true)
  },
)

const golden = {
  key: Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex'),
  file: '6f6f6f3e-1f0a-4c55-9d0f-0d6f3c1b2a01',
}
const prefix = Buffer.from('c0ffee01', 'hex')

/** Size of the file, and the SHA-256 of its one piece. These never change: files of years lie in this format. */
const vectors: [number, string][] = [
  [5, 'ae1c53598886bf22c32adc92f96659159de7d2b5e79732cd44e7963c3011b370'],
  [4_097, '98d6f43e96c415e5f53d63c3954b6e519091ae6cad89a00aed8da3719efacf50'],
  [200_000, '2903b0e68448d6ea03dad4b6b1f4f1b073c4224534831ee1df5f3598e9abf4b2'],
]

test.each(vectors)('the sealed form of a file of %i bytes is what it always was, and opens', async (size, sha256) => {
  const locked = { ...golden, size }
  const piece = sealFile(locked, prefix, counted(size))
  expect(createHash('sha256').update(piece).digest('hex')).toBe(sha256)

  await store.put(golden.file, '00000000', piece)
  const lock = lockFor(locked)
  const { pieces } = await settleFile({ store, scanner: noScanner }, lock)
  const opened: Buffer[] = []
  for await (const part of readSpan(store, { lock, pieces }, { from: 0, to: size - 1 }))
    opened.push(consult(part, (plain) => plain))
  expect(Buffer.concat(opened).equals(counted(size))).toBe(true)
  await store.remove(golden.file)
})
