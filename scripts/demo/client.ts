import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { note } from './print.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Builds the pages that the service hands out, where `npm run build` has not. */
export function buildClient(): void {
  if (existsSync(at('../../dist/web/index.html'))) return
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', '.config/vite.config.ts']
  const { status } = spawnSync(process.execPath, vite, { cwd: at('../..'), stdio: ['ignore', 'ignore', 'inherit'] })
  note(status === 0 ? 'The pages were built.' : 'The pages could not be built: there is the API alone.')
}
