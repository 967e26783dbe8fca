import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { migrate } from '../src/platform/database/migrations.ts'
import { type Catalog, readCatalog } from './catalog.ts'
import { schemaListing } from './schema-listing.ts'
import { tableTypes } from './table-types.ts'

/** Writes what is generated from the migrated database. With `--check` it writes nothing and fails where a file differs. */
const isCheck = process.argv.includes('--check')
const catalog = await migratedCatalog()

await put('src/platform/database/tables.gen.ts', tableTypes(catalog))
await put('schemas/database.sql', schemaListing(catalog))

async function put(file: string, text: string): Promise<void> {
  if (!isCheck) return writeFile(file, text)
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return
  console.error(`${file} is not what the migrations make: run npm run generate`)
  process.exitCode = 1
}

/** The catalog of a database that lives only as long as this takes. */
async function migratedCatalog(): Promise<Catalog> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'guvoh-generate-'))
  const { host, port, user, stop } = await startEmbedded({ dir, disposable: true })
  const connection = { host, port, user, database: 'postgres' }
  try {
    await migrate(connection)
    return await readCatalog(connection)
  } finally {
    await stop()
    await rm(dir, { recursive: true })
  }
}
