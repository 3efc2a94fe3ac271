/** A worker thread that answers one request after another. An error thrown here ends it and reaches the other side. */
import { parentPort, workerData } from 'node:worker_threads'
import { nowMs } from '../jobs/clock.ts'
import { solveVroom, type VroomWork } from './solve.ts'

/** One Int32; not zero asks the search to end and answer with its best. */
const stopFlag = new Int32Array(workerData as SharedArrayBuffer)

parentPort!.on('message', (work: VroomWork) =>
  parentPort!.postMessage(solveVroom(work, nowMs, () => Atomics.load(stopFlag, 0) !== 0)),
)
