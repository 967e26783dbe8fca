import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { jobsOf } from '../../src/app/jobs.ts'
import { openPool } from '../../src/platform/database/database.ts'
import { runJobs } from '../../src/platform/jobs/worker.ts'
import { add, openCase } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { type App, closeCase, confirm, erase, letPass, propose } from './support.ts'

let app: App
let lawyer: As
let coordinator: As
let officer: As
let administrator: As
beforeAll(async () => {
  app = await startApp()
  lawyer = app.as('lawyer')
  coordinator = app.as('coordinator')
  officer = app.as('officer')
  administrator = app.as('administrator')
})

async function closedCase(by: As = lawyer): Promise<string> {
  const id = await openCase(by)
  await closeCase(by, id)
  return id
}

const url = (id: string) => `/v1/cases/${id}`

describe('a proposal', () => {
  test('waits seven days, tells what it would destroy and what it cannot reach', async () => {
    const id = await closedCase()

    const erasure = await propose(lawyer, url(id))

    const { body } = await coordinator.get(`/v1/erasures/${erasure}`)
    const days = (Date.parse(body.not_before) - Date.parse(body.proposed_on)) / 86_400_000
    expect([body.status, days, body.reference]).toEqual(['proposed', 7, (await lawyer.get(url(id))).body.reference])
    expect(body.rows).toEqual(expect.arrayContaining([{ table: 'cases', rows: 1 }]))
    expect(body.beyond_reach.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['backups', 'disk_and_log', 'handed_out', 'recipients', 'statistics']),
    )
    expect((await confirm(coordinator, erasure)).body).toMatchObject({ status: 409, not_before: body.not_before })
  })

  test('is for a case at rest, and made once', async () => {
    const open = await openCase(lawyer)
    const closed = await closedCase()
    await propose(lawyer, url(closed))

    const early = await lawyer.post(`${url(open)}/erasures`, { ground: 'danger' })
    const twice = await coordinator.post(`${url(closed)}/erasures`, { ground: 'danger' })

    expect([early.status, twice.status]).toEqual([409, 409])
    expect([early.body.type, twice.body.type].map((type) => type.split('/').at(-1))).toEqual([
      'case-at-work',
      'erasure-pending',
    ])
  })

  test('is not made by a member of the team who does not lead, nor by a lawyer who is not on it', async () => {
    const id = await openCase(lawyer)
    expect((await add(lawyer, id, { user_id: app.as('intake').id, part: 'member' })).status).toBe(200)
    await closeCase(lawyer, id)
    const other = await closedCase()

    const asMember = await app.as('intake').post(`${url(id)}/erasures`, { ground: 'duplicate' })
    const asStranger = await app.as('intake').post(`${url(other)}/erasures`, { ground: 'duplicate' })

    expect([asMember.status, asStranger.status]).toEqual([403, 404])
  })

  test('can be taken back, by whoever made it or a coordinator, and made again', async () => {
    const id = await closedCase()
    const erasure = await propose(lawyer, url(id))

    const withdrawn = await coordinator.delete(`/v1/erasures/${erasure}`, ifMatch(1))
    await letPass(app, erasure)

    expect(withdrawn.status).toBe(204)
    expect((await confirm(coordinator, erasure, 2)).status).toBe(409)
    await propose(coordinator, url(id))
    expect((await lawyer.get(url(id))).status).toBe(200)
  })

  test('stops when the case is reopened or a hold is placed, and a hold that is lifted lets it go on', async () => {
    const id = await closedCase()
    const erasure = await propose(administrator, url(id))
    await letPass(app, erasure)
    const hold = await lawyer.post(`${url(id)}/holds`, { reason: 'complaint' })

    const held = await confirm(coordinator, erasure)
    const lifted = await lawyer.delete(`${url(id)}/holds/${hold.body.id}`)
    await sql`update cases set stage = 'follow_up' where id = ${id}`.execute(app.database)
    const reopened = await confirm(coordinator, erasure)
    await sql`update cases set stage = 'closed' where id = ${id}`.execute(app.database)
    const confirmed = await confirm(coordinator, erasure)

    expect([hold.status, held.status, lifted.status, reopened.status, confirmed.status]).toEqual([
      201, 409, 204, 409, 204,
    ])
    expect(held.body.type).toMatch('on-hold')
    expect(reopened.body.type).toMatch('case-at-work')
    expect((await lawyer.get(url(id))).status).toBe(404)
  })
})

