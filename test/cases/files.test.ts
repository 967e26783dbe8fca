import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/platform/kernel/ids.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { type App, content, openCase, versionOf } from './support.ts'

let app: App
let lawyer: As
let coordinator: As
beforeAll(async () => {
  app = await startApp()
  lawyer = app.as('lawyer')
  coordinator = app.as('coordinator')
})

describe('a new case', () => {
  test('is led by the one who opened it, who reads all of it', async () => {
    const opened = await lawyer.post('/v1/cases', content)

    const read = await lawyer.get(`/v1/cases/${opened.body.id}`)

    const year = new Date().getUTCFullYear()
    expect(opened.status).toBe(201)
    expect(opened.body.reference).toMatch(new RegExp(`^CASE-${year}-[0-9A-HJKMNP-TV-Z]{6}$`))
    expect(read.body).toMatchObject({ ...opened.body, ...content, stage: 'intake', purge_after: null })
    expect(read.body.team).toEqual([{ user_id: lawyer.id, part: 'lead', added_on: read.body.opened_on }])
    expect(read.headers['etag']).toBe('"1"')
  })

  test('is opened once under one Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'opening-of-one-case' }

    const answers = await Promise.all([1, 2, 3].map(() => lawyer.post('/v1/cases', content, key)))

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  })

  test('needs a title and a summary, and no more', async () => {
    const least = { identity: { title: 'T' }, narrative: { summary: 'S' } }

    const id = await openCase(lawyer, least)

    expect((await lawyer.get(`/v1/cases/${id}`)).body).toMatchObject({ ...least, legal: {}, facts: {} })
  })

  test.each([
    ['an empty title', { ...content, identity: { title: ' ' } }],
    ['a title of 201 letters', { ...content, identity: { title: 'x'.repeat(201) } }],
    ['a summary of 5,001 letters', { ...content, narrative: { summary: 'x'.repeat(5_001) } }],
    ['a kind that is no code', { ...content, facts: { kind: 'Beaten at the station' } }],
    ['a tag twice', { ...content, facts: { tags: ['torture', 'torture'] } }],
    ['a field of its own', { ...content, narrative: { summary: 'S', secret: 'x' } }],
  ])('is refused with %s, and the value is not repeated', async (_what, body) => {
    const refused = await lawyer.post('/v1/cases', body)

    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).not.toContain('Beaten')
  })
})

