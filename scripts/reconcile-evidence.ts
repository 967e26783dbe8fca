import { parseArgs } from 'node:util'
import { evidencePartsOf } from '../src/app/evidence-parts.ts'
import { readyDatabase } from '../src/app/ground.ts'
import { type Orphan, reconcile } from '../src/evidence/reconcile.ts'
import type { BlobStore } from '../src/evidence/store.ts'
import { connect } from '../src/platform/database/database.ts'
import { type Config, readConfig, SettingError } from '../src/platform/kernel/config.ts'

const usage = `reconcile-evidence [--data FOLDER] [--remove-orphans]

  Compares the rows that name files of evidence with the files in the store, and names by id what has no other half.
  The settings are those of the server; stop it first if it runs its own database.
  --remove-orphans   removes files that no row has named for a day. Not after a database was put back from an older
                     backup: what it does not know yet looks like an orphan.
  Exit 0 when both agree, 1 when they do not, 2 when it cannot be told.`

/** Whoever puts a file into the store and then writes its row is done long before. */
const SAFE_AGE_MS = 24 * 60 * 60 * 1_000

await main().catch((error: unknown) => {
  console.error(error instanceof SettingError ? error.message : error)
  process.exitCode = 2
})

async function main(): Promise<void> {
  const { data, help, 'remove-orphans': removes = false } = readFlags()
  const config = readConfig(data === undefined ? [] : ['--data', data], process.env)
  if (help === true || config === 'help') console.log(usage)
  else process.exitCode = (await agree(config, removes)) ? 0 : 1
}

/** Tells whether the two agree, in the end. */
async function agree(config: Config, removes: boolean): Promise<boolean> {
  const { connection, embedded } = await readyDatabase(config)
  const database = connect(connection)
  try {
    const { store } = evidencePartsOf(config)
    const { rows, missing, orphans } = await reconcile(database, store)
    for (const { table, id, blob } of missing) console.log(`row without a file: ${table} ${id}, file ${blob}`)
    for (const { blob, changed_at } of orphans) console.log(`file without a row: ${blob}, ${changed_at.toISOString()}`)
    const removed = removes ? await removeOld(store, orphans) : 0
    const found = [count(rows, 'row'), `${count(missing.length, 'row')} without a file`]
    console.log(`${found.join(', ')}, ${count(orphans.length, 'file')} without a row, ${String(removed)} removed`)
    return missing.length + orphans.length === removed
  } finally {
    await database.destroy()
    await embedded?.stop()
  }
}

async function removeOld(store: BlobStore, orphans: readonly Orphan[]): Promise<number> {
  const old = orphans.filter(({ changed_at }) => changed_at.getTime() < Date.now() - SAFE_AGE_MS)
  for (const { blob } of old) await store.remove(blob)
  return old.length
}

function readFlags() {
  const is = { type: 'boolean' } as const
  try {
    return parseArgs({ options: { data: { type: 'string' }, 'remove-orphans': is, help: is } }).values
  } catch {
    throw new SettingError(`usage: ${usage}`)
  }
}

function count(many: number, what: string): string {
  return `${String(many)} ${what}${many === 1 ? '' : 's'}`
}
