/** The process: its environment, which is read here and nowhere else, and the life of the service from listening to the last signal. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locale } from '../solver/index.ts'
import type { Accounts } from './accounts/accounts.ts'
import { DEFAULT_SECONDS, type RoleGiven } from './api.ts'
import { Refusal } from './errors.ts'
import { isLoopback } from './loopback.ts'
import { SECRETS_IN_LOGS } from './secretsInLogs.ts'
import type { NewMember } from './store/accounts.ts'
import type { Database } from './store/database.ts'
import type { Scope } from './store/store.ts'

/** In the folder where the program was started. */
const DEFAULT_DATA = 'data'
export const DEFAULT_PORT = 8080

export interface Environment {
  readonly locale: Locale
}

/** POSIX: LC_ALL over LC_MESSAGES over LANG. English only for those who ask for it. */
export function readEnvironment(): Environment {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return { locale: /^en/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'en' : 'ko' }
}

export interface ServeOptions {
  readonly locale: Locale
  readonly host: string
  readonly port: number
  readonly demo: boolean
  /** Called once requests are answered. `setup`: where the first administrator sets a password, while there is none. */
  readonly onListening: (port: number, setup: string | undefined) => void
}

/** Returns when a signal has asked it to end and everything is closed. */
export async function runService({ locale, host, port, demo, onListening }: ServeOptions): Promise<void> {
  // loaded here, because `milkrun check` need not wait for a web server
  const [
    { buildApp },
    { addExampleDays, addHomeComplex },
    { openDatabase },
    { createStore },
    { filesIn },
    { PROVIDERS },
  ] = await Promise.all([
    import('./app.ts'),
    import('./demo.ts'),
    import('./store/database.ts'),
    import('./store/index.ts'),
    import('./store/confirmedFiles.ts'),
    import('./travel/index.ts'),
  ])
  const { DATABASE_URL, MILKRUN_DATA = DEFAULT_DATA, MILKRUN_URL, MILKRUN_TRUSTED_PROXY } = process.env
  const withAccounts = needsAccounts(host)
  const database = await openDatabase(
    DATABASE_URL ? { kind: 'server', url: DATABASE_URL } : { kind: 'folder', path: MILKRUN_DATA },
  )
  const accounts = withAccounts ? await openAccounts(database) : undefined
  const store = createStore(database, filesIn(join(MILKRUN_DATA, 'confirmed')))
  const { app, service } = await buildApp({
    store,
    provider: PROVIDERS[0]!,
    accounts,
    host,
    url: MILKRUN_URL || undefined,
    trustedProxies: MILKRUN_TRUSTED_PROXY?.split(',')
      .map((address) => address.trim())
      .filter(Boolean),
    // one core is kept for answering
    concurrency: Math.max(1, Math.min(2, availableParallelism() - 1)),
    webFolder: fileURLToPath(new URL('../dist/web', import.meta.url)),
    logger: { level: 'warn', stream: process.stderr, redact: SECRETS_IN_LOGS },
  })
  const signal = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  try {
    const system = store.as({ actor: 'system', complexes: 'all' })
    const complex = await addHomeComplex(system)
    // once: what the coordinator has changed since is not to be undone by a restart
    if (complex.days.length === 0) await addExampleDays(system, complex, locale)
    const days = (await addHomeComplex(system)).days
    await app.listen({ host, port }).catch((error: unknown) => {
      throw listenRefusal(error, host, port)
    })
    const bound = app.server.address()
    const boundPort = typeof bound === 'object' && bound ? bound.port : port
    const setup = await accounts?.firstAdministratorLink()
    onListening(boundPort, setup && linkTo(setup, host, boundPort))
    // a newcomer finds a plan on the first day
    const first = days[0]?.problem
    if (demo && first !== undefined && (await system.plans.newestOf(first)) === undefined)
      await service.jobs.submit(system, first, { seconds: DEFAULT_SECONDS, boundSeconds: 2 * DEFAULT_SECONDS }, locale)
    await signal
  } finally {
    await app.close()
    await database.close()
  }
}

