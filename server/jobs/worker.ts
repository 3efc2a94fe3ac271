/** A worker thread: does one task, reports on the way, sends the outcome, ends. An error thrown here reaches the other side. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import {
  type Assignment,
  checkPlan,
  comparePlan,
  disturb,
  openEditor,
  type ProofStep,
  repairPlan,
} from '../../solver/index.ts'
import { choosePatterns } from '../../study/index.ts'
import { readPlaces } from '../geocode/file.ts'
import { importOrders } from '../imports/index.ts'
import { previewOrders } from '../imports/preview.ts'
import { writeRejected } from '../imports/rejected.ts'
import { reviewOrders } from '../imports/review.ts'
import { admitPlanFile } from '../reports/admit.ts'
import { reportOf } from '../reports/index.ts'
import { readFirmList } from '../studies/firmList.ts'
import { runDays } from '../studies/runDays.ts'
import { workOut } from '../studies/workOut.ts'
import { nowMs } from './clock.ts'
import { explainStored } from './explain.ts'
import { provePlan } from './prove.ts'
import { type Peers, searchInstance, searchPlan } from './search.ts'
import { settleStored, splitByMethods } from './split.ts'
import type { Imported, ImportTask, Outcomes, Task, WorkerMessage } from './tasks.ts'

/** `stopFlag`: one Int32; not zero asks the search to stop and keep its best. A message would wait for the search to pause. */
export interface WorkerData {
  readonly task: Task
  readonly stopFlag: SharedArrayBuffer
}

const { task, stopFlag } = workerData as WorkerData
const flag = new Int32Array(stopFlag)
const stopped = () => Atomics.load(flag, 0) !== 0
const post = (message: WorkerMessage) => parentPort!.postMessage(message)

/** Read from the port between two steps: a listener would keep the thread alive. */
const peers: Peers = {
  tell: (assignment) => post({ kind: 'found', assignment }),
  hear: () => receiveMessageOnPort(parentPort!)?.message as Assignment | undefined,
}

/** Posts a bound where it has risen. */
function tellBound(): (step: ProofStep) => void {
  let told = 0
  return ({ lowerKrw }) => {
    if (lowerKrw > told) post({ kind: 'bound', lowerKrw })
    told = Math.max(told, lowerKrw)
  }
}

async function importFile({ bytes, complex, options }: ImportTask): Promise<Imported> {
  const outcome = await importOrders(bytes, complex, options)
  return { ...outcome, rejectedFile: outcome.rejected && (await writeRejected(outcome.rejected)) }
}

async function perform(): Promise<Outcomes[Task['kind']]> {
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
      return await readPlaces(task.bytes, task.options)
    case 'firms':
      return await readFirmList(task.bytes, task.options)
    case 'preview':
      return await previewOrders(task.bytes, task.complex, task.options)
    case 'review':
      return await reviewOrders(task.bytes, task.complex, task.options)
    case 'report':
      return await reportOf(task.format).render(task.plan, task.problem, task.locale, task.papers)
    case 'study':
      return await runDays(task, (run) => post({ kind: 'run', run }))
    case 'workOut':
      return await workOut(task.study, task.routed, task.locale)
    case 'patterns':
      return choosePatterns(task.input)
    case 'admit':
      return await admitPlanFile(task.bytes, { locale: task.locale, seconds: task.seconds, nowMs })
  }
}

post({ kind: 'outcome', outcome: await perform() })
