import { createReadStream, createWriteStream } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DataStore, Server, Upload } from '@tus/server'

/*
 * What evidence is measured against: the same tus library writing what it gets into a file, in the open, and nothing
 * more. Arguments: the folder and the port.
 */

const [folder = '', port = ''] = process.argv.slice(2)
const sizes = new Map<string, number>()
const fileOf = (id: string) => path.join(folder, id)

const store = Object.assign(new DataStore(), {
  extensions: ['creation'],
  async create(upload: Upload) {
    sizes.set(upload.id, upload.size ?? 0)
    await writeFile(fileOf(upload.id), '')
    return upload
  },
  async getUpload(id: string) {
    return new Upload({ id, size: sizes.get(id) ?? 0, offset: (await stat(fileOf(id))).size })
  },
  async write(stream: Readable, id: string, offset: number) {
    await pipeline(stream, createWriteStream(fileOf(id), { flags: 'r+', start: offset }))
    return (await stat(fileOf(id))).size
  },
})

const tus = new Server({ path: '/v1/uploads', datastore: store, relativeLocation: true })
createServer((request, response) => {
  if (request.url === '/health/ready') response.end('ready')
  else if (request.method === 'GET') createReadStream(fileOf(path.basename(request.url ?? ''))).pipe(response)
  else void tus.handle(request, response)
}).listen(Number(port), '127.0.0.1')
