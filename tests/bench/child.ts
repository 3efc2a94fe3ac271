/** One run in a process of its own, started by run.ts: its order is the argument, its result one line of JSON. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nowMs } from '../../server/jobs/clock.ts'
import { solveOnThreads } from '../../server/jobs/parallel.ts'
import { recombineOrders } from '../../server/jobs/search.ts'
import {
  evaluateSolution,
  type InstanceStep,
  type Literature,
  parseInstance,
  solveInstance,
} from '../../solver/index.ts'
import { referee } from './referee.ts'
import type { Note, RunResult, RunSpec } from './run.ts'

const spec = JSON.parse(process.argv[2]) as RunSpec
const elapsedS = (): number => process.uptime()
/** Of this thread, which searches; what the engine compiles and collects on others is not counted. */
const cpuS = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}
const text = readFileSync(spec.path, 'utf8')
const readBase = (name: string): string => readFileSync(join(dirname(spec.path), name), 'utf8')

const notes: Note[] = []
let startUpS = 0

/** Pulls the search as the command line does: the budget counts from the start of the process, the cooling from here. */
async function searchAlone(literature: Literature): Promise<InstanceStep> {
  const { seconds, clock, noteAt = [] } = spec
  const usedS = clock === 'cpu' ? cpuS : elapsedS
  const fromS = usedS()
  const { seed, objective, tune } = spec
  const recombine = await recombineOrders(literature, seconds - usedS())
  const options = { seed, objective, recombine, ...(tune && { tune }) }
  const steps = solveInstance(literature, options)
  let next = steps.next(0)
  let last: InstanceStep | undefined
  // what had passed before there was a solution has nothing to note
  const shares = noteAt.filter((share) => share * seconds > usedS())
  while (!next.done) {
    last = next.value
    // a large instance pauses before every order has been offered a place
    if (last.iterations === 0) startUpS = elapsedS()
    const nowS = usedS()
    while (notes.length < shares.length && nowS >= shares[notes.length] * seconds) {
      const { vehicles, cost, iterations } = last
      notes.push({ share: shares[notes.length], vehicles, cost, iterations })
    }
    if (nowS >= seconds) break
    next = steps.next(Math.min(1, (nowS - fromS) / (seconds - fromS)))
  }
  if (!last) throw new Error(`${spec.path}: the search ended without a solution`)
  return last
}

async function searchOnThreads(literature: Literature): Promise<InstanceStep> {
  const { seed, seconds, threads } = spec
  const objective = spec.objective ?? literature.objective
  const deadlineMs = nowMs() + (seconds - elapsedS()) * 1000
  const watch = {
    stopped: () => false,
    report: () => {
      startUpS ||= elapsedS()
    },
  }
  return await solveOnThreads({ kind: 'solve', literature, objective, seed, deadlineMs }, threads, watch)
}

const literature = parseInstance(text, spec.format, readBase)
const { iterations, solution } = spec.threads > 1 ? await searchOnThreads(literature) : await searchAlone(literature)
const used = { startUpS, elapsedS: elapsedS(), cpuS: cpuS(), peakMb: process.resourceUsage().maxRSS / 1024 }
// the verdict is the referee's; that the solver says the same of its solution is a claim of its own
const { vehicles, cost, faults } = referee(text, spec.format, solution, readBase)
const own = evaluateSolution(literature, solution)
if (own.vehicles !== vehicles || own.feasible !== (faults.length === 0) || Math.abs(own.cost - cost) > 1e-4)
  throw new Error(
    `the solver says ${own.vehicles} / ${own.cost} ${own.faults[0] ?? ''}, the referee ${vehicles} / ${cost} ${faults[0] ?? ''}`,
  )
const feasible = faults.length === 0
const result: RunResult = { vehicles, cost, feasible, faults: faults.slice(0, 5), iterations, ...used, notes }
process.stdout.write(`${JSON.stringify(result)}\n`)
