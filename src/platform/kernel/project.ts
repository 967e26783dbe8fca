import { existsSync } from 'node:fs'

/** The folder of this project, found by its package.json: what runs stands in `src`, or bundled in `dist`. */
function findRoot(from: URL): URL {
  if (existsSync(new URL('package.json', from))) return from
  return findRoot(new URL('..', from))
}

const root = findRoot(new URL('.', import.meta.url))

/** A file or a folder (ending in a slash) of this project, by its path from the top. */
export const inProject = (place: string): URL => new URL(place, root)