describe('who sees a case', () => {
  test('a coordinator who is not on the team sees the coded facts and nothing else of it', async () => {
    const id = await openCase(lawyer)

    const seen = await coordinator.get(`/v1/cases/${id}`)

    expect(seen.status).toBe(200)
    expect(seen.body).toMatchObject({ id, facts: content.facts, identity: null, narrative: null, legal: null })
    expect(seen.body.team.map((member: { user_id: string }) => member.user_id)).toEqual([lawyer.id])
  })

  test('that coordinator may change nothing of it, and is told so', async () => {
    const id = await openCase(lawyer)

    const answers = [
      await coordinator.patch(`/v1/cases/${id}`, { legal: {} }, ifMatch(1)),
      await coordinator.post(`/v1/cases/${id}/members`, { user_id: coordinator.id, part: 'member' }, ifMatch(1)),
      await coordinator.delete(`/v1/cases/${id}/members/${lawyer.id}`, ifMatch(1)),
      await coordinator.get(`/v1/cases/${id}/transitions`),
      await coordinator.post(`/v1/cases/${id}/transitions`, { to: 'closed' }, ifMatch(1)),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  })

  test('for everybody else it is as if it did not exist, in the same bytes', async () => {
    const id = await openCase(lawyer)
    const strangers = [app.as('intake'), app.as('clinician'), app.as('lawyer', 'away'), app.as('coordinator', 'away')]

    for (const stranger of strangers) {
      const hidden = await stranger.get(`/v1/cases/${id}`)
      const absent = await stranger.get(`/v1/cases/${newId('cases')}`)
      expect([hidden.status, absent.status]).toEqual([404, 404])
      expect({ ...hidden.body, instance: '' }).toEqual({ ...absent.body, instance: '' })
    }
  })

  test('a monitor and an administrator may not even ask', async () => {
    const id = await openCase(lawyer)

    for (const name of ['monitor', 'administrator'] as const)
      expect((await app.as(name).get(`/v1/cases/${id}`)).status).toBe(403)
  })
})

describe('the list of cases', () => {
  test('gives a lawyer the cases of his own teams, page by page, each once', async () => {
    const alone = app.as('lawyer', 'away')
    const opened = new Set<string>()
    for (let nth = 0; nth < 5; nth += 1) opened.add(await openCase(alone))

    const listed: string[] = []
    let next = ''
    do {
      const page = await alone.get(`/v1/cases?limit=2${next}`)
      listed.push(...page.body.items.map((one: { id: string }) => one.id))
      next = page.body.next === null ? '' : `&after=${page.body.next}`
    } while (next !== '')

    expect(listed).toHaveLength(5)
    expect(new Set(listed)).toEqual(opened)
  })

  test('shows content on the team and only facts beside it', async () => {
    const foreign = await openCase(lawyer)
    const own = await openCase(coordinator)

    const { body } = await coordinator.get('/v1/cases?limit=200')

    const byId = new Map(body.items.map((one: { id: string }) => [one.id, one]))
    expect(byId.get(own)).toMatchObject(content)
    expect(byId.get(foreign)).toMatchObject({ identity: null, narrative: null, legal: null, facts: content.facts })
  })

  test('filters by stage', async () => {
    const declined = await openCase(lawyer)
    await lawyer.post(`/v1/cases/${declined}/transitions`, { to: 'declined', reason_code: 'no_capacity' }, ifMatch(1))

    const { body } = await lawyer.get('/v1/cases?stage=declined')

    expect(body.items.map((one: { id: string }) => one.id)).toEqual([declined])
  })

  test('refuses a cursor of its own making', async () => {
    const forged = Buffer.from('["2026-02-30","x"]').toString('base64url')

    expect((await lawyer.get(`/v1/cases?after=${forged}`)).status).toBe(400)
  })
})

describe('a change', () => {
  test('replaces the classes that are given and leaves the others', async () => {
    const id = await openCase(lawyer)
    const narrative = { summary: 'Held for four days.', strategy: 'Committee against Torture.' }

    const changed = await lawyer.patch(`/v1/cases/${id}`, { narrative }, ifMatch(1))

    expect(changed.body).toMatchObject({ ...content, narrative, version: 2 })
    expect((await lawyer.get(`/v1/cases/${id}`)).body).toEqual(changed.body)
    expect((await coordinator.get(`/v1/cases/${id}`)).body.facts).toEqual(content.facts)
  })

  test.each(['identity', 'narrative', 'legal', 'facts'])(
    'seals the %s anew, so that the older ciphertext opens no more in its place',
    async (name) => {
      const id = await openCase(lawyer)
      const older = await sql<{ value: Buffer }>`select ${sql.ref(name)} as value from cases where id = ${id}`.execute(
        app.database,
      )
      await lawyer.patch(`/v1/cases/${id}`, { facts: content.facts }, ifMatch(1))
      expect((await lawyer.get(`/v1/cases/${id}`)).status).toBe(200)

      await sql`update cases set ${sql.ref(name)} = ${older.rows[0]?.value} where id = ${id}`.execute(app.database)

      expect((await lawyer.get(`/v1/cases/${id}`)).status).toBe(409)
    },
  )

  test('needs If-Match, and the version that is there', async () => {
    const id = await openCase(lawyer)
    const change = { legal: { notes: 'Other.' } }

    const without = await lawyer.patch(`/v1/cases/${id}`, change)
    const stale = await lawyer.patch(`/v1/cases/${id}`, change, ifMatch(7))

    expect([without.status, stale.status]).toEqual([428, 412])
    expect(await versionOf(lawyer, id)).toBe(1)
  })

  test('of nothing is not a change', async () => {
    const id = await openCase(lawyer)

    expect((await lawyer.patch(`/v1/cases/${id}`, {}, ifMatch(1))).status).toBe(400)
  })

  test('by two hundred at once is won by one', async () => {
    const id = await openCase(lawyer)

    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, nth) =>
        lawyer.patch(`/v1/cases/${id}`, { legal: { notes: `${nth}` } }, ifMatch(1)),
      ),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(199).fill(412)])
  })
})
