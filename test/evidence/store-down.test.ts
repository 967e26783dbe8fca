import { beforeAll, expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { startS3 } from './s3.ts'
import { about, hashOf, idIn, senderOf, someBytes } from './support.ts'

const CHUNK = 64 * 1024
const PIECE = 64 * CHUNK
const s3 = await startS3()
const app = await startApp({ s3: s3.settings })
const lawyer = app.as('lawyer')
const sender = senderOf(app, lawyer)
let caseId: string
beforeAll(async () => {
  caseId = await openCase(lawyer)
})

test('a file in a bucket comes back whole and in parts', async () => {
  const bytes = someBytes(PIECE + 3 * CHUNK + 9)
  const { id } = await sender.receive(caseId, bytes)

  expect(hashOf((await sender.download(id)).rawPayload)).toBe(hashOf(bytes))
  const part = await sender.download(id, `bytes=${String(PIECE - 5)}-${String(PIECE + 5)}`)
  expect(part.rawPayload.equals(bytes.subarray(PIECE - 5, PIECE + 6))).toBe(true)
})

test('while the store is down nothing is taken and nothing is lost; then the upload goes on', async () => {
  const bytes = someBytes(PIECE + 3 * CHUNK + 9)
  const { id } = await sender.receive(caseId, bytes)
  const url = await sender.begin(bytes.length)
  await sender.sendPart({ url, offset: 0 }, bytes.subarray(0, PIECE))

  await s3.stop()
  const asked = await sender.tus('HEAD', url)
  const part = await sender.sendPart({ url, offset: PIECE }, bytes.subarray(PIECE))
  const download = await sender.download(id)
  await s3.start()

  for (const reply of [asked, part, download])
    expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '5'])
  expect(part.json().type).toBe('/problems/store-away')
  expect(await sender.offsetOf(url)).toBe(PIECE)
  expect((await sender.sendPart({ url, offset: PIECE }, bytes.subarray(PIECE))).statusCode).toBe(204)
  const made = await lawyer.post(`/v1/cases/${caseId}/evidence`, { upload_id: idIn(url), ...about })
  expect(hashOf((await sender.download(made.body.id)).rawPayload)).toBe(hashOf(bytes))
})

test('a store that goes down in the middle of a part keeps the pieces that came before', async () => {
  const bytes = someBytes(3 * PIECE)
  const url = await sender.begin(bytes.length)
  const address = await app.server.listen({ port: 0, host: '127.0.0.1' })
  let sent = 0
  const slowly = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent === PIECE + CHUNK) await s3.stop()
      controller.enqueue(bytes.subarray(sent, sent + CHUNK))
      sent += CHUNK
      if (sent === bytes.length) controller.close()
    },
  })
  const broken = await fetch(`${address}${url}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${String(await lawyer.token())}`,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: slowly,
    duplex: 'half',
  }).then(
    ({ status }) => status,
    () => 503,
  )
  app.server.server.closeAllConnections()
  await s3.start()

  expect(broken).toBe(503)
  const offset = await sender.offsetOf(url)
  expect([0, PIECE]).toContain(offset)
  await sender.sendPart({ url, offset }, bytes.subarray(offset))
  const made = await lawyer.post(`/v1/cases/${caseId}/evidence`, { upload_id: idIn(url), ...about })
  expect(hashOf((await sender.download(made.body.id)).rawPayload)).toBe(hashOf(bytes))
})