/** Beyond this computer always; on it where they are asked for. */
function needsAccounts(host: string): boolean {
  const { MILKRUN_ACCOUNTS = '' } = process.env
  if (!['', 'on', 'off'].includes(MILKRUN_ACCOUNTS)) {
    throw new Refusal(400, 'accounts.unknown', {
      ko: `MILKRUN_ACCOUNTS=${MILKRUN_ACCOUNTS}: on 또는 off 를 쓰세요.`,
      en: `MILKRUN_ACCOUNTS=${MILKRUN_ACCOUNTS}: give on or off.`,
    })
  }
  if (isLoopback(host)) return MILKRUN_ACCOUNTS === 'on'
  if (MILKRUN_ACCOUNTS !== 'off') return true
  throw new Refusal(400, 'accounts.needed', {
    ko: `${host} 은(는) 다른 컴퓨터에서도 닿는 주소라 계정이 필요합니다. MILKRUN_ACCOUNTS=off 를 빼거나 --host 127.0.0.1 로 여세요.`,
    en: `Others can reach ${host}, so accounts are needed. Leave out MILKRUN_ACCOUNTS=off, or open on --host 127.0.0.1.`,
  })
}

async function openAccounts(database: Database): Promise<Accounts> {
  const [{ createAccounts }, { secretFor }] = await Promise.all([
    import('./accounts/accounts.ts'),
    import('./accounts/secret.ts'),
  ])
  const { MILKRUN_DATA = DEFAULT_DATA, MILKRUN_SECRET, MILKRUN_URL } = process.env
  try {
    const secret = await secretFor(MILKRUN_DATA, MILKRUN_SECRET || undefined)
    return createAccounts(database, { secret, url: MILKRUN_URL || undefined })
  } catch (error) {
    await database.close()
    throw error
  }
}

/** In the part of the address that no browser sends and no log keeps. */
const linkTo = (token: string, host: string, port: number): string => {
  const { MILKRUN_URL } = process.env
  const named = host.includes(':') ? `[${host}]` : host
  const base =
    MILKRUN_URL?.replace(/\/+$/, '') ||
    `http://${named === '0.0.0.0' || named === '[::]' ? 'localhost' : named}:${port}`
  return `${base}/#link/${token}`
}

export interface AccountDesk {
  readonly accounts: Accounts
  readonly scope: Scope
  readonly linkTo: (token: string) => string
  readonly readMember: (given: RoleGiven, locale: Locale) => Promise<NewMember>
}

/** For the command line: the accounts of this data, while nobody else holds its folder. */
export async function withAccounts(use: (desk: AccountDesk) => Promise<void>): Promise<void> {
  const [{ openDatabase }, { createStore }, { addHomeComplex }, { readMember }] = await Promise.all([
    import('./store/database.ts'),
    import('./store/index.ts'),
    import('./demo.ts'),
    import('./routes/readMember.ts'),
  ])
  const { DATABASE_URL, MILKRUN_DATA = DEFAULT_DATA } = process.env
  const database = await openDatabase(
    DATABASE_URL ? { kind: 'server', url: DATABASE_URL } : { kind: 'folder', path: MILKRUN_DATA },
  )
  const accounts = await openAccounts(database)
  try {
    const scope: Scope = { actor: 'local', complexes: 'all' }
    const store = createStore(database).as(scope)
    await addHomeComplex(store)
    await use({
      accounts,
      scope,
      linkTo: (token) => linkTo(token, 'localhost', DEFAULT_PORT),
      readMember: async (given, locale) => await readMember(store, given, locale),
    })
  } finally {
    await database.close()
  }
}

function listenRefusal(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new Refusal(503, 'port.taken', {
      ko: `${port} 포트를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끝내거나 --port ${port + 1} 처럼 다른 번호로 시작하세요.`,
      en: `Port ${port} is taken by another program. End that program, or start with another number, such as --port ${port + 1}.`,
    })
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Refusal(503, 'address.refused', {
      ko: `${host}:${port} 에서 시작할 수 없습니다 (${String(code)}). 이 컴퓨터의 주소와 1024 이상의 포트를 쓰세요.`,
      en: `Cannot listen on ${host}:${port} (${String(code)}). Use an address of this computer and a port of 1024 or more.`,
    })
  }
  return error
}
