/** One task in one worker thread, seen from outside. A thread that has done its task rests a while and takes the next. */
import { availableParallelism } from 'node:os'
import { MessageChannel, type ResourceLimits, Worker } from 'node:worker_threads'
import type { Assignment } from '../../solver/index.ts'
import type { Outcomes, Report, Task, WorkerMessage } from './tasks.ts'
import type { Errand } from './worker.ts'

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

/** A thread takes a second of the processor to start: half of it reads the solver, and its code is quick only once it has run. */
const KEEP_WARM_MS = 60_000
const MOST_RESTING = availableParallelism()
interface Resting {
  readonly worker: Worker
  readonly retire: NodeJS.Timeout
}
const resting: Resting[] = []

/** By name: without one the listeners go that keep its port open. */
function forget(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}

/** It keeps no process alive. */
function rest(worker: Worker): void {
  forget(worker)
  const leave = () => {
    const at = resting.findIndex((thread) => thread.worker === worker)
    if (at >= 0) clearTimeout(resting.splice(at, 1)[0]!.retire)
    void worker.terminate()
  }
  // nothing is expected of it any more, so whatever happens to it is its end
  worker.on('error', leave)
  worker.on('exit', leave)
  resting.push({ worker, retire: setTimeout(leave, KEEP_WARM_MS).unref() })
  worker.unref()
  if (resting.length > MOST_RESTING) void resting.shift()!.worker.terminate()
}

/** The one that worked last: its caches are the warmest. */
function hire(): Worker | undefined {
  const rested = resting.pop()
  if (!rested) return undefined
  clearTimeout(rested.retire)
  forget(rested.worker)
  rested.worker.ref()
  return rested.worker
}

/** With limits it is a thread of its own, for this task alone. */
export function startThread<T extends Task>(
  task: T,
  report: (report: Report) => void = () => {},
  found: (assignment: Assignment) => void = () => {},
  resourceLimits?: ResourceLimits,
): Thread<Outcomes[T['kind']]> {
  const stopFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const { port1: peers, port2 } = new MessageChannel()
  const fresh = () => new Worker(new URL('worker.ts', import.meta.url), resourceLimits && { resourceLimits })
  const worker = (resourceLimits ? undefined : hire()) ?? fresh()
  let cancelled = false
  let over = false

  const outcome = new Promise<Outcomes[T['kind']]>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (cancelled) return
      if (message.kind === 'found') return found(message.assignment)
      if (message.kind !== 'outcome') return report(message)
      over = true
      peers.close()
      if (resourceLimits) void worker.terminate()
      else rest(worker)
      resolve(message.outcome as Outcomes[T['kind']])
    })
    worker.on('error', reject)
    // after an outcome or an error this changes nothing
    worker.on('exit', (code) => {
      over = true
      peers.close()
      reject(cancelled ? new Cancelled('cancelled') : new Error(`the worker thread ended with code ${code}`))
    })
  })
  worker.postMessage({ task, stopFlag, peers: port2 } satisfies Errand, [port2])
  return {
    outcome,
    tell(found) {
      peers.postMessage(found)
    },
    stop() {
      Atomics.store(new Int32Array(stopFlag), 0, 1)
    },
    async cancel() {
      // by now it may be at work for somebody else
      if (over) return
      cancelled = true
      await worker.terminate()
    },
  }
}
