import { appendFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { readKeys, readyDatabase } from '../src/app/ground.ts'
import { compose } from '../src/app/start.ts'
import { entriesOf } from '../src/erasure/register.ts'
import { restoreErasures } from '../src/erasure/service.ts'
import { readConfig } from '../src/platform/kernel/config.ts'

// Takes a register of erasures that was kept elsewhere, and erases again what an older database has brought back.

const usage = 'replay-erasures FILE [--data FOLDER]    (DATABASE_URL as for the server, which must not run)'

const [file, ...settings] = process.argv.slice(2)
const config = readConfig(settings, process.env)
if (file === undefined || config === 'help') {
  console.error(usage)
  process.exit(1)
}

const keys = await readKeys(config.data)
const lines = await readFile(file, 'utf8')
const listed = entriesOf(keys.signing, lines).length
await appendFile(path.join(config.data, 'erasures.jsonl'), lines.endsWith('\n') ? lines : `${lines}\n`, { mode: 0o600 })

const { connection, embedded } = await readyDatabase(config)
const application = await compose({ connection, keys, config, setupCode: null })
const replayed = await restoreErasures(application.services, application.parts.erasure)
await application.close()
await embedded?.stop()
console.log(`${String(listed)} erasures in the register; ${String(replayed)} had come back and were erased again`)
