/** One task in one worker thread, seen from outside. */
import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { Assignment } from '../../solver/index.ts'
import type { Outcomes, Report, Task, WorkerMessage } from './tasks.ts'
import type { WorkerData } from './worker.ts'

export interface Thread<Outcome> {
  /** Rejects with the error thrown in the thread, or with Cancelled. */
  readonly outcome: Promise<Outcome>
  /** Hands a search what another one of the same task has found. */
  tell(found: Assignment): void
  /** Asks a search to end at its next step and keep its best. */
  stop(): void
  /** Ends the thread wherever it is. */
  cancel(): Promise<void>
}

export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

export function startThread<T extends Task>(
  task: T,
  report: (report: Report) => void = () => {},
  found: (assignment: Assignment) => void = () => {},
  resourceLimits: ResourceLimits = {},
): Thread<Outcomes[T['kind']]> {
  const stopFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: { task, stopFlag } satisfies WorkerData,
    resourceLimits,
  })
  let cancelled = false

  const outcome = new Promise<Outcomes[T['kind']]>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (cancelled) return
      if (message.kind === 'outcome') resolve(message.outcome as Outcomes[T['kind']])
      else if (message.kind === 'found') found(message.assignment)
      else report(message)
    })
    worker.on('error', reject)
    // after an outcome or an error this changes nothing
    worker.on('exit', (code) =>
      reject(cancelled ? new Cancelled('cancelled') : new Error(`the worker thread ended with code ${code}`)),
    )
  })
  return {
    outcome,
    tell(found) {
      worker.postMessage(found)
    },
    stop() {
      Atomics.store(new Int32Array(stopFlag), 0, 1)
    },
    async cancel() {
      cancelled = true
      await worker.terminate()
    },
  }
}
