import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Child, freePort, startChild } from '../bench/child.ts'
import { forgetFailures, killPostmaster } from './postmaster.ts'

/** A server that is killed over and over, and what it keeps in its folder. */
export type Ground = {
  readonly data: string
  readonly kills: number
  start(): Promise<Child>
  /** The server that runs after the last kill. */
  killOverAndOver(first: Child): Promise<Child>
}

const LIFE_MS = { least: 100, most: 1_600 }
export const POSTMASTER_EVERY = 4

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export async function groundIn(folder: string, kills: number): Promise<Ground> {
  const port = await freePort()
  const data = path.join(folder, 'data')
  const args = ['--port', String(port), '--data', data]
  const env = { GUVOH_SECOND_FACTOR: 'optional', GUVOH_REQUESTS_PER_MINUTE: '100000000', GUVOH_LOG_LEVEL: 'error' }
  const command = [process.execPath, '--import', 'tsx', main, ...args] as const
  const start = () => startChild({ command, log: path.join(folder, 'server.log'), port, env })
  return {
    data,
    kills,
    start,
    async killOverAndOver(first) {
      let server = first
      for (let nth = 1; nth <= kills; nth += 1) {
        await sleep(LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least))
        if (nth % POSTMASTER_EVERY === 0) killPostmaster(data)
        await server.end('SIGKILL')
        server = await start()
        await forgetFailures(data)
        if (nth % 10 === 0) console.error(`${String(nth)} kills …`)
      }
      return server
    },
  }
}
