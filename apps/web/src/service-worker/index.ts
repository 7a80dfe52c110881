/**
 * Keeps `/verify` for when there is no network: the page, its scripts with every form that they load late, and the registry as it was read last.
 * Everything else goes to the network as if this were not here. Nothing that a visitor hands in or is shown passes through it.
 */
import { version } from '$app/env'
import { self as worker } from '$app/service-worker'

const cacheName = `cairn-verify-${version}`
const page = '/verify'
const registry = '/api/v1/registry'

worker.addEventListener('install', (event) => {
  event.waitUntil(keep().then(() => worker.skipWaiting()))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(forget().then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== worker.location.origin) return
  if (address.pathname.startsWith('/_app/immutable/')) event.respondWith(keptFirst(request))
  else if (address.pathname === registry || (address.pathname === page && request.mode === 'navigate'))
    event.respondWith(networkFirst(address.pathname, request))
})

async function keep(): Promise<void> {
  const cache = await caches.open(cacheName)
  const files = (await (await fetch('/_app/verify.json')).json()) as string[]
  await cache.addAll([...files, registry, page])
}

async function forget(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('cairn-verify-') && name !== cacheName).map((name) => caches.delete(name)))
}

/** Files of the build never change under their names. Fonts are kept when a page first wants them. */
async function keptFirst(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  const kept = await cache.match(request.url)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok && /\.woff2$/.test(new URL(request.url).pathname)) await cache.put(request.url, answer.clone())
  return answer
}

/** The newest there is; without a network what was kept, marked as such. */
async function networkFirst(name: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(name, answer.clone())
    return answer
  } catch (error) {
    const kept = await cache.match(name)
    if (!kept) throw error
    const headers = new Headers(kept.headers)
    headers.set('x-cairn-kept', '1')
    return new Response(kept.body, { status: kept.status, headers })
  }
}
