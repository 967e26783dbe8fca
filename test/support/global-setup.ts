import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { compose } from '../../src/app/start.ts'
import { newInstallationKeys, parseInstallationKeys } from '../../src/platform/crypto/installation.ts'
import { Secret } from '../../src/platform/crypto/secret.ts'
import type { Connection } from '../../src/platform/database/database.ts'
import { migrate } from '../../src/platform/database/migrations.ts'
import { type Coalition, seedCoalition } from './coalition.ts'
import { testConfig } from './config.ts'
import { openServer, type Server } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    server: Server
    template: string
    keys: string
    coalition: Coalition
  }
}

/** Starts a server, or takes the given one, and migrates and seeds one database there; each test file then copies that. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = performance.now()
  const { kind, server, stop } = await openServer(process.env['TEST_DATABASE'] ?? 'auto')
  const template = `guvoh_template_${String(process.pid)}`
  const drop = `drop database if exists ${template} with (force)`
  try {
    await run(server, drop)
    await run(server, `create database ${template}`)
    await migrate({ ...server, database: template })
    await seed(project, { ...server, database: template })
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('server', server)
  project.provide('template', template)
  console.log(`Tests use ${kind}, ready in ${String(Math.round(performance.now() - started))} ms`)
  return async () => {
    await run(server, drop)
    await stop()
  }
}

async function run(server: Server, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function seed(project: TestProject, connection: Connection): Promise<void> {
  const text = newInstallationKeys()
  const keys = parseInstallationKeys(text)
  if (keys === undefined) throw new Error('fresh keys do not parse')
  const setupCode = 'a code for tests alone'
  const application = await compose({ connection, keys, config: testConfig, setupCode: new Secret(setupCode) })
  try {
    project.provide('coalition', await seedCoalition(application.server, setupCode))
  } finally {
    await application.close()
  }
  project.provide('keys', text)
}
