import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { handling, openCase } from './handling.ts'
import { reportOf, submitted } from './reports.ts'

const app = await startApp()
const monitor = app.as('monitor')
const intake = app.as('intake')
const lawyer = app.as('lawyer')
const { triage, link, verify } = handling(app)

const read = async (by: typeof intake, id: string) => (await by.get(`/v1/incidents/${id}`)).body

async function addToTeam(caseId: string, userId: string) {
  const { version } = (await intake.get(`/v1/cases/${caseId}`)).body
  const reply = await intake.post(`/v1/cases/${caseId}/members`, { user_id: userId, part: 'member' }, ifMatch(version))
  if (reply.status >= 300) throw new Error(`not added: ${reply.text}`)
}

/** Leaves the case to the lawyer, so that the intake lawyer holds the intake keyring alone. */
async function leaveTeam(caseId: string) {
  const { version } = (await intake.get(`/v1/cases/${caseId}`)).body
  const reply = await lawyer.delete(`/v1/cases/${caseId}/members/${intake.id}`, ifMatch(version))
  if (reply.status >= 300) throw new Error(`not removed: ${reply.text}`)
}

/** A case that the lawyer leads, with the intake lawyer on the team. */
async function sharedCase(): Promise<string> {
  const caseId = await openCase(lawyer)
  const { version } = (await lawyer.get(`/v1/cases/${caseId}`)).body
  const body = { user_id: intake.id, part: 'member' }
  const reply = await lawyer.post(`/v1/cases/${caseId}/members`, body, ifMatch(version))
  if (reply.status >= 300) throw new Error(`not added: ${reply.text}`)
  return caseId
}

test('accepting into a case gives the report to its team and takes it from the intake', async () => {
  const caseId = await sharedCase()
  const report = reportOf()
  const { id } = await submitted(monitor, report)
  expect((await lawyer.get(`/v1/incidents/${id}`)).status).toBe(404)

  const accepted = await triage(id, { decision: 'accept', case_id: caseId })
  await leaveTeam(caseId)

  expect(accepted).toMatchObject({ status: 200, body: { status: 'accepted', case_id: caseId } })
  expect(await read(lawyer, id)).toMatchObject({
    narrative: report.narrative,
    identity: report.identity,
    case_id: caseId,
  })
  expect(await read(intake, id)).toMatchObject({
    status: 'accepted',
    narrative: null,
    identity: null,
    legal: null,
    facts: null,
  })
  expect(await read(app.as('coordinator'), id)).toMatchObject({
    facts: { kind: 'torture_or_ill_treatment' },
    narrative: null,
  })
  expect(await read(monitor, id)).toMatchObject({ status: 'accepted', case_id: null, facts: null, narrative: null })
})

test('what was asked and added before goes along; what is added later goes to the team', async () => {
  const caseId = await sharedCase()
  const { id } = await submitted(monitor)
  await triage(id, { decision: 'return', question: 'Когда?' })
  await monitor.post(`/v1/incidents/${id}/supplements`, { narrative: { account: 'Утром.' } })
  await triage(id, { decision: 'accept' })

  const linked = await link(id, { case_id: caseId })
  await monitor.post(`/v1/incidents/${id}/supplements`, { narrative: { account: 'И вечером.' } })
  await leaveTeam(caseId)

  expect(linked).toMatchObject({ status: 200, body: { status: 'accepted', case_id: caseId, version: 5 } })
  const [team, others, author] = [await read(lawyer, id), await read(intake, id), await read(monitor, id)]
  const said = (of: typeof team) => [
    of.notices.map((notice: { narrative: unknown }) => notice.narrative),
    of.supplements.map((one: { narrative: { account: string } | null }) => one.narrative?.account ?? null).sort(),
  ]
  expect(said(team)).toEqual([[{ text: 'Когда?' }], ['И вечером.', 'Утром.'].sort()])
  expect(said(others)).toEqual([[null], [null, null]])
  expect(said(author)).toEqual([[{ text: 'Когда?' }], [null, null]])
})

