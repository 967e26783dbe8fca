import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { help } from '../../src/platform/kernel/config.ts'

test('what npm start bundles finds the schemas and vocabularies of the project, and tells its settings', async () => {
  const { stdout } = await promisify(execFile)('npm', ['-s', 'start', '--', '--help'])

  expect(stdout.trim()).toBe(help.trim())
})
