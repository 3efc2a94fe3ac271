/** How long a request is searched, and by whom: a worker thread each, a few at a time, a short line of those that wait. */
import type { Thread } from '../jobs/thread.ts'
import { startThread } from '../jobs/thread.ts'
import type { VroomRequest } from './request.ts'
import type { VroomOutcome, VroomWork } from './solve.ts'

const LEAST_MS = 100
const MS_PER_TASK = 60
/** Without a limit of its own no request takes longer. */
const USUAL_MOST_MS = 10_000
/** Nor any other, whatever it asks for: a line is waiting. */
export const MOST_LIMIT_S = 60
/** Requests that wait for a thread; beyond that they are sent away. */
const LINE = 8

export function limitMsOf({ tasks, options }: VroomRequest): number {
  if (options.limitS !== undefined) return Math.min(options.limitS, MOST_LIMIT_S) * 1000
  const usual = Math.min(USUAL_MOST_MS, LEAST_MS + MS_PER_TASK * tasks.length)
  return (usual * (options.exploration + 1)) / 6
}

/** Everybody is at work and the line is full. */
export class VroomBusy extends Error {
  override readonly name = 'VroomBusy'
}

export interface VroomCrew {
  /** Rejects with VroomBusy, or with Cancelled once the signal says that nobody waits for the answer. */
  run(work: VroomWork, signal: AbortSignal): Promise<VroomOutcome>
  /** Ends all threads and turns the line away. */
  close(): Promise<void>
}

export function createCrew(concurrency: number): VroomCrew {
  const running = new Set<Thread<VroomOutcome>>()
  const line: (() => void)[] = []
  let taken = 0
  let closed = false

  const take = async (): Promise<void> => {
    if (closed || line.length >= LINE) throw new VroomBusy('busy')
    if (taken < concurrency) taken++
    // the place is handed over, not given back
    else await new Promise<void>((resolve) => line.push(resolve))
  }
  const giveBack = (): void => {
    const next = line.shift()
    if (next) next()
    else taken--
  }

  return {
    async run(work, signal) {
      await take()
      try {
        if (closed) throw new VroomBusy('closing')
        signal.throwIfAborted()
        const thread = startThread({ kind: 'vroom', ...work })
        running.add(thread)
        const leave = () => void thread.cancel()
        signal.addEventListener('abort', leave, { once: true })
        try {
          return await thread.outcome
        } finally {
          signal.removeEventListener('abort', leave)
          running.delete(thread)
        }
      } finally {
        giveBack()
      }
    },
    async close() {
      closed = true
      await Promise.all([...running].map((thread) => thread.cancel()))
    },
  }
}
