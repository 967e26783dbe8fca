import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { add, linkReport, openCase, report, takeOff } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const intake = app.as('intake')
const lawyer = app.as('lawyer')
const coordinator = app.as('coordinator')

const accused = { roles: ['alleged_perpetrator'], sort: 'person' }
const told = {
  ...report,
  facts: {
    ...report.facts,
    parties: [
      { ref: 'v1', roles: ['victim'], sort: 'person' },
      { ...accused, ref: 'p1' },
      { ...accused, ref: 'p2' },
    ],
    acts: [
      { violation: 'torture', victim_ref: 'v1', perpetrator_refs: ['p1'] },
      { violation: 'torture_conditions', victim_ref: 'v1', perpetrator_refs: ['p2'] },
      { violation: 'torture_psychological', victim_ref: 'v1' },
    ],
  },
  identity: { parties: [{ ref: 'p1', names: [{ text: 'Captain Nonesuch' }], unit: 'SIZO-9', rank: 'captain' }] },
}

async function unit(text: string, parent_id: string | null = null, by: As = intake): Promise<string> {
  const {
    status,
    body,
    text: said,
  } = await by.post('/v1/units', { identity: { names: [{ text }] }, facts: { parent_id } })
  if (status !== 201) throw new Error(said)
  return body.id
}

const post = (by: As, caseId: string, facts: object) => by.post(`/v1/cases/${caseId}/postings`, { facts })
const actsOf = async (by: As, id: string) => (await by.get(`/v1/units/${id}/acts`)).body

let caseId: string
let incident: string
let ministry: string
let department: string
let prison: string
beforeAll(async () => {
  caseId = await openCase(intake)
  incident = await linkReport(intake, caseId, told)
  ministry = await unit('Министерство выдуманных дел')
  department = await unit('Department of the Invented', ministry)
  prison = await unit('SIZO-9', department)
})

describe('a unit', () => {
  test('stands between those above it and those below it', async () => {
    const { body } = await lawyer.get(`/v1/units/${department}`)

    expect(body.above.map(({ id }: { id: string }) => id)).toEqual([ministry])
    expect(body.below.map(({ id }: { id: string }) => id)).toEqual([prison])
    expect((await lawyer.get('/v1/units')).body.items).toHaveLength(3)
    expect((await app.as('lawyer', 'away').get(`/v1/units/${department}`)).status).toBe(404)
    expect((await app.as('lawyer', 'away').get('/v1/units')).body.items).toEqual([])
    expect((await app.as('monitor').get('/v1/units')).status).toBe(403)
  })

  test('is entered once, and is not above itself', async () => {
    const twice = await intake.post('/v1/units', { identity: { names: [{ text: 'sizo 9' }] } })
    const loop = await intake.patch(`/v1/units/${ministry}`, { facts: { parent_id: prison } }, ifMatch(1))
    const self = await intake.patch(`/v1/units/${ministry}`, { facts: { parent_id: ministry } }, ifMatch(1))
    const nowhere = { identity: { names: [{ text: 'Adrift' }] }, facts: { parent_id: crypto.randomUUID() } }

    expect([twice.status, twice.body.unit_id]).toEqual([409, prison])
    expect([loop.body.type, self.body.type]).toEqual(['/problems/unit-loop', '/problems/unit-loop'])
    expect((await intake.post('/v1/units', nowhere)).body.type).toBe('/problems/unit-loop')
  })

  test('is renamed under its version', async () => {
    const id = await unit('Renamed Office')
    const identity = { names: [{ text: 'New Office' }, { text: 'Renamed Office', kind: 'former' }] }

    const changed = await lawyer.patch(`/v1/units/${id}`, { identity }, ifMatch(1))

    expect(changed.body).toMatchObject({ version: 2, identity, facts: { parent_id: null } })
    expect((await lawyer.patch(`/v1/units/${id}`, { identity }, ifMatch(1))).status).toBe(412)
  })
})

