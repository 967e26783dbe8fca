import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { add, openCase } from '../cases/support.ts'
import { about, hashOf, idIn, senderOf, someBytes } from './support.ts'

const CHUNK = 64 * 1024
const app = await startApp()
const lawyer = app.as('lawyer')
let caseId: string
beforeAll(async () => {
  caseId = await openCase(lawyer)
})

describe('a file', () => {
  test.each([1, 255, 256, CHUNK - 1, CHUNK, CHUNK + 1, 4 * 1024 ** 2, 5 * 1024 ** 2 + 17])(
    'of %i bytes comes back as it went in',
    async (size) => {
      const bytes = someBytes(size)
      const { id } = await senderOf(app, lawyer).receive(caseId, bytes)

      const back = await senderOf(app, lawyer).download(id)
      const { body } = await lawyer.get(`/v1/evidence/${id}`)

      expect(back.statusCode).toBe(200)
      expect(back.headers['content-length']).toBe(String(size))
      expect(hashOf(back.rawPayload)).toBe(hashOf(bytes))
      expect(body.content).toMatchObject({ size, sha256: hashOf(bytes) })
      expect(body).toMatchObject({ ...about, scan: 'not_configured', derived_from: null })
    },
  )

  test('goes on after a pause in the middle of a chunk, with what was not a whole chunk sent again', async () => {
    const bytes = someBytes(5 * CHUNK + 100)
    const url = await senderOf(app, lawyer).begin(bytes.length)

    const first = await senderOf(app, lawyer).sendPart({ url, offset: 0 }, bytes.subarray(0, 2 * CHUNK + 7))
    const offset = await senderOf(app, lawyer).offsetOf(url)
    const early = await lawyer.post(`/v1/cases/${caseId}/evidence`, { upload_id: idIn(url), ...about })
    const rest = await senderOf(app, lawyer).sendPart({ url, offset }, bytes.subarray(offset))
    const made = await lawyer.post(`/v1/cases/${caseId}/evidence`, { upload_id: idIn(url), ...about })

    expect([first.statusCode, offset, early.status, rest.statusCode, made.status]).toEqual([
      204,
      2 * CHUNK,
      409,
      204,
      201,
    ])
    expect(hashOf((await senderOf(app, lawyer).download(made.body.id)).rawPayload)).toBe(hashOf(bytes))
  })

  test('can be sent in small parts', async () => {
    const bytes = someBytes(9 * CHUNK + 5)
    const url = await senderOf(app, lawyer).sendFile(bytes, CHUNK + 1_000)
    const made = await lawyer.post(`/v1/cases/${caseId}/evidence`, { upload_id: idIn(url), ...about })
    expect(hashOf((await senderOf(app, lawyer).download(made.body.id)).rawPayload)).toBe(hashOf(bytes))
  })

  test('is found by its parts', async () => {
    const bytes = someBytes(4 * 1024 ** 2 + 3 * CHUNK + 9)
    const { id } = await senderOf(app, lawyer).receive(caseId, bytes)
    const spans: [string, number, number][] = [
      ['bytes=0-0', 0, 1],
      ['bytes=65535-65536', 65_535, 65_537],
      [`bytes=${String(4 * 1024 ** 2 - 2)}-${String(4 * 1024 ** 2 + 2)}`, 4 * 1024 ** 2 - 2, 4 * 1024 ** 2 + 3],
      ['bytes=4300000-', 4_300_000, bytes.length],
      ['bytes=-10', bytes.length - 10, bytes.length],
    ]
    for (const [range, from, to] of spans) {
      const part = await senderOf(app, lawyer).download(id, range)
      expect(part.statusCode).toBe(206)
      expect(part.headers['content-range']).toBe(`bytes ${String(from)}-${String(to - 1)}/${String(bytes.length)}`)
      expect(part.rawPayload.equals(bytes.subarray(from, to))).toBe(true)
    }
    expect((await senderOf(app, lawyer).download(id, 'bytes=99999999-')).statusCode).toBe(416)
    expect((await senderOf(app, lawyer).download(id, 'furlongs=1-2')).statusCode).toBe(200)
  })

  test('shows the store neither its content nor its true size', async () => {
    const mark = Buffer.from('Kanareika in a file '.repeat(5_000))
    const { blob } = await senderOf(app, lawyer).receive(caseId, mark)
    const folder = path.join(app.config.data, 'evidence', blob)
    const stored = Buffer.concat(
      await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name)))),
    )

    expect(stored.includes('Kanareika')).toBe(false)
    expect(stored.length).not.toBe(mark.length + 2 * 16 + 5)
  })

  test('binds to its hash in the open, and opens with the salt', async () => {
    const bytes = someBytes(100)
    const { id } = await senderOf(app, lawyer).receive(caseId, bytes)
    const { commitment, content } = (await lawyer.get(`/v1/evidence/${id}`)).body

    const hash = createHash('sha256')
    for (const part of ['commit1', content.salt, hashOf(bytes)]) {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      hash.update(length).update(part)
    }
    expect(hash.digest('hex')).toBe(commitment)
  })
})