describe('two people', () => {
  test('are needed: whoever proposed does not confirm', async () => {
    const id = await closedCase()
    const erasure = await propose(coordinator, url(id))
    await letPass(app, erasure)

    const own = await confirm(coordinator, erasure)
    const other = await confirm(officer, erasure)

    expect([own.status, other.status]).toEqual([403, 204])
  })

  test('and one of them must be able to know the case: two administrators erase nothing', async () => {
    const id = await closedCase()
    const erasure = await propose(administrator, url(id))
    await letPass(app, erasure)
    await sql`update erasures set proposed_by = ${lawyer.id}, barred_id = ${lawyer.id} where id = ${erasure}`.execute(
      app.database,
    )

    const refused = await confirm(administrator, erasure)

    expect(refused.status).toBe(403)
  })

  test('at once confirm once', async () => {
    const id = await closedCase()
    const erasure = await propose(lawyer, url(id))
    await letPass(app, erasure)

    const answers = await Promise.all([coordinator, officer, administrator].map((by) => confirm(by, erasure)))

    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    expect(statuses.every((status) => [204, 404, 409, 412].includes(status))).toBe(true)
  })

  test('do not include a coordinator behind a wall, for whom there is no such proposal', async () => {
    const id = await openCase(lawyer)
    const { version } = (await lawyer.get(url(id))).body
    expect((await lawyer.post(`${url(id)}/walls`, { user_id: coordinator.id }, ifMatch(version))).status).toBe(200)
    await closeCase(lawyer, id)
    const erasure = await propose(lawyer, url(id))
    await letPass(app, erasure)

    const answers = [
      await coordinator.get(`/v1/erasures/${erasure}`),
      await confirm(coordinator, erasure),
      await coordinator.post(`${url(id)}/erasures`, { ground: 'danger' }),
      await coordinator.get(`${url(id)}/holds`),
    ]
    const listed = (await coordinator.get('/v1/erasures?limit=200')).body.items

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(listed.map((item: { id: string }) => item.id)).not.toContain(erasure)
  })
})

test('another organisation sees no proposal, in the same bytes as for none', async () => {
  const erasure = await propose(lawyer, url(await closedCase()))
  const stranger = app.as('coordinator', 'away')

  const hidden = await stranger.get(`/v1/erasures/${erasure}`)
  const absent = await stranger.get(`/v1/erasures/${crypto.randomUUID()}`)

  expect([hidden.status, absent.status]).toEqual([404, 404])
  expect({ ...hidden.body, instance: '' }).toEqual({ ...absent.body, instance: '' })
})

test('the record of an erasure tells who, when, on what ground and how much, and the register has its line', async () => {
  const id = await closedCase()
  await lawyer.post(`${url(id)}/papers`, { kind: 'note', narrative: { text: 'x' } })

  const erasure = await erase(app, url(id), [lawyer, administrator])

  const { body } = await coordinator.get(`/v1/erasures/${erasure}`)
  expect(body).toMatchObject({
    status: 'done',
    subject_id: id,
    proposed_by: lawyer.id,
    decided_by: administrator.id,
    ground: 'wish_of_person',
    files_waiting: 0,
  })
  expect(body.rows).toEqual(
    expect.arrayContaining([
      { table: 'case_transitions', rows: 1 },
      { table: 'cases', rows: 1 },
    ]),
  )
  expect(body.keys_destroyed).toBeGreaterThan(2)
  const register = (await coordinator.get('/v1/erasure-register')).text.trim().split('\n')
  expect(register.map((line) => JSON.parse(line).entry.erasure_id)).toContain(erasure)
  expect((await app.as('coordinator', 'away').get('/v1/erasure-register')).text).toBe('')
})

