/**
 * A worker thread: does one task after the other, reports on the way, sends the outcome. An error thrown here reaches the other side and
 * ends the thread. What most tasks need is loaded at the start, what reads and writes files and studies with the first task that does.
 */
import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads'
import {
  type Assignment,
  checkPlan,
  comparePlan,
  disturb,
  openEditor,
  type ProofStep,
  repairPlan,
} from '../../solver/index.ts'
import { nowMs } from './clock.ts'
import { explainStored } from './explain.ts'
import { provePlan } from './prove.ts'
import { type Peers, searchInstance, searchPlan } from './search.ts'
import { settleStored, splitByMethods } from './split.ts'
import type { Imported, ImportTask, Outcomes, Task, WorkerMessage } from './tasks.ts'

/** `stopFlag`: one Int32; not zero asks the search to stop and keep its best. A message would wait for the search to pause. */
export interface Errand {
  readonly task: Task
  readonly stopFlag: SharedArrayBuffer
  /** what other searches of the same task have found */
  readonly peers: MessagePort
}

const post = (message: WorkerMessage) => parentPort!.postMessage(message)

/** Read from the port between two steps, never by a listener: it would be called too late. */
const peersAt = (port: MessagePort): Peers => ({
  tell: (assignment) => post({ kind: 'found', assignment }),
  hear: () => receiveMessageOnPort(port)?.message as Assignment | undefined,
})

/** Posts a bound where it has risen. */
function tellBound(): (step: ProofStep) => void {
  let told = 0
  return ({ lowerKrw }) => {
    if (lowerKrw > told) post({ kind: 'bound', lowerKrw })
    told = Math.max(told, lowerKrw)
  }
}

async function importFile({ bytes, complex, options }: ImportTask): Promise<Imported> {
  const { importOrders } = await import('../imports/index.ts')
  const { writeRejected } = await import('../imports/rejected.ts')
  const outcome = await importOrders(bytes, complex, options)
  return { ...outcome, rejectedFile: outcome.rejected && (await writeRejected(outcome.rejected)) }
}

async function perform({ task, stopFlag, peers: port }: Errand): Promise<Outcomes[Task['kind']]> {
  const flag = new Int32Array(stopFlag)
  const stopped = () => Atomics.load(flag, 0) !== 0
  const peers = peersAt(port)
  switch (task.kind) {
    case 'plan':
      return await searchPlan(task, stopped, post, peers)
    case 'solve':
      return await searchInstance(task, stopped, post, peers)
    case 'prove':
      return await provePlan(task, stopped, tellBound())
    case 'compare':
      return comparePlan(task.problem, task.travel, task.plan)
    case 'explain':
      return explainStored(task)
    case 'repair':
      return repairPlan(task.problem, task.travel, task.plan, task)
    case 'split':
      return await splitByMethods(task)
    case 'settle':
      return await settleStored(task)
    case 'disturb':
      return disturb(task)
    case 'check':
      return checkPlan(task.problem, task.travel, task.plan)
    case 'judge':
      return openEditor(task.problem, task.travel, task.plan).judge(task.edit)
    case 'import':
      return await importFile(task)
    case 'places':
      return await (await import('../geocode/file.ts')).readPlaces(task.bytes, task.options)
    case 'firms':
      return await (await import('../studies/firmList.ts')).readFirmList(task.bytes, task.options)
    case 'preview':
      return await (await import('../imports/preview.ts')).previewOrders(task.bytes, task.complex, task.options)
    case 'review':
      return await (await import('../imports/review.ts')).reviewOrders(task.bytes, task.complex, task.options)
    case 'report':
      return await (await import('../reports/index.ts'))
        .reportOf(task.format)
        .render(task.plan, task.problem, task.locale, task.papers)
    case 'study':
      return await (await import('../studies/runDays.ts')).runDays(task, (run) => post({ kind: 'run', run }))
    case 'workOut':
      return await (await import('../studies/workOut.ts')).workOut(task.study, task.routed, task.locale)
    case 'patterns':
      return (await import('../../study/index.ts')).choosePatterns(task.input)
    case 'admit':
      return await (await import('../reports/admit.ts')).admitPlanFile(task.bytes, {
        locale: task.locale,
        seconds: task.seconds,
        nowMs,
      })
  }
}

parentPort!.on('message', async (errand: Errand) => post({ kind: 'outcome', outcome: await perform(errand) }))
