import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { about, idIn, senderOf, someBytes } from './support.ts'

const CHUNK = 64 * 1024
const SEALED = CHUNK + 16
const HEADER = 5
const app = await startApp()
const lawyer = app.as('lawyer')
const bytes = someBytes(5 * CHUNK + 100)
let item: { id: string; blob: string }
let other: { id: string; blob: string }
beforeAll(async () => {
  const caseId = await openCase(lawyer)
  item = await senderOf(app, lawyer).receive(caseId, bytes)
  other = await senderOf(app, lawyer).receive(caseId, bytes)
  const url = await senderOf(app, lawyer).sendFile(bytes, 2 * CHUNK)
  const made = await lawyer.post(`/v1/cases/${caseId}/evidence`, { upload_id: idIn(url), ...about })
  many = { id: made.body.id, blob: idIn(url) }
})
let many: { id: string; blob: string }

const folderOf = (blob: string) => path.join(app.config.data, 'evidence', blob)

/** A reply that broke off, or a problem: never the whole file, and never a byte that is not its own. */
async function isRefused(id: string): Promise<boolean> {
  try {
    const reply = await senderOf(app, lawyer).download(id)
    return reply.statusCode !== 200 || reply.rawPayload.length < bytes.length
  } catch {
    return true
  }
}

const chunkAt = (stored: Buffer, at: number) => stored.subarray(HEADER + at * SEALED, HEADER + (at + 1) * SEALED)

/** A thousand ways to damage a stored file, by number. */
function damaged(stored: Buffer, at: number): Buffer {
  const place = (at * 7_919) % stored.length
  const [one, two] = [at % 5, (at + 1 + (at % 3)) % 5]
  const swapped = Buffer.from(stored)
  chunkAt(stored, one).copy(swapped, HEADER + two * SEALED)
  chunkAt(stored, two).copy(swapped, HEADER + one * SEALED)
  const flipped = Buffer.from(stored)
  flipped[place] = (flipped[place] ?? 0) ^ (1 << (at % 8))
  const cut = stored.subarray(0, place)
  const longer = Buffer.concat([stored, chunkAt(stored, one)])
  const without = Buffer.concat([
    stored.subarray(0, HEADER + one * SEALED),
    stored.subarray(HEADER + (one + 1) * SEALED),
  ])
  return [flipped, swapped, cut, longer, without][Math.floor(at / 8) % 5] ?? flipped
}

test('of a thousand cuts, swaps and flips of a stored file none is downloaded as whole', async () => {
  const file = path.join(folderOf(item.blob), '00000000')
  const stored = await readFile(file)
  const accepted: number[] = []
  for (let at = 0; at < 1_000; at += 1) {
    await writeFile(file, damaged(stored, at))
    if (!(await isRefused(item.id))) accepted.push(at)
  }
  await writeFile(file, stored)

  expect(accepted).toEqual([])
  expect((await senderOf(app, lawyer).download(item.id)).rawPayload.equals(bytes)).toBe(true)
}, 300_000)

test('the file of another item does not open in its place', async () => {
  const file = path.join(folderOf(item.blob), '00000000')
  const stored = await readFile(file)
  await copyFile(path.join(folderOf(other.blob), '00000000'), file)
  const reply = await senderOf(app, lawyer).download(item.id)
  await writeFile(file, stored)

  expect(reply.statusCode === 409 || reply.rawPayload.length === 0).toBe(true)
})

test('a piece that is gone is a problem before the first byte; one too many changes nothing', async () => {
  const folder = folderOf(many.blob)
  const [first = '', second = ''] = (await readdir(folder)).sort()
  await rename(path.join(folder, second), path.join(folder, 'kept.aside'))
  const gone = await senderOf(app, lawyer).download(many.id)
  await rename(path.join(folder, 'kept.aside'), path.join(folder, second))
  await copyFile(path.join(folder, first), path.join(folder, '00000006'))
  const more = await senderOf(app, lawyer).download(many.id)
  await rm(path.join(folder, '00000006'))

  expect([gone.statusCode, more.statusCode]).toEqual([409, 200])
  expect(more.rawPayload.equals(bytes)).toBe(true)
})