describe('an upload', () => {
  test('is nobody’s but the sender’s', async () => {
    const url = await senderOf(app, lawyer).begin(10)
    const other = app.as('coordinator')
    expect((await senderOf(app, other).tus('HEAD', url)).statusCode).toBe(404)
    expect((await senderOf(app, other).sendPart({ url, offset: 0 }, someBytes(10))).statusCode).toBe(404)
    expect((await senderOf(app, other).tus('DELETE', url)).statusCode).toBe(404)
  })

  test('that is let go leaves nothing', async () => {
    const url = await senderOf(app, lawyer).sendFile(someBytes(CHUNK * 2))
    expect((await senderOf(app, lawyer).tus('DELETE', url)).statusCode).toBe(204)
    expect((await senderOf(app, lawyer).tus('HEAD', url)).statusCode).toBe(404)
    expect(await readdir(path.join(app.config.data, 'evidence'))).not.toContain(idIn(url))
  })

  test('becomes evidence once', async () => {
    const url = await senderOf(app, lawyer).sendFile(someBytes(100))
    const body = { upload_id: idIn(url), ...about }
    const made = await Promise.all([1, 2, 3].map(() => lawyer.post(`/v1/cases/${caseId}/evidence`, body)))
    expect(made.map(({ status }) => status).sort()).toEqual([201, 404, 404])
  })

  test.each<[string, Record<string, string>, number]>([
    ['without a size', {}, 400],
    ['of nothing', { 'upload-length': '0' }, 400],
    ['of more than 5 GiB', { 'upload-length': String(5 * 1024 ** 3 + 1) }, 413],
    ['of a size that is none', { 'upload-length': 'many' }, 400],
    ['of another version', { 'tus-resumable': '0.2.2', 'upload-length': '5' }, 400],
  ])('%s does not begin', async (_title, headers, status) => {
    const reply = await senderOf(app, lawyer).tus('POST', '/v1/uploads', { headers })
    expect(reply.statusCode).toBe(status)
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
  })

  test('goes on only from where it is', async () => {
    const url = await senderOf(app, lawyer).begin(3 * CHUNK)
    const wrong = await senderOf(app, lawyer).sendPart({ url, offset: CHUNK }, someBytes(CHUNK))
    expect([wrong.statusCode, wrong.json().type]).toEqual([409, '/problems/wrong-offset'])
    expect((await senderOf(app, lawyer).sendPart({ url, offset: 0 }, someBytes(4 * CHUNK))).statusCode).toBe(413)
    expect(await senderOf(app, lawyer).offsetOf(url)).toBe(0)
  })
})

describe('the chain of custody', () => {
  test('tells who received, viewed and handed over, to the team alone', async () => {
    const own = await openCase(lawyer)
    const { id } = await senderOf(app, lawyer).receive(own, someBytes(50))
    const clinician = app.as('clinician')
    expect((await clinician.get(`/v1/evidence/${id}`)).status).toBe(404)
    await add(lawyer, own, { user_id: clinician.id, part: 'member' })

    await senderOf(app, clinician).download(id)
    await lawyer.post(`/v1/evidence/${id}/custody`, { narrative: { kind: 'handed_over', to: 'The doctor' } })
    const { items } = (await clinician.get(`/v1/evidence/${id}/custody`)).body

    expect(
      items.map((link: { noted_by: string; narrative: { kind: string } }) => [link.narrative.kind, link.noted_by]),
    ).toEqual([
      ['received', lawyer.id],
      ['viewed', clinician.id],
      ['handed_over', lawyer.id],
    ])
    for (const url of [`/v1/evidence/${id}`, `/v1/evidence/${id}/content`, `/v1/evidence/${id}/custody`])
      expect((await app.as('intake').get(url)).status).toBe(404)
  })

  test('tells of somebody who takes all but the first byte', async () => {
    const own = await openCase(lawyer)
    const { id } = await senderOf(app, lawyer).receive(own, someBytes(50))
    const clinician = app.as('clinician')
    await add(lawyer, own, { user_id: clinician.id, part: 'member' })

    for (const range of ['bytes=1-', 'bytes=20-30', 'bytes=2-']) await senderOf(app, clinician).download(id, range)

    const { items } = (await lawyer.get(`/v1/evidence/${id}/custody`)).body
    const viewers = items.slice(1).map((link: { noted_by: string }) => link.noted_by)
    expect(viewers).toEqual([clinician.id])
  })

  test('lists the evidence of a case in pages', async () => {
    const own = await openCase(lawyer)
    for (let at = 0; at < 3; at += 1) await senderOf(app, lawyer).receive(own, someBytes(10))
    const first = (await lawyer.get(`/v1/cases/${own}/evidence?limit=2`)).body
    const second = (await lawyer.get(`/v1/cases/${own}/evidence?limit=2&after=${String(first.next)}`)).body
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null])
  })
})
