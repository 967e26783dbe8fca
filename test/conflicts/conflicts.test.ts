import { beforeAll, describe, expect, test } from 'vitest'
import { add, linkReport, move, openCase, report, takeOff, versionOf } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const intake = app.as('intake')
const lawyer = app.as('lawyer')
const coordinator = app.as('coordinator')

const enter = (by: As, case_id: string, [role, text]: [string, string]) =>
  by.post('/v1/persons', { case_id, role: { roles: [role] }, identity: { names: [{ text }] } })
const ask = (by: As, caseId: string) => by.post(`/v1/cases/${caseId}/conflict-questions`, undefined)
const answer = async (by: As) => (await by.post('/v1/conflict-answers', undefined)).body
const resultsOf = async (by: As, caseId: string): Promise<string[]> =>
  (await by.get(`/v1/cases/${caseId}/conflict-questions`)).body.items.map(({ result }: { result: string }) => result)
const overseen = async (id: string) =>
  (await coordinator.get('/v1/conflict-questions')).body.items.find((item: { id: string }) => item.id === id)

let mine: string
let theirs: string
beforeAll(async () => {
  mine = await openCase(lawyer)
  theirs = await openCase(intake)
  await enter(lawyer, mine, ['victim', 'Рустам Невыдуманов'])
  await enter(intake, theirs, ['alleged_perpetrator', 'Rustam Nevydumanov'])
})

describe('a conflict of interest', () => {
  test('is found in another script, and tells neither who nor in which case', async () => {
    const asked = await ask(lawyer, mine)
    expect(asked.status).toBe(201)
    expect(await resultsOf(lawyer, mine)).toEqual(['waiting'])
    expect(await overseen(asked.body.id)).toMatchObject({ result: 'waiting', waiting_for: 1, alike_by: [] })

    expect(await answer(lawyer)).toEqual({ answered: 0, may_be_more: false })
    expect(await answer(intake)).toEqual({ answered: 1, may_be_more: false })

    expect(await resultsOf(lawyer, mine)).toEqual(['ask_coordinator'])
    const { text } = await lawyer.get(`/v1/cases/${mine}/conflict-questions`)
    for (const hidden of [theirs, intake.id, 'Nevydumanov']) expect(text).not.toContain(hidden)
    expect(await overseen(asked.body.id)).toMatchObject({
      asked_by: lawyer.id,
      case_id: mine,
      result: 'ask_coordinator',
      waiting_for: 0,
      alike_by: [intake.id],
    })
    expect((await lawyer.get('/v1/conflict-questions')).status).toBe(403)
  })

  test('leaves nothing of the names once all have answered', async () => {
    const { database } = app.services
    const rows = await database.selectFrom('conflict_questions').select(['id', 'identity', 'is_open']).execute()
    const keys = await database
      .selectFrom('record_keys')
      .select('record_id')
      .where(
        'record_id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute()

    expect(rows).toMatchObject([{ identity: null, is_open: false }])
    expect(keys).toEqual([])
  })

  test('is none between two clients of one name', async () => {
    const other = await openCase(lawyer)
    await enter(lawyer, other, ['victim', 'Solitary Harmless'])
    const third = await openCase(intake)
    await enter(intake, third, ['victim', 'Solitary Harmless'])

    await ask(lawyer, other)
    await answer(intake)
    await answer(lawyer)

    expect(await resultsOf(lawyer, other)).toEqual(['clear'])
  })

  test('is found with a party of a report that was never entered as a person', async () => {
    const [from, reported] = [await openCase(coordinator), await openCase(intake)]
    await linkReport(intake, reported, {
      ...report,
      facts: {
        ...report.facts,
        parties: [...report.facts.parties, { ref: 'p1', roles: ['alleged_perpetrator'], sort: 'person' }],
      },
      identity: { parties: [{ ref: 'p1', names: [{ text: 'Zafar Unheardof' }] }] },
    })
    await enter(coordinator, from, ['witness', 'Зафар Унхеардоф'])

    await ask(coordinator, from)
    for (const by of [intake, lawyer, coordinator]) await answer(by)

    expect(await resultsOf(coordinator, from)).toEqual(['ask_coordinator'])
  })
})

describe('asking', () => {
  test('is for the team of a case, about somebody', async () => {
    const empty = await openCase(lawyer)

    expect((await ask(intake, mine)).status).toBe(404)
    expect((await ask(lawyer, empty)).body.type).toBe('/problems/nobody-to-ask-for')
    expect((await ask(app.as('clinician'), mine)).status).toBe(403)
    expect((await intake.get(`/v1/cases/${mine}/conflict-questions`)).status).toBe(404)
  })

  test('is not done often: it tells something of cases that the asker is not on', async () => {
    const [one, two] = [await openCase(intake), await openCase(intake)]
    await enter(intake, one, ['victim', 'Curious Number One'])
    await enter(intake, two, ['victim', 'Curious Number Two'])

    const first = await ask(intake, one)
    const again = await ask(intake, one)
    const statuses = []
    for (const caseId of [two, theirs]) statuses.push((await ask(intake, caseId)).status)
    for (let extra = 0; extra < 3; extra += 1) {
      const more = await openCase(intake)
      await enter(intake, more, ['victim', `Inquisitive ${'abc'.charAt(extra)} Person`])
      statuses.push((await ask(intake, more)).status)
    }

    expect([first.status, again.status, again.body.type]).toEqual([201, 409, '/problems/asked-too-often'])
    expect(statuses).toEqual([201, 201, 201, 201, 409])
  })

  test('is seen by coordinators, but for a case from which a wall keeps them', async () => {
    const id = await openCase(lawyer)
    await enter(lawyer, id, ['victim', 'Walled Off Person'])
    const { body } = await ask(lawyer, id)
    expect(await overseen(body.id)).toMatchObject({ case_id: id })

    const wall = await lawyer.post(
      `/v1/cases/${id}/walls`,
      { user_id: coordinator.id },
      ifMatch(await versionOf(lawyer, id)),
    )

    expect(wall.status).toBeLessThan(300)
    expect(await overseen(body.id)).toBeUndefined()
  })

  test('is answered by nobody of another organisation, and by nobody who has left the team', async () => {
    const gone = await openCase(lawyer)
    await add(lawyer, gone, { user_id: intake.id, part: 'member' })
    await takeOff(lawyer, gone, intake.id)
    while ((await answer(intake)).answered > 0) continue

    expect((await answer(app.as('intake', 'away'))).answered).toBe(0)
    expect((await answer(intake)).answered).toBe(0)
  })
})

test('a clear answer stands in for a check by hand, until somebody writes one', async () => {
  const id = await openCase(lawyer)
  await enter(lawyer, id, ['victim', 'Unopposed Client'])
  const missing = async (): Promise<string[]> => (await move(lawyer, id, { to: 'documentation' })).body.missing
  expect(await missing()).toContain('conflict_check')

  await ask(lawyer, id)
  for (const by of [intake, lawyer, coordinator]) await answer(by)
  expect(await resultsOf(lawyer, id)).toEqual(['clear'])
  expect(await missing()).not.toContain('conflict_check')

  const paper = { kind: 'conflict_check', narrative: { result: 'possible_conflict', searched: 'By memory' } }
  expect((await lawyer.post(`/v1/cases/${id}/papers`, paper)).status).toBe(201)
  expect(await missing()).toContain('conflict_check')
})
