/** The process: its environment, which is read here and nowhere else, and the life of the service from listening to the last signal. */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Locale } from '../solver/index.ts'
import { DEFAULT_SECONDS } from './api.ts'
import { Refusal } from './errors.ts'

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
  /** Another port, which takes VROOM requests at /. */
  readonly vroomPort?: number | undefined
  /** Called once requests are answered. */
  readonly onListening: (port: number) => void
}

/** Returns when a signal has asked it to end and everything is closed. */
export async function runService({ locale, host, port, demo, vroomPort, onListening }: ServeOptions): Promise<void> {
  // loaded here, because `milkrun check` need not wait for a web server
  const [{ buildApp }, { buildVroomApp }, { addExampleDays, addHomeComplex }, { memoryStore }, { PROVIDERS }] =
    await Promise.all([
      import('./app.ts'),
      import('./routes/vroom.ts'),
      import('./demo.ts'),
      import('./store/memory.ts'),
      import('./travel/index.ts'),
    ])
  const store = memoryStore()
  const { app, service } = await buildApp({
    store,
    provider: PROVIDERS[0]!,
    host,
    // one core is kept for answering
    concurrency: Math.max(1, Math.min(2, availableParallelism() - 1)),
    webFolder: fileURLToPath(new URL('../dist/web', import.meta.url)),
    logger: { level: 'warn', stream: process.stderr },
  })
  const vroom =
    vroomPort === undefined ? undefined : await buildVroomApp({ provider: service.provider, crew: service.vroom, host })
  const signal = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  try {
    const complex = await addHomeComplex(store)
    const days = await addExampleDays(store, complex, locale)
    await app.listen({ host, port }).catch((error: unknown) => {
      throw listenRefusal(error, host, port)
    })
    await vroom?.listen({ host, port: vroomPort! }).catch((error: unknown) => {
      throw listenRefusal(error, host, vroomPort!)
    })
    const bound = app.server.address()
    onListening(typeof bound === 'object' && bound ? bound.port : port)
    // a newcomer finds a plan on the first day
    if (demo && days[0])
      await service.jobs.submit(days[0], { seconds: DEFAULT_SECONDS, boundSeconds: 2 * DEFAULT_SECONDS }, locale)
    await signal
  } finally {
    await vroom?.close()
    await app.close()
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
