/**
 * Asking a road service on the net, so that planning never hangs on it and always learns what was wrong: every try has its
 * time, all tries of a request share one deadline, what another try can mend is tried again, and a service that keeps
 * failing is left alone for a while.
 */
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { VERSION } from '../../solver/index.ts'
import { Fault } from './fault.ts'
import { ProviderError, type RoadsState, type Words } from './provider.ts'

export interface Patience {
  /** Of one try. */
  readonly timeoutMs: number
  /** Of a request with all its questions and tries. */
  readonly deadlineMs: number
  /** After the first. */
  readonly retries: number
  /** Before the first retry, at most; doubled for each further one. The wait is a random part of it. */
  readonly backoffMs: number
  /** A service that asks for a longer rest than this is given up on. */
  readonly longestRestMs: number
  /** A table of 350 × 350 with times and metres is about 2 MB. */
  readonly maxBytes: number
  /** So many failed tries in a row open the circuit, … */
  readonly failuresToOpen: number
  /** … and for so long nothing is asked. */
  readonly openMs: number
}

const PATIENCE: Patience = {
  timeoutMs: 30_000,
  deadlineMs: 180_000,
  retries: 3,
  backoffMs: 500,
  longestRestMs: 20_000,
  maxBytes: 64 * 2 ** 20,
  failuresToOpen: 8,
  openMs: 15_000,
}

export interface ServiceOptions extends Partial<Patience> {
  readonly fetch?: typeof fetch
  readonly random?: () => number
}

export interface Question<S extends TSchema> {
  /** Appended to the address. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON by POST. */
  readonly body?: unknown
  readonly schema: S
  /** What an answer of 4xx means; unless told, that the service refuses the request. */
  readonly onRefusal?: (status: number, body: unknown) => Error
}

export type Ask = <S extends TSchema>(question: Question<S>) => Promise<Static<S>>

export interface RoadService {
  /** Kind and address, without credentials and keys. */
  readonly name: string
  state(): RoadsState
  /**
   * One request of a person: `what` names it in errors; its questions share a deadline, at which `over` is aborted. Throws ProviderError,
   * or why `signal` was aborted. Requests may nest: each has its deadline, and the outer one ends the inner.
   */
  request<T>(
    what: Words,
    signal: AbortSignal | undefined,
    run: (ask: Ask, over: AbortSignal) => Promise<T>,
    deadlineMs?: number,
  ): Promise<T>
}

/** The address as it may be shown: what stands before the @ and after the ? may be a secret. */
export const shownAddress = ({ protocol, host, pathname }: URL): string =>
  `${protocol}//${host}${pathname === '/' ? '' : pathname}`

export function openService(kind: string, address: URL, options: ServiceOptions = {}): RoadService {
  const { random = Math.random } = options
  const patience: Patience = { ...PATIENCE, ...options }
  const name = `${kind} ${shownAddress(address)}`
  let why: Words | undefined

  const backoff = new DelegateBackoff(({ attempt, result }: { attempt: number; result: object }) => {
    const error = 'error' in result ? result.error : undefined
    const restMs = error instanceof Fault ? error.restMs : undefined
    return restMs ?? Math.ceil(random() * patience.backoffMs * 2 ** (attempt - 1))
  })
  const trying = retry(
    handleWhen((error) => error instanceof Fault && error.again && (error.restMs ?? 0) <= patience.longestRestMs),
    { maxAttempts: patience.retries, backoff },
  ).dangerouslyUnref()
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof Fault && error.broken),
    { halfOpenAfter: patience.openMs, breaker: new ConsecutiveBreaker(patience.failuresToOpen) },
  )
  const policy = wrap(trying, circuit)

  const once = async (question: Question<TSchema>, signal: AbortSignal): Promise<unknown> => {
    try {
      const body = await askOnce(address, question, signal, patience, options.fetch ?? fetch)
      why = undefined
      return body
    } catch (error) {
      if (error instanceof Fault && error.broken) why = error.words
      throw error
    }
  }

  return {
    name,
    state() {
      // once it has rested it may be tried again
      const resting = circuit.state === CircuitState.Open
      return { state: resting ? 'resting' : why ? 'failing' : 'good', ...(why && { why }) }
    },
    async request(what, signal, run, deadlineMs = patience.deadlineMs) {
      signal?.throwIfAborted()
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(Fault.late(deadlineMs, why)), deadlineMs)
      const over = AbortSignal.any(signal ? [signal, late.signal] : [late.signal])
      const { promise: gone, reject } = Promise.withResolvers<never>()
      const leave = () => reject(over.reason)
      over.addEventListener('abort', leave)
      // where it is raced only
      gone.catch(() => {})
      const ask: Ask = async (question) => {
        over.throwIfAborted()
        const answer = policy.execute(async () => await once(question, over), over)
        answer.catch(() => {})
        // a wait between two tries does not hear the signal
        return (await Promise.race([answer, gone])) as never
      }
      try {
        return await run(ask, over)
      } catch (error) {
        if (signal?.aborted) throw signal.reason
        const fault = error instanceof BrokenCircuitError ? Fault.resting(patience.openMs, why) : error
        if (!(fault instanceof Fault)) throw error
        throw asProviderError(name, what, fault)
      } finally {
        clearTimeout(timer)
        over.removeEventListener('abort', leave)
      }
    },
  }
}

