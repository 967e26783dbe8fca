import { parse } from 'csv-parse/sync'
import yauzl from 'yauzl'
import { buffer } from 'node:stream/consumers'
import { handling } from '../incidents/handling.ts'
import { reportOf, submitted } from '../incidents/reports.ts'
import type { As, startApp } from '../support/app.ts'

type App = Awaited<ReturnType<typeof startApp>>

export type Told = {
  people: number
  violations?: string[]
  country?: string
  region?: string
  sex?: string
  age?: string
  consent?: string
}

/** Victims of one invented report, as a group where they are several. */
function reportOn({
  people,
  violations = ['liberty_unrecorded_detention'],
  country = 'KG',
  region,
  sex = 'male',
  age = '25_34',
  consent = 'given',
}: Told) {
  const report = reportOf('arbitrary_detention')
  const victim = people === 1 ? { sort: 'person' } : { sort: 'group', count: people }
  return {
    ...report,
    identity: { parties: [] },
    facts: {
      ...report.facts,
      place: region === undefined ? { country } : { country, region },
      parties: [{ ref: 'v1', roles: ['victim'], ...victim, sex, age_band: age, counting_consent: consent }],
      acts: violations.map((violation) => ({ violation, victim_ref: 'v1' })),
      sources: [],
    },
  }
}

const codes = { sex: ['female', 'male'], country: ['KG', 'TJ', 'KZ', 'UZ'] }
export const definition = {
  population: 'victims',
  dimensions: ['sex', 'country'],
  margins: 2,
  codes,
  candidate_pool: null,
}

/** Of this cube with one more dimension, the other is a part. */
export const wider = {
  ...definition,
  dimensions: ['sex', 'country', 'age_band'],
  codes: { ...codes, age_band: ['25_34', '35_44'] },
}

/** People enough for most of a table to be shown, and three who must not be. */
export const many: Told[] = [
  { people: 120, country: 'KG' },
  { people: 60, country: 'TJ', age: '35_44' },
  { people: 80, country: 'KZ' },
  { people: 45, country: 'UZ', age: '35_44' },
  { people: 90, sex: 'female', country: 'KG', age: '35_44' },
  { people: 135, sex: 'female', country: 'TJ' },
  { people: 70, sex: 'female', country: 'KZ', age: '35_44' },
  { people: 40, sex: 'female', country: 'UZ' },
  { people: 60, sex: 'unknown', country: 'RU', age: 'unknown' },
  { people: 3, sex: 'intersex', country: 'KZ' },
]

/** What coordinators do, in short. */
export function releasing(app: App) {
  const { triage } = handling(app)

  /** Submits, accepts and registers on that day. */
  async function registered(told: Told, day = '2026-02-10'): Promise<string> {
    const { id } = await submitted(app.as('monitor'), reportOn(told))
    await triage(id, { decision: 'accept' })
    await app.database.updateTable('incidents').set({ received_on: day }).where('id', '=', id).execute()
    return id
  }

  async function declared(cube: object = definition, by: As = app.as('coordinator')): Promise<string> {
    const { status, body, text } = await by.post('/v1/statistics/cubes', { definition: cube })
    if (status !== 201) throw new Error(`no cube was declared: ${text}`)
    return body.id
  }

  async function make(cube: string, period = '2026-Q1', by: As = app.as('coordinator')) {
    const reply = await by.post(`/v1/statistics/cubes/${cube}/releases`, { period })
    return { ...reply, events: reply.status === 200 ? eventsIn(reply.text) : [] }
  }

  async function sign(id: string, by: As, version = 1) {
    return by.post(`/v1/statistics/releases/${id}/signatures`, {}, { 'if-match': `"${String(version)}"` })
  }

  /** Made, signed by two, and its bytes. */
  async function released(cube: string, period = '2026-Q1') {
    const { events } = await make(cube, period)
    const { id } = events.at(-1)?.data ?? {}
    await sign(id, app.as('coordinator'))
    await sign(id, app.as('officer'))
    return { id, files: await packageOf(id) }
  }

  async function packageOf(id: string, by: As = app.as('coordinator')) {
    const token = await by.token()
    const reply = await app.server.inject({
      method: 'GET',
      url: `/v1/statistics/releases/${id}/package`,
      headers: { authorization: `Bearer ${token ?? ''}` },
    })
    return { status: reply.statusCode, bytes: reply.rawPayload, headers: reply.headers }
  }

  return { registered, declared, make, sign, released, packageOf }
}

type Event = { event: string; data: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- as it came

const eventsIn = (text: string): Event[] =>
  text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [event = '', data = ''] = block.split('\n')
      return { event: event.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) }
    })

/** The files of an archive, by name. */
export async function filesIn(zip: Buffer): Promise<Map<string, Buffer>> {
  const archive = await yauzl.fromBufferPromise(zip)
  const files = new Map<string, Buffer>()
  for await (const entry of archive.eachEntry()) {
    files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)))
  }
  return files
}

export const rowsOf = (csv: Buffer | string): Record<string, string>[] => parse(csv, { columns: true })
