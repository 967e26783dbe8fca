import { createServer, type Server, type Socket } from 'node:net'

export type Taken = { readonly to: string; readonly text: string }

/** A mail server on loopback that takes everything and keeps it; or that is down, or refuses. */
export async function startSmtp() {
  const taken: Taken[] = []
  const greetings: string[] = []
  let refuses = false
  const server: Server = createServer((socket) => talk(socket))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the mail server listens at no port')

  function talk(socket: Socket): void {
    let [rest, to, text] = ['', '', '']
    let isData = false
    const say = (line: string) => socket.write(`${line}\r\n`)
    const keep = (line: string): unknown => {
      if (line !== '.') return (text += `${line}\n`)
      isData = false
      taken.push({ to, text })
      return say('250 taken')
    }
    const hear = (line: string): unknown => {
      if (line.startsWith('EHLO')) greetings.push(line)
      if (line.startsWith('RCPT') && refuses) return say(`550 nobody is called ${line.slice(9)}`)
      if (line.startsWith('RCPT')) to = line.slice(9, -1)
      if (line !== 'DATA') return say('250 well')
      isData = true
      text = ''
      return say('354 go on')
    }
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) (isData ? keep : hear)(line)
    })
    say('220 here')
  }

  return {
    url: `smtp://127.0.0.1:${String(address.port)}`,
    taken,
    greetings,
    refuse: (is: boolean) => void (refuses = is),
    stop: () => new Promise((stopped) => server.close(stopped)),
    startAgain: () => new Promise<void>((listening) => server.listen(address.port, '127.0.0.1', listening)),
  }
}
