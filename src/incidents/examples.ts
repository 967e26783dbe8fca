import { reports } from './examples-reports.ts'

const id = '6f1d2a54-0c1e-4f0b-9a43-8d0f6f0b2c11'
const monitor = 'b3a7f6de-2d4c-4c58-8a11-0a5f9f6f3e20'
const intake = 'e21d9c84-71b5-4f3b-b6c7-35c2a9d1f842'
const caseId = '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11'
const audit_receipt = '0d9a4b6e-53f7-4d0c-8d2b-b8b0a3f4c6d5'
const ciphertext_sha256 = '9b7c1f0e3d5a48265f4e7d8c9b0a1f2e3d4c5b6a79880716253443526170f9e8'
const [report] = reports
const verification = { grade: 'alleged' }
const facts = { ...report.facts, verification }
const outline = {
  id,
  reference: 'INC-2026-7K3M9Q',
  version: 2,
  status: 'returned',
  received_on: '2026-03-02',
  submitted_by: monitor,
  case_id: null,
}
const account = 'Ещё один задержанный видел, как заявителя выводили из кабинета.'

export const submission = report
export const receipt = {
  id,
  reference: outline.reference,
  version: 1,
  status: 'submitted',
  ciphertext_sha256,
  audit_receipt,
}
export const batch = { reports: reports.map((one, at) => ({ key: `phone-17-report-${String(at + 1)}`, report: one })) }
export const batchOutcome = {
  outcomes: [
    { key: 'phone-17-report-1', status: 201, receipt },
    {
      key: 'phone-17-report-2',
      status: 400,
      problem: {
        type: '/problems/invalid-request',
        title: 'The request is not valid',
        status: 400,
        errors: [{ pointer: '#/facts/place/region', detail: 'is not a region of the country' }],
      },
    },
  ],
}
export const page = { items: [{ ...outline, facts }], next: null }
export const incident = {
  ...outline,
  triaged_by: intake,
  triaged_on: '2026-03-03',
  author_signature: 'valid',
  signed_by: monitor,
  ...report,
  facts,
  supplements: [
    {
      id: '1c7a6b5d-4e3f-4a2b-8c1d-0e9f8a7b6c5d',
      received_on: '2026-03-04',
      submitted_by: monitor,
      author_signature: 'valid',
      narrative: { account },
    },
  ],
  notices: [
    {
      id: '2d8b7c6e-5f40-4b3c-9d2e-1f0a9b8c7d6e',
      kind: 'question',
      sent_on: '2026-03-03',
      sent_by: intake,
      author_signature: 'valid',
      narrative: { text: 'Кто ещё это видел?' },
    },
  ],
}
export const acceptance = { decision: 'accept', case_id: caseId }
export const link = { case_id: caseId }
export const supplement = { narrative: { account, language: 'ru' } }
export const supplementReceipt = {
  id: '1c7a6b5d-4e3f-4a2b-8c1d-0e9f8a7b6c5d',
  ciphertext_sha256,
  audit_receipt,
  incident_version: 3,
  incident_status: 'submitted',
}
export const grading = { grade: 'verified', standard: 'two_independent_sources' }
export const state = { id, version: 2, status: 'accepted', case_id: caseId }
