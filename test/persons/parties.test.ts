import { beforeAll, describe, expect, test } from 'vitest'
import { add, linkReport, move, openCase, report } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'

const app = await startApp()
const intake = app.as('intake')
const lawyer = app.as('lawyer')

const named = (ref: string, text: string, more: object = {}) => ({ ref, names: [{ text }], ...more })
const told = {
  ...report,
  facts: {
    ...report.facts,
    parties: [
      { ref: 'v1', roles: ['victim'], sort: 'person', sex: 'male' },
      { ref: 'v2', roles: ['victim', 'witness'], sort: 'person' },
      { ref: 'w1', roles: ['witness'], sort: 'person' },
      { ref: 'p1', roles: ['alleged_perpetrator'], sort: 'institution' },
    ],
  },
  identity: {
    parties: [
      named('v1', 'Алишер Придуманов', { born: '1990', contacts: [{ kind: 'phone', text: '+000' }] }),
      named('v2', 'Alisher Pridumanov', { note: 'A cousin of the same name' }),
      named('p1', 'Station Nine'),
    ],
  },
}

let caseId: string
let incident: string
beforeAll(async () => {
  caseId = await openCase(intake)
  incident = await linkReport(intake, caseId, told)
})

const take = (by: As, parties: object[], of = incident) =>
  by.post(`/v1/cases/${caseId}/persons/from-incident`, { incident_id: of, parties })
type Listed = { ref: string; person_id: string | null; matches: { person: { id: string } }[] }
const parties = async (by: As): Promise<Listed[]> => (await by.get(`/v1/incidents/${incident}/parties`)).body.items
const party = async (ref: string) => (await parties(intake)).find((one) => one.ref === ref)

describe('the parties of an incident', () => {
  test('are entered into its case as they were reported, each once', async () => {
    const first = await take(intake, [{ ref: 'v1' }])
    const again = await take(intake, [{ ref: 'v1' }])

    const [{ person_id: id }] = first.body.items
    expect([first.status, first.body.items]).toEqual([201, [{ ref: 'v1', person_id: id, is_new: true }]])
    expect(again.body.items).toEqual([{ ref: 'v1', person_id: id, is_new: false }])
    const { body } = await intake.get(`/v1/persons/${String(id)}`)
    expect(body.identity).toEqual({
      names: [{ text: 'Алишер Придуманов' }],
      born: '1990',
      contacts: [{ kind: 'phone', text: '+000' }],
    })
    expect(body.facts).toEqual({ sort: 'person', sex: 'male' })
    const { items } = (await intake.get(`/v1/cases/${caseId}/persons`)).body
    expect(items).toMatchObject([{ person_id: id, role: { roles: ['victim'] } }])
  })

  test('are shown with the persons whom they may be, and entered only after a look', async () => {
    const known = (await party('v1'))?.person_id
    expect((await party('v2'))?.matches.map(({ person }) => person.id)).toEqual([known])

    const unseen = await take(intake, [{ ref: 'v2' }])
    const seen = await take(intake, [{ ref: 'v2', not_the_same_as: [known] }])

    expect([unseen.status, unseen.body.type, unseen.body.person_ids]).toEqual([409, '/problems/likely-known', [known]])
    expect(seen.status).toBe(201)
    expect((await party('v2'))?.person_id).toBe(seen.body.items[0].person_id)
  })

  test('can be somebody who is known, even where the report gives no name', async () => {
    const nameless = await take(intake, [{ ref: 'w1' }])
    const known = (await party('v1'))?.person_id
    const taken = await take(intake, [{ ref: 'w1', person_id: known }])

    expect([nameless.body.type, nameless.body.refs]).toEqual(['/problems/party-not-a-person', ['w1']])
    expect(taken.body.items).toEqual([{ ref: 'w1', person_id: known, is_new: true }])
  })

  test('that are institutions, or no parties at all, are not persons', async () => {
    expect((await take(intake, [{ ref: 'p1' }])).body.type).toBe('/problems/party-not-a-person')
    const nobody = await take(intake, [{ ref: 'x9' }])
    expect([nobody.status, nobody.body.errors[0].pointer]).toEqual([400, '#/parties/0/ref'])
    expect((await take(intake, [{ ref: 'v1' }, { ref: 'v1' }])).status).toBe(400)
  })

  test('are for the team of the case alone', async () => {
    const elsewhere = await openCase(lawyer)
    const other = await linkReport(intake, caseId, told)

    expect((await lawyer.get(`/v1/incidents/${incident}/parties`)).status).toBe(404)
    expect((await take(lawyer, [{ ref: 'v1' }])).status).toBe(404)
    const wrongCase = { incident_id: other, parties: [{ ref: 'v1' }] }
    expect((await lawyer.post(`/v1/cases/${elsewhere}/persons/from-incident`, wrongCase)).status).toBe(404)
    await add(intake, elsewhere, { user_id: lawyer.id, part: 'member' })
    await add(lawyer, elsewhere, { user_id: intake.id, part: 'member' })
    expect((await intake.post(`/v1/cases/${elsewhere}/persons/from-incident`, wrongCase)).status).toBe(404)
  })

  test('can be taken over again once the person was taken out of the case', async () => {
    const fresh = await linkReport(intake, caseId, {
      ...told,
      identity: { parties: [named('v1', 'Gulnora Nonesuch')] },
    })
    const [{ person_id: id }] = (await take(intake, [{ ref: 'v1' }], fresh)).body.items
    const second = await openCase(intake)
    await intake.post(`/v1/cases/${second}/persons`, { person_id: id, role: { roles: ['victim'] } })
    expect((await intake.delete(`/v1/cases/${caseId}/persons/${String(id)}`)).status).toBe(204)

    const again = await take(intake, [{ ref: 'v1', person_id: id }], fresh)

    expect(again.body.items).toEqual([{ ref: 'v1', person_id: id, is_new: true }])
  })
})

test('a person entered as victim is the victim that a case asks for', async () => {
  const without = await openCase(lawyer)
  const missing = async () => {
    const { body } = await move(lawyer, without, { to: 'documentation' })
    return body.missing ?? body.unmet ?? body
  }
  expect(JSON.stringify(await missing())).toContain('"victim"')

  const person = { case_id: without, role: { roles: ['victim'] }, identity: { names: [{ text: 'Solitary Fictive' }] } }
  expect((await lawyer.post('/v1/persons', person)).status).toBe(201)

  expect(JSON.stringify(await missing())).not.toContain('"victim"')
})
