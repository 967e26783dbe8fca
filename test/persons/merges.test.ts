import { beforeAll, describe, expect, test } from 'vitest'
import { add, linkReport, openCase, report } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const intake = app.as('intake')
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')

let one: string
let two: string
beforeAll(async () => {
  one = await openCase(intake)
  two = await openCase(intake)
  await add(intake, two, { user_id: clinician.id, part: 'member' })
})

async function entered(case_id: string, text: string, more: object = {}): Promise<string> {
  const identity = { names: [{ text }], ...more }
  const sent = await intake.post('/v1/persons', {
    case_id,
    role: { roles: ['victim'] },
    identity,
    facts: { sex: 'male' },
  })
  if (sent.status !== 201) throw new Error(sent.text)
  return sent.body.id
}

const merge = (by: As, id: string, merged_id: string) => by.post(`/v1/persons/${id}/merges`, { merged_id })
const undo = (id: string, merge_id: string, body: object = {}) =>
  intake.post(`/v1/persons/${id}/merges/${merge_id}/undo`, body)
const read = (by: As, id: string) => by.get(`/v1/persons/${id}`)
const personsOf = async (by: As, caseId: string): Promise<string[]> =>
  (await by.get(`/v1/cases/${caseId}/persons`)).body.items.map(({ person_id }: { person_id: string }) => person_id)

describe('two records of one person', () => {
  test('become one, which says where the other went, and two again', async () => {
    const kept = await entered(one, 'Alpha Mergeable', { born: '1980' })
    const merged = await entered(two, 'Betaname Secondary', { contacts: [{ kind: 'phone', text: '+001' }] })
    const other = await entered(two, 'Companion Zulfiqar')
    const tie = { from_person_id: merged, to_person_id: other, facts: { kind: 'co_detainee' } }
    await intake.post(`/v1/cases/${two}/relations`, tie)
    expect((await read(clinician, kept)).status).toBe(404)

    const { status, body } = await merge(intake, kept, merged)

    expect([status, body.kept_id, body.merged_id]).toEqual([201, kept, merged])
    const gone = await read(intake, merged)
    expect([gone.status, gone.body.type, gone.body.person_id]).toEqual([410, '/problems/person-merged', kept])
    expect((await read(clinician, kept)).body).toMatchObject({
      version: 2,
      identity: {
        names: [{ text: 'Alpha Mergeable' }, { text: 'Betaname Secondary' }],
        born: '1980',
        contacts: [{ kind: 'phone', text: '+001' }],
      },
    })
    expect(await personsOf(clinician, two)).toContain(kept)
    expect(await personsOf(clinician, two)).not.toContain(merged)
    expect((await clinician.get(`/v1/cases/${two}/relations`)).body.items).toMatchObject([{ from_person_id: kept }])
    expect((await intake.get(`/v1/persons/${merged}/merges`)).body.items).toMatchObject([
      { id: body.id, undone_by: null },
    ])

    expect((await undo(kept, body.id)).status).toBe(204)

    expect((await read(intake, kept)).body.identity).toEqual({ names: [{ text: 'Alpha Mergeable' }], born: '1980' })
    expect((await read(clinician, merged)).body.identity.names).toEqual([{ text: 'Betaname Secondary' }])
    expect((await read(clinician, kept)).status).toBe(404)
    expect(await personsOf(intake, one)).not.toContain(merged)
    expect((await clinician.get(`/v1/cases/${two}/relations`)).body.items).toMatchObject([{ from_person_id: merged }])
    expect((await undo(kept, body.id)).status).toBe(404)
    expect((await intake.get(`/v1/persons/${kept}/merges`)).body.items).toMatchObject([{ undone_by: intake.id }])
    const again = await merge(intake, kept, merged)
    expect(again.status).toBe(201)
  })

  test('are merged and parted only by somebody on every team of both', async () => {
    const kept = await entered(one, 'Gammaname Guarded')
    const merged = await entered(two, 'Deltaname Watched')
    const third = await openCase(lawyer)
    await add(lawyer, third, { user_id: intake.id, part: 'member' })
    await intake.post(`/v1/cases/${third}/persons`, { person_id: merged, role: { roles: ['witness'] } })

    expect((await merge(clinician, merged, kept)).status).toBe(404)
    expect((await merge(lawyer, kept, merged)).status).toBe(404)
    const { version } = (await lawyer.get(`/v1/cases/${third}`)).body
    await lawyer.delete(`/v1/cases/${third}/members/${intake.id}`, ifMatch(version))

    expect((await merge(intake, kept, merged)).body.type).toBe('/problems/other-teams')
    expect((await read(intake, merged)).status).toBe(200)
  })

  test('that was changed after the merge is parted only when it is said what it shall say', async () => {
    const kept = await entered(one, 'Epsilonname Altered')
    const merged = await entered(two, 'Zetaname Absorbed')
    const { body } = await merge(intake, kept, merged)
    const identity = { names: [{ text: 'Epsilonname Corrected' }] }
    await intake.patch(`/v1/persons/${kept}`, { identity }, ifMatch(2))

    expect((await undo(kept, body.id)).body.type).toBe('/problems/changed-since')
    expect((await undo(kept, body.id, { identity, facts: { sex: 'male' } })).status).toBe(204)
    expect((await read(intake, kept)).body.identity).toEqual(identity)
  })

  test('take their parties along, and are not worked on under the old name', async () => {
    const incident = await linkReport(intake, one, {
      ...report,
      identity: { parties: [{ ref: 'v1', names: [{ text: 'Etaname Reported' }] }] },
    })
    const taken = await intake.post(`/v1/cases/${one}/persons/from-incident`, {
      incident_id: incident,
      parties: [{ ref: 'v1' }],
    })
    const merged = taken.body.items[0].person_id
    const kept = await entered(one, 'Thetaname Known')
    await merge(intake, kept, merged)

    const parties = (await intake.get(`/v1/incidents/${incident}/parties`)).body.items
    expect(parties).toMatchObject([{ ref: 'v1', person_id: kept }])
    const change = { identity: { names: [{ text: 'Nobody' }] } }
    expect((await intake.patch(`/v1/persons/${merged}`, change, ifMatch(2))).status).toBe(410)
    expect((await merge(intake, kept, merged)).status).toBe(410)
    expect((await merge(intake, kept, kept)).body.type).toBe('/problems/known-to-differ')
  })
})

