import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../../src/platform/database/embedded.ts'

/** Where a server is reached, without the name of a database. */
export type Server = { host: string; port: number; user: string; password?: string }

type RunningServer = { kind: string; server: Server; stop(): Promise<void> }

/** TEST_DATABASE is `embedded`, `containers`, `postgres://…`, or `auto`: a container where a runtime answers, else embedded. */
export async function openServer(wanted: string): Promise<RunningServer> {
  if (/^postgres(ql)?:/.test(wanted)) return given(new URL(wanted))
  if (wanted === 'containers') return inContainer()
  if (wanted === 'embedded') return embedded()
  if (wanted !== 'auto') throw new Error('TEST_DATABASE must be auto, containers, embedded or a postgres:// address')
  return (await hasContainerRuntime()) ? inContainer() : embedded()
}

function given({ hostname, port, username, password }: URL): RunningServer {
  const server = {
    host: decodeURIComponent(hostname),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  }
  return { kind: `the server at ${hostname}`, server, stop: () => Promise.resolve() }
}

async function embedded(): Promise<RunningServer> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'guvoh-test-'))
  const { host, port, user, stop } = await startEmbedded({ dir, disposable: true })
  const end = async () => {
    await stop()
    await rm(dir, { recursive: true })
  }
  return { kind: 'the embedded server', server: { host, port, user }, stop: end }
}

async function hasContainerRuntime(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers')
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  )
}

async function inContainer(): Promise<RunningServer> {
  const [{ PostgreSqlContainer }, { Wait }] = await Promise.all([
    import('@testcontainers/postgresql'),
    import('testcontainers'),
  ])
  // The explicit limits and the wait for the log are what rootless runtimes need.
  const container = await new PostgreSqlContainer('postgres:18')
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .withUlimits({ nofile: { soft: 1024, hard: 20_000 }, nproc: { soft: 1024, hard: 1024 } })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=200'])
    .start()
  const server = {
    host: container.getHost(),
    port: container.getPort(),
    user: container.getUsername(),
    password: container.getPassword(),
  }
  const stop = async () => {
    await container.stop()
  }
  return { kind: 'a container', server, stop }
}
