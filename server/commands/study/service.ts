/** A study worked out by a service: submitted, watched, stopped by Ctrl-C, gone on with; its days are done by the workers there. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Locale } from '../../../solver/index.ts'
import type { ApiError, Study, StudyAnswer, StudyEstimate, StudySummary } from '../../api.ts'
import { Refusal } from '../../errors.ts'
import type { StudyReportFormat } from '../../reports/study/index.ts'
import { count, type Terminal } from '../command.ts'
import { insideOf, linesOf } from './lines.ts'
import type { Worked } from './worked.ts'

export interface AskedService {
  /** its address, as a browser opens it */
  readonly url: string
  readonly key?: string | undefined
}

const LOOK_EVERY_MS = 1000
/** Each look sums all of them up. */
const MANY_RUNS = 1000
const LOOK_AT_MANY_EVERY_MS = 5000
/** A service that restarts is back within that. */
const TRIES = 30
const MEGABYTE = 2 ** 20

/** `asked`: a new study, or the id of one that is there. */
export async function workThere(service: AskedService, asked: Study | string, terminal: Terminal): Promise<Worked> {
  const { locale } = terminal
  const { id, state, done, all, document, parts, result, error } = await watch(service, asked, terminal)
  if (error !== undefined) terminal.note(error)
  return {
    study: document,
    figures: { result: result && insideOf(result), id, state, runs: done, of: all, ...(parts && { parts }) },
    lines: result ? linesOf(document, result, { done, all, parts }, locale) : [],
    report: async (format) => await reportOf(service, id, format, locale),
  }
}

async function watch(service: AskedService, asked: Study | string, terminal: Terminal): Promise<StudyAnswer> {
  const { locale, note } = terminal
  const ko = locale === 'ko'
  const ask = askerOf(service, locale)
  const { id } = typeof asked === 'string' ? await goOn(ask, asked) : await submit(ask, asked, terminal)
  note(ko ? `연구 ${id}` : `study ${id}`)
  const startMs = performance.now()
  let before: number | undefined
  let wantsStop = false
  const leave = new AbortController()
  const onInterrupt = () => {
    // once stops the study; the second time ends the process as usual
    wantsStop = true
    process.off('SIGINT', onInterrupt)
    leave.abort()
  }
  process.on('SIGINT', onInterrupt)
  try {
    for (;;) {
      if (wantsStop) await insist(ask, 'POST', `/studies/${id}/stop`, terminal)
      const answer = await insist<StudyAnswer>(ask, 'GET', `/studies/${id}`, terminal)
      before ??= answer.done
      terminal.progress(progressOf(answer, (performance.now() - startMs) / 1000, answer.done - before, locale))
      if (answer.state !== 'queued' && answer.state !== 'running') {
        if (answer.state !== 'done' || answer.parts?.some(({ state }) => state === 'failed'))
          note(
            ko
              ? `이어서 하기: --server ${service.url} --resume ${id}`
              : `to go on: --server ${service.url} --resume ${id}`,
          )
        return answer
      }
      const waitMs = answer.all > MANY_RUNS ? LOOK_AT_MANY_EVERY_MS : LOOK_EVERY_MS
      await pause(waitMs, undefined, { signal: leave.signal }).catch(() => {})
    }
  } finally {
    process.off('SIGINT', onInterrupt)
    terminal.progress('')
  }
}

type Ask = <T>(method: 'GET' | 'POST', path: string, body?: unknown, headers?: Record<string, string>) => Promise<T>

/** The report that the service makes of a study. */
async function reportOf(
  service: AskedService,
  id: string,
  format: StudyReportFormat,
  locale: Locale,
): Promise<Uint8Array> {
  const response = await callerOf(service, locale)('GET', `/studies/${id}/report?format=${format}&lang=${locale}`)
  return new Uint8Array(await response.arrayBuffer())
}

const askerOf = (service: AskedService, locale: Locale): Ask => {
  const call = callerOf(service, locale)
  return async (...asked) => await (await call(...asked)).json()
}

type Call = (...asked: Parameters<Ask>) => Promise<Response>

