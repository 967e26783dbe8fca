import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { content, openCase, versionOf } from './support.ts'

const app = await startApp()
const lead = app.as('intake')
const others = ['lawyer', 'clinician', 'coordinator', 'officer'].map((name) => app.as(name))
/** 1,000 of them: `npm run interleavings`. */
const ROUNDS = Number(process.env['INTERLEAVINGS'] ?? 60)
/** After so many rounds another case is opened, so that reading all of it stays a matter of milliseconds. */
const ROUNDS_A_CASE = 10
const MINUTE = 60_000

const step = fc.record({
  does: fc.constantFrom('add', 'add', 'remove', 'leave', 'wall', 'unwall', 'write'),
  at: fc.nat(others.length - 1),
})
type Step = { does: string; at: number }

/** One try, as somebody who saw the version that is there now. */
async function attempt(id: string, { does, at }: Step) {
  const who = others[at] ?? lead
  const path = `/v1/cases/${id}`
  if (does === 'write') return lead.post(`${path}/papers`, { kind: 'note', narrative: { text: 'Written.' } })
  const now = ifMatch(await versionOf(lead, id))
  if (does === 'add') return lead.post(`${path}/members`, { user_id: who.id, part: 'member' }, now)
  if (does === 'leave') return who.delete(`${path}/members/${who.id}`, now)
  if (does === 'wall') return lead.post(`${path}/walls`, { user_id: who.id }, now)
  if (does === 'unwall') return lead.delete(`${path}/walls/${who.id}`, now)
  return lead.delete(`${path}/members/${who.id}`, now)
}

/** Whoever was overtaken looks again, and tries again. */
async function take(id: string, step: Step): Promise<number> {
  for (let tries = 0; tries < 5; tries += 1) {
    const { status } = await attempt(id, step)
    if (status !== 412) return status
  }
  return 412
}

/** Who reads the case and every paper of it. */
async function readers(id: string, written: number): Promise<string[]> {
  const able = await Promise.all(
    [lead, ...others].map(async (who) => {
      const file = (await who.get(`/v1/cases/${id}`)).body
      const papers = (await who.get(`/v1/cases/${id}/papers?limit=200`)).body.items ?? []
      const opened = papers.filter((paper: { narrative: object | null }) => paper.narrative !== null)
      const isReader = file.narrative?.summary === content.narrative.summary
      expect([opened.length, isReader]).toEqual([isReader ? written : 0, isReader])
      return isReader ? [who.id] : []
    }),
  )
  return able.flat().sort()
}

/** What lies in the database: who holds which version of the keyring, and under which the keys of its records are. */
async function keysOf(id: string) {
  const keyring = sql`(select keyring_id from cases where id = ${id})`
  const grants = await sql<{ version: number; user_id: string }>`
    select version, user_id from keyring_grants where keyring_id = ${keyring} order by user_id`.execute(app.database)
  const wraps = await sql<{ version: number }>`
    select distinct keyring_version as version from record_keys where keyring_id = ${keyring}`.execute(app.database)
  return { grants: grants.rows, versions: wraps.rows.map(({ version }) => version) }
}

test(
  `after ${String(ROUNDS)} interleavings of adding, removing, walls and writing, every record opens for exactly the team`,
  async () => {
    const seen = new Map<number, number>()
    let id = ''
    let written = 0
    for (const [round, steps] of fc.sample(fc.tuple(step, step, step), ROUNDS).entries()) {
      if (round % ROUNDS_A_CASE === 0) {
        id = await openCase(lead)
        written = 0
      }
      const statuses = await Promise.all(steps.map((one: Step) => take(id, one)))
      for (const status of statuses) seen.set(status, (seen.get(status) ?? 0) + 1)
      written += steps.filter(({ does }, at) => does === 'write' && statuses[at] === 201).length

      const { team } = (await lead.get(`/v1/cases/${id}`)).body
      const members = team.map(({ user_id }: { user_id: string }) => user_id).sort()
      const { grants, versions } = await keysOf(id)
      expect(await readers(id, written)).toEqual(members)
      expect(grants.map(({ user_id }) => user_id)).toEqual(members)
      expect(versions).toEqual([...new Set(grants.map(({ version }) => version))])
    }

    for (const status of seen.keys()) expect([200, 201, 403, 404, 409, 412]).toContain(status)
    expect(seen.get(200)).toBeGreaterThan(ROUNDS / 2)
    expect(seen.get(201)).toBeGreaterThan(0)
    if (process.env['INTERLEAVINGS'] !== undefined) console.log(`${String(ROUNDS)} rounds:`, Object.fromEntries(seen))
  },
  MINUTE * Math.max(5, ROUNDS / 20),
)

const CASES = 25

test(`${String(CASES)} cases are handed over in one act`, async () => {
  const lawyer = app.as('lawyer')
  const coordinator = app.as('coordinator')
  const ids = new Set<string>()
  for (let at = 0; at < CASES; at += 1) ids.add(await openCase(lawyer))

  const given = await lawyer.post(`/v1/members/${lawyer.id}/handover`, { to: coordinator.id })

  for (const id of ids) expect(given.body.handed_over).toContain(id)
  for (const id of ids) expect((await coordinator.get(`/v1/cases/${id}`)).body).toMatchObject(content)
})