const asProviderError = (name: string, what: Words, { words }: Fault): ProviderError =>
  new ProviderError(name, `${what.en}: ${words.en}`, [], {
    ko: `${name}, ${what.ko}: ${words.ko}`,
    en: `${name}, ${what.en}: ${words.en}`,
  })

/** One try. Throws a Fault, what `onRefusal` returns, or why `over` was aborted. */
async function askOnce(
  address: URL,
  question: Question<TSchema>,
  over: AbortSignal,
  patience: Patience,
  fetcher: typeof fetch,
): Promise<unknown> {
  const { status, headers, text } = await fetchText(address, question, over, patience, fetcher)
  if (status >= 300 && status < 400) throw Fault.redirect(status, headers.get('location'))
  if (status === 429 || status >= 500) throw Fault.status(status, restOf(headers), text)
  const json = parse(text, headers.get('content-type'), status)
  if (status >= 400) throw question.onRefusal?.(status, json) ?? Fault.refused(status, text)
  if (!Value.Check(question.schema, json)) throw Fault.shape(firstFault(question.schema, json))
  return json
}

async function fetchText(
  address: URL,
  { path, query = {}, body }: Question<TSchema>,
  over: AbortSignal,
  { timeoutMs, maxBytes }: Patience,
  fetcher: typeof fetch,
) {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), timeoutMs)
  try {
    const { url, headers } = addressOf(address, path, query)
    const response = await fetcher(url, {
      signal: AbortSignal.any([over, late.signal]),
      redirect: 'manual',
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, text: await readText(response, maxBytes) }
  } catch (error) {
    if (over.aborted) throw over.reason
    if (late.signal.aborted) throw Fault.slow(timeoutMs)
    throw error instanceof Fault ? error : Fault.network(error)
  } finally {
    clearTimeout(timer)
    // what is left unread of an answer is not waited for
    late.abort()
  }
}

function addressOf(address: URL, path: string, query: Readonly<Record<string, string>>) {
  const url = new URL(address)
  const { username, password } = url
  url.username = ''
  url.password = ''
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  return {
    url,
    headers: {
      accept: 'application/json',
      'user-agent': `milkrun/${VERSION}`,
      ...(username && { authorization: `Basic ${secret}` }),
    },
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw Fault.huge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Seconds or a date (RFC 9110 10.2.3). */
function restOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after')
  if (text === null) return undefined
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

function parse(text: string, type: string | null, status: number): unknown {
  if (!/\bjson\b/i.test(type ?? '')) throw Fault.notJson(status, type, text)
  try {
    return JSON.parse(text)
  } catch {
    throw Fault.notJson(status, type, text)
  }
}

function firstFault(schema: TSchema, value: unknown): string {
  const [first] = Value.Errors(schema, value)
  return first ? `${first.instancePath || '/'} ${first.message}` : '/'
}
