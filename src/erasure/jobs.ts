import { type Job, job } from '../platform/jobs/worker.ts'
import type { ErasureParts } from './parts.ts'
import { proposeDue } from './propose-due.ts'
import { scourKeys, settleErasures } from './settle.ts'

export const erasureJobs = (parts: ErasureParts): Job[] => [
  job({
    name: 'erasure.propose_due',
    action: 'erasure.propose_due',
    schedule: '0 2 * * *',
    handle: (act) => proposeDue(act),
  }),
  job({
    name: 'erasure.settle',
    action: 'erasure.settle',
    schedule: '*/5 * * * *',
    handle: () => Promise.resolve(),
    after: (_nothing, op) => settleErasures(op, parts),
  }),
  job({
    name: 'erasure.scour',
    action: 'erasure.settle',
    schedule: '30 2 * * *',
    handle: () => Promise.resolve(),
    after: (_nothing, op) => scourKeys(op),
  }),
]