describe('the calendar', () => {
  const propose = async () => {
    const pool = openPool(app.place, 2)
    await runJobs(
      app.services,
      pool,
      jobsOf(app.parts).filter(({ name }) => name === 'erasure.propose_due'),
    )
    await pool.end()
  }
  const pending = async (id: string) => {
    const { rows } = await sql<{ id: string }>`
      select id from erasures where subject_id = ${id} and status = 'proposed'`.execute(app.database)
    return rows[0]?.id
  }
  const age = (id: string, days: number) =>
    sql`update case_transitions set moved_on = current_date - ${days}::int where case_id = ${id}`.execute(app.database)
  const ends = (id: string, days: number) =>
    sql`update cases set purge_after = current_date + ${days}::int where id = ${id}`.execute(app.database)

  test('proposes a closed case on its day, and whoever closed it does not confirm', async () => {
    const id = await closedCase(coordinator)
    const later = await closedCase(coordinator)
    await ends(id, 0)
    await ends(later, 1)

    await propose()

    const erasure = (await pending(id)) ?? ''
    await letPass(app, erasure)
    expect(await pending(later)).toBeUndefined()
    expect((await officer.get(`/v1/erasures/${erasure}`)).body).toMatchObject({
      proposed_by: null,
      ground: 'retention_over',
    })
    expect([(await confirm(coordinator, erasure)).status, (await confirm(officer, erasure)).status]).toEqual([403, 204])
  })

  test('keeps a case for as long as the organisation says, though its own day is over', async () => {
    const { version } = (await coordinator.get('/v1/retention')).body
    const rules = { closed_days: 100, declined_days: 30, waiting_days: 5 }
    expect((await coordinator.put('/v1/retention', rules, ifMatch(version))).body).toMatchObject(rules)
    const [young, old] = [await closedCase(), await closedCase()]
    await Promise.all([ends(young, -5), ends(old, -5), age(young, 99), age(old, 100)])

    await propose()

    expect([await pending(young), typeof (await pending(old))]).toEqual([undefined, 'string'])
    expect(
      (await coordinator.put('/v1/retention', { ...rules, waiting_days: 2 }, ifMatch(Number(version) + 1))).status,
    ).toBe(400)
    expect((await coordinator.put('/v1/retention', rules, ifMatch(version))).status).toBe(412)
  })

  test('proposes declined cases by the days of the organisation alone, and none on hold', async () => {
    const declined = async () => {
      const id = await openCase(lawyer)
      const { version } = (await lawyer.get(url(id))).body
      const decline = { to: 'declined', reason_code: 'no_capacity' }
      expect((await lawyer.post(`${url(id)}/transitions`, decline, ifMatch(version))).status).toBe(200)
      await age(id, 30)
      return id
    }
    const [due, held] = [await declined(), await declined()]
    await lawyer.post(`${url(held)}/holds`, { reason: 'court_order' })

    await propose()

    expect([typeof (await pending(due)), await pending(held)]).toEqual(['string', undefined])
  })

  test('is silent for ninety days about what somebody took back', async () => {
    const id = await closedCase()
    await Promise.all([ends(id, -1), age(id, 400)])
    await propose()
    await coordinator.delete(`/v1/erasures/${(await pending(id)) ?? ''}`, ifMatch(1))

    await propose()
    const silent = await pending(id)
    await sql`update erasures set decided_on = current_date - 90 where subject_id = ${id}`.execute(app.database)
    await propose()

    expect([silent, typeof (await pending(id))]).toEqual([undefined, 'string'])
  })
})
