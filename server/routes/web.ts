/** What a browser needs beside the API: the page itself, what it may load, and safety from pages of other sites. */
import type { FastifyHelmetOptions } from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import type { App } from './service.ts'

export const helmetOptions: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      // Mantine writes its variables into a style element
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      // MapLibre's worker
      workerSrc: ["'self'", 'blob:'],
      childSrc: ["'self'", 'blob:'],
      fontSrc: ["'self'", 'data:'],
      frameAncestors: ["'none'"],
      // the service speaks plain http on loopback
      upgradeInsecureRequests: null,
    },
  },
  strictTransportSecurity: false,
}

/** There are no accounts, so a page of another site must not change anything through the browser of someone who runs this. */
export async function refuseForeignPages(request: FastifyRequest): Promise<void> {
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (reads || request.headers['sec-fetch-site'] !== 'cross-site') return
  throw new Refusal(403, 'request.foreignPage', {
    ko: '다른 사이트의 페이지에서 보낸 요청은 받지 않습니다. milkrun 화면에서 다시 시도하세요.',
    en: 'Requests from pages of other sites are refused. Use the page of milkrun itself.',
  })
}

/** `folder`: the built page, or undefined where it has not been built. Addresses inside the page all answer with the page. */
export async function webRoutes(app: App, folder: string | undefined): Promise<void> {
  if (folder !== undefined) {
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

  app.setNotFoundHandler(async (request, reply): Promise<FastifyReply> => {
    const path = request.url.split('?')[0]!
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    const isPage = !path.startsWith('/api/') && !/\.\w+$/.test(path)
    if (wantsPage && isPage && folder !== undefined) return reply.sendFile('index.html')
    if (wantsPage && isPage) {
      throw new Refusal(404, 'web.notBuilt', {
        ko: '화면이 아직 만들어지지 않았습니다. npm run build 를 실행한 뒤 서비스를 다시 시작하세요. API는 /api 아래에서 쓸 수 있습니다.',
        en: 'The page has not been built. Run npm run build and start the service again. The API works under /api.',
      })
    }
    throw new Refusal(404, 'route.unknown', {
      ko: `${request.method} ${path.slice(0, 120)} 주소는 없습니다. 쓸 수 있는 주소는 /api/openapi.json 에 있습니다.`,
      en: `There is nothing at ${request.method} ${path.slice(0, 120)}. The addresses there are: /api/openapi.json.`,
    })
  })
}
