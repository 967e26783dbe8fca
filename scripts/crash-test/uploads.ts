import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Diary, isAway, note, PATIENCE_MS, RETRY_MS, type Writer } from './writers.ts'

/** A file of which the server said that it has it. `breaks`: how often it had to be gone on with. */
export type Sent = { readonly id: string; readonly sha256: string; readonly breaks: number }

export type Sender = Pick<Writer, 'origin' | 'token' | 'drop'> & { readonly case_id: string }

export type Tally = { cancelled: number }
export const newTally = (): Tally => ({ cancelled: 0 })

type Notes = { readonly diary: Diary; readonly tally: Tally }

const SIZE = { least: 1024 ** 2, most: 4 * 1024 ** 2 }
const PARTS_MOST = 4
const CANCELLED_EVERY = 8

/** Sends one file after the other until told to stop; the one that is on its way then is still brought to its end. */
export async function sendFiles(sender: Sender, notes: Notes, signal: AbortSignal): Promise<Sent[]> {
  const sent: Sent[] = []
  while (!signal.aborted) {
    const bytes = randomBytes(SIZE.least + Math.floor(Math.random() * (SIZE.most - SIZE.least)))
    const place = await begin(sender, notes, bytes.length)
    if (Math.random() < 1 / CANCELLED_EVERY) await cancel(sender, notes, { place, bytes })
    else sent.push(await bringUp(sender, notes, { place, bytes }))
  }
  return sent
}

/** If the answer is lost, a row of an upload stays that nobody goes on with; it is swept after 14 days. */
async function begin(sender: Sender, notes: Notes, size: number): Promise<string> {
  const headers = { 'upload-length': String(size) }
  for (;;) {
    const answer = await ask(sender, notes, { method: 'POST', path: '/v1/uploads', headers })
    if (answer?.status === 201) return z.string().parse(answer.headers.get('location'))
    if (answer !== undefined) noteWrong(notes, answer)
    await sleep(RETRY_MS)
  }
}

type File = { readonly place: string; readonly bytes: Buffer }

/** Goes on each time from where the server says it is, and makes evidence of it at last. */
async function bringUp(sender: Sender, notes: Notes, { place, bytes }: File): Promise<Sent> {
  const step = Math.ceil(bytes.length / (1 + Math.floor(Math.random() * PARTS_MOST)))
  let breaks = 0
  for (let offset = 0; offset < bytes.length; ) {
    const part = bytes.subarray(offset, offset + step)
    const sent = await ask(sender, notes, { method: 'PATCH', path: place, ...partAt(offset, part) })
    if (sent?.status === 204) offset = offsetIn(sent)
    else {
      // A part that was kept, but whose answer was lost, is found out by asking.
      breaks += 1
      offset = await askOffset(sender, notes, place)
    }
  }
  return { id: await keep(sender, notes, place), sha256: hashOf(bytes), breaks }
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const partAt = (offset: number, body: Buffer) => ({
  headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
  body,
})

const offsetIn = ({ headers }: Answer): number => z.coerce.number().parse(headers.get('upload-offset'))

async function askOffset(sender: Sender, notes: Notes, path: string): Promise<number> {
  for (;;) {
    const answer = await ask(sender, notes, { method: 'HEAD', path })
    if (answer?.status === 200) return offsetIn(answer)
    if (answer !== undefined) noteWrong(notes, answer)
    await sleep(RETRY_MS)
  }
}

/** Under one key, so that a repeat of what was done already makes nothing twice. */
async function keep(sender: Sender, notes: Notes, place: string): Promise<string> {
  const said = {
    identity: { file_name: 'a' },
    narrative: { how_obtained: 'b' },
    facts: { kind: 'video', media: 'video/mp4' },
  }
  const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  const body = JSON.stringify({ upload_id: place.split('/').at(-1), ...said })
  const path = `/v1/cases/${sender.case_id}/evidence`
  for (;;) {
    const answer = await ask(sender, notes, { method: 'POST', path, headers, body })
    if (answer?.status === 201) return z.object({ id: z.string() }).parse(JSON.parse(answer.text)).id
    if (answer !== undefined) noteWrong(notes, answer)
    await sleep(RETRY_MS)
  }
}

/** Sends half of it and lets it go. A kill between its row and its pieces leaves pieces alone: reconcile finds them. */
async function cancel(sender: Sender, notes: Notes, { place, bytes }: File): Promise<void> {
  await ask(sender, notes, { method: 'PATCH', path: place, ...partAt(0, bytes.subarray(0, bytes.length / 2)) })
  for (;;) {
    const answer = await ask(sender, notes, { method: 'DELETE', path: place })
    if (answer?.status === 204 || answer?.status === 404) break
    if (answer !== undefined) noteWrong(notes, answer)
    await sleep(RETRY_MS)
  }
  notes.tally.cancelled += 1
}

type Asked = {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}
type Answer = { readonly status: number; readonly headers: Headers; readonly text: string }

/** Undefined when no answer came, or one that a crash excuses. */
async function ask(sender: Sender, { diary }: Notes, { path, headers, ...rest }: Asked): Promise<Answer | undefined> {
  const token = await sender.token()
  const answer = await fetch(`${sender.origin}${path}`, {
    ...rest,
    headers: { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0', ...headers },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).then(
    async (reply) => ({ status: reply.status, headers: reply.headers, text: await reply.text() }),
    () => undefined,
  )
  if (answer?.status === 401) sender.drop(token)
  if (answer !== undefined && answer.status !== 401 && !isAway(answer.status)) return answer
  diary.retries += 1
  return undefined
}

const noteWrong = ({ diary }: Notes, { status, text }: Answer): void => note(diary, `${String(status)} ${text}`)
