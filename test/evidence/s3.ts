import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll } from 'vitest'

// Its tokens for further pages need a cipher that OpenSSL calls legacy.
const require = createRequire(import.meta.url)
const program = require.resolve('s3rver/bin/s3rver.js')
const BUCKET = 'evidence'
const POLL_MS = 50
const START_MS_MAX = 60_000

/** A server that speaks S3, with an empty bucket; it can be stopped and started again. */
export async function startS3() {
  const folder = mkdtempSync(path.join(tmpdir(), 'guvoh-s3-'))
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${String(port)}`
  const place = ['-d', folder, '-a', '127.0.0.1', '-p', String(port), '--silent', '--no-vhost-buckets']
  let server: ChildProcess
  const start = async () => {
    server = spawn(process.execPath, ['--openssl-legacy-provider', program, ...place, '--configure-bucket', BUCKET], {
      stdio: 'ignore',
    })
    for (let waited = 0; waited < START_MS_MAX; waited += POLL_MS) {
      if (
        await fetch(endpoint).then(
          () => true,
          () => false,
        )
      )
        return
      await sleep(POLL_MS)
    }
    throw new Error('the S3 server did not start')
  }
  const stop = async () => {
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  await start()
  afterAll(() => void server.kill('SIGKILL'))
  const settings = { endpoint, bucket: BUCKET, region: 'us-east-1', accessKey: 'S3RVER', secretKey: 'S3RVER' }
  return { settings, start, stop }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
