import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compose } from '../../src/app/start.ts'
import { Secret } from '../../src/platform/crypto/secret.ts'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { about, hashOf, idIn, senderOf, someBytes } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const bytes = someBytes(3 * 1024 ** 2 + 77)
let caseId: string
beforeAll(async () => {
  caseId = await openCase(lawyer)
})
const again = await compose({ connection: app.place, keys: app.keys, config: app.config, setupCode: new Secret('no') })
afterAll(async () => {
  app.server.server.closeAllConnections()
  again.server.server.closeAllConnections()
  await again.close()
})

type Way = { readonly pauseAt?: number; readonly uploadUrl?: string | undefined }

/** Sends the file with the client that everybody uses, to its end or to a pause; answers where it lies. */
async function send(origin: string, { pauseAt, uploadUrl }: Way): Promise<string> {
  const token = String(await lawyer.token())
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${origin}/v1/uploads`,
      ...(uploadUrl !== undefined && { uploadUrl }),
      chunkSize: 512 * 1024,
      retryDelays: null,
      headers: { authorization: `Bearer ${token}` },
      onError: reject,
      onChunkComplete: (_size, accepted) => {
        if (pauseAt !== undefined && accepted >= pauseAt) void upload.abort().then(() => resolve(upload.url ?? ''))
      },
      onSuccess: () => {
        resolve(upload.url ?? '')
      },
    })
    upload.start()
  })
}

test('tus-js-client pauses, the server is another one, and it goes on to the same file', async () => {
  const first = await app.server.listen({ port: 0, host: '127.0.0.1' })
  const paused = await send(first, { pauseAt: 1024 ** 2 })
  const offset = await senderOf(app, lawyer).offsetOf(new URL(paused).pathname)
  const second = await again.server.listen({ port: 0, host: '127.0.0.1' })
  const url = await send(second, { uploadUrl: second + new URL(paused).pathname })

  expect(offset).toBeGreaterThanOrEqual(1024 ** 2)
  expect(offset).toBeLessThan(bytes.length)
  const made = await lawyer.post(`/v1/cases/${caseId}/evidence`, { upload_id: idIn(url), ...about })
  const back = await senderOf(app, lawyer).download(made.body.id)
  expect(hashOf(back.rawPayload)).toBe(hashOf(bytes))
})