describe('all acts by a unit', () => {
  test('and by those below it are one request, for the team of the case and nobody else', async () => {
    expect((await actsOf(intake, prison)).items).toEqual([])
    expect((await post(intake, caseId, { unit_id: prison, incident_id: incident, ref: 'p1' })).status).toBe(201)

    const { items } = await actsOf(intake, ministry)

    expect(items).toMatchObject([
      {
        incident_id: incident,
        case_id: caseId,
        perpetrators: [{ ref: 'p1', unit_id: prison, person_id: null }],
        facts: {
          kind: 'torture_or_ill_treatment',
          acts: [{ act: { violation: 'torture', perpetrator_refs: ['p1'] }, is_attributed: true }],
        },
      },
    ])
    expect((await actsOf(lawyer, ministry)).items).toEqual([])
    expect((await actsOf(coordinator, ministry)).items).toEqual([])
    await add(intake, caseId, { user_id: lawyer.id, part: 'member' })
    expect((await actsOf(lawyer, ministry)).items).toHaveLength(1)
    await takeOff(intake, caseId, lawyer.id)
    expect((await actsOf(lawyer, ministry)).items).toEqual([])
  })

  test('are those of its persons too, in every report that names them, and those that nobody is named for', async () => {
    const guards = await unit('Guards of the Invented', ministry)
    const other = await linkReport(intake, caseId, {
      ...told,
      facts: { ...told.facts, parties: told.facts.parties.slice(0, 2), acts: [told.facts.acts[0], told.facts.acts[2]] },
    })
    const entered = await intake.post(`/v1/cases/${caseId}/persons/from-incident`, {
      incident_id: other,
      parties: [{ ref: 'p1' }],
    })
    const [{ person_id }] = entered.body.items
    expect((await post(intake, caseId, { unit_id: guards, person_id, rank: 'captain' })).status).toBe(201)

    const { items } = await actsOf(intake, guards)

    expect(items).toMatchObject([
      {
        incident_id: other,
        perpetrators: [{ ref: 'p1', unit_id: guards, person_id }],
        facts: { acts: [{ is_attributed: true }, { is_attributed: false }] },
      },
    ])
    const one = (await intake.get(`/v1/units/${ministry}/acts?limit=1`)).body
    const two = (await intake.get(`/v1/units/${ministry}/acts?limit=1&after=${String(one.next)}`)).body
    expect([...one.items, ...two.items].map((item: { incident_id: string }) => item.incident_id).sort()).toEqual(
      [incident, other].sort(),
    )
    expect(two.next).toBeNull()
  })
})

describe('where somebody served', () => {
  test('is said of the accused of the case alone', async () => {
    const victim = { case_id: caseId, role: { roles: ['victim'] }, identity: { names: [{ text: 'Quiet Fictive' }] } }
    const { id: person_id } = (await intake.post('/v1/persons', victim)).body
    const refused = [
      { unit_id: prison, person_id },
      { unit_id: prison, incident_id: incident, ref: 'v1' },
      { unit_id: prison, incident_id: incident, ref: 'p9' },
      { unit_id: prison, person_id: crypto.randomUUID() },
    ]

    for (const facts of refused)
      expect((await post(intake, caseId, facts)).body.type).toBe('/problems/not-a-perpetrator')
    const elsewhere = await openCase(intake)
    const foreign = { unit_id: prison, incident_id: incident, ref: 'p1' }
    expect((await post(intake, elsewhere, foreign)).body.type).toBe('/problems/not-a-perpetrator')
    expect((await post(intake, caseId, { ...foreign, unit_id: crypto.randomUUID() })).status).toBe(404)
    expect((await post(intake, caseId, { ...foreign, person_id })).status).toBe(400)
    expect((await post(intake, caseId, { unit_id: prison })).status).toBe(400)
    expect((await post(lawyer, caseId, foreign)).status).toBe(404)
  })

  test('can be taken back', async () => {
    const { body } = await post(intake, caseId, { unit_id: department, incident_id: incident, ref: 'p2' })
    const listed = async () => (await intake.get(`/v1/cases/${caseId}/postings`)).body.items
    expect((await listed()).some(({ id }: { id: string }) => id === body.id)).toBe(true)

    expect((await lawyer.delete(`/v1/cases/${caseId}/postings/${String(body.id)}`)).status).toBe(404)
    expect((await intake.delete(`/v1/cases/${caseId}/postings/${String(body.id)}`)).status).toBe(204)

    expect((await listed()).some(({ id }: { id: string }) => id === body.id)).toBe(false)
  })
})

test('the register lists the accused of one’s cases, as persons and as they were reported', async () => {
  const persons = (await intake.get('/v1/perpetrators')).body.items
  const reported = (await intake.get('/v1/perpetrators/reported')).body.items
  const byCoordinator = (await coordinator.get('/v1/perpetrators/reported')).body.items

  expect(persons).toMatchObject([{ case_id: caseId, person: { identity: { rank: 'captain', unit: 'SIZO-9' } } }])
  expect(persons[0].unit_ids).toHaveLength(1)
  expect(
    reported.find((one: { incident_id: string; ref: string }) => one.incident_id === incident && one.ref === 'p1'),
  ).toMatchObject({ identity: { names: [{ text: 'Captain Nonesuch' }] }, unit_ids: [prison], person_id: null })
  expect(reported.some(({ person_id }: { person_id: string }) => person_id === persons[0].person_id)).toBe(true)
  expect(
    byCoordinator.map(({ identity, unit_ids }: { identity: null; unit_ids: string[] }) => [identity, unit_ids]),
  ).toEqual(reported.map(() => [null, []]))
  expect((await lawyer.get('/v1/perpetrators')).body.items).toEqual([])
  expect((await lawyer.get('/v1/perpetrators/reported')).body.items).toEqual([])
})

test('no body breaks a request', async () => {
  const key = fc.constantFrom('identity', 'facts', 'names', 'parent_id', 'unit_id', 'person_id', 'ref', '__proto__')
  const body = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
  await fc.assert(
    fc.asyncProperty(body, async (sent) => {
      const replies = [await intake.post('/v1/units', sent), await post(intake, caseId, sent)]
      for (const { status } of replies) expect(status).toBeLessThan(500)
    }),
    { numRuns: 60 },
  )
})
