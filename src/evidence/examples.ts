const id = '6f6f6f3e-1f0a-4c55-9d0f-0d6f3c1b2a01'

export const newEvidence = {
  upload_id: '0d2a2c1e-58a7-4a0b-8f1e-6d0c7b9a3e02',
  identity: { file_name: 'IMG_0042.jpg', source: 'The brother' },
  narrative: { how_obtained: 'Sent by telephone the same evening.' },
  facts: { kind: 'photo', media: 'image/jpeg', obtained_on: '2026-02-11' },
}

export const receipt = {
  id,
  case_id: '5b3c1d9e-2f8a-4e6b-9c7d-1a2b3c4d5e03',
  derived_from: null,
  received_by: '7c8d9e0f-1a2b-4c3d-8e4f-5a6b7c8d9e04',
  received_on: '2026-02-12',
  scan: 'clean',
  commitment: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
}

export const item = {
  ...receipt,
  identity: newEvidence.identity,
  narrative: newEvidence.narrative,
  facts: newEvidence.facts,
  content: {
    size: 2_400_123,
    sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    salt: '1q2w3e4r5t6y7u8i9o0p1q2w3e4r5t6y7u8i9o0p1q2',
  },
}

export const handling = { narrative: { kind: 'handed_over', to: 'The forensic doctor', note: 'On an encrypted disk.' } }

export const noted = {
  id: '3e4f5a6b-7c8d-4e9f-8a0b-1c2d3e4f5a05',
  item_id: id,
  noted_by: receipt.received_by,
  noted_on: '2026-03-01',
}

export const chain = {
  items: [{ ...noted, narrative: { ...handling.narrative, at: '2026-03-01T09:30:00.000Z' } }],
}

const incident_id = '2d3e4f5a-6b7c-4d8e-9f0a-1b2c3d4e5f06'
export const newReportFile = {
  upload_id: newEvidence.upload_id,
  identity: { file_name: 'VID_0007.mp4' },
  narrative: { note: 'The yard, from the window.' },
}
const reportFileHeading = {
  id: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c07',
  incident_id,
  sent_on: '2026-02-12',
  scan: 'clean',
}
export const reportFileReceipt = {
  ...reportFileHeading,
  commitment: receipt.commitment,
  audit_receipt: '4c5d6e7f-8a9b-4c0d-9e1f-2a3b4c5d6e08',
}
export const reportFile = {
  ...reportFileHeading,
  sent_by: receipt.received_by,
  author_signature: 'valid',
  identity: newReportFile.identity,
  narrative: newReportFile.narrative,
  content: item.content,
}
export const evidenceOfReport = {
  identity: newEvidence.identity,
  narrative: newEvidence.narrative,
  facts: newEvidence.facts,
}
