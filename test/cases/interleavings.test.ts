import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { content, openCase, versionOf } from './support.ts'

const app = await startApp()
const lead = app.as('intake')
const others = ['lawyer', 'clinician', 'coordinator', 'officer'].map((name) => app.as(name))
const ROUNDS = 60

const step = fc.record({ does: fc.constantFrom('add', 'remove', 'write'), at: fc.nat(others.length - 1) })
type Step = { does: string; at: number }

async function take(id: string, { does, at }: Step): Promise<number> {
  const who = others[at] ?? lead
  const version = await versionOf(lead, id)
  if (does === 'add')
    return (await lead.post(`/v1/cases/${id}/members`, { user_id: who.id, part: 'member' }, ifMatch(version))).status
  if (does === 'remove') return (await lead.delete(`/v1/cases/${id}/members/${who.id}`, ifMatch(version))).status
  return (await lead.post(`/v1/cases/${id}/papers`, { kind: 'note', narrative: { text: 'Written.' } })).status
}

/** Who reads the case and every paper of it. */
async function readers(id: string, written: number): Promise<string[]> {
  const able: string[] = []
  for (const who of [lead, ...others]) {
    const file = (await who.get(`/v1/cases/${id}`)).body
    const papers = (await who.get(`/v1/cases/${id}/papers?limit=200`)).body.items ?? []
    const opened = papers.filter((paper: { narrative: object | null }) => paper.narrative !== null)
    const isReader = file.narrative?.summary === content.narrative.summary
    expect([opened.length, isReader]).toEqual([isReader ? written : 0, isReader])
    if (isReader) able.push(who.id)
  }
  return able.sort()
}

test('whatever adds, removals and papers come between one another, everything opens for the team, and only for it', async () => {
  const id = await openCase(lead)
  let written = 0
  const seen = new Map<number, number>()
  for (const steps of fc.sample(fc.tuple(step, step, step), ROUNDS)) {
    const statuses = await Promise.all(steps.map((one: Step) => take(id, one)))
    for (const status of statuses) seen.set(status, (seen.get(status) ?? 0) + 1)
    written += steps.filter(({ does }, at) => does === 'write' && statuses[at] === 201).length
    const team = (await lead.get(`/v1/cases/${id}`)).body.team.map(({ user_id }: { user_id: string }) => user_id)
    expect(await readers(id, written)).toEqual([...team].sort())
  }

  for (const status of seen.keys()) expect([200, 201, 404, 409, 412]).toContain(status)
  expect(seen.get(200)).toBeGreaterThan(ROUNDS / 4)
  expect(written).toBeGreaterThan(0)
}, 300_000)

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
