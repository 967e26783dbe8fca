import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const Service = z.object({
  image: z.string().optional(),
  build: z.string().optional(),
  user: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()),
  networks: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
})
const Composition = z.object({
  services: z.object({ database: Service, server: Service }),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).nullable()),
  volumes: z.record(z.string(), z.null()),
})

const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8')

describe('docker-compose.yml', async () => {
  const { services, networks, volumes } = Composition.parse(parse(await read('docker-compose.yml')))
  const { database, server } = services

  test('every service is somebody other than root', () => {
    expect([database.user, server.user]).toEqual(['postgres', 'node'])
  })

  test('the server waits until PostgreSQL 18 is healthy', () => {
    expect(database.image).toBe('postgres:18')
    expect(database.healthcheck?.test).toContain('pg_isready')
    expect(server.depends_on).toEqual({ database: { condition: 'service_healthy' } })
  })

  test('PostgreSQL is reached from inside only, the server from this machine only', () => {
    expect(database.ports).toBeUndefined()
    expect(database.networks.map((name) => networks[name])).toEqual([{ internal: true }])
    expect(server.ports?.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  })

  test('no password is written down, and without one nothing starts', () => {
    const passwords = [database.environment['POSTGRES_PASSWORD'], server.environment['DATABASE_URL']]

    for (const value of passwords) expect(value).toMatch(/\$\{GUVOH_DATABASE_PASSWORD:\?[^}]+\}/)
  })

  test('every named volume exists', () => {
    const used = [...database.volumes, ...server.volumes].map((volume) => volume.split(':')[0])

    expect(used.toSorted()).toEqual(Object.keys(volumes).toSorted())
  })
})

describe('Dockerfile', async () => {
  const instructions = (await read('Dockerfile')).replaceAll('\\\n', ' ').split('\n')
  const argumentsOf = (name: string) =>
    instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim())

  test('runs on Node 24 as an ordinary user', () => {
    expect(new Set(argumentsOf('FROM').map((image) => image.split(' ')[0]))).toEqual(new Set(['node:24-slim']))
    expect(argumentsOf('USER')).toEqual(['node'])
  })

  test('asks the port it listens on how it is', () => {
    const [port = ''] = argumentsOf('EXPOSE')
    const command = z.array(z.string()).parse(JSON.parse(argumentsOf('CMD')[0] ?? ''))

    expect(argumentsOf('HEALTHCHECK')[0]).toContain(`http://127.0.0.1:${port}/health/live`)
    expect(command[command.indexOf('--port') + 1]).toBe(port)
  })

  test('takes in only what .dockerignore lets through', async () => {
    const [first, ...allowed] = (await read('.dockerignore')).trim().split('\n')

    expect(first).toBe('*')
    expect(allowed.filter((line) => !line.startsWith('!'))).toEqual([])
    expect(allowed).toEqual(expect.arrayContaining(['!src', '!migrations', '!package-lock.json']))
  })
})
