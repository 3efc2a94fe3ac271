/** The process: its environment, which is read here and nowhere else, and the life of the service from listening to the last signal. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Locale, VERSION } from '../solver/index.ts'
import type { Accounts } from './accounts/accounts.ts'
import { DEFAULT_SECONDS, type Job, type Month, type RoleGiven } from './api.ts'
import { Refusal } from './errors.ts'
import type { Geocoder } from './geocode/geocoder.ts'
import { isLoopback } from './loopback.ts'
import { SECRETS_IN_LOGS } from './secretsInLogs.ts'
import type { NewMember } from './store/accounts.ts'
import type { Address, Database } from './store/database.ts'
import type { Nouns, PageOf, Scope } from './store/store.ts'
import type { TravelProvider } from './travel/provider.ts'
import type { RoadsChoice } from './travel/sources.ts'

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

/** Where the data lives: a PostgreSQL server if one is named, else a folder; confirmed plans always are files in a folder. */
export function readPlace(): {
  readonly address: Exclude<Address, { kind: 'memory' }>
  readonly confirmed: string
  /** What `roads build` leaves, where it is not told otherwise. */
  readonly roads: string
} {
  const { DATABASE_URL, MILKRUN_DATA = DEFAULT_DATA } = process.env
  return {
    address: DATABASE_URL ? { kind: 'server', url: DATABASE_URL } : { kind: 'folder', path: MILKRUN_DATA },
    confirmed: join(MILKRUN_DATA, 'confirmed'),
    roads: join(MILKRUN_DATA, 'roads'),
  }
}

/** The roads of an option, else those of the environment, else those that were built. */
export function readRoads(roads: string | undefined, fallback: string | undefined): RoadsChoice {
  const { MILKRUN_ROADS, MILKRUN_ROADS_FALLBACK } = process.env
  return {
    roads: (roads ?? MILKRUN_ROADS) || undefined,
    folder: readPlace().roads,
    fallback: (fallback ?? MILKRUN_ROADS_FALLBACK) || undefined,
  }
}

/** A worker that was not heard of for so long is taken for dead; the queue takes no less than 10. */
const readHeartbeat = (): { readonly heartbeatS?: number } => {
  const seconds = Number(process.env.MILKRUN_HEARTBEAT_S)
  return Number.isInteger(seconds) && seconds >= 10 ? { heartbeatS: seconds } : {}
}

const askedToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })

export interface ServeOptions {
  readonly locale: Locale
  readonly host: string
  readonly port: number
  readonly demo: boolean
  /** Searches at a time in this process; 0: `milkrun worker` does them; default: as many as leave a core for answering. */
  readonly workers: number | undefined
  /** Another port, which takes VROOM requests at /. */
  readonly vroomPort: number | undefined
  readonly provider: TravelProvider
  /** Streets under the map: a PMTiles file or an address of one. */
  readonly tiles: string | undefined
  /** Called once requests are answered. `setup`: where the first administrator sets a password, while there is none. */
  readonly onListening: (port: number, setup: string | undefined) => void
  readonly note: (line: string) => void
}