test('only an accepted report that has no case yet is linked, and to a case of one’s own', async () => {
  const caseId = await sharedCase()
  const foreign = await openCase(app.as('coordinator'))
  const { id } = await submitted(monitor)

  const early = await link(id, { case_id: caseId })
  await triage(id, { decision: 'accept' })
  const notOwn = await link(id, { case_id: foreign })
  const first = await link(id, { case_id: caseId })
  const second = await link(id, { case_id: caseId })

  expect([early.status, early.body.type, early.body.allowed]).toEqual([409, '/problems/not-in-status', ['accepted']])
  expect([notOwn.status, notOwn.body.type]).toEqual([409, '/problems/case-not-available'])
  expect(first.status).toBe(200)
  expect([second.status, second.body.type]).toEqual([409, '/problems/already-linked'])
})

test('who joins the team reads the report, and who leaves it no longer sees it', async () => {
  const caseId = await openCase(intake)
  const clinician = app.as('clinician')
  const { id } = await submitted(monitor)
  await triage(id, { decision: 'accept', case_id: caseId })
  expect((await clinician.get(`/v1/incidents/${id}`)).status).toBe(404)

  await addToTeam(caseId, clinician.id)
  const joined = await read(clinician, id)
  const { version } = (await intake.get(`/v1/cases/${caseId}`)).body
  await intake.delete(`/v1/cases/${caseId}/members/${clinician.id}`, ifMatch(version))
  const left = await clinician.get(`/v1/incidents/${id}`)

  expect(joined.narrative).toEqual(reportOf().narrative)
  expect(left.status).toBe(404)
  expect((await read(intake, id)).narrative).toEqual(reportOf().narrative)
})

test('the intake grades a report, and everything in it stays readable', async () => {
  const report = reportOf()
  const { id } = await submitted(monitor, report)

  const graded = await verify(id, { grade: 'verified', standard: 'istanbul_protocol' })
  const again = await verify(id, { grade: 'refuted' })

  expect(graded).toMatchObject({ status: 200, body: { version: 2, status: 'submitted' } })
  expect(again.body.version).toBe(3)
  expect(await read(intake, id)).toMatchObject({
    ...report,
    facts: { ...report.facts, verification: { grade: 'refuted' } },
  })
  expect((await read(app.as('coordinator'), id)).facts.verification).toEqual({ grade: 'refuted' })
})

test('who cannot open the whole report cannot grade it', async () => {
  const caseId = await sharedCase()
  const { id } = await submitted(monitor)
  await triage(id, { decision: 'accept', case_id: caseId })
  await leaveTeam(caseId)
  const grade = { grade: 'corroborated' }

  const byIntake = await verify(id, grade)
  const byCoordinator = await verify(id, grade, app.as('coordinator'))
  const byAway = await verify(id, grade, app.as('intake', 'away'))
  const byTeam = await verify(id, grade, lawyer)

  expect([byIntake.status, byCoordinator.status, byAway.status, byTeam.status]).toEqual([403, 403, 404, 200])
})

test('a grade needs its standard, a version, and a report that was not rejected', async () => {
  const { id } = await submitted(monitor)
  const url = `/v1/incidents/${id}/verification`

  const noStandard = await verify(id, { grade: 'verified' })
  const noGrade = await verify(id, { grade: 'certain' })
  const noVersion = await intake.post(url, { grade: 'refuted' })
  const stale = await intake.post(url, { grade: 'refuted' }, ifMatch(9))
  await triage(id, { decision: 'reject', reason_code: 'duplicate' })
  const rejected = await verify(id, { grade: 'refuted' })

  expect([noStandard.status, noGrade.status, noVersion.status, stale.status, rejected.status]).toEqual([
    400, 400, 428, 412, 409,
  ])
  expect(noStandard.body.errors[0].pointer).toBe('#/standard')
})
