import { reportOf } from '../../incidents/reports.ts'
import type { Canary, Spot } from './canary.ts'

const tus = { 'tus-resumable': '1.0.0' }

/** Sends a file, and answers the id of its upload. */
async function send({ caller, token, told }: Spot, what: string): Promise<string | undefined> {
  const content = Buffer.from(told(`${what} content`).repeat(100))
  const name = Buffer.from(told(`${what} upload name`)).toString('base64')
  const begin = { ...tus, 'upload-length': String(content.length), 'upload-metadata': `filename ${name}` }
  const url = await caller.location('POST /v1/uploads', { token, headers: begin })
  const part = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await caller.expectOf(204, `PATCH ${url}`, { token, headers: part, body: content.toString() })
  return url.split('/').at(-1)
}

export const evidenceCanary: Canary = {
  columns: [
    'evidence_items.identity',
    'evidence_items.narrative',
    'custody_events.narrative',
    'incident_files.identity',
    'incident_files.narrative',
  ],
  coded: ['evidence_items.facts', 'evidence_items.content', 'uploads.identity', 'incident_files.content'],
  async fill(spot) {
    const { caller, token, caseId, told } = spot
    const body = {
      upload_id: await send(spot, 'evidence'),
      identity: { file_name: told('evidence file name'), source: told('evidence source') },
      narrative: { how_obtained: told('evidence obtained'), note: told('evidence note') },
      facts: { kind: 'photo', media: 'image/jpeg' },
    }
    const item = await caller.expectOf(201, `POST /v1/cases/${caseId}/evidence`, { token, body })
    const handling = { kind: 'handed_over', to: told('custody receiver'), note: told('custody note') }
    await caller.expectOf(201, `POST /v1/evidence/${String(item.id)}/custody`, { token, body: { narrative: handling } })

    const report = await caller.expectOf(201, 'POST /v1/incidents', { token, body: reportOf() })
    const file = {
      upload_id: await send(spot, 'report file'),
      identity: { file_name: told('report file name') },
      narrative: { note: told('report file note') },
    }
    await caller.expectOf(201, `POST /v1/incidents/${String(report.id)}/files`, { token, body: file })
  },
}
