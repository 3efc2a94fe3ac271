/** What a browser needs beside the API: the page itself, what it may load, and safety from pages of other sites. */
import type { FastifyHelmetOptions } from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { Refusal } from '../errors.ts'
import { isLoopback } from '../loopback.ts'
import type { App } from './service.ts'

/** `url`: what people open, where it is known. `tilesFrom`: where else than here the map reads streets. */
export const helmetOptions = (url: string | undefined, tilesFrom?: string): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      connectSrc: ["'self'", ...(tilesFrom ? [tilesFrom] : [])],
      // Mantine writes its variables into a style element
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      // MapLibre's worker
      workerSrc: ["'self'", 'blob:'],
      childSrc: ["'self'", 'blob:'],
      fontSrc: ["'self'", 'data:'],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // plain http on loopback and in an office without certificates
  strictTransportSecurity: url?.startsWith('https://') ? { maxAge: 31_536_000 } : false,
  referrerPolicy: { policy: 'no-referrer' },
})

/** Of `host:port` or an origin; none: it is neither. */
function hostNameOf(address: string): string | undefined {
  const url = address.includes('://') ? address : `http://${address}`
  return URL.canParse(url) ? new URL(url).hostname : undefined
}

/**
 * A page of another site must not read or change anything through the browser of someone who runs this or is signed in.
 * Open on loopback only, the service answers to no other name but that of `url`: a foreign name that points here is an attack (DNS rebinding).
 */
export const refuseForeign =
  (boundHost: string, url: string | undefined): onRequestAsyncHookHandler =>
  async (request) => {
    const { host, origin } = request.headers
    const ownName = hostNameOf(url ?? '')
    const named = hostNameOf(host ?? '')
    if (
      isLoopback(boundHost) &&
      host !== undefined &&
      !isLoopback(named ?? '') &&
      (named === undefined || named !== ownName)
    ) {
      throw new Refusal(403, 'request.foreignHost', {
        ko: '이 서비스는 이 컴퓨터의 주소로만 열려 있습니다. http://127.0.0.1 또는 http://localhost 로 여세요.',
        en: 'The service is open under the address of this computer only. Use http://127.0.0.1 or http://localhost.',
      })
    }
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (!reads && isForeignPage(request, boundHost, url, origin)) throw foreignPage()
  }

function isForeignPage(
  { headers, host }: FastifyRequest,
  boundHost: string,
  url: string | undefined,
  origin: string | undefined,
): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return true
  if (origin === undefined) return false
  if (url !== undefined && URL.canParse(url) && origin === new URL(url).origin) return false
  const name = hostNameOf(origin)
  // the development server of the page has another port of this computer
  return name === undefined || !(isLoopback(boundHost) ? isLoopback(name) : origin.split('://')[1] === host)
}

const foreignPage = (): Refusal =>
  new Refusal(403, 'request.foreignPage', {
    ko: '다른 사이트의 페이지에서 보낸 요청은 받지 않습니다. milkrun 화면에서 다시 시도하세요.',
    en: 'Requests from pages of other sites are refused. Use the page of milkrun itself.',
  })

/** The methods there are at a path. To be asked for before the routes are added: fastify itself does not tell. */
export function collectMethods(app: App): (path: string) => readonly string[] {
  const known: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    known.push({ pattern: new RegExp(`^${url.replaceAll(/:[^/]+/g, '[^/]+')}$`), methods: [method].flat() })
  })
  return (path) => [...new Set(known.flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : [])))]
}

/** `folder`: the built page, or undefined where it has not been built. Addresses inside the page all answer with the page. */
export async function webRoutes(
  app: App,
  folder: string | undefined,
  methodsOf: ReturnType<typeof collectMethods>,
): Promise<void> {
  if (folder !== undefined) {
    // files cost nothing, and a page of which one script was refused stays blank
    app.addHook('onRoute', (route) => {
      if (route.url === '/*')
        route.config = { ...route.config, pressureHandler: () => undefined } as NonNullable<typeof route.config>
    })
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // the build puts a hash of the content into the names under assets/
        const hashed = /[\\/]assets[\\/]/.test(path)
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }

  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply): Promise<FastifyReply> => {
    const path = request.url.split('?')[0]!
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    // the page of drivers is a page of its own; what stands behind the # goes along
    if (wantsPage && path === '/drive') return reply.redirect('/drive/')
    const isPage = !path.startsWith('/api/') && !/\.\w+$/.test(path)
    if (wantsPage && isPage && folder !== undefined) return reply.sendFile('index.html')
    if (wantsPage && isPage) {
      throw new Refusal(404, 'web.notBuilt', {
        ko: '화면이 아직 만들어지지 않았습니다. npm run build 를 실행한 뒤 서비스를 다시 시작하세요. API는 /api 아래에서 쓸 수 있습니다.',
        en: 'The page has not been built. Run npm run build and start the service again. The API works under /api.',
      })
    }
    const methods = methodsOf(path)
    if (methods.length > 0) {
      const allow = methods.join(', ')
      reply.header('allow', allow)
      throw new Refusal(405, 'route.method', {
        ko: `${path.slice(0, 120)} 에는 ${request.method} 를 쓸 수 없습니다. 쓸 수 있는 것: ${allow}.`,
        en: `${request.method} is not possible at ${path.slice(0, 120)}. Possible: ${allow}.`,
      })
    }
    throw new Refusal(404, 'route.unknown', {
      ko: `${request.method} ${path.slice(0, 120)} 주소는 없습니다. 쓸 수 있는 주소는 /api/openapi.json 에 있습니다.`,
      en: `There is nothing at ${request.method} ${path.slice(0, 120)}. The addresses there are: /api/openapi.json.`,
    })
  })
}
