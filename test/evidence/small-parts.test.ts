import fc from 'fast-check'
import { writeFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { about, hashOf, idIn, senderOf, someBytes } from './support.ts'

const CHUNK = 64 * 1024
const PIECE_CHUNKS = 64
const app = await startApp()
const lawyer = app.as('lawyer')
const sender = senderOf(app, lawyer)
let caseId: string
beforeAll(async () => {
  caseId = await openCase(lawyer)
})

const piecesOf = async (url: string) => (await readdir(path.join(app.config.data, 'evidence', idIn(url)))).sort()

async function comesBack(url: string, bytes: Buffer): Promise<void> {
  const made = await lawyer.post(`/v1/cases/${caseId}/evidence`, { upload_id: idIn(url), ...about })
  expect(made.status).toBe(201)
  const back = await sender.download(made.body.id)
  expect([back.statusCode, hashOf(back.rawPayload)]).toEqual([200, hashOf(bytes)])
}

test('a file in hundreds of the smallest parts has hardly more pieces than one that came at once', async () => {
  const bytes = someBytes(260 * CHUNK + 11)
  const url = await sender.sendFile(bytes, CHUNK)

  expect((await piecesOf(url)).length).toBeLessThanOrEqual(Math.ceil(260 / PIECE_CHUNKS) + 7)
  await comesBack(url, bytes)
})

test('whatever the sizes of its parts, a file comes back, in few pieces', async () => {
  const parts = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(parts, fc.integer({ min: 0, max: CHUNK - 1 }), async (sizes, rest) => {
      const chunks = sizes.reduce((sum, size) => sum + size, 0)
      const bytes = someBytes(chunks * CHUNK + rest)
      const url = await sender.begin(bytes.length)
      let offset = 0
      for (const size of [...sizes, 1]) {
        if (offset < bytes.length) await sender.sendPart({ url, offset }, bytes.subarray(offset, offset + size * CHUNK))
        offset = await sender.offsetOf(url)
      }

      expect((await piecesOf(url)).length).toBeLessThanOrEqual(chunks / 16 + 8)
      await comesBack(url, bytes)
    }),
    { numRuns: 12 },
  )
})

test('what an earlier attempt left behind neither mixes with the file nor shuts it', async () => {
  const bytes = someBytes(3 * CHUNK + 5)
  const url = await sender.begin(bytes.length)
  await sender.sendPart({ url, offset: 0 }, bytes.subarray(0, 2 * CHUNK))
  const folder = path.join(app.config.data, 'evidence', idIn(url))
  for (const name of ['00000003', '00000004', '00000064', '00000001.x.part'])
    await writeFile(path.join(folder, name), 'left')

  await sender.sendPart({ url, offset: 2 * CHUNK }, bytes.subarray(2 * CHUNK))

  expect(await piecesOf(url)).toEqual(['00000000'])
  await comesBack(url, bytes)
})