/** Returns when a signal has asked it to end and everything is closed. */
export async function runService(options: ServeOptions): Promise<void> {
  const { locale, host, port, demo, workers, vroomPort, provider, tiles, onListening, note } = options
  const level = readLogLevel()
  // loaded here, because `milkrun check` need not wait for a web server
  const [
    { buildApp },
    { buildVroomApp },
    { addExampleDays, addHomeComplex },
    { openDatabase },
    { writeOwner },
    { createStore },
    { filesIn },
    { describeRecovered, recoverConfirmed },
    { createMetrics },
    { openDeliveries },
    { startDelivering },
    { readStreetTiles },
  ] = await Promise.all([
    import('./app.ts'),
    import('./routes/vroom.ts'),
    import('./demo.ts'),
    import('./store/database.ts'),
    import('./store/folderLock.ts'),
    import('./store/index.ts'),
    import('./store/confirmedFiles.ts'),
    import('./store/recover.ts'),
    import('./metrics.ts'),
    import('./store/deliveries.ts'),
    import('./webhooks/deliver.ts'),
    import('./streets.ts'),
  ])
  const { MILKRUN_REQUESTS_PER_MINUTE, MILKRUN_URL, MILKRUN_TRUSTED_PROXY, MILKRUN_TILES } = process.env
  const streets = await readStreetTiles(tiles ?? (MILKRUN_TILES || undefined))
  const needed = needsAccounts(host)
  const { address, confirmed } = readPlace()
  if (address.kind === 'folder' && workers === 0) throw needsServer('serve --workers 0')
  const metrics = createMetrics({ process: true })
  const database = await openDatabase(address, { observe: metrics.queried })
  const accounts = needed ? await openAccounts(database) : undefined
  const linkSecret = await readSecret(database)
  const files = filesIn(confirmed)
  const store = createStore(database, files)
  const recovered = await recoverConfirmed(database.db, files, { mend: database.embedded !== undefined })
  for (const line of describeRecovered(recovered)) note(line[locale])
  const { app, service } = await buildApp({
    store,
    database,
    provider,
    geocoders: await readGeocoders(),
    accounts,
    host,
    url: MILKRUN_URL || undefined,
    linkSecret,
    streets,
    trustedProxies: MILKRUN_TRUSTED_PROXY?.split(',')
      .map((address) => address.trim())
      .filter(Boolean),
    // one core is kept for answering
    concurrency: workers ?? Math.max(1, Math.min(2, availableParallelism() - 1)),
    ...readHeartbeat(),
    ...(MILKRUN_REQUESTS_PER_MINUTE && { limits: { requestsPerMinute: Number(MILKRUN_REQUESTS_PER_MINUTE) } }),
    webFolder: fileURLToPath(new URL('../dist/web', import.meta.url)),
    logger: { level, stream: process.stderr, redact: SECRETS_IN_LOGS },
    metrics,
  })
  const vroom =
    vroomPort === undefined
      ? undefined
      : await buildVroomApp({ provider: service.provider, crew: service.vroom, host, store, accounts })
  const signal = askedToEnd()
  let stopDelivering = async () => {}
  try {
    const logError = (err: unknown) => app.log.error({ err }, 'webhooks')
    const now = () => new Date()
    stopDelivering = await startDelivering(await openDeliveries(database, { now, logError }), {
      now,
      logError,
      logDisabled: (webhook) => app.log.warn({ webhook }, 'a webhook took nothing for three days and was disabled'),
      timeoutMs: 10_000,
      mayCallInside: isLoopback(host) && !accounts,
    })
    const system = store.as({ actor: 'system', complexes: 'all' })
    const complex = await addHomeComplex(system)
    // once: what the coordinator has changed since is not to be undone by a restart
    if (complex.days.length === 0) await addExampleDays(system, complex, locale)
    const days = (await addHomeComplex(system)).days
    await app.listen({ host, port }).catch((error: unknown) => {
      throw listenRefusal(error, host, port)
    })
    await vroom?.listen({ host, port: vroomPort! }).catch((error: unknown) => {
      throw listenRefusal(error, host, vroomPort!)
    })
    const bound = app.server.address()
    const boundPort = typeof bound === 'object' && bound ? bound.port : port
    const complexes = (await system.complexes.list()).length
    app.log.info({ version: VERSION, host, port: boundPort, store: address.kind, complexes }, 'serving')
    if (address.kind === 'folder') await writeOwner(address.path, { pid: process.pid, url: urlOf(host, boundPort) })
    const setup = await accounts?.firstAdministratorLink()
    onListening(boundPort, setup && linkTo(setup, host, boundPort))
    // a newcomer finds a plan on the first day
    const first = days[0]?.problem
    if (demo && first !== undefined && (await system.plans.newestOf(first)) === undefined)
      await service.jobs.submit(system, first, { seconds: DEFAULT_SECONDS, boundSeconds: 2 * DEFAULT_SECONDS }, locale)
    await signal
  } finally {
    await vroom?.close()
    await app.close()
    await stopDelivering()
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
  const { createAccounts } = await import('./accounts/accounts.ts')
  const { MILKRUN_URL } = process.env
  return createAccounts(database, { secret: await readSecret(database), url: MILKRUN_URL || undefined })
}

/** Signs cookies and the links of drivers, with accounts or without. */
async function readSecret(database: Database): Promise<string> {
  const { secretFor } = await import('./accounts/secret.ts')
  const { MILKRUN_DATA = DEFAULT_DATA, MILKRUN_SECRET } = process.env
  try {
    return await secretFor(MILKRUN_DATA, MILKRUN_SECRET || undefined)
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
  const database = await openDatabase(readPlace().address)
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

/** Services that are asked where addresses are, where somebody has a key for them. */
export async function readGeocoders(): Promise<readonly Geocoder[]> {
  const { geocodersFor } = await import('./geocode/index.ts')
  const { MILKRUN_KAKAO_KEY, MILKRUN_VWORLD_KEY } = process.env
  return geocodersFor({ kakao: MILKRUN_KAKAO_KEY?.trim(), vworld: MILKRUN_VWORLD_KEY?.trim() })
}

/** For the command line: what this data holds, while nobody else holds its folder. */
export async function withStore<T>(use: (store: Nouns) => Promise<T>): Promise<T> {
  const [{ openDatabase }, { createStore }, { addHomeComplex }] = await Promise.all([
    import('./store/database.ts'),
    import('./store/index.ts'),
    import('./demo.ts'),
  ])
  const database = await openDatabase(readPlace().address)
  try {
    const store = createStore(database).as({ actor: 'local', complexes: 'all' })
    await addHomeComplex(store)
    return await use(store)
  } finally {
    await database.close()
  }
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** A person at a terminal is told of faults only. */
function readLogLevel(): string {
  const { MILKRUN_LOG = process.stderr.isTTY ? 'warn' : 'info' } = process.env
  if (LOG_LEVELS.includes(MILKRUN_LOG)) return MILKRUN_LOG
  throw new Refusal(400, 'environment.log', {
    ko: `MILKRUN_LOG 는 ${LOG_LEVELS.join(', ')} 가운데 하나입니다.`,
    en: `MILKRUN_LOG is one of ${LOG_LEVELS.join(', ')}.`,
  })
}

/** An address that listens everywhere is reached here by that of this computer. */
export const urlOf = (host: string, port: number): string => {
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`
}
export interface WorkerOptions {
  /** Searches at a time; default: one a core. */
  readonly concurrency: number | undefined
  readonly provider: TravelProvider
  readonly note: (line: string) => void
  readonly onReady: (concurrency: number) => void
}

/** Works on jobs of the server's database until a signal asks it to end; what it has begun, another worker goes on with. */
export async function runWorker({
  concurrency = availableParallelism(),
  provider,
  note,
  onReady,
}: WorkerOptions): Promise<void> {
  const { address } = readPlace()
  if (address.kind === 'folder') throw needsServer('worker')
  const [{ openWork }, { openDatabase }, { createStore }, { travelFrom }] = await Promise.all([
    import('./jobs/work.ts'),
    import('./store/database.ts'),
    import('./store/index.ts'),
    import('./travel/travelOf.ts'),
  ])
  const signal = askedToEnd()
  const database = await openDatabase(address)
  const describe = (error: unknown) => (error instanceof Error ? error.message : String(error))
  try {
    const store = createStore(database)
    const work = await openWork({
      store,
      database,
      travelOf: travelFrom(provider, store.travelCells),
      concurrency,
      ...readHeartbeat(),
      logBug: (error, { id }) => note(`job ${id}: ${error instanceof Error ? error.stack : String(error)}`),
      logStudyBug: (error, study) => note(`study ${study}: ${error instanceof Error ? error.stack : String(error)}`),
      logError: (error) => note(`${describe(error)}`),
    })
    onReady(concurrency)
    await signal
    await work.close()
  } finally {
    await database.close()
  }
}

/** Reads the jobs of the database of this place. */
export async function listJobs(state: Job['state'] | undefined, limit: number): Promise<PageOf<Job>> {
  const [{ openDatabase }, { createStore }] = await Promise.all([
    import('./store/database.ts'),
    import('./store/index.ts'),
  ])
  const database = await openDatabase(readPlace().address)
  try {
    const store = createStore(database).as({ actor: 'system', complexes: 'all' })
    return await store.jobs.list({ limit, ...(state && { state }) })
  } finally {
    await database.close()
  }
}

/** A month of the database of this place, once every day of it has been worked out. */
export async function settleMonth(complex: string, month: string, provider: TravelProvider): Promise<Month> {
  const [
    { openDatabase },
    { createStore },
    { createComparisons },
    { createSettling },
    { travelFrom },
    { cachedProvider },
  ] = await Promise.all([
    import('./store/database.ts'),
    import('./store/index.ts'),
    import('./jobs/comparisons.ts'),
    import('./jobs/settle.ts'),
    import('./travel/travelOf.ts'),
    import('./travel/cached.ts'),
  ])
  const database = await openDatabase(readPlace().address)
  try {
    const store = createStore(database)
    const travelOf = travelFrom(cachedProvider(provider, store.travelCells))
    const comparisons = createComparisons(travelOf)
    const failed: unknown[] = []
    const settling = createSettling(comparisons, travelOf, (error) => failed.push(error))
    const nouns = store.as({ actor: 'system', complexes: 'all' })
    try {
      await settling.month(nouns, complex, month)
      await settling.settled()
      if (failed.length > 0) throw failed[0]
      return await settling.month(nouns, complex, month)
    } finally {
      await Promise.all([settling.close(), comparisons.close()])
    }
  } finally {
    await database.close()
  }
}

const needsServer = (what: string): Refusal =>
  new Refusal(400, 'worker.folder', {
    ko: `${what}: 데이터 폴더는 한 프로세스만 쓸 수 있습니다. 여러 작업자를 쓰려면 DATABASE_URL 에 PostgreSQL 주소를 적으세요.`,
    en: `${what}: a data folder belongs to one process. For workers of their own, name a PostgreSQL server in DATABASE_URL.`,
  })

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
