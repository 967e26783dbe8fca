import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** What people do in a browser. It needs a built client and a Chromium, so it is not part of `npm test`. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/web/**/*.web.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
