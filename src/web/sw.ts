declare const self: ServiceWorkerGlobalScope

/** The program itself, so that it opens without a line. Nothing that the server says of anybody is ever kept. */
const SHELL = 'shell'

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.add('/')))
  void self.skipWaiting()
})

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || !isShell(pathname)) return
  event.respondWith(pathname.startsWith('/assets/') ? keptFirst(request) : freshFirst(request))
})

const isShell = (path: string): boolean =>
  path === '/' || path === '/icon.svg' || path === '/manifest.webmanifest' || path.startsWith('/assets/')

/** Assets carry a hash in their name, and never change. */
async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetchAndKeep(request)
}

async function freshFirst(request: Request): Promise<Response> {
  return fetchAndKeep(request).catch(async () => (await caches.match(request)) ?? Response.error())
}

async function fetchAndKeep(request: Request): Promise<Response> {
  const reply = await fetch(request)
  if (reply.ok) await (await caches.open(SHELL)).put(request, reply.clone())
  return reply
}

export {}
