/**
 * The queue of searches: first come, first served, a fixed number at a time, each in its own thread.
 * A job tells its life as numbered events, so that a watcher who was cut off goes on where it stopped.
 */
import type { Locale, Plan } from '../../solver/index.ts'
import type { Job, JobRequest } from '../api.ts'
import { notFound, providerRefusal, Refusal } from '../errors.ts'
import { newId } from '../store/ids.ts'
import type { Nouns, Store } from '../store/store.ts'
import { ProviderError } from '../travel/provider.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { nowMs } from './clock.ts'
import type { Proven, ProveTask } from './tasks.ts'
import { startThread, type Thread } from './thread.ts'

/** More than this many waiting would be hours of work that nobody is likely to want any more. */
const MAX_QUEUED = 100
/** Every event carries the whole job, so older ones may be forgotten: a late watcher misses a figure, never the state. */
const MAX_EVENTS = 64

export interface JobEvent {
  /** 1, 2, 3 … within the job. */
  readonly id: number
  readonly event: 'progress' | 'plan' | 'done'
  readonly job: Job
}

export interface Jobs {
  submit(store: Nouns, problem: string, request: JobRequest, locale: Locale): Promise<Job>
  get(store: Nouns, id: string): Promise<Job>
  /** The newest job of the problem that waits or runs. */
  openOf(problem: string): string | undefined
  /** The events after number `after` as they happen, until the job is over. */
  watch(id: string, after: number, signal: AbortSignal): AsyncGenerator<JobEvent, void, void>
  /** Ends the search and keeps its best plan. A job that is over stays as it is. */
  stop(store: Nouns, id: string): Promise<Job>
  /** Ends the search and drops its plan. A job that is over stays as it is. */
  cancel(store: Nouns, id: string): Promise<Job>
  close(): Promise<void>
}

export interface QueueOptions {
  readonly store: Store
  readonly travelOf: TravelOf
  /** Searches at a time. */
  readonly concurrency: number
  readonly logBug: (error: unknown, job: Job) => void
}

/** A job that this process has accepted. */
interface Run {
  job: Job
  readonly request: JobRequest
  readonly locale: Locale
  /** What the request names to start from, as it was then. */
  readonly from: Plan | undefined
  readonly planId: string
  readonly events: JobEvent[]
  lastEvent: number
  readonly watchers: Set<() => void>
  readonly travelling: AbortController
  startedMs: number
  thread: Thread<Plan> | Thread<Proven> | undefined
  stopWanted: boolean
}

/** What was broken is for the reader to know; where in the program is for the log. */
function describeBug(error: unknown, locale: Locale): string {
  const rule = error instanceof Error && error.name === 'BrokenRule' ? `: ${error.message}` : '.'
  return locale === 'ko'
    ? `프로그램의 오류로 탐색을 마치지 못했습니다. 기록되었으니 알려 주세요${rule}`
    : `A bug ended the search; it has been recorded, please report it${rule}`
}

const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running'

