import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import type { Scanner } from './scan.ts'
import type { ScanState } from './schema.ts'

const SILENCE_MS_MAX = 5 * 60 * 1_000
const ANSWER_BYTES_MAX = 1_024
const LENGTH_BYTES = 4

/** Streams each file to a clamd (its INSTREAM command). What it cannot tell, because it is away or gives up, is `failed`. */
export const clamdScanner =
  (place: NetConnectOpts): Scanner =>
  () => {
    const socket = connect(place)
    socket.setTimeout(SILENCE_MS_MAX, () => socket.destroy())
    const answer = answerOf(socket)
    socket.write('zINSTREAM\0')
    return {
      add: (plain) => sendPart(socket, plain),
      async verdict() {
        socket.write(Buffer.alloc(LENGTH_BYTES))
        return stateIn(await answer)
      },
      end: () => void socket.destroy(),
    }
  }

/** What it says before the first zero byte, or before it is gone. */
function answerOf(socket: Socket): Promise<string> {
  let said = ''
  // An error is followed by the close that is waited for.
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    said = (said + bytes.toString('latin1')).slice(0, ANSWER_BYTES_MAX)
    if (said.includes('\0')) socket.destroy()
  })
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve(said.split('\0')[0] ?? '')
    })
  })
}

async function sendPart(socket: Socket, plain: Secret<Buffer>): Promise<void> {
  const length = Buffer.alloc(LENGTH_BYTES)
  const isTaken = consult(plain, (bytes) => {
    if (bytes.length === 0 || socket.destroyed) return true
    length.writeUInt32BE(bytes.length)
    socket.write(length)
    return socket.write(bytes)
  })
  if (!isTaken) await roomIn(socket)
}

/** Until it takes more, or is gone. */
function roomIn(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      socket.off('drain', go).off('close', go)
      resolve()
    }
    socket.once('drain', go).once('close', go)
  })
}

function stateIn(answer: string): ScanState {
  if (answer === 'stream: OK') return 'clean'
  return /^stream: .+ FOUND$/.test(answer) ? 'found' : 'failed'
}
