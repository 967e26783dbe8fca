import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { inProject } from '../kernel/project.ts'

const BUILT = fileURLToPath(inProject('dist/web'))

/** Nothing inline, nothing from elsewhere, in no frame. */
const POLICY = [
  "default-src 'none'",
  ...['script-src', 'style-src', 'img-src', 'connect-src', 'manifest-src', 'worker-src'].map(
    (what) => `${what} 'self'`,
  ),
  ...['base-uri', 'form-action', 'frame-ancestors'].map((what) => `${what} 'none'`),
].join('; ')

const MEDIA: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/** Hands out the client as `npm run build` left it, from memory. Without a build there is the API alone. */
export function registerClient(app: FastifyInstance): void {
  for (const { url, media, content, isForEver } of builtFiles()) {
    const zipped = gzipSync(content)
    app.get(url, { config: { action: 'public' }, schema: { hide: true } }, (request, reply) => {
      const isZipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
      void reply
        .header('content-type', media)
        .header('content-security-policy', POLICY)
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', isForEver ? 'public, max-age=31536000, immutable' : 'no-cache')
        .header('vary', 'accept-encoding')
      return isZipped ? reply.header('content-encoding', 'gzip').send(zipped) : reply.send(content)
    })
  }
}

function builtFiles() {
  if (!existsSync(BUILT)) return []
  const files = readdirSync(BUILT, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  return files.flatMap((file) => {
    const path = join(file.parentPath, file.name)
    const media = MEDIA[extname(file.name)]
    if (media === undefined) return []
    const url = `/${relative(BUILT, path).split(sep).join('/')}`
    const isForEver = url.startsWith('/assets/')
    return [{ url: url === '/index.html' ? '/' : url, media, content: readFileSync(path), isForEver }]
  })
}
