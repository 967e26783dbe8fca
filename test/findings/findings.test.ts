import { beforeAll, describe, expect, test } from 'vitest'
import { add, openCase } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')

let id: string
beforeAll(async () => {
  id = await openCase(lawyer)
  await add(lawyer, id, { user_id: clinician.id, part: 'member' })
})

const bruise = { sort: 'physical', regions: ['sole_left'], kind: 'bruise' }
const narrative = { description: 'Invented: two long bruises.', alleged_cause: 'A stick.' }
const record = (by: As, facts: object = bruise, more: object = {}) =>
  by.post(`/v1/cases/${id}/findings`, { facts, narrative, ...more })
const change = (by: As, finding: string, { version = 1, ...body }: { version?: number; [name: string]: unknown }) =>
  by.patch(`/v1/cases/${id}/findings/${finding}`, body, ifMatch(version))

describe('a finding', () => {
  test('is graded by a clinician alone; a lawyer records what was observed', async () => {
    const refused = await record(lawyer, { ...bruise, grade: 'diagnostic' })
    const observed = await record(lawyer)
    const graded = await record(clinician, { ...bruise, grade: 'highly_consistent' })

    const { body } = await lawyer.get(`/v1/cases/${id}/findings?limit=200`)

    expect([refused.status, refused.body.type]).toEqual([403, '/problems/grade-needs-clinician'])
    const facts = new Map(body.items.map((one: { id: string; facts: object }) => [one.id, one.facts]))
    expect(facts.get(observed.body.id)).toEqual({ found: bruise, graded_by: null })
    expect(facts.get(graded.body.id)).toMatchObject({ graded_by: clinician.id, found: { grade: 'highly_consistent' } })
  })

  test('that a clinician has graded is changed by nobody else, in its text neither', async () => {
    const { body: finding } = await record(clinician, { ...bruise, grade: 'typical' })

    const refused = await change(lawyer, finding.id, { narrative })
    const changed = await change(clinician, finding.id, { facts: bruise })

    expect([refused.status, refused.body.type]).toEqual([403, '/problems/graded-by-another'])
    expect(changed.body).toMatchObject({ version: 2, facts: { graded_by: null } })
    expect((await change(lawyer, finding.id, { narrative, version: 2 })).status).toBe(200)
  })

  test('that a lawyer has recorded becomes the grade of the clinician who grades it', async () => {
    const { body: finding } = await record(lawyer)
    const grade = { ...bruise, grade: 'consistent' }

    expect((await change(lawyer, finding.id, { facts: grade })).status).toBe(403)
    expect((await change(clinician, finding.id, { facts: grade })).body.facts.graded_by).toBe(clinician.id)
    expect((await change(clinician, finding.id, { narrative, version: 1 })).status).toBe(412)
  })

  test('is psychological without a place on the body, and physical only with one', async () => {
    expect((await record(clinician, { sort: 'psychological', grade: 'consistent' })).status).toBe(201)
    expect((await record(clinician, { sort: 'psychological', regions: ['face'] })).status).toBe(400)
    expect((await record(clinician, { sort: 'physical', kind: 'bruise' })).status).toBe(400)
    expect((await record(clinician, { ...bruise, age_days_from: 5, age_days_to: 2 })).status).toBe(400)
  })

  test('does not exist for whoever is not on the team, nor under another case', async () => {
    const { body: finding } = await record(lawyer)
    const other = await openCase(lawyer)

    expect((await app.as('coordinator').get(`/v1/cases/${id}/findings`)).status).toBe(404)
    const url = `/v1/cases/${other}/findings/${finding.id}`
    expect((await lawyer.patch(url, { narrative }, ifMatch(1))).status).toBe(404)
  })
})

describe('an examination', () => {
  const examine = (by: As, body: object = { facts: { on: '2026-02-10', police_present: true } }) =>
    by.post(`/v1/cases/${id}/examinations`, body)

  test('is a clinician’s to record and to change, with its conclusion apart from the grades', async () => {
    const { body: examination } = await examine(clinician)
    const url = `/v1/cases/${id}/examinations/${examination.id}`

    const changed = await clinician.patch(url, { narrative: { conclusions: 'Invented.' } }, ifMatch(1))

    expect(changed.body).toMatchObject({
      version: 2,
      facts: { police_present: true },
      narrative: { conclusions: 'Invented.' },
    })
    expect((await examine(lawyer)).status).toBe(403)
    expect((await lawyer.patch(url, { narrative: {} }, ifMatch(2))).status).toBe(403)
    expect((await lawyer.get(`/v1/cases/${id}/examinations`)).body.items[0].id).toBe(examination.id)
  })

  test('is changed by the clinician who made it, not by another on the team', async () => {
    const { body: examination } = await examine(clinician)
    const colleague = app.as('officer3')
    await add(lawyer, id, { user_id: colleague.id, part: 'member' })

    const url = `/v1/cases/${id}/examinations/${examination.id}`
    expect((await colleague.patch(url, { narrative: {} }, ifMatch(1))).status).toBe(403)
  })

  test('has the findings that were made in it, and none of another case', async () => {
    const { body: examination } = await examine(clinician)
    const other = await openCase(lawyer)

    const within = await record(clinician, bruise, { examination_id: examination.id })
    const across = await lawyer.post(`/v1/cases/${other}/findings`, {
      facts: bruise,
      narrative,
      examination_id: examination.id,
    })

    expect(within.body.examination_id).toBe(examination.id)
    expect([across.status, across.body.type]).toEqual([422, '/problems/unknown-examination'])
  })
})
