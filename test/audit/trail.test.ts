import { beforeAll, describe, expect, test } from 'vitest'
import type { TrailItem, TrailPage } from '../../src/audit/schema.ts'
import { reportOf, submitted } from '../incidents/reports.ts'
import { randomFrom } from '../support/random.ts'
import { startApp } from '../support/app.ts'
import { itemsOf, readWhole, remembering, verify } from './export.ts'

const app = await startApp()
const monitor = app.as('monitor')
const coordinator = app.as('coordinator')
const administrator = app.as('administrator')
let incidentId = ''

beforeAll(async () => {
  incidentId = (await submitted(monitor)).id
  await submitted(app.as('monitor', 'away'), reportOf('arbitrary_detention'))
  await monitor.get('/v1/audit')
  await app.stranger.post('/v1/session', { handle: 'nobody-here', passphrase: 'not the right words at all' })
}, 60_000)

function firstOf<T>(things: readonly T[]): T {
  const [first] = things
  if (first === undefined) throw new Error('there is nothing to choose from')
  return first
}

const actionsIn = (items: readonly TrailItem[]) => new Set(items.map(({ event }) => event?.action))

describe('reading the trail', () => {
  test('gives every event its number, its place in the chain and one checkpoint over all pages', async () => {
    const pages = await readWhole(coordinator)
    const items = itemsOf(pages)

    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1))
    expect(new Set(pages.map(({ checkpoint }) => checkpoint.size))).toEqual(new Set([items.length]))
    expect(pages.length).toBeGreaterThan(3)
  })

  test('is verified by a program that shares nothing with the server, with the key pinned', async () => {
    const pages = await readWhole(coordinator)
    const { checkpoint, key } = firstOf(pages)

    const right = await verify([pages], '--key', key)
    const wrong = await verify([pages], '--key', '00'.repeat(32))

    expect(right.code).toBe(0)
    expect(right.verdicts[0]).toMatch(
      new RegExp(`^OK ${String(checkpoint.size)} events, \\d+ with their text, root ${checkpoint.root}`),
    )
    expect(wrong).toEqual({ code: 1, verdicts: [`REFUSED line 1: another key than expected, ${key}`] })
  })

  test('ends, also one event at a time, although each page is an event', async () => {
    const pages = await readWhole(administrator, 1)

    expect(itemsOf(pages)).toHaveLength(pages[0]?.checkpoint.size ?? 0)
  })

  test('is itself written down, and so is each attempt that was refused', async () => {
    await coordinator.get('/v1/audit')
    const items = itemsOf(await readWhole(coordinator))

    const reads = items.filter(({ event }) => event?.action === 'audit.read')
    expect(reads.some(({ event }) => event?.actor_id === coordinator.id && event.outcome === 'done')).toBe(true)
    expect(reads.filter(({ event }) => event?.actor_id === monitor.id).map(({ event }) => event?.outcome)).toEqual([
      'denied',
    ])
  })

  test('shows what an act was about: the report, with the hash of its ciphertext', async () => {
    const items = itemsOf(await readWhole(coordinator))

    const [submission] = items.filter(({ event }) => event?.subjects.some(({ id }) => id === incidentId))
    expect(submission?.event).toMatchObject({
      action: 'incident.submit',
      outcome: 'done',
      actor_id: monitor.id,
      organisation_id: monitor.organisationId,
      subjects: [{ table: 'incidents', id: incidentId, ciphertext_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    })
    expect(JSON.parse(submission?.body ?? '')).toEqual(submission?.event)
  })

  test('shows another organisation as hashes only, and what belongs to none to administrators only', async () => {
    const [own, full, away] = await Promise.all(
      [coordinator, administrator, app.as('coordinator', 'away')].map(async (reader) =>
        itemsOf(await readWhole(reader)),
      ),
    )

    const organisations = (items: readonly TrailItem[] = []) =>
      new Set(items.flatMap(({ event }) => (event ? [event.organisation_id] : [])))
    expect(organisations(own)).toEqual(new Set([coordinator.organisationId]))
    expect(organisations(full)).toEqual(new Set([coordinator.organisationId, null]))
    expect(organisations(away)).toEqual(new Set([app.as('coordinator', 'away').organisationId]))
    expect(full?.some(({ event }) => event?.action === 'session.open' && event.outcome === 'failed')).toBe(true)
    expect(own?.filter(({ body }) => body === null).length).toBeGreaterThan(0)
  })

  test('can be narrowed to what one may read, which then has gaps', async () => {
    const { body } = await coordinator.get('/v1/audit?own=true&limit=200')
    const { verdicts } = await verify([[body]])

    expect(body.items.every((item: TrailItem) => item.event?.organisation_id === coordinator.organisationId)).toBe(true)
    expect(actionsIn(body.items).has('incident.submit')).toBe(true)
    expect(verdicts[0]).toMatch(/^REFUSED seq \d+: missing or out of its place/)
  })

  test('refuses a cursor that it did not give', async () => {
    const forged = Buffer.from(JSON.stringify([3, 999_999])).toString('base64url')
    const replies = await Promise.all(['nonsense', forged].map((after) => coordinator.get(`/v1/audit?after=${after}`)))

    expect(replies.map(({ status }) => status)).toEqual([400, 400])
  })
})

