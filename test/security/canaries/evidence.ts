import type { Canary } from './canary.ts'

const tus = { 'tus-resumable': '1.0.0' }

export const evidenceCanary: Canary = {
  columns: ['evidence_items.identity', 'evidence_items.narrative', 'custody_events.narrative'],
  coded: ['evidence_items.facts', 'evidence_items.content', 'uploads.identity'],
  async fill({ caller, token, caseId, told }) {
    const content = Buffer.from(told('evidence content').repeat(100))
    const name = Buffer.from(told('evidence upload name')).toString('base64')
    const begin = { ...tus, 'upload-length': String(content.length), 'upload-metadata': `filename ${name}` }
    const id = await caller.location('POST /v1/uploads', { token, headers: begin })
    const part = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    await caller.expectOf(204, `PATCH ${id}`, { token, headers: part, body: content.toString() })
    const body = {
      upload_id: id.split('/').at(-1),
      identity: { file_name: told('evidence file name'), source: told('evidence source') },
      narrative: { how_obtained: told('evidence obtained'), note: told('evidence note') },
      facts: { kind: 'photo', media: 'image/jpeg' },
    }
    const item = await caller.expectOf(201, `POST /v1/cases/${caseId}/evidence`, { token, body })
    const handling = { kind: 'handed_over', to: told('custody receiver'), note: told('custody note') }
    await caller.expectOf(201, `POST /v1/evidence/${String(item.id)}/custody`, { token, body: { narrative: handling } })
  },
}
