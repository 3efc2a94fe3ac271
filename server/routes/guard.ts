/** The door of every route: who asks, whether they may, and what of the store they are given. What may be done by whom: access.ts. */
import type { onRequestAsyncHookHandler } from 'fastify'
import { ACTIONS, type Action, actorOf, decide, type Member, type Principal } from '../access.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { Refusal } from '../errors.ts'
import type { Nouns, Store } from '../store/store.ts'
import type { App } from './service.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What who asks may see of the store. */
    store: Nouns
    principal: Principal
    /** The roles of who asks that allow this route. */
    members: readonly Member[]
  }
  interface FastifyContextConfig {
    /** What the route does, see access.ts. Every route says so. */
    access?: Action
  }
}

/** Where the files of the page are: the same for everybody. */
const PAGE_FILES = '/*'
/** A page of another site cannot send it: the browser would ask here first, and is not answered. */
const OWN_HEADER = 'x-milkrun'
/** What a page calls itself, so that it is not told of its own changes. */
const PAGE_HEADER = 'x-milkrun-page'

/** Before any route is added. `accounts`: undefined where whoever reaches this computer may everything. */
export function guard(app: App, store: Store, accounts: Accounts | undefined): void {
  app.decorateRequest('store')
  app.decorateRequest('principal')
  app.decorateRequest('members')
  app.addHook('onRoute', ({ url, method, config }) => {
    if (url === PAGE_FILES || (config?.access !== undefined && Object.hasOwn(ACTIONS, config.access))) return
    throw new Error(`${[method].flat().join(', ')} ${url} does not say who may use it: config.access, see access.ts`)
  })
  app.addHook('onRequest', letIn(store, accounts))
}

const letIn =
  (store: Store, accounts: Accounts | undefined): onRequestAsyncHookHandler =>
  async (request, reply) => {
    const { cookie, authorization } = request.headers
    const action = request.is404 ? undefined : request.routeOptions.config.access
    const known = accounts && action !== undefined && !isAsset(action)
    const { principal, cookies } = known
      ? await accounts.identify({ cookie, authorization })
      : { principal: { kind: accounts ? 'nobody' : 'local' } as Principal, cookies: [] }
    if (cookies.length > 0) reply.header('set-cookie', overHttps(cookies, request.protocol))
    if (accounts) reply.header('cache-control', 'private, no-cache').header('vary', 'cookie, authorization')

    request.principal = principal
    const verdict = decide(principal, action ?? 'service.see')
    const complexes = verdict.kind === 'may' ? verdict.complexes : []
    request.members = verdict.kind === 'may' ? verdict.members : []
    const page = request.headers[PAGE_HEADER]
    request.store = store.as({
      actor: actorOf(principal),
      complexes,
      request: request.id,
      ...(typeof page === 'string' && /^[\w-]{1,40}$/.test(page) && { page }),
    })
    if (verdict.kind === 'signIn') throw signInFirst(authorization !== undefined)
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (accounts && action && !reads && principal.kind !== 'key' && !request.headers[OWN_HEADER]) throw withoutHeader()
    if (verdict.kind === 'mayNot') throw mayNot()
  }

/** What is the same for everybody need not know who asks. */
const isAsset = (action: Action): boolean => action === 'service.see'

/** Behind a proxy that is trusted, the request itself says that it came over https. */
export const overHttps = (cookies: readonly string[], protocol: string): string[] =>
  cookies.map((cookie) => (protocol === 'https' && !/; secure/i.test(cookie) ? `${cookie}; Secure` : cookie))

const signInFirst = (withKey: boolean): Refusal =>
  withKey
    ? new Refusal(401, 'key.refused', {
        ko: '이 키는 쓸 수 없습니다. 폐기되었거나 기한이 지났거나 잘못 적혔습니다. 관리자에게 새 키를 받으세요.',
        en: 'This key cannot be used: it was revoked, is too old, or is misspelt. Ask the administrator for a new one.',
      })
    : new Refusal(401, 'session.none', {
        ko: '로그인해야 볼 수 있습니다. 로그인한 뒤 다시 시도하세요.',
        en: 'Sign in to see this, then try again.',
      })

export const mayNot = (): Refusal =>
  new Refusal(403, 'access.mayNot', {
    ko: '이 계정의 역할로는 할 수 없는 일입니다. 필요하면 관리자에게 역할을 요청하세요.',
    en: 'The role of this account does not include this. Ask the administrator for it if you need it.',
  })

const withoutHeader = (): Refusal =>
  new Refusal(403, 'request.foreignPage', {
    ko: `다른 사이트의 페이지에서 보낸 요청은 받지 않습니다. 프로그램에서 보낸다면 ${OWN_HEADER}: 1 머리글을 붙이거나 키를 쓰세요.`,
    en: `Requests from pages of other sites are refused. A program adds the header ${OWN_HEADER}: 1, or uses a key.`,
  })
