import { beforeEach, describe, expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { idOf } from '../../src/platform/kernel/ids.ts'
import { submitted } from '../incidents/reports.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { about, hashOf, idIn, senderOf, someBytes } from './support.ts'

const app = await startApp()
const monitor = app.as('monitor')
const intake = app.as('intake')
const sent = { identity: { file_name: 'yard.mp4' }, narrative: { note: 'From the window.' } }
const bytes = someBytes(200_000)

const fileId = idOf('incident_files')
let report: string
beforeEach(async () => {
  report = (await submitted(monitor)).id
})

const upload = async (by = monitor) => idIn(await senderOf(app, by).sendFile(bytes))
const attach = (by: typeof monitor, to: string, upload_id: string) =>
  by.post(`/v1/incidents/${to}/files`, { upload_id, ...sent })

async function attached(): Promise<string> {
  const made = await attach(monitor, report, await upload())
  expect(made.status).toBe(201)
  return made.body.id
}

const accept = (case_id?: string) =>
  intake.post(`/v1/incidents/${report}/triage`, { decision: 'accept', case_id }, ifMatch(1))
const contentOf = (by: typeof monitor, id: string) => senderOf(app, by).fetch(`/v1/incident-files/${id}/content`)

describe('a file that a monitor adds to a report', () => {
  test('is read by the intake, who sees that it is the monitor’s own', async () => {
    const id = await attached()

    const { items } = (await intake.get(`/v1/incidents/${report}/files`)).body
    const back = await contentOf(intake, id)

    expect(items).toMatchObject([
      { id, ...sent, sent_by: monitor.id, author_signature: 'valid', content: { sha256: hashOf(bytes) } },
    ])
    expect(hashOf(back.rawPayload)).toBe(hashOf(bytes))
    const part = await senderOf(app, intake).fetch(`/v1/incident-files/${id}/content`, 'bytes=5-9')
    expect(part.rawPayload.equals(bytes.subarray(5, 10))).toBe(true)
  })

  test('cannot be had back by whoever sent it', async () => {
    const upload_id = await upload()
    const made = await attach(monitor, report, upload_id)

    expect((await monitor.get(`/v1/incidents/${report}/files`)).status).toBe(403)
    expect((await contentOf(monitor, made.body.id)).statusCode).toBe(403)
    expect((await senderOf(app, monitor).tus('HEAD', `/v1/uploads/${upload_id}`)).statusCode).toBe(404)
    expect(Object.keys(made.body).sort()).toEqual([
      'audit_receipt',
      'commitment',
      'id',
      'incident_id',
      'scan',
      'sent_on',
    ])
  })

  test('cannot be had back by a lawyer who reported and does not handle it either', async () => {
    const lawyer = app.as('lawyer')
    const own = (await submitted(lawyer)).id
    const made = await attach(lawyer, own, await upload(lawyer))
    expect(made.status).toBe(201)
    expect((await lawyer.get(`/v1/incidents/${own}/files`)).status).toBe(403)
    expect((await contentOf(lawyer, made.body.id)).statusCode).toBe(403)
  })

  test('leaves no key with the monitor', async () => {
    const id = await attached()
    const wraps = await app.database
      .selectFrom('record_keys as r')
      .innerJoin('keyrings as k', 'k.id', 'r.keyring_id')
      .select('k.kind')
      .where('r.record_id', '=', fileId.parse(id))
      .execute()
    expect(wraps).toEqual([{ kind: 'intake' }])
  })

  test('does not exist for those who do not handle the report', async () => {
    const id = await attached()
    for (const by of [app.as('lawyer'), app.as('clinician'), app.as('coordinator', 'away')]) {
      expect((await by.get(`/v1/incidents/${report}/files`)).status).toBe(404)
      expect((await contentOf(by, id)).statusCode).toBe(404)
      expect((await by.post(`/v1/incident-files/${id}/evidence`, about)).status).toBe(404)
    }
  })

  test('stays shut for a coordinator, who sees that it is there', async () => {
    const id = await attached()
    const coordinator = app.as('coordinator')
    const { items } = (await coordinator.get(`/v1/incidents/${report}/files`)).body
    expect(items).toMatchObject([{ id, identity: null, narrative: null, content: null }])
    expect((await contentOf(coordinator, id)).statusCode).toBe(404)
  })

  test('is added to no report but one’s own, and only from one’s own upload', async () => {
    const other = app.as('lawyer')
    expect((await attach(other, report, await upload(other))).status).toBe(404)
    expect((await attach(monitor, report, await upload(other))).status).toBe(404)
    const url = await senderOf(app, monitor).begin(10)
    expect((await attach(monitor, report, idIn(url))).body.type).toBe('/problems/upload-unfinished')
  })

  test('is not added to a report that was turned down', async () => {
    await intake.post(`/v1/incidents/${report}/triage`, { decision: 'reject', reason_code: 'duplicate' }, ifMatch(1))
    expect((await attach(monitor, report, await upload())).body.type).toBe('/problems/not-in-status')
  })

  test('is added once, whoever else sends it at the same time', async () => {
    const upload_id = await upload()
    const made = await Promise.all([1, 2, 3].map(() => attach(monitor, report, upload_id)))
    expect(made.map(({ status }) => status).sort()).toEqual([201, 404, 404])
  })

  test('that somebody moved to another report in the database says that nobody signed it', async () => {
    const id = await attached()
    const { id: other } = await submitted(monitor)
    await app.database
      .updateTable('incident_files')
      .set({ incident_id: other })
      .where('id', '=', fileId.parse(id))
      .execute()
    const { items } = (await intake.get(`/v1/incidents/${other}/files`)).body
    expect(items).toMatchObject([{ id, author_signature: 'missing' }])
  })
})

describe('when the report is linked to a case', () => {
  test('the team reads the file, and makes evidence of it once; where it came from stands in its chain', async () => {
    const before = await attached()
    const caseId = await openCase(intake)
    expect((await intake.post(`/v1/incident-files/${before}/evidence`, about)).status).toBe(404)
    expect((await accept(caseId)).status).toBe(200)
    const later = (await attach(monitor, report, await upload())).body.id

    for (const id of [before, later]) {
      expect(hashOf((await contentOf(intake, id)).rawPayload)).toBe(hashOf(bytes))
      const made = await intake.post(`/v1/incident-files/${String(id)}/evidence`, about)
      expect(made.status).toBe(201)
      expect((await intake.post(`/v1/incident-files/${String(id)}/evidence`, about)).status).toBe(404)
      expect(hashOf((await senderOf(app, intake).download(made.body.id)).rawPayload)).toBe(hashOf(bytes))
      const { items } = (await intake.get(`/v1/evidence/${String(made.body.id)}/custody`)).body
      expect(items[0].narrative).toMatchObject({ kind: 'received', incident_id: report, sent_by: monitor.id })
    }
    expect((await intake.get(`/v1/incidents/${report}/files`)).body.items).toEqual([])
  })
})