describe('checkpoints', () => {
  test('are signed on demand, listed, and are the same again under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'checkpoint-of-today' }
    const made = await coordinator.post('/v1/audit/checkpoints', undefined, headers)
    const again = await coordinator.post('/v1/audit/checkpoints', undefined, headers)
    const listed = await administrator.get('/v1/audit/checkpoints?limit=200')

    expect([made.status, again.status, again.body]).toEqual([201, 201, made.body])
    expect(listed.body.items).toContainEqual(made.body)
    expect(listed.body.items.map(({ size }: { size: number }) => size)).toEqual(
      listed.body.items.map(({ size }: { size: number }) => size).sort((a: number, b: number) => b - a),
    )
  })

  test('all hold in one export, and one that was kept is found again', async () => {
    const { body: kept } = await coordinator.post('/v1/audit/checkpoints')
    const pages = await readWhole(coordinator)
    const { body: listed } = await coordinator.get('/v1/audit/checkpoints?limit=200')
    const past = {
      ...listed,
      items: listed.items.filter(({ size }: { size: number }) => size <= (pages[0]?.checkpoint.size ?? 0)),
    }

    const held = await verify([[...pages, past]], ...remembering(kept))
    const lost = await verify([pages], ...remembering({ size: kept.size, root: '0'.repeat(64) }))
    const longer = await verify([pages], ...remembering({ size: 1_000_000, root: kept.root }))

    expect([held.code, held.verdicts[0]]).toEqual([0, expect.stringMatching(/begins with the \d+ remembered$/)])
    expect(lost.verdicts).toEqual([`REFUSED seq 1 to ${String(kept.size)}: not the trail as remembered`])
    expect(longer.verdicts[0]).toMatch(/the trail is shorter than remembered$/)
  })
})

describe('an export that was tampered with', () => {
  const TAMPERINGS = 200

  test(`is refused each time, ${String(TAMPERINGS)} ways`, async () => {
    const pages = await readWhole(coordinator, 9)
    const random = randomFrom(20)
    const tampered = Array.from({ length: TAMPERINGS }, (_, index) => tamper(structuredClone(pages), index, random))

    const untouched = await verify([pages])
    const { code, verdicts } = await verify(tampered)

    expect(untouched.code).toBe(0)
    expect([code, verdicts.length]).toEqual([1, TAMPERINGS])
    expect(verdicts.filter((verdict) => !verdict.startsWith('REFUSED '))).toEqual([])
    expect(verdicts.filter((verdict) => !/seq \d+|line \d+/.test(verdict))).toEqual([])
  })

  test('is refused when it is empty, cut within a line, or without its checkpoint', async () => {
    const { checkpoint, ...without } = firstOf(await readWhole(coordinator, 200))
    const page = { ...without, checkpoint }
    const { verdicts } = await verify([[], [JSON.stringify(page).slice(0, -40)], [without], ['[]'], ['null']])

    expect(verdicts.map((verdict) => verdict.slice(0, 7))).toEqual(Array.from({ length: 5 }, () => 'REFUSED'))
  })
})

