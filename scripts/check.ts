import { spawnSync } from 'node:child_process'

/** `npm run check` does all of it; `npm run check types lint` only what is named. Every step runs, whatever failed before. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  format: ['node_modules/.bin/biome', 'format', '--config-path=.config/biome.json'],
  types: ['node_modules/.bin/tsc', '--noEmit'],
  'web-schema': ['node_modules/.bin/openapi-typescript', 'schemas/openapi.json', '-o', 'src/web/api/schema.gen.ts'],
  'web-types': ['node_modules/.bin/tsc', '--noEmit', '-p', 'src/web'],
  'web-build': ['node_modules/.bin/vite', 'build', '--config', '.config/vite.config.ts'],
  lint: ['node_modules/.bin/eslint', '--config', '.config/eslint.config.js', 'src', 'scripts', 'test'],
  imports: ['--import', 'tsx', 'scripts/check-imports.ts'],
  unused: ['node_modules/.bin/knip', '--config', '.config/knip.json'],
  tables: ['--import', 'tsx', 'scripts/generate-table-types.ts', '--check'],
  openapi: ['--import', 'tsx', 'scripts/export-openapi.ts', '--check'],
  tests: ['node_modules/.bin/vitest', 'run', '--config', '.config/vitest.config.ts'],
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(STEPS)
const failed = wanted.filter((name) => !succeeds(name))
console.log(failed.length === 0 ? 'All is well' : `Failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

function succeeds(name: string): boolean {
  const step = STEPS[name]
  if (step === undefined) throw new Error(`No such step: ${name}. There are ${Object.keys(STEPS).join(', ')}`)
  console.log(`\n== ${name}`)
  const started = performance.now()
  const { status } = spawnSync(process.execPath, step, { stdio: 'inherit' })
  console.log(
    `== ${name} ${status === 0 ? 'passed' : 'failed'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
  return status === 0
}
