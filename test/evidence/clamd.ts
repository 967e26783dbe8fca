import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** Harmless, and found by every scanner that keeps to the agreement. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

const COMMAND = Buffer.from('zINSTREAM\0')

/** What the server does: as the real one, or what the real one does in bad times. */
export type Mood = 'well' | 'full' | 'crashes' | 'speaks nonsense'

/** A server that speaks clamd's INSTREAM at a Unix socket, and remembers the hash of each file it was sent. */
export async function startClamd() {
  const place = path.join(mkdtempSync(path.join(tmpdir(), 'guvoh-clamd-')), 'clamd.ctl')
  const seen: string[] = []
  const state: { mood: Mood } = { mood: 'well' }
  const server = createServer((socket) => {
    void answer(socket, state.mood, seen)
  })
  await new Promise<void>((resolve) => {
    server.listen(place, resolve)
  })
  afterAll(() => void server.close())
  return { place, seen, state }
}

async function answer(socket: Socket, mood: Mood, seen: string[]): Promise<void> {
  socket.on('error', () => undefined)
  const take = takerOf(socket)
  if (!(await take(COMMAND.length)).equals(COMMAND)) return void socket.end('UNKNOWN COMMAND\0')
  const parts: Buffer[] = []
  for (let length = await takeLength(take); length > 0; length = await takeLength(take)) {
    parts.push(await take(length))
    if (mood === 'crashes') return void socket.destroy()
    if (mood === 'full') return void socket.end('INSTREAM size limit exceeded. ERROR\0')
  }
  const file = Buffer.concat(parts)
  seen.push(createHash('sha256').update(file).digest('hex'))
  const found = file.includes(EICAR) ? 'stream: Win.Test.EICAR_HDB-1 FOUND' : 'stream: OK'
  socket.end(`${mood === 'speaks nonsense' ? '220 smtp ready' : found}\0`)
}

type Take = (count: number) => Promise<Buffer>
const takeLength = async (take: Take): Promise<number> => (await take(4)).readUInt32BE(0)

/** So many bytes of what comes; it never ends when they never come. */
function takerOf(socket: Socket): Take {
  let waiting = Buffer.alloc(0)
  let wake = () => {}
  socket.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes])
    wake()
  })
  return async (count) => {
    while (waiting.length < count)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    const taken = waiting.subarray(0, count)
    waiting = waiting.subarray(count)
    return taken
  }
}
