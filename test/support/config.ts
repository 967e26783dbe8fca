import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A data folder that nobody else has. */
export const ownFolder = (): string => mkdtempSync(path.join(tmpdir(), 'guvoh-test-'))

/** How the service runs in tests. Test files share this module: who writes files takes a folder of its own. */
export const testConfig = {
  data: ownFolder(),
  secondFactor: 'required',
  metricsToken: null,
  trustProxy: false,
  logLevel: 'silent',
  requestsPerMinute: 1_000_000,
  s3: null,
  clamd: null,
  mail: { url: 'smtp://127.0.0.1:9', from: 'guvoh@example.org' },
} as const
