/** The process: its environment, which is read here and nowhere else, and the life of the service from listening to the last signal. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Locale, VERSION } from '../solver/index.ts'
import { DEFAULT_SECONDS } from './api.ts'
import { Refusal } from './errors.ts'
import { isLoopback } from './loopback.ts'

/** In the folder where the program was started. */
const DEFAULT_DATA = 'data'

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
  /** Called once requests are answered. */
  readonly onListening: (port: number) => void
  readonly note: (line: string) => void
}

/** Returns when a signal has asked it to end and everything is closed. */
export async function runService({ locale, host, port, demo, onListening, note }: ServeOptions): Promise<void> {
  const level = readLogLevel()
  // loaded here, because `milkrun check` need not wait for a web server
  const [
    { buildApp },
    { addExampleDays, addHomeComplex },
    { openDatabase },
    { createStore },
    { filesIn },
    { describeRecovered, recoverConfirmed },
    { createMetrics },
    { openDeliveries },
    { startDelivering },
    { PROVIDERS },
  ] = await Promise.all([
    import('./app.ts'),
    import('./demo.ts'),
    import('./store/database.ts'),
    import('./store/index.ts'),
    import('./store/confirmedFiles.ts'),
    import('./store/recover.ts'),
    import('./metrics.ts'),
    import('./store/deliveries.ts'),
    import('./webhooks/deliver.ts'),
    import('./travel/index.ts'),
  ])
  const { DATABASE_URL, MILKRUN_DATA = DEFAULT_DATA, MILKRUN_REQUESTS_PER_MINUTE } = process.env
  const metrics = createMetrics({ process: true })
  const database = await openDatabase(
    DATABASE_URL ? { kind: 'server', url: DATABASE_URL } : { kind: 'folder', path: MILKRUN_DATA },
    metrics.queried,
  )
  const files = filesIn(join(MILKRUN_DATA, 'confirmed'))
  const store = createStore(database, files)
  const recovered = await recoverConfirmed(database.db, files, { mend: database.embedded !== undefined })
  for (const line of describeRecovered(recovered)) note(line[locale])
  const { app, service } = await buildApp({
    store,
    provider: PROVIDERS[0]!,
    host,
    // one core is kept for answering
    concurrency: Math.max(1, Math.min(2, availableParallelism() - 1)),
    ...(MILKRUN_REQUESTS_PER_MINUTE && { limits: { requestsPerMinute: Number(MILKRUN_REQUESTS_PER_MINUTE) } }),
    webFolder: fileURLToPath(new URL('../dist/web', import.meta.url)),
    logger: { level, stream: process.stderr },
    metrics,
  })
  const signal = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  let stopDelivering = async () => {}
  try {
    const logError = (err: unknown) => app.log.error({ err }, 'webhooks')
    const now = () => new Date()
    stopDelivering = await startDelivering(await openDeliveries(database, { now, logError }), {
      now,
      logError,
      logDisabled: (webhook) => app.log.warn({ webhook }, 'a webhook took nothing for three days and was disabled'),
      timeoutMs: 10_000,
      mayCallInside: isLoopback(host),
    })
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
    const complexes = (await system.complexes.list()).length
    const serves = { version: VERSION, host, port: boundPort, store: DATABASE_URL ? 'server' : 'folder', complexes }
    app.log.info(serves, 'serving')
    onListening(boundPort)
    // a newcomer finds a plan on the first day
    const first = days[0]?.problem
    if (demo && first !== undefined && (await system.plans.newestOf(first)) === undefined)
      await service.jobs.submit(system, first, { seconds: DEFAULT_SECONDS, boundSeconds: 2 * DEFAULT_SECONDS }, locale)
    await signal
  } finally {
    await app.close()
    await stopDelivering()
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
