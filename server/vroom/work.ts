/** How long a request is searched, and by whom: a few worker threads, kept warm for a while, and a short line of those that wait. */
import { Worker } from 'node:worker_threads'
import { Cancelled } from '../jobs/thread.ts'
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
/** A thread takes half a second to start and 30 MB to keep. */
const KEEP_WARM_MS = 60_000

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
  /** Rejects with VroomBusy, with Cancelled once the signal says that nobody waits for the answer, or with the error of the thread. */
  run(work: VroomWork, signal: AbortSignal): Promise<VroomOutcome>
  /** Requests under search are answered with the best they have, those in the line are sent away. */
  close(): Promise<void>
}

/** By name: without one the listeners go that keep its port open. */
function forget(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}

export function createCrew(concurrency: number): VroomCrew {
  const stopFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const idle: { readonly worker: Worker; readonly retire: NodeJS.Timeout }[] = []
  const running = new Set<Promise<VroomOutcome>>()
  const line: (() => void)[] = []
  let taken = 0
  let closed = false

  /** A promise only for who has to wait. */
  const take = (): Promise<void> | undefined => {
    if (closed || (taken >= concurrency && line.length >= LINE)) throw new VroomBusy('busy')
    // a place is handed over to the next in line, not given back
    if (taken >= concurrency) return new Promise<void>((resolve) => line.push(resolve))
    taken++
    return undefined
  }
  const giveBack = (): void => {
    const next = line.shift()
    if (next) next()
    else taken--
  }

  const hire = (): Worker => {
    const warm = idle.pop()
    if (!warm) return new Worker(new URL('worker.ts', import.meta.url), { workerData: stopFlag })
    clearTimeout(warm.retire)
    forget(warm.worker)
    return warm.worker
  }
  const rest = (worker: Worker): void => {
    const leave = () => {
      const at = idle.findIndex((hand) => hand.worker === worker)
      if (at >= 0) clearTimeout(idle.splice(at, 1)[0]!.retire)
      void worker.terminate()
    }
    idle.push({ worker, retire: setTimeout(leave, KEEP_WARM_MS).unref() })
    // nothing is expected of it any more, so whatever happens to it is its end
    worker.on('error', leave)
    worker.on('exit', leave)
  }

  const perform = async (work: VroomWork, signal: AbortSignal): Promise<VroomOutcome> => {
    const worker = hire()
    const leave = () => void worker.terminate()
    signal.addEventListener('abort', leave, { once: true })
    try {
      const outcome = await new Promise<VroomOutcome>((resolve, reject) => {
        worker.once('message', resolve)
        worker.once('error', reject)
        worker.once('exit', (code) =>
          reject(signal.aborted ? new Cancelled('cancelled') : new Error(`the thread ended with code ${code}`)),
        )
        worker.postMessage(work)
      })
      forget(worker)
      if (!signal.aborted) rest(worker)
      return outcome
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  return {
    async run(work, signal) {
      const turn = take()
      if (turn) await turn
      try {
        if (closed) throw new VroomBusy('closing')
        if (signal.aborted) throw new Cancelled('cancelled')
        const outcome = perform(work, signal)
        running.add(outcome)
        return await outcome.finally(() => running.delete(outcome))
      } finally {
        giveBack()
      }
    },
    async close() {
      closed = true
      Atomics.store(new Int32Array(stopFlag), 0, 1)
      await Promise.allSettled(running)
      await Promise.all(
        idle.splice(0).map(async ({ worker, retire }) => {
          clearTimeout(retire)
          await worker.terminate()
        }),
      )
    },
  }
}
