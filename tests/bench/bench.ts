/**
 * The search on literature instances, against the best known values.
 * `npm run bench`: a quick table, about three minutes. `--seconds 2 --seeds 1,2 --only lr112,RC208 --class VRPTW` choose.
 * `npm run bench -- --full`: every instance, 10 and 60 s, seeds 1 to 5, about eight hours. Finished runs are kept in
 * artifacts/bench/runs.jsonl by the state of the code; the same command again does what is left. Ends in artifacts/bench/bench.md and
 * bench.json; `--report` writes them from what there is, of `--commit` or of this code.
 * `--threads 2`: searches at once in a run. `--jobs 2`: runs at once. `--cpu`: seconds of the searching thread, not of the clock.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchmarkFolder, type Case, findCases } from './instances.ts'
import { appendRecord, type BenchRecord, codeState, keyOf, machine, type RunKey, readRecords } from './records.ts'
import { classTable, instanceTable, LEGEND, summarize } from './report.ts'
import { type RunSpec, runAll } from './run.ts'

/** One or two of each class. */
const QUICK = [
  ['X-n101-k25', 'X-n502-k39', 'X-n1001-k43', 'R101', 'RC208', 'r1_4_1', 'lr112', 'lrc106', 'LRC1_4_1'],
  ['bar-n100-1', 'nyc-n400-1', 'vfmpfv03', 'HVRP17', 'mro-lr112', 'mro-ber-n200-1'],
].flat()

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    seeds: { type: 'string' },
    only: { type: 'string' },
    class: { type: 'string' },
    threads: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    cpu: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    commit: { type: 'string' },
  },
})

function numbers(name: string, text: string): number[] {
  const list = text.split(',').map(Number)
  if (list.some((value) => !(value > 0))) throw new Error(`--${name} ${text}: give positive numbers, with commas`)
  return list
}

const seconds = numbers('seconds', values.seconds ?? (values.full ? '10,60' : '10'))
const seeds = numbers('seeds', values.seeds ?? (values.full ? '1,2,3,4,5' : '1'))
const [threads] = numbers('threads', values.threads)
const [jobs] = numbers('jobs', values.jobs)
const clock = values.cpu ? 'cpu' : 'wall'
if (clock === 'cpu' && threads > 1) throw new Error('--cpu counts one thread: leave out --threads')

const folder = benchmarkFolder()
const output = join(import.meta.dirname, '..', '..', 'artifacts', 'bench')
const store = join(output, 'runs.jsonl')
const CLOCK = {
  wall: 'seconds of the clock since the start of the process',
  cpu: 'CPU seconds of the searching thread',
}

interface Planned extends RunSpec {
  readonly key: RunKey
}

function chosen(cases: readonly Case[]): Case[] {
  const only = values.only?.split(',')
  const groups = values.class?.toLowerCase().split(',')
  return cases.filter(({ name, group }) => {
    if (only && !only.includes(name)) return false
    if (groups && !groups.some((part) => group.toLowerCase().includes(part))) return false
    return values.full || only || groups || QUICK.includes(name)
  })
}

/** Short budgets first, and the seeds one after the other: a run that is broken off has looked at everything. */
function planned(cases: readonly Case[], code: string): Planned[] {
  return seconds.flatMap((seconds) =>
    seeds.flatMap((seed) =>
      cases.map(({ name, path, format, objective }): Planned => {
        const key = { code, instance: name, seconds, seed, threads, clock } as const
        return { path, format, objective, seconds, clock, seed, threads, key }
      }),
    ),
  )
}

function heading(records: readonly BenchRecord[]): string {
  const distinct = (of: (record: BenchRecord) => string | number) => [...new Set(records.map(of))].join('; ')
  const at = records.map((record) => record.at).sort()
  const loads = records.map(({ load }) => load)
  return [
    `- machine: ${distinct((record) => record.machine)}`,
    `- commit: ${distinct(({ code }) => code)}`,
    `- date: ${at[0]} to ${at[at.length - 1]}`,
    `- budgets: ${distinct((record) => record.seconds)} ${CLOCK[clock]}`,
    `- threads: ${threads}; seeds: ${distinct(({ seed }) => seed)}`,
    `- load average at the end of a run: ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
  ].join('\n')
}

/** `keep`: also as files. */
function report(cases: readonly Case[], records: readonly BenchRecord[], keep: boolean): void {
  if (records.length === 0) {
    console.log('No runs to report.')
    return
  }
  const summary = summarize(cases, records)
  const head = heading(records)
  const faults = records
    .filter(({ feasible }) => !feasible)
    .map(({ instance, seconds, seed, faults }) => `- ${instance}, ${seconds} s, seed ${seed}: ${faults.join('; ')}`)
  const wrong = faults.length === 0 ? [] : ['## Infeasible', faults.join('\n')]
  const parts = ['# Benchmark', head, LEGEND, ...wrong, '## Classes', classTable(summary)]
  const full = [...parts, '## Instances', instanceTable(summary)].join('\n\n')
  console.log(keep ? parts.join('\n\n') : full)
  if (!keep) return
  mkdirSync(output, { recursive: true })
  writeFileSync(join(output, 'bench.md'), `${full}\n`)
  writeFileSync(
    join(output, 'bench.json'),
    `${JSON.stringify({ clock, threads, ...summary, runs: records }, null, 1)}\n`,
  )
  console.log(`\nIn full: ${join(output, 'bench.md')}, bench.json.`)
}

/** Runs what is not yet in the store, or everything anew where nothing is kept. */
async function measure(cases: readonly Case[], code: string): Promise<BenchRecord[]> {
  const records = values.full ? readRecords(store) : []
  const done = new Set(records.map(keyOf))
  const specs = planned(chosen(cases), code).filter(({ key }) => !done.has(keyOf(key)))
  const label = ({ key, seconds, seed }: Planned) => `${key.instance}, ${seconds} s, seed ${seed}`
  const failures = await runAll(specs, jobs, label, ({ key }, { notes: _, ...result }) => {
    if (values.full && codeState() !== code)
      throw new Error(
        'the code changed while it was measured: that run is not kept; start again, best in a checkout of its own',
      )
    const record = { ...key, machine: machine(), at: new Date().toISOString(), load: loadavg()[0], ...result }
    records.push(record)
    if (values.full) appendRecord(store, record)
  })
  for (const failure of failures) console.error(`failed: ${failure}`)
  if (failures.length > 0 || records.some(({ feasible }) => !feasible)) process.exitCode = 1
  return records
}

if (!existsSync(folder)) {
  console.log(
    `No benchmark instances in ${folder}: nothing to measure. Set MILKRUN_BENCHMARKS to a folder that has them.`,
  )
} else {
  const cases = findCases(folder)
  const now = codeState()
  const records = values.report ? readRecords(store) : await measure(cases, now)
  // a report of code that was never measured is one of the code measured last
  const known = records.filter(({ code }) => code.startsWith(values.commit ?? now))
  const code = known.at(-1)?.code ?? (values.report && !values.commit ? records.at(-1)?.code : undefined)
  const told = records.filter((record) => record.code === code && record.threads === threads && record.clock === clock)
  report(cases, told, values.full || values.report)
}
