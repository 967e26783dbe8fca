import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import fs, { readdir } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { BlobStore } from '../../src/evidence/store.ts'
import { diskStore } from '../../src/evidence/store-disk.ts'
import { s3Store } from '../../src/evidence/store-s3.ts'
import { startS3 } from './s3.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'guvoh-store-'))
const s3 = await startS3()
const stores: [string, BlobStore][] = [
  ['a folder', diskStore(path.join(folder, 'evidence'))],
  ['a bucket', s3Store(s3.settings)],
]

describe.each(stores)('in %s', (_name, store) => {
  test('a piece is got as it was put last', async () => {
    const blob = randomUUID()
    const bytes = randomBytes(100_000)
    await store.put(blob, '00000000', randomBytes(10))
    await store.put(blob, '00000000', bytes)

    expect((await store.get(blob, '00000000'))?.equals(bytes)).toBe(true)
  })

  test('what was never put is not there', async () => {
    expect(await store.get(randomUUID(), '00000000')).toBeUndefined()
    expect(await store.list(randomUUID())).toEqual([])
    await store.drop(randomUUID(), '00000000')
    await store.remove(randomUUID())
  })

  test('a file lists its own pieces with their sizes', async () => {
    const [blob, other] = [randomUUID(), randomUUID()]
    await store.put(blob, '00000000', Buffer.alloc(5))
    await store.put(blob, '00000064', Buffer.alloc(7))
    await store.put(other, '00000000', Buffer.alloc(9))
    await store.settle(blob)

    expect((await store.list(blob)).sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: '00000000', bytes: 5 },
      { name: '00000064', bytes: 7 },
    ])
  })

  test('a piece is dropped, and a file is removed, without touching others', async () => {
    const [blob, other] = [randomUUID(), randomUUID()]
    for (const name of ['00000000', '00000001', '00000002']) await store.put(blob, name, Buffer.alloc(3))
    await store.put(other, '00000000', Buffer.alloc(3))
    await store.drop(blob, '00000001')
    const left = (await store.list(blob)).map(({ name }) => name).sort()
    await store.remove(blob)

    expect(left).toEqual(['00000000', '00000002'])
    expect([await store.list(blob), (await store.list(other)).length]).toEqual([[], 1])
  })

  test('all files are told, with the moment of their last piece', async () => {
    const blob = randomUUID()
    const before = Date.now() - 2_000
    await store.put(blob, '00000000', Buffer.alloc(3))
    const found = (await store.blobs()).find((one) => one.blob === blob)

    expect(found?.changed_at.getTime()).toBeGreaterThan(before)
    expect(found?.changed_at.getTime()).toBeLessThan(Date.now() + 2_000)
  })
})

test('a bucket lists more pieces than fit on a page', async () => {
  const store = s3Store(s3.settings)
  const blob = randomUUID()
  const names = Array.from({ length: 1_050 }, (_, at) => String(at).padStart(8, '0'))
  for (let at = 0; at < names.length; at += 50)
    await Promise.all(names.slice(at, at + 50).map((name) => store.put(blob, name, Buffer.alloc(1))))

  expect((await store.list(blob)).map(({ name }) => name).sort()).toEqual(names)
  await store.remove(blob)
  expect(await store.list(blob)).toEqual([])
}, 60_000)

test('a bucket that is not there, or a key that is not right, is no empty bucket', async () => {
  const away = expect.objectContaining({ kind: expect.objectContaining({ slug: 'store-away', status: 503 }) })
  for (const wrong of [{ bucket: 'nothing' }, { accessKey: 'wrong' }]) {
    const store = s3Store({ ...s3.settings, ...wrong })
    await expect(store.get(randomUUID(), '00000000')).rejects.toEqual(away)
    await expect(store.list(randomUUID())).rejects.toEqual(away)
  }
})

test('a disk that is full half-way through a piece keeps nothing of it', async () => {
  const store = diskStore(path.join(folder, 'full'))
  const blob = randomUUID()
  await store.put(blob, '00000000', Buffer.alloc(3))
  const real = fs.writeFile
  const full = vi.spyOn(fs, 'writeFile').mockImplementation(async (file) => {
    await real(file, 'half')
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  })
  syncBuiltinESMExports()

  const refusal = expect.objectContaining({ kind: expect.objectContaining({ slug: 'storage-full', status: 507 }) })
  await expect(store.put(blob, '00000001', Buffer.alloc(9))).rejects.toEqual(refusal)
  full.mockRestore()
  syncBuiltinESMExports()
  await expect(store.list(blob)).resolves.toEqual([{ name: '00000000', bytes: 3 }])
  expect(await readdir(path.join(folder, 'full', blob))).toEqual(['00000000'])
})