describe('two people of one name', () => {
  test('are told apart for good: they are no matches any more, and are not merged', async () => {
    const first = await entered(one, 'Рустам Одинаковый')
    const search = { who: { names: [{ text: 'Rustam Odinakovyy' }] } }
    const sent = { case_id: two, role: { roles: ['victim'] }, identity: search.who }
    const second = (await intake.post('/v1/persons', { ...sent, not_the_same_as: [first] })).body.id
    const third = (await intake.post('/v1/persons', { ...sent, not_the_same_as: [first, second] })).body.id
    const doubles = async (id: string): Promise<string[]> =>
      (await intake.get(`/v1/persons/${id}/matches`)).body.items.map(
        ({ person }: { person: { id: string } }) => person.id,
      )

    expect([await doubles(first), await doubles(second), await doubles(third)]).toEqual([[], [], []])
    expect((await merge(intake, first, second)).body.type).toBe('/problems/known-to-differ')
    expect((await intake.post('/v1/persons/matches', search)).body.items).toHaveLength(3)
  })

  test('can be told apart later, under the version that was looked at', async () => {
    const first = await entered(one, 'Iotaname Similar')
    const second = await entered(two, 'Kappaname Different')
    const apart = (by: As, id: string, person_id: string) =>
      by.post(`/v1/persons/${id}/distinctions`, { person_id }, ifMatch(1))

    expect((await apart(intake, first, second)).body).toMatchObject({ id: first, version: 2 })

    expect((await apart(intake, first, second)).status).toBe(412)
    expect((await apart(clinician, second, first)).status).toBe(404)
    expect((await merge(intake, second, first)).body.type).toBe('/problems/known-to-differ')
    const changed = await intake.patch(`/v1/persons/${first}`, { facts: { sex: 'female' } }, ifMatch(2))
    expect(changed.body.version).toBe(3)
    expect((await merge(intake, second, first)).body.type).toBe('/problems/known-to-differ')
  })
})