type Random = () => number
const below = (random: Random, most: number) => Math.floor(random() * most)
const pick = <T>(random: Random, things: readonly T[]): T => firstOf(things.slice(below(random, things.length)))

/** One lie told of an export. The pages are changed in place. */
function tamper(pages: TrailPage[], index: number, random: Random): TrailPage[] {
  const kinds = [flipBody, flipHash, drop, swap, repeat, insert, truncate, changeCheckpoint, changeEvent, hideSeal]
  firstOf(kinds.slice(index % kinds.length))(pages, random)
  return pages
}

function flipBody(pages: TrailPage[], random: Random): void {
  const item = pick(
    random,
    itemsOf(pages).filter(({ body }) => body !== null),
  )
  const bytes = Buffer.from(item.body ?? '')
  const at = below(random, bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 7))
  item.body = bytes.toString()
}

function flipHash(pages: TrailPage[], random: Random): void {
  const item = pick(random, itemsOf(pages))
  const name = pick(random, ['leaf_hash', 'chain_hash'] as const)
  const at = below(random, 64)
  const digit = (Number.parseInt(item[name].charAt(at), 16) ^ (1 + below(random, 15))).toString(16)
  item[name] = item[name].slice(0, at) + digit + item[name].slice(at + 1)
}

function drop(pages: TrailPage[], random: Random): void {
  const page = pick(
    random,
    pages.filter(({ items }) => items.length > 0),
  )
  page.items.splice(below(random, page.items.length), 1)
}

function swap(pages: TrailPage[], random: Random): void {
  const items = itemsOf(pages)
  const one = pick(random, items.slice(0, -1))
  const other = firstOf(items.slice(-1))
  const { leaf_hash, event, body } = one
  Object.assign(one, { leaf_hash: other.leaf_hash, event: other.event, body: other.body })
  Object.assign(other, { leaf_hash, event, body })
}

function repeat(pages: TrailPage[], random: Random): void {
  const page = pick(
    random,
    pages.filter(({ items }) => items.length > 0),
  )
  const at = below(random, page.items.length)
  page.items.splice(at, 0, structuredClone(firstOf(page.items.slice(at))))
}

/** With numbers moved on, so that they have no gap. */
function insert(pages: TrailPage[], random: Random): void {
  const page = pick(
    random,
    pages.filter(({ items }) => items.length > 0),
  )
  page.items.splice(below(random, page.items.length), 0, structuredClone(pick(random, page.items)))
  for (const [index, item] of itemsOf(pages).entries()) item.seq = index + 1
}

function truncate(pages: TrailPage[], random: Random): void {
  pages.splice(1 + below(random, pages.length - 1))
  if (pages.length > 1) return
  pages[0]?.items.splice(1 + below(random, pages[0].items.length - 1))
}

function changeCheckpoint(pages: TrailPage[], random: Random): void {
  const { checkpoint } = pick(random, pages)
  const at = below(random, 64)
  const turned = (text: string) => text.slice(0, at) + (text.charAt(at) === '0' ? '1' : '0') + text.slice(at + 1)
  const changes = [
    { signature: turned(checkpoint.signature) },
    { root: turned(checkpoint.root) },
    { size: checkpoint.size + 1 },
    { size: checkpoint.size - 1 },
    { made_at: '2020-01-01T00:00:00.000Z' },
  ]
  Object.assign(checkpoint, pick(random, changes))
}

/** The text stays as it was, and what is read first says something else. */
function changeEvent(pages: TrailPage[], random: Random): void {
  const { event } = pick(
    random,
    itemsOf(pages).filter((item) => item.event !== null),
  )
  const changes = [
    { outcome: event?.outcome === 'done' ? 'denied' : 'done' },
    { subjects: [{ table: 'cases', id: 'x' }] },
    { note: 'harmless' },
  ]
  Object.assign(event ?? {}, pick(random, changes))
}

/** Removes the text, but leaves what it is said to say. */
function hideSeal(pages: TrailPage[], random: Random): void {
  pick(
    random,
    itemsOf(pages).filter(({ body }) => body !== null),
  ).body = null
}
