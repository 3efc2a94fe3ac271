/** The workers of this process: takes jobs while there is room, tells that it lives, and looks after jobs whose worker does not. */
import type { Job } from '../api.ts'
import type { Queue } from '../store/queue.ts'
import type { Nouns } from '../store/store.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { type Attempt, beginAttempt } from './attempt.ts'
import type { Bell } from './bell.ts'
import { type BatchAttempt, type BatchOptions, beginBatch } from './studyBatch.ts'

export interface CrewOptions extends Pick<BatchOptions, 'studyQueue' | 'logStudyBug'> {
  readonly store: Nouns
  readonly queue: Queue
  readonly bell: Pick<Bell, 'on'>
  readonly travelOf: TravelOf
  /** Searches at a time, days of studies where there is room beside them; 0: only looks after those of others. */
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
  const { queue, studyQueue, logError } = work
  const attempts = new Set<Attempt>()
  const batches = new Set<BatchAttempt>()
  const leaving = new Set<Promise<void>>()
  let closing = false
  let looking: Promise<void> | undefined
  let tending: Promise<void> | undefined
  let lookAgain = false

  /** Somebody waits for a search; a study can go on later, from the last day that is there. */
  const makeRoom = () => {
    const tooMany = attempts.size + batches.size - concurrency
    for (const batch of [...batches].slice(0, Math.max(0, tooMany))) {
      batches.delete(batch)
      const left = batch.leave()
      leaving.add(left)
      void left.finally(() => leaving.delete(left))
    }
  }
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
        makeRoom()
      }
      while (!closing && attempts.size + batches.size < concurrency) {
        const claim = await studyQueue.claim()
        if (!claim) break
        const batch = beginBatch(claim, work)
        batches.add(batch)
        void batch.over.then(() => {
          batches.delete(batch)
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
    const ours = [...batches]
    const kept = new Set(await studyQueue.beat(ours.map(({ claim }) => claim)))
    for (const batch of ours) if (!kept.has(batch.claim)) batch.lose()
    await queue.tend()
    await studyQueue.tend()
  }

  const deaf = bell.on((word) => {
    if (word?.kind !== 'event') look()
    for (const attempt of attempts)
      if (word === undefined || (word.kind === 'wish' && word.job === attempt.claim.id)) attempt.look()
    for (const batch of batches)
      if (word === undefined || (word.kind === 'wish' && word.job === batch.claim.study)) batch.look()
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
      await Promise.all([
        ...[...attempts].map(async (attempt) => await attempt.leave(PATIENCE_MS)),
        ...[...batches].map(async (batch) => await batch.leave()),
        ...leaving,
      ])
    },
  }
}
