/** Runs of the search, each in a fresh process, so that neither memory nor compiled code passes from one to the next. */
import { type ExecFileException, execFile } from 'node:child_process'
import { join } from 'node:path'
import type { Format, Objective } from '../../solver/index.ts'

export interface RunSpec {
  readonly path: string
  readonly format: Format
  /** default: the custom of the format */
  readonly objective?: Objective
  readonly seconds: number
  /** wall: since the start of the process, as a user waits; cpu: seconds of the searching thread, as the peers were measured */
  readonly clock: 'wall' | 'cpu'
  readonly seed: number
  readonly threads: number
  /** settings of the search that differ from its defaults */
  readonly tune?: Readonly<Record<string, unknown>>
  /** shares of the budget at which to note the best so far */
  readonly noteAt?: readonly number[]
}

export interface Note {
  readonly share: number
  readonly vehicles: number
  readonly cost: number
  readonly iterations: number
}

export interface RunResult {
  readonly vehicles: number
  readonly cost: number
  readonly feasible: boolean
  /** the first few */
  readonly faults: readonly string[]
  readonly iterations: number
  /** from the start of the process to the first solution */
  readonly startUpS: number
  readonly elapsedS: number
  /** of the thread that searches; with several threads, of the one that waits for them */
  readonly cpuS: number
  readonly peakMb: number
  readonly notes: readonly Note[]
}

/** A run that has not ended after so many times its budget, and a minute, hangs. */
const PATIENCE = 4
const children = new AbortController()

export function runFresh(spec: RunSpec): Promise<RunResult> {
  const args = [...process.execArgv, join(import.meta.dirname, 'child.ts'), JSON.stringify(spec)]
  const timeout = (PATIENCE * spec.seconds + 60) * 1000
  return new Promise((resolve, reject) => {
    const ended = (error: ExecFileException | null, stdout: string, stderr: string) => {
      if (!error) return resolve(JSON.parse(stdout) as RunResult)
      // the engine tells of a full memory in a page of addresses
      const line = stderr.split('\n').find((line) => /error/i.test(line)) ?? `ended by ${error.signal ?? error.code}`
      reject(new Error(`${spec.path}: ${line.trim()}`))
    }
    execFile(process.execPath, args, { timeout, killSignal: 'SIGKILL', signal: children.signal }, ended)
  })
}

/**
 * All of them, `jobs` at a time, in order. `take` hears of each as it ends. A run that fails is told at the end and
 * stops nothing; where `take` throws, everything stops.
 */
export async function runAll<Spec extends RunSpec>(
  specs: readonly Spec[],
  jobs: number,
  label: (spec: Spec) => string,
  take: (spec: Spec, result: RunResult) => void,
): Promise<string[]> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      children.abort()
      process.exitCode = 130
    })
  const failures: string[] = []
  const startMs = performance.now()
  const budgetS = specs.reduce((sum, { seconds }) => sum + seconds, 0)
  let doneS = 0
  let done = 0
  let next = 0
  const show = (text: string) => {
    // what the runs so far took for their budgets tells what the rest will take
    const leftS = ((performance.now() - startMs) / 1000 / doneS) * (budgetS - doneS)
    const line = `${done}/${specs.length} ${text}, ${duration(leftS)} left`
    process.stderr.write(process.stderr.isTTY ? `\r${line}\x1b[K` : `${line}\n`)
  }
  const work = async () => {
    while (next < specs.length && !children.signal.aborted) {
      const spec = specs[next++]
      const result = await runFresh(spec).catch((error: Error) => error)
      if (children.signal.aborted) return
      doneS += spec.seconds
      done++
      if (result instanceof Error) {
        failures.push(`${label(spec)}: ${result.message}`)
        show(`${label(spec)}: failed`)
      } else {
        take(spec, result)
        const { vehicles, cost, feasible } = result
        show(`${label(spec)}: ${vehicles} / ${cost.toFixed(2)}${feasible ? '' : ' INFEASIBLE'}`)
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: jobs }, work))
  } catch (error) {
    children.abort()
    throw error
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  return failures
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
