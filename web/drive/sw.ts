/**
 * Keeps the phone page open without a signal: the page and its files, never what the service answers. The round itself and what waits to be
 * sent are kept by the page. Its scope is /drive/.
 */
const CACHE = 'milkrun-drive-1'
const PAGE = '/drive/'

interface Worker extends EventTarget {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
}
interface Extended extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetched extends Extended {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
const worker = globalThis as unknown as Worker

/** The page, and everything that it names. */
async function keepPage(): Promise<void> {
  const cache = await caches.open(CACHE)
  const page = await fetch(PAGE, { cache: 'no-cache' })
  if (!page.ok) return
  const text = await page.clone().text()
  const named = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!)
  await Promise.all([cache.put(PAGE, page), ...named.map((path) => keep(cache, new Request(path)))])
}

async function keep(cache: Cache, request: Request): Promise<Response> {
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const path = new URL(request.url).pathname
  if (request.mode === 'navigate') {
    try {
      const page = await fetch(request)
      // a new page names new files
      if (page.ok && page.headers.get('content-type')?.includes('html')) await cache.put(PAGE, page.clone())
      return page
    } catch (error) {
      const kept = await cache.match(PAGE)
      if (kept) return kept
      throw error
    }
  }
  const kept = await cache.match(request)
  // names under assets/ carry a hash of what is in them
  if (kept && path.startsWith('/assets/')) return kept
  return await keep(cache, request).catch((error: unknown) => {
    if (kept) return kept
    throw error
  })
}

worker.addEventListener('install', (event) => {
  ;(event as Extended).waitUntil(keepPage().then(() => worker.skipWaiting()))
})
worker.addEventListener('activate', (event) => {
  const clean = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
  ;(event as Extended).waitUntil(clean.then(() => worker.clients.claim()))
})
worker.addEventListener('fetch', (event) => {
  const { request } = event as Fetched
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api/')) return
  ;(event as Fetched).respondWith(answer(request))
})
