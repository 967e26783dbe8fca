import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import yauzl from 'yauzl'
import { ZipFile } from 'yazl'
import { add, linkReport, openCase } from '../cases/support.ts'
import { textOfPdf } from '../platform/documents/read-pdf.ts'
import { senderOf } from '../evidence/support.ts'
import { startApp } from '../support/app.ts'

const app = await startApp()
const root = fileURLToPath(new URL('../..', import.meta.url))
const intake = app.as('intake')

type Files = Map<string, Buffer>

let id: string
let zip: Buffer
let files: Files
let folder: string
let photo: { id: string }
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guvoh-archive-'))
  id = await openCase(intake, {
    identity: { title: '<script>alert("Ҷамшед")</script>' },
    narrative: { summary: 'Invented: held for three days.' },
    legal: {},
    facts: {},
  })
  await linkReport(intake, id)
  await add(intake, id, { user_id: app.as('lawyer').id, part: 'member' })
  photo = await senderOf(app, intake).receive(id, Buffer.from('Invented: bytes of a photo. '.repeat(4_000)))
  zip = await take()
  files = await unzipped(zip)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function take(): Promise<Buffer> {
  const reply = await app.server.inject({
    method: 'POST',
    url: `/v1/cases/${id}/archive`,
    headers: { authorization: `Bearer ${(await intake.token()) ?? ''}` },
  })
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/zip'])
  return reply.rawPayload
}

async function unzipped(bytes: Buffer): Promise<Files> {
  const found: Files = new Map()
  const opened = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  for await (const entry of opened.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await opened.openReadStreamPromise(entry)) chunks.push(chunk)
    found.set(entry.fileName, Buffer.concat(chunks))
  }
  return found
}

async function zipped(content: Files): Promise<Buffer> {
  const made = new ZipFile()
  for (const [name, bytes] of content) made.addBuffer(bytes, name)
  made.end()
  const chunks: Buffer[] = []
  for await (const chunk of made.outputStream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** What the program that shares no code with the service says of an archive. */
async function verdict(bytes: Buffer, ...flags: string[]): Promise<{ code: number; printed: string }> {
  const file = path.join(folder, `${crypto.randomUUID()}.zip`)
  await writeFile(file, bytes)
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', 'scripts/verify-archive.ts', ...flags, file]
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), printed: stdout + stderr })
    })
  })
}

const textOf = (name: string) => files.get(name)?.toString() ?? ''

describe('the archive of a case', () => {
  test('has the case, its incidents and its moves, for people and for programs', () => {
    const page = textOf('index.html')
    const incidents = JSON.parse(textOf('data/incidents.json'))

    expect(incidents[0].narrative.summary).toBe('Beaten at the station.')
    expect(JSON.parse(textOf('data/case.json')).id).toBe(id)
    expect(JSON.parse(textOf('data/transitions.json')).stage).toBe('intake')
    expect(page).toContain('Beaten at the station.')
  })

  test('has all of it as pages to print', () => {
    const printed = textOfPdf(files.get('case.pdf') ?? Buffer.alloc(0))

    expect(printed).toContain('Beaten at the station.')
    expect(printed).toContain('<script>alert("Ҷамшед")</script>')
  })

  test('has its evidence byte for byte, and the taking of it stands in the chain of custody', async () => {
    const { body } = await intake.get(`/v1/evidence/${photo.id}/custody`)

    expect(files.get(`evidence/${photo.id}`)?.toString()).toBe('Invented: bytes of a photo. '.repeat(4_000))
    expect(body.items.map(({ narrative }: { narrative: { kind: string } }) => narrative.kind)).toContain('viewed')
  })

  test('is a page in which what people wrote is text and nothing else', () => {
    const page = textOf('index.html')

    expect(page).toContain('&lt;script&gt;alert(&quot;Ҷамшед&quot;)&lt;/script&gt;')
    expect(page).not.toContain('<script')
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/(src|href)="(?!#)/)
  })

  test('is accepted by the program that checks it, with the fingerprint of its maker', async () => {
    const { code, printed } = await verdict(zip, '--fingerprint', app.person('intake').fingerprint)

    expect(printed).toMatch(/: OK \d+ files and \d+ events, made /)
    expect(code).toBe(0)
    expect(JSON.parse(textOf('audit.json')).events.length).toBeGreaterThan(3)
  })

  test('leaves an audit row of the one who took it', async () => {
    const { body } = await app.as('coordinator').get('/v1/audit?own=true&limit=200')
    const [row] = body.items.filter(
      ({ event }: { event: { action: string; subjects: { ciphertext_sha256?: string }[] } }) =>
        event.action === 'archive.make' && event.subjects.some((subject) => subject.ciphertext_sha256 !== undefined),
    )

    expect(row.event.actor_id).toBe(intake.id)
  })
})

type Spoiling = (content: Files) => void

/** Puts another text in the place of one that is there. */
const another =
  (name: string, [from, to]: [string, string]): Spoiling =>
  (all) => {
    const before = all.get(name)?.toString() ?? ''
    expect(before).toContain(from)
    all.set(name, Buffer.from(before.replace(from, to)))
  }

describe('is refused when', () => {
  const refused: [string, Spoiling, RegExp][] = [
    ['a word of the case is another', another('data/case.json', ['three', 'seven']), /data.case.json was changed/],
    ['an event of the trail is another', another('audit.json', ['case.open', 'case.list']), /audit.json was changed/],
    ['the print is another', (all) => void all.set('case.pdf', Buffer.from('%PDF')), /case.pdf was changed/],
    ['a file is gone', (all) => void all.delete('data/incidents.json'), /data.incidents.json is missing/],
    ['a file is added', (all) => void all.set('data/more.json', Buffer.from('{}')), /does not list/],
    ['the manifest is another', another('manifest.json', ['"left_out": []', '"left_out": [ ]']), /signature/],
    ['the signature is another', (all) => void all.set('signature.txt', Buffer.from('0'.repeat(128))), /signature/],
    ['it is empty', (all) => all.clear(), /manifest.json is missing/],
  ]

  test.each(refused)('%s', async (_, spoil, why) => {
    const content = new Map(files)
    spoil(content)

    const { code, printed } = await verdict(await zipped(content))

    expect(printed).toMatch(why)
    expect(code).toBe(1)
  })

  test('its maker is not the one expected', async () => {
    const { code, printed } = await verdict(zip, '--fingerprint', app.person('lawyer').fingerprint)

    expect(printed).toContain('somebody else made it')
    expect(code).toBe(1)
  })

  test('it is no zip', async () => {
    expect((await verdict(Buffer.from('nonsense'))).code).toBe(1)
  })
})

test('a member who does not lead takes no case out of the house; somebody not on the team finds none', async () => {
  await add(intake, id, { user_id: app.as('officer').id, part: 'member' })
  const asked = ['lawyer', 'officer', 'coordinator', 'clinician'].map(
    async (who) => (await app.as(who).post(`/v1/cases/${id}/archive`)).status,
  )

  expect(await Promise.all(asked)).toEqual([403, 200, 404, 403])
})
