/**
 * How the search grows: generated instances of 1,000, 5,000 and 10,000 shipments, each run in a fresh process for the same time.
 * `node tests/bench/scale.ts --sizes 1000,5000,10000 --seconds 60 --seed 1 --kinds cvrp-center,cvrp-random,pdptw,optional`
 * The instances stay in artifacts/bench/scale/. Prints a Markdown table; a run that fails is a row that says why.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Format } from '../../solver/index.ts'
import { cvrplibText, lilimText, optionalText } from './generate.ts'
import { codeState, machine } from './records.ts'
import { table } from './report.ts'
import { type RunResult, type RunSpec, runAll } from './run.ts'

const output = join(import.meta.dirname, '..', '..', 'artifacts', 'bench', 'scale')
/** Shares of the budget at which the table shows the best so far. */
const NOTE_AT = [0.1, 0.25, 0.5]

function write(name: string, text: string): string {
  const path = join(output, name)
  writeFileSync(path, text)
  return path
}

/** Each writes an instance and says how to read it. */
const KINDS: Readonly<Record<string, (size: number, seed: number) => { path: string; format: Format }>> = {
  'cvrp-center': (customers, seed) => ({
    path: write(
      `cvrp-center-${customers}-${seed}.vrp`,
      cvrplibText({ customers, depot: 'center', perRoute: 20, seed }),
    ),
    format: 'cvrplib',
  }),
  'cvrp-random': (customers, seed) => ({
    path: write(`cvrp-random-${customers}-${seed}.vrp`, cvrplibText({ customers, depot: 'random', perRoute: 8, seed })),
    format: 'cvrplib',
  }),
  pdptw: (orders, seed) => ({
    path: write(`pdptw-${orders}-${seed}.txt`, lilimText({ orders, seed })),
    format: 'lilim',
  }),
  optional: (orders, seed) => {
    const baseFile = `optional-${orders}-${seed}.txt`
    const { base, json } = optionalText({ orders, seed }, baseFile)
    write(baseFile, base)
    return { path: write(`optional-${orders}-${seed}.json`, json), format: 'optional' }
  },
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,5000,10000' },
    kinds: { type: 'string', default: Object.keys(KINDS).join(',') },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    cpu: { type: 'boolean', default: false },
  },
})

interface ScaleRun extends RunSpec {
  readonly kind: string
  readonly shipments: number
}

mkdirSync(output, { recursive: true })
const seconds = Number(values.seconds)
const seed = Number(values.seed)
const runs = values.sizes.split(',').flatMap((size) =>
  values.kinds.split(',').map((kind): ScaleRun => {
    const make = KINDS[kind]
    if (!make) throw new Error(`--kinds ${kind}: choose from ${Object.keys(KINDS).join(', ')}`)
    const shipments = Number(size)
    const clock = values.cpu ? 'cpu' : 'wall'
    return {
      ...make(shipments, seed),
      ...{ kind, shipments, seconds, clock, seed, threads: Number(values.threads), noteAt: NOTE_AT },
    }
  }),
)

const results = new Map<ScaleRun, RunResult>()
const label = ({ kind, shipments }: ScaleRun): string => `${kind}, ${shipments} shipments`
const failures = await runAll(runs, Number(values.jobs), label, (run, result) => results.set(run, result))

const money = (value: number): string => Math.round(value).toLocaleString('en')
const found = ({ vehicles, cost }: { vehicles: number; cost: number }): string => `${vehicles} / ${money(cost)}`
const rows = runs.map((run) => {
  const result = results.get(run)
  const head = [run.kind, money(run.shipments)]
  if (!result) return [...head, 'failed', ...NOTE_AT.map(() => '–'), '–', '–', '–', '–']
  const { startUpS, elapsedS, iterations, notes, peakMb, feasible } = result
  return [
    ...head,
    startUpS.toFixed(1),
    ...NOTE_AT.map((share) => {
      const note = notes.find((note) => note.share === share)
      return note ? found(note) : '–'
    }),
    `${found(result)}${feasible ? '' : ' INFEASIBLE'}`,
    iterations === 0 ? '–' : money(iterations / (elapsedS - startUpS)),
    elapsedS.toFixed(1),
    money(peakMb),
  ]
})
const at = NOTE_AT.map((share) => `at ${Math.round(share * seconds * 10) / 10} s`)
console.log(
  `${machine()}; commit ${codeState()}; ${seconds} ${values.cpu ? 'CPU seconds of the searching thread' : 's of the clock, start-up included'}, ` +
    `seed ${seed}, threads ${values.threads}; load average ${loadavg()[0].toFixed(1)}. Vehicles / cost.\n`,
)
console.log(
  table(
    ['kind', 'shipments', 'start-up s', ...at, `at ${seconds} s`, 'iterations/s', 'ended after s', 'peak MB'],
    rows,
  ),
)
for (const failure of failures) console.log(`\nfailed: ${failure}`)
if (failures.length > 0 || [...results.values()].some(({ feasible }) => !feasible)) process.exitCode = 1
