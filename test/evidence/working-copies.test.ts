import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { EICAR, startClamd } from './clamd.ts'
import { senderOf, someBytes } from './support.ts'

const clamd = await startClamd()
const app = await startApp({ clamd: { path: clamd.place } })
const lawyer = app.as('lawyer')
const sender = senderOf(app, lawyer)
let caseId: string
beforeAll(async () => {
  caseId = await openCase(lawyer)
})

const gps = { GPSLatitudeRef: 'N', GPSLatitude: '41/1 18/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '69/1 16/1 0/1' }
const exif = { IFD0: { Artist: 'Kanareika', Make: 'Telephone' }, IFD3: gps }

/** As a telephone makes it: lying on its side, with who and where in it. */
const photo = (format: 'jpeg' | 'png' | 'webp') =>
  sharp({ create: { width: 60, height: 30, channels: 3, background: '#a33' } })
    .withMetadata({ orientation: 6 })
    .withExifMerge(exif)
    .toFormat(format)
    .toBuffer()

const copyOf = (id: string) => lawyer.post(`/v1/evidence/${id}/working-copies`)
const receive = async (bytes: Buffer): Promise<string> => (await sender.receive(caseId, bytes)).id

test.each(['jpeg', 'png', 'webp'] as const)('a %s is copied without who, where and how it lay', async (format) => {
  const original = await photo(format)
  expect(await sharp(original).metadata()).toMatchObject({ orientation: 6, exif: expect.any(Buffer) })
  const id = await receive(original)

  const made = await copyOf(id)
  const copy = (await sender.download(made.body.id)).rawPayload

  expect(made.status).toBe(201)
  const seen = await sharp(copy).metadata()
  expect(seen).toMatchObject({ format, width: 30, height: 60 })
  expect([seen.orientation, seen.exif, seen.icc, seen.xmp]).toEqual([undefined, undefined, undefined, undefined])
  expect(copy.includes('Kanareika')).toBe(false)
  expect((await sender.download(id)).rawPayload.equals(original)).toBe(true)
})

test('the copy is an item of its own, and both chains tell of it', async () => {
  const id = await receive(await photo('jpeg'))
  const { body } = await copyOf(id)
  const again = await copyOf(id)

  expect(again.body).toEqual(body)
  const item = (await lawyer.get(`/v1/evidence/${String(body.id)}`)).body
  expect(item).toMatchObject({ derived_from: id, scan: 'clean', case_id: caseId, facts: { media: 'image/jpeg' } })
  expect(item.identity.file_name).toBe('working copy of photo of the cell.jpg')
  const kinds = async (of: string) =>
    (await lawyer.get(`/v1/evidence/${of}/custody`)).body.items.map((link: { narrative: object }) => link.narrative)
  expect(await kinds(id)).toMatchObject([{ kind: 'received' }, { kind: 'copied', copy_id: body.id }])
  expect(await kinds(body.id)).toMatchObject([{ kind: 'derived' }])
})

/** A picture of a few bytes that says it has 400 million pixels. */
async function bomb(): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  png.writeUInt32BE(20_000, 16)
  png.writeUInt32BE(20_000, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>')

test.each<[string, () => Buffer | Promise<Buffer>, string]>([
  ['is no picture', () => someBytes(5_000), 'kind'],
  ['draws itself from other files', () => svg, 'kind'],
  ['would unfold to gigabytes', bomb, 'pixels'],
  ['breaks off', async () => (await photo('jpeg')).subarray(0, 400), 'damaged'],
  ['only begins like one', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), someBytes(900)]), 'damaged'],
  [
    'is larger than 32 MiB',
    () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(32 * 1024 ** 2)]),
    'size',
  ],
])('of a file that %s no copy is made', async (_title, make, reason) => {
  const id = await receive(await make())
  const files = await readdir(path.join(app.config.data, 'evidence'))

  const { status, body } = await copyOf(id)

  expect([status, body.type, body.reason]).toEqual([422, '/problems/no-working-copy', reason])
  expect(await readdir(path.join(app.config.data, 'evidence'))).toEqual(files)
})

test('of a picture in which something was found no copy is made', async () => {
  const id = await receive(Buffer.concat([await photo('jpeg'), Buffer.from(EICAR)]))
  expect((await copyOf(id)).body.type).toBe('/problems/something-found')
})

test('nobody but the team makes a copy', async () => {
  const id = await receive(await photo('jpeg'))
  expect((await app.as('clinician').post(`/v1/evidence/${id}/working-copies`)).status).toBe(404)
})