/** Whatever is no success is thrown, in the words of the service. */
function callerOf({ url, key }: AskedService, locale: Locale): Call {
  const address = url.replace(/\/+$/, '')
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${address}/api${path}`, {
      method,
      headers: {
        'accept-language': locale,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw unreachable(address, error)
    })
    if (response.ok) return response
    const refused = (await response.json().catch(() => undefined)) as ApiError | undefined
    if (refused?.code === undefined) throw unreachable(address, `HTTP ${response.status}`)
    const words = { ko: refused.message, en: refused.message }
    throw new Refusal(response.status, refused.code, words, refused.issues)
  }
}

/** Whatever reaches the service again is asked twice at most harm: reading and stopping may be. */
async function insist<T>(ask: Ask, method: 'GET' | 'POST', path: string, terminal: Terminal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask<T>(method, path)
    } catch (error) {
      if (!(error instanceof Refusal && error.status >= 500 && tries < TRIES)) throw error
      terminal.progress(error.words[terminal.locale])
      await pause(LOOK_EVERY_MS)
    }
  }
}

async function submit(ask: Ask, document: Study, { locale, note }: Terminal): Promise<StudySummary> {
  const ko = locale === 'ko'
  try {
    const estimate = await ask<StudyEstimate>('POST', '/studies/estimate', { document })
    if (estimate.runs > 0) note(estimateLine(estimate, ko))
  } catch (error) {
    // the service measures another one just now: it takes this one all the same
    if (!(error instanceof Refusal && error.code === 'study.trying')) throw error
    note(error.words[locale])
  }
  return await ask<StudySummary>('POST', '/studies', { document }, { 'idempotency-key': randomUUID() })
}

async function goOn(ask: Ask, id: string): Promise<Pick<StudySummary, 'id'>> {
  const at = `/studies/${encodeURIComponent(id)}`
  const { state, parts = [] } = await ask<StudyAnswer>('GET', at)
  const ended = state === 'stopped' || state === 'failed' || parts.some((part) => part.state === 'failed')
  if (ended) await ask('POST', `${at}/resume`)
  return { id }
}

function estimateLine({ runs, cpuS, workers, minutes, bytes, basis }: StudyEstimate, ko: boolean): string {
  const [hours, mb] = [(cpuS / 3600).toFixed(2), (bytes / MEGABYTE).toFixed(1)]
  const tried = basis?.complexes
    ? ko
      ? `, 단지 ${basis.complexes.length}곳`
      : `, ${basis.complexes.length} complexes`
    : ''
  return ko
    ? `추정: ${count(runs)}회, 코어 ${hours}시간, 작업자 ${workers}개로 ${minutes.toFixed(1)}분, 데이터베이스 ${mb} MB (방금 ${basis?.dates.length ?? 0}일${tried}을 계산해 잼)`
    : `estimate: ${count(runs)} runs, ${hours} core-hours, ${minutes.toFixed(1)} minutes by ${workers} ${workers === 1 ? 'worker' : 'workers'}, ${mb} MB of the database (from ${basis?.dates.length ?? 0} days${tried}, tried out just now)`
}

/** How far, by complex where there are many, and how long still, if it goes on as it has. */
function progressOf({ done, all, parts }: StudyAnswer, elapsedS: number, fresh: number, locale: Locale): string {
  const ko = locale === 'ko'
  const left = fresh > 0 ? `  ${Math.ceil((elapsedS / fresh) * (all - done))} s` : ''
  const line = `${count(done)} / ${count(all)}${left}`
  if (!parts) return line
  const over = parts.filter(({ state }) => state === 'done').length
  const failed = parts.filter(({ state }) => state === 'failed').length
  return ko
    ? `${line}  단지 ${over} / ${parts.length} 끝남${failed > 0 ? `, ${failed} 실패` : ''}`
    : `${line}  ${over} of ${parts.length} complexes done${failed > 0 ? `, ${failed} failed` : ''}`
}

const unreachable = (url: string, error: unknown): Refusal => {
  const why = error instanceof Error ? String(error.cause ?? error.message) : String(error)
  return new Refusal(503, 'service.unreachable', {
    ko: `${url} 의 서비스가 답하지 않습니다 (${why}). 주소와 서비스가 켜져 있는지 확인하세요.`,
    en: `The service at ${url} does not answer (${why}). Check the address, and that it runs.`,
  })
}
