/** The file of finished runs, one line of JSON each, by which a benchmark that was broken off goes on where it stopped. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import type { RunResult, RunSpec } from './run.ts'

const root = join(import.meta.dirname, '..', '..')
/** What a run depends on. */
const MEASURED = ['solver', 'server/jobs', 'tests/bench/child.ts', 'tests/bench/referee.ts']

export interface BenchRecord extends Omit<RunResult, 'notes'>, Pick<RunSpec, 'seconds' | 'seed' | 'threads' | 'clock'> {
  /** the commit, and a mark of what was changed since */
  readonly code: string
  readonly instance: string
  readonly machine: string
  /** ISO 8601, when the run ended */
  readonly at: string
  /** of the machine over the last minute, when the run ended: above the number of threads, others were at work */
  readonly load: number
}

export type RunKey = Pick<BenchRecord, 'code' | 'instance' | 'seconds' | 'seed' | 'threads' | 'clock'>

export const keyOf = ({ code, instance, seconds, seed, threads, clock }: RunKey): string =>
  JSON.stringify([code, instance, seconds, seed, threads, clock])

export const machine = (): string =>
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, node ${process.version}`

/** HEAD, and where the solver differs from it a hash of the difference: two states of the code never share their runs. */
export function codeState(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const commit = git('rev-parse', 'HEAD').trim().slice(0, 12)
    const added = git('ls-files', '--others', '--exclude-standard', '--', ...MEASURED)
      .split('\n')
      .filter(Boolean)
    const changes = [git('diff', 'HEAD', '--', ...MEASURED), ...added.map((file) => readFileSync(join(root, file)))]
    if (changes.every((change) => change.length === 0)) return commit
    const hash = createHash('sha256')
    for (const change of changes) hash.update(change)
    return `${commit}-dirty-${hash.digest('hex').slice(0, 8)}`
  } catch {
    return 'without-git'
  }
}

export function readRecords(path: string): BenchRecord[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line): BenchRecord[] => {
      try {
        return line === '' ? [] : [JSON.parse(line) as BenchRecord]
      } catch {
        // the line that was being written when the machine went down
        return []
      }
    })
}

export function appendRecord(path: string, record: BenchRecord): void {
  mkdirSync(dirname(path), { recursive: true })
  appendFileSync(path, `${JSON.stringify(record)}\n`)
}
