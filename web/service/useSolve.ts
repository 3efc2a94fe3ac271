/** The life of a search as the page sees it: start, watch, stop; survives a lost connection and a reload. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Job } from '../../server/api.ts'
import type { Lock } from '../../solver/index.ts'
import { addIncumbent, type Incumbent, isOver } from '../state/incumbents.ts'
import { ServiceError, service } from './client.ts'
import { openStream } from './openStream.ts'
import { queryClient } from './queries.ts'

export interface Solve {
  readonly job: Job | undefined
  readonly history: readonly Incumbent[]
  /** Rises when a better plan can be fetched. */
  readonly version: number
  readonly running: boolean
  readonly connected: boolean
  readonly error: ServiceError | undefined
  readonly start: (seconds: number, from?: From) => void
  readonly stop: () => void
  /** The plan that stays in sight until somebody has chosen between it and what the job finds. */
  readonly kept: string | undefined
  /** It has been chosen: the job is of no more interest here. */
  readonly forget: () => void
}

/** What a search begins with, where there is a plan. */
export interface From {
  readonly storedSeed?: number | undefined
  /** Stays in sight meanwhile. */
  readonly plan?: string
  /** Parts of it that are to stay as they are. */
  readonly locks?: readonly Lock[]
}

interface Watched {
  readonly problem: string
  readonly job: Job
  readonly history: readonly Incumbent[]
}

/** Fetching every better plan of the first tenth of a second would help nobody. */
const FETCH_EVERY_MS = 600
/** After a search so many times its seconds go into the proof of what no plan can cost less than. */
const PROOF_FACTOR = 2
const memoryKey = (problem: string) => `milkrun.job.${problem}`
/** Which job of this page looks for another plan than which. */
const keptKey = (problem: string) => `milkrun.kept.${problem}`
interface Kept {
  readonly job: string
  readonly plan: string
}
const readKept = (problem: string | undefined): Kept | undefined => {
  const text = problem && sessionStorage.getItem(keptKey(problem))
  return text ? (JSON.parse(text) as Kept) : undefined
}
const seedKey = (problem: string) => `milkrun.seed.${problem}`

/** The same seed and time bring the same plan again, and a search that found nothing better leaves its seed on no plan. */
const nextSeed = (problem: string, storedSeed: number | undefined): number =>
  storedSeed === undefined ? 1 : Math.max(storedSeed, Number(sessionStorage.getItem(seedKey(problem)))) + 1

const asServiceError = (error: unknown) =>
  error instanceof ServiceError ? error : new ServiceError(0, 'unreachable', String(error))

/** `open`: a search of the problem that the service says is going on. */
export function useSolve(problem: string | undefined, open: string | undefined): Solve {
  const [watched, setWatched] = useState<Watched>()
  const [version, setVersion] = useState(0)
  const [connected, setConnected] = useState(true)
  const [error, setError] = useState<ServiceError>()
  const current = watched && watched.problem === problem ? watched : undefined
  const jobId = current?.job.id
  const over = current ? isOver(current.job) : true
  const fetchTimer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const take = useCallback((job: Job) => {
    setWatched((before) => {
      const history = before?.job.id === job.id ? before.history : []
      return { problem: job.problem, job, history: addIncumbent(history, job) }
    })
  }, [])

  // a job that was running when the page was left, or before it was opened, is picked up
  useEffect(() => {
    setError(undefined)
    const remembered = problem && (sessionStorage.getItem(memoryKey(problem)) ?? open)
    if (!remembered) return
    const gone = new AbortController()
    service.job(remembered, gone.signal).then(
      // one that is over matters while somebody has yet to choose
      (job) => (!isOver(job) || readKept(problem)?.job === job.id) && take(job),
      () => !gone.signal.aborted && sessionStorage.removeItem(memoryKey(problem)),
    )
    return () => gone.abort()
  }, [problem, open, take])

  useEffect(() => {
    if (!jobId || over) return
    const receive = (event: MessageEvent<string>) => {
      const job = JSON.parse(event.data) as Job
      setConnected(true)
      take(job)
      if (isOver(job)) {
        events.close()
        setVersion((before) => before + 1)
        void queryClient.invalidateQueries({ queryKey: ['complexes'] })
      } else if (event.type === 'plan') {
        fetchTimer.current ??= setTimeout(() => {
          fetchTimer.current = undefined
          setVersion((before) => before + 1)
        }, FETCH_EVERY_MS)
      }
    }
    // instead of a stream, the state of the job tells what became of it
    const ask = () =>
      service.job(jobId).then(
        (job) => {
          take(job)
          setVersion((before) => before + 1)
        },
        (reason: unknown) => {
          const error = asServiceError(reason)
          if (error.unreachable) return
          events.close()
          if (error.status !== 404) return setError(error)
          // a service that was started anew knows nothing of it
          setWatched(undefined)
          sessionStorage.removeItem(memoryKey(problem!))
          void queryClient.invalidateQueries({ queryKey: ['complexes'] })
        },
      )
    const events = openStream(service.jobEvents(jobId), {
      on: { progress: receive, plan: receive, done: receive },
      opened: () => setConnected(true),
      lost: (refused) => {
        setConnected(false)
        if (refused) void ask()
      },
    })
    return () => {
      events.close()
      clearTimeout(fetchTimer.current)
      fetchTimer.current = undefined
    }
  }, [jobId, problem, over, take])

  const start = useCallback(
    (seconds: number, { storedSeed, plan, locks }: From = {}) => {
      if (!problem) return
      setError(undefined)
      const seed = nextSeed(problem, storedSeed)
      const request = { seconds, seed, boundSeconds: PROOF_FACTOR * seconds }
      service.startJob(problem, { ...request, ...(plan && { from: plan, locks: [...(locks ?? [])] }) }).then(
        (job) => {
          if (plan) sessionStorage.setItem(keptKey(problem), JSON.stringify({ job: job.id, plan } satisfies Kept))
          sessionStorage.setItem(seedKey(problem), String(seed))
          sessionStorage.setItem(memoryKey(problem), job.id)
          setConnected(true)
          take(job)
        },
        (reason: unknown) => setError(asServiceError(reason)),
      )
    },
    [problem, take],
  )
  const stop = useCallback(() => {
    if (!jobId) return
    service.stopJob(jobId).catch((reason: unknown) => setError(asServiceError(reason)))
  }, [jobId])

  const forget = useCallback(() => {
    if (!problem) return
    sessionStorage.removeItem(keptKey(problem))
    sessionStorage.removeItem(memoryKey(problem))
    setWatched(undefined)
  }, [problem])

  const kept = readKept(problem)
  return {
    kept: kept && kept.job === jobId ? kept.plan : undefined,
    forget,
    job: current?.job,
    history: current?.history ?? [],
    version,
    running: current !== undefined && !over,
    connected,
    error,
    start,
    stop,
  }
}
