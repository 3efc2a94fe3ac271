/**
 * What people do with jobs: submit, watch, stop, cancel, retry. The searches themselves run wherever a crew works, in this process or another:
 * all that is known of a job is in the database, so that any process can tell it, now and after a restart.
 */
import type { Locale, Plan } from '../../solver/index.ts'
import type { Job, JobRequest } from '../api.ts'
import { notFound } from '../errors.ts'
import type { IdempotencyKey } from '../store/idempotency.ts'
import { newId } from '../store/ids.ts'
import type { Queue } from '../store/queue.ts'
import type { JobEvent, Nouns } from '../store/store.ts'
import type { Bell } from './bell.ts'

export interface Jobs {
  /** The same key twice is one job. */
  submit(
    store: Nouns,
    problem: string,
    request: JobRequest,
    locale: Locale,
    key?: IdempotencyKey,
    /** where it starts, in place of a plan that is stored */
    from?: Plan,
  ): Promise<Job>
  get(store: Nouns, id: string): Promise<Job>
  /** The events after number `after` as they happen, until the job is over or the service ends. */
  watch(store: Nouns, id: string, after: number, signal: AbortSignal): AsyncGenerator<JobEvent, void, void>
  /** Ends the search and keeps its best plan. A job that is over stays as it is. */
  stop(store: Nouns, id: string): Promise<Job>
  /** Ends the search and drops its plan. A job that is over stays as it is. */
  cancel(store: Nouns, id: string): Promise<Job>
  /** Once more for a job that failed or is dead. */
  retry(store: Nouns, id: string): Promise<Job>
  /** Lets watchers go. */
  close(): void
}

/** A word that got lost delays a watcher by no more. */
const LOOK_AGAIN_MS = 2000

export function createJobs(queue: Pick<Queue, 'send' | 'drop'>, bell: Pick<Bell, 'on'>): Jobs {
  const closing = new AbortController()

  return {
    async submit(store, problem, request, locale, key, given) {
      const home = await store.problems.get(problem)
      if (!home) throw notFound('problem', problem)
      const named = request.from === undefined ? undefined : await store.plans.get(request.from)
      if (request.from !== undefined && !named) throw notFound('plan', request.from)
      const from = given ?? named?.plan ?? (await lockedPlan(store, problem, request))
      const job = { id: newId(), plan: newId(), problem, request: withOwnLocks(request, from), locale, from }
      return await store.once(home.complex, key, async (nouns) => await nouns.jobs.add(job, queue))
    },

    async get(store, id) {
      const job = await store.jobs.get(id)
      if (!job) throw notFound('job', id)
      return job
    },

    async *watch(store, id, after, signal) {
      let cursor = after
      const over = AbortSignal.any([signal, closing.signal])
      while (!over.aborted) {
        const woken = wokenBy(bell, id, over)
        try {
          const { events, over: ended } = await store.jobs.events(id, cursor)
          for (const event of events) {
            cursor = event.id
            yield event
            if (over.aborted) return
          }
          if (ended) return
          // an event may have been told while the others were read
          if (events.length === 0) await woken.wait
        } finally {
          woken.end()
        }
      }
    },

    stop: async (store, id) => await store.jobs.stop(id, queue),
    cancel: async (store, id) => await store.jobs.cancel(id, queue),
    retry: async (store, id) => await store.jobs.retry(id, queue),
    close: () => closing.abort(),
  }
}

/** The newest plan of the problem where people have fixed something in it: nobody's lock is lost because nobody named the plan. */
async function lockedPlan(store: Nouns, problem: string, request: JobRequest): Promise<Plan | undefined> {
  if (request.iterations !== undefined || request.keepLocks === false) return undefined
  const newest = await store.plans.newestOf(problem)
  const plan = newest === undefined ? undefined : (await store.plans.get(newest))?.plan
  return plan?.locks?.length ? plan : undefined
}

/** With what people have fixed in the plan it starts from, each once, theirs first: of two that contradict each other the first holds. */
function withOwnLocks(request: JobRequest, from: Plan | undefined): JobRequest {
  const own = request.keepLocks === false ? [] : (from?.locks ?? [])
  if (own.length === 0) return request
  const locks = new Map([...own, ...(request.locks ?? [])].map((lock) => [JSON.stringify(lock), lock]))
  return { ...request, locks: [...locks.values()] }
}

/** Listens from now on, so that nothing is missed between looking and waiting. */
function wokenBy(bell: Pick<Bell, 'on'>, id: string, signal: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const deaf = bell.on((word) => {
    if (word === undefined || (word.kind === 'event' && word.job === id)) resolve()
  })
  const timer = setTimeout(resolve, LOOK_AGAIN_MS)
  const gone = () => resolve()
  signal.addEventListener('abort', gone, { once: true })
  if (signal.aborted) resolve()
  const end = () => {
    deaf()
    clearTimeout(timer)
    signal.removeEventListener('abort', gone)
  }
  return { wait: promise, end }
}
