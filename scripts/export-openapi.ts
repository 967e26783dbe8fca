import { readFile, writeFile } from 'node:fs/promises'
import { compose } from '../src/app/start.ts'
import { describe as describeApi } from '../src/platform/http/reference.ts'
import { newInstallationKeys, parseInstallationKeys } from '../src/platform/crypto/installation.ts'

const FILE = new URL('../schemas/openapi.json', import.meta.url)

/** The API as the server describes it. Nothing is connected to: the description needs no database. */
async function describe(): Promise<string> {
  const keys = parseInstallationKeys(newInstallationKeys())
  if (keys === undefined) throw new Error('fresh keys do not parse')
  const config = {
    data: '.guvoh',
    secondFactor: 'required',
    metricsToken: null,
    trustProxy: false,
    logLevel: 'silent',
    requestsPerMinute: 1,
    mail: null,
    s3: null,
    clamd: null,
  } as const
  const application = await compose({ connection: 'postgres://nowhere/none', keys, config, setupCode: null })
  await application.server.ready()
  const text = `${JSON.stringify(describeApi(application.server), null, 1)}\n`
  await application.close()
  return text
}

const text = await describe()
if (!process.argv.includes('--check')) await writeFile(FILE, text)
else if ((await readFile(FILE, 'utf8').catch(() => '')) !== text) {
  console.error('schemas/openapi.json is not what the code says: run npm run generate')
  process.exitCode = 1
}
