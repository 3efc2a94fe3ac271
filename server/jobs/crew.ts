/** The workers of this process: takes jobs while there is room, tells that it lives, and looks after jobs whose worker does not. */
import type { Job } from '../api.ts'
import type { Queue } from '../store/queue.ts'
import type { Nouns } from '../store/store.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { type Attempt, beginAttempt } from './attempt.ts'
import type { Bell } from './bell.ts'

export interface CrewOptions {
  readonly store: Nouns
  readonly queue: Queue
  readonly bell: Pick<Bell, 'on'>
  readonly travelOf: TravelOf
  /** Searches at a time; 0: only looks after those of others. */
  readonly concurrency: number
  readonly logBug: (error: unknown, job: Job) => void
  /** The database is away, or the like. */
  readonly logError: (error: unknown) => void
  readonly tendEveryMs?: number
}

export interface Crew {
  /** Searches that end within seconds may; all others are handed back, with their best plan, for another worker or the next start. */
  close(): Promise<void>
}

/** A word that got lost delays a job by no more. */
const LOOK_EVERY_MS = 2000
/** Four times within the time after which a worker is taken for dead. */
const TEND_EVERY_MS = 5000
const PATIENCE_MS = 3000

export function startCrew({ concurrency, bell, tendEveryMs = TEND_EVERY_MS, ...work }: CrewOptions): Crew {
  const { queue, logError } = work
  const attempts = new Set<Attempt>()
  let closing = false
  let looking: Promise<void> | undefined
  let tending: Promise<void> | undefined
  let lookAgain = false

  const take = async (): Promise<void> => {
    do {
      lookAgain = false
      while (!closing && attempts.size < concurrency) {
        const claim = await queue.claim()
        if (!claim) break
        const attempt = beginAttempt(claim, work)
        attempts.add(attempt)
        void attempt.over.then(() => {
          attempts.delete(attempt)
          look()
        })
      }
    } while (lookAgain && !closing)
  }
  const look = () => {
    lookAgain = true
    looking ??= take()
      .catch(logError)
      .finally(() => {
        looking = undefined
      })
  }
  const tend = async (): Promise<void> => {
    const mine = [...attempts]
    const held = new Set(await queue.beat(mine.map(({ claim }) => claim)))
    for (const attempt of mine) if (!held.has(attempt.claim)) attempt.lose()
    await queue.tend()
  }

  const deaf = bell.on((word) => {
    if (word?.kind !== 'event') look()
    for (const attempt of attempts)
      if (word === undefined || (word.kind === 'wish' && word.job === attempt.claim.id)) attempt.look()
  })
  const timers = [
    setInterval(look, LOOK_EVERY_MS),
    setInterval(() => {
      tending ??= tend()
        .catch(logError)
        .finally(() => {
          tending = undefined
        })
    }, tendEveryMs),
  ]
  look()

  return {
    async close() {
      closing = true
      deaf()
      for (const timer of timers) clearInterval(timer)
      await Promise.all([looking, tending])
      await Promise.all([...attempts].map(async (attempt) => await attempt.leave(PATIENCE_MS)))
    },
  }
}