export function createJobs({ store: everybodys, travelOf, concurrency, logBug }: QueueOptions): Jobs {
  const store = everybodys.as({ actor: 'worker', complexes: 'all' })
  const runs = new Map<string, Run>()
  const waiting: Run[] = []
  const active = new Map<Run, Promise<void>>()
  let closing = false

  const tell = (run: Run, event: JobEvent['event'], change: Partial<Job>) => {
    const elapsedS = run.startedMs === 0 ? 0 : Math.round(nowMs() - run.startedMs) / 1000
    run.job = { ...run.job, elapsedS, ...change }
    run.events.push({ id: ++run.lastEvent, event, job: run.job })
    if (run.events.length > MAX_EVENTS) run.events.shift()
    for (const wake of run.watchers) wake()
  }

  const finish = async (run: Run, change: Partial<Job>) => {
    if (isOver(run.job)) return
    tell(run, 'done', change)
    await store.jobs.put(run.job, { request: run.request, locale: run.locale, plan: run.planId })
  }

  const startNext = () => {
    while (!closing && active.size < concurrency && waiting.length > 0) {
      const run = waiting.shift()!
      active.set(
        run,
        search(run).finally(() => {
          active.delete(run)
          startNext()
        }),
      )
    }
  }

  const newestPlan = async (problem: string): Promise<Plan | undefined> => {
    const id = await store.plans.newestOf(problem)
    return id === undefined ? undefined : (await store.plans.get(id))?.plan
  }

  const search = async (run: Run): Promise<void> => {
    run.startedMs = nowMs()
    const deadlineMs = run.startedMs + run.request.seconds * 1000
    tell(run, 'progress', { state: 'running' })
    let saved: Promise<void> = Promise.resolve()
    try {
      const record = await store.problems.get(run.job.problem)
      if (!record) throw notFound('problem', run.job.problem)
      const { problem } = record
      const travel = await travelOf(problem, run.travelling.signal)
      const { seed = 1, iterations, locks, stabilityKrw } = run.request
      const limit = { seed, deadlineMs, ...(iterations !== undefined && { iterations }) }
      // a run that is to be repeatable starts from nothing; any other must not end dearer than what there is
      const from = run.from ?? (iterations === undefined ? await newestPlan(run.job.problem) : undefined)
      if (isOver(run.job)) return
      const fixed = { ...(locks && { locks }), ...(stabilityKrw !== undefined && { stabilityKrw }) }
      const task = {
        kind: 'plan',
        problem,
        travel,
        locale: run.locale,
        ...limit,
        ...(from && { from, ...fixed }),
      } as const
      run.thread = startThread(task, (report) => {
        if (isOver(run.job)) return
        if (report.kind === 'progress') return tell(run, 'progress', report.progress)
        if (report.kind !== 'plan') return
        // one after the other, so that a slower write can never put an older plan over a newer one
        saved = saved.then(async () => {
          if (run.job.state !== 'running') return
          await store.plans.put({ id: run.planId, problem: run.job.problem, plan: report.plan })
          if (isOver(run.job)) return store.plans.remove(run.planId)
          tell(run, 'plan', { plan: run.planId, costKrw: report.plan.costKrw })
        })
        // awaited below; until then a failure is not an unhandled one
        saved.catch(() => {})
      })
      if (run.stopWanted) run.thread.stop()
      const best = await run.thread.outcome
      await saved
      const { costKrw } = await proveBest(run, { problem, travel, plan: best, seed })
      await finish(run, { state: 'done', costKrw })
    } catch (error) {
      if (isOver(run.job)) return
      const refusal = error instanceof ProviderError ? providerRefusal(error, run.locale) : error
      if (!(refusal instanceof Refusal)) logBug(error, run.job)
      const message = refusal instanceof Refusal ? refusal.words[run.locale] : describeBug(error, run.locale)
      await finish(run, { state: 'failed', error: message })
    }
  }

  /** The plan to keep, with its certificate where one was asked for. */
  const proveBest = async (run: Run, given: Omit<ProveTask, 'kind' | 'seconds'>): Promise<Plan> => {
    const { boundSeconds: seconds = 0 } = run.request
    if (seconds === 0 || run.stopWanted || isOver(run.job)) return given.plan
    const thread = startThread({ kind: 'prove', ...given, seconds } as const, (report) => {
      if (report.kind === 'bound' && !isOver(run.job)) tell(run, 'progress', { lowerKrw: report.lowerKrw })
    })
    run.thread = thread
    const { plan, certificate } = await thread.outcome
    if (isOver(run.job)) return plan
    await store.plans.put({ id: run.planId, problem: run.job.problem, plan, certificate })
    if (isOver(run.job)) await store.plans.remove(run.planId)
    else tell(run, 'plan', { plan: run.planId, costKrw: plan.costKrw, lowerKrw: certificate.lowerKrw })
    return plan
  }

  const runOf = (id: string): Run => {
    const run = runs.get(id)
    if (!run) throw notFound('job', id)
    return run
  }

  const cancelRun = async (run: Run): Promise<Job> => {
    if (isOver(run.job)) return run.job
    const queuedAt = waiting.indexOf(run)
    if (queuedAt >= 0) waiting.splice(queuedAt, 1)
    const { plan: _, costKrw: __, ...rest } = run.job
    run.job = rest
    await finish(run, { state: 'cancelled' })
    run.travelling.abort()
    await store.plans.remove(run.planId)
    // the caller need not wait for the thread to be gone; its place in the queue does
    void run.thread?.cancel()
    return run.job
  }

  return {
    async submit(scoped, problem, request, locale) {
      if (waiting.length >= MAX_QUEUED || closing) {
        throw new Refusal(503, 'jobs.full', {
          ko: `기다리는 작업이 ${MAX_QUEUED}개입니다. 필요 없는 작업을 취소하거나 잠시 뒤에 다시 시도하세요.`,
          en: `${MAX_QUEUED} jobs are waiting. Cancel those that are not needed, or try again later.`,
        })
      }
      const named = request.from === undefined ? undefined : await scoped.plans.get(request.from)
      if (request.from !== undefined && !named) throw notFound('plan', request.from)
      const { seconds, boundSeconds } = request
      const limits = { seconds, ...(boundSeconds !== undefined && { boundSeconds }) }
      const job: Job = { id: newId(), problem, state: 'queued', ...limits, elapsedS: 0, iterations: 0 }
      const run: Run = {
        job,
        request,
        locale,
        from: named?.plan,
        planId: newId(),
        events: [],
        lastEvent: 0,
        watchers: new Set(),
        travelling: new AbortController(),
        startedMs: 0,
        thread: undefined,
        stopWanted: false,
      }
      await scoped.jobs.put(job, { request, locale, plan: run.planId })
      runs.set(job.id, run)
      tell(run, 'progress', {})
      waiting.push(run)
      startNext()
      return run.job
    },

    openOf(problem) {
      return [...runs.values()].findLast(({ job }) => job.problem === problem && !isOver(job))?.job.id
    },

    async get(scoped, id) {
      const job = await scoped.jobs.get(id)
      if (!job) throw notFound('job', id)
      return runs.get(id)?.job ?? job
    },

    async *watch(id, after, signal) {
      const run = runOf(id)
      // a number from another life of the service: begin again
      let cursor = after > run.lastEvent ? 0 : after
      while (!signal.aborted) {
        for (const event of run.events.filter((event) => event.id > cursor)) {
          cursor = event.id
          yield event
        }
        if (cursor >= run.lastEvent) {
          if (isOver(run.job)) return
          await new Promise<void>((resolve) => {
            const wake = () => {
              run.watchers.delete(wake)
              signal.removeEventListener('abort', wake)
              resolve()
            }
            run.watchers.add(wake)
            signal.addEventListener('abort', wake, { once: true })
            if (signal.aborted) wake()
          })
        }
      }
    },

    async stop(scoped, id) {
      if (!(await scoped.jobs.get(id))) throw notFound('job', id)
      const run = runOf(id)
      if (run.job.state === 'queued') return await cancelRun(run)
      run.stopWanted = true
      run.thread?.stop()
      return run.job
    },

    async cancel(scoped, id) {
      if (!(await scoped.jobs.get(id))) throw notFound('job', id)
      return await cancelRun(runOf(id))
    },

    async close() {
      closing = true
      for (const run of runs.values()) await cancelRun(run)
      await Promise.all(active.values())
    },
  }
}
