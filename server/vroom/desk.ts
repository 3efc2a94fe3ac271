/** The whole way of a request, from bytes to an answer with its status. Whatever happens has VROOM's shape: code, error, and x_ keys for more. */
import { performance } from 'node:perf_hooks'
import type { Locale } from '../../solver/index.ts'
import { ProviderError, type TravelProvider } from '../travel/provider.ts'
import type { Answer } from './answer.ts'
import type { RawRequest } from './check.ts'
import { type Fault, makeFault, type SpokenFault, speak } from './faults.ts'
import { addGeometry } from './geometry.ts'
import { readRequest } from './readRequest.ts'
import type { Reason } from './reasons.ts'
import type { VroomOutcome, VroomWork } from './solve.ts'
import { makeTables, TableFaults, type Tables } from './tables.ts'
import { limitMsOf } from './work.ts'

export interface VroomFailure {
  readonly code: 1 | 2 | 3
  readonly error: string
  readonly x_faults?: readonly SpokenFault[]
}

export interface VroomSuccess extends Answer {
  readonly x_check: { readonly passed: true }
  readonly x_search: { readonly seed: number; readonly iterations: number; readonly limit_ms: number }
  readonly x_travel?: {
    readonly source: string
    readonly estimated: boolean
    /** the roads that were to answer, and why they did not */
    readonly instead_of?: string
    readonly why?: string
  }
  readonly x_reasons?: readonly Reason[]
  readonly x_notes?: readonly SpokenFault[]
}

export interface VroomReply {
  /** of HTTP */
  readonly status: number
  readonly body: VroomFailure | VroomSuccess
}

export interface VroomAsk {
  readonly bytes: Uint8Array
  readonly locale: Locale
  /** as VROOM's -c, -l and -g do; whatever the request's own options say comes on top */
  readonly planMode?: boolean
  readonly limitS?: number
  readonly geometry?: boolean
  readonly seed?: number
  readonly iterations?: number
  readonly signal: AbortSignal
}

/** A thousand faults of a generated request say no more than its first hundreds. */
const MOST_TOLD = 1000
const SEED = 1

export interface VroomDeskOptions {
  readonly provider: TravelProvider
  readonly run: (work: VroomWork, signal: AbortSignal) => Promise<VroomOutcome>
}

/** Rejects with what is nobody's answer: a bug, Cancelled, VroomBusy. */
export async function answerVroom(ask: VroomAsk, { provider, run }: VroomDeskOptions): Promise<VroomReply> {
  const { bytes, locale, planMode = false, seed = SEED, iterations, signal } = ask
  const startMs = performance.now()
  const parsed = parseJson(bytes)
  if ('fault' in parsed) return refuse(2, [parsed.fault], locale)
  const reading = readRequest(parsed.body, planMode)
  if (!reading.request) return refuse(2, reading.faults, locale)
  const options = { ...reading.request.options, ...(ask.limitS !== undefined && { limitS: ask.limitS }) }
  const request = { ...reading.request, options: { ...options, geometry: options.geometry || ask.geometry === true } }
  const loadedMs = performance.now()

  let tables: Tables
  try {
    tables = await makeTables(request, provider, signal)
  } catch (error) {
    if (error instanceof TableFaults) return refuse(error.code, error.faults, locale)
    if (error instanceof ProviderError) return silentRoads(error, locale)
    throw error
  }
  const routedMs = performance.now()
  const limitMs = limitMsOf(request)
  // the reader has found nothing wrong with it
  const raw = parsed.body as RawRequest
  const outcome = await run(
    { raw, request, tables, seed, limitMs, locale, ...(iterations !== undefined && { iterations }) },
    signal,
  )
  if (outcome.kind === 'faults') return refuse(2, outcome.faults, locale)
  const solvedMs = performance.now()
  const { answer, reasons } = outcome
  const routes = request.options.geometry ? await addGeometry(request, answer.routes, provider, signal) : answer.routes
  const computing_times = {
    loading: Math.round(loadedMs - startMs + (routedMs - loadedMs)),
    solving: Math.round(solvedMs - routedMs),
    routing: Math.round(performance.now() - solvedMs),
  }
  const notes = [...reading.notes, ...metresNotes(request, tables)]
  const body: VroomSuccess = {
    ...answer,
    summary: Object.assign({}, answer.summary, { computing_times }),
    routes,
    x_check: { passed: true },
    x_search: { seed, iterations: outcome.iterations, limit_ms: limitMs },
    ...(tables.roads && { x_travel: travelTold(tables.roads, locale) }),
    ...(reasons.length > 0 && { x_reasons: reasons }),
    ...(notes.length > 0 && { x_notes: notes.slice(0, MOST_TOLD).map((note) => speak(note, locale)) }),
  }
  return { status: 200, body }
}

function parseJson(bytes: Uint8Array): { readonly body: unknown } | { readonly fault: Fault } {
  try {
    return { body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch (error) {
    // the engine quotes the text around the place: only what was wrong and where is passed on
    const message =
      error instanceof SyntaxError
        ? error.message.replace(/,? "[\s\S]*" is not valid JSON/, '')
        : 'the text is not UTF-8'
    const why = message.replaceAll(/\s+/g, ' ').slice(0, 160)
    return { fault: makeFault('json.syntax', '/', `Invalid JSON: ${why}`, why) }
  }
}

function refuse(code: 2 | 3, faults: readonly Fault[], locale: Locale): VroomReply {
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more: see x_faults)` : ''
  const body: VroomFailure = {
    code,
    error: `${faults[0]!.error}${more}`,
    x_faults: faults.slice(0, MOST_TOLD).map((fault) => speak(fault, locale)),
  }
  const tooLarge = faults.some((fault) => fault.code === 'limit.size')
  return { status: code === 3 ? 422 : tooLarge ? 413 : 400, body }
}

const travelTold = ({ name, estimated, fallback }: NonNullable<Tables['roads']>, locale: Locale) => ({
  source: name,
  estimated,
  ...(fallback && { instead_of: fallback.from, why: fallback.why[locale] }),
})

function silentRoads({ provider, words }: ProviderError, locale: Locale): VroomReply {
  const fault: SpokenFault = {
    code: 'roads.silent',
    path: '/',
    ...(locale === 'ko'
      ? {
          message: `도로 서비스가 답하지 않습니다. ${words.ko}`,
          remedy: '잠시 뒤에 다시 보내거나 matrices 를 함께 보내세요.',
        }
      : {
          message: `The road service does not answer. ${words.en}`,
          remedy: 'Try again later, or send matrices along.',
        }),
  }
  return { status: 503, body: { code: 3, error: `Failed to get travel times from ${provider}.`, x_faults: [fault] } }
}

/** A limit of metres that nobody can hold against any metres. */
const metresNotes = ({ vehicles }: VroomWork['request'], { profiles }: Tables): Fault[] =>
  vehicles.flatMap(({ maxDistanceM, profile }, index) =>
    maxDistanceM !== undefined && profiles[profile]!.distanceM === null
      ? [makeFault('key.unused', `vehicles/${index}/max_distance`, '', 'max_distance (matrices/…/distances)')]
      : [],
  )
