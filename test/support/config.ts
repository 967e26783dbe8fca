import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** How the service runs in tests. */
export const testConfig = {
  data: mkdtempSync(path.join(tmpdir(), 'guvoh-test-')),
  secondFactor: 'required',
  metricsToken: null,
  trustProxy: false,
  logLevel: 'silent',
  requestsPerMinute: 1_000_000,
  s3: null,
  clamd: null,
  mail: { url: 'smtp://127.0.0.1:9', from: 'guvoh@example.org' },
} as const
