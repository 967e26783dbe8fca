import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { type Checked, checkRelease, Rejected } from './checker/check.ts'

parentPort?.postMessage({ outcome: isAccepted(z.custom<Checked>().parse(workerData)) })

/** What the checker rejects is a verdict; whatever else it throws is a bug, and ends the release too. */
function isAccepted(checked: Checked): boolean {
  try {
    checkRelease(checked)
    return true
  } catch (error) {
    if (error instanceof Rejected) return false
    throw error
  }
}
