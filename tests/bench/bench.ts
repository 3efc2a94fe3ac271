/**
 * `npm run bench`: the search on literature instances, one thread, one seed, and the gap to the best known value. The instances are not
 * part of the project: it looks for them in ../shared/benchmarks beside the checkout, or where MILKRUN_BENCHMARKS says.
 * `npm run bench -- --seconds 10 --seed 1 --only lr112,RC208`
 */
import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Format, type InstanceStep, parseInstance, solveInstance } from '../../solver/index.ts'

const QUICK: readonly { readonly file: string; readonly format: Format }[] = [
  { file: 'cvrplib/X-n101-k25.vrp', format: 'cvrplib' },
  { file: 'cvrplib/X-n502-k39.vrp', format: 'cvrplib' },
  { file: 'solomon/R101.txt', format: 'solomon' },
  { file: 'solomon/RC208.txt', format: 'solomon' },
  { file: 'lilim/lr112.txt', format: 'lilim' },
  { file: 'lilim/lrc106.txt', format: 'lilim' },
  { file: 'sartori/bar-n100-1.txt', format: 'sartori' },
  { file: 'hfvrp/vfmpfv03.txt', format: 'hfvrp' },
  { file: 'optional/mro-lr112.json', format: 'optional' },
]

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
const folder = process.env.MILKRUN_BENCHMARKS ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'benchmarks')

/** Best known vehicles and cost of an instance; in the literature's lists a row `#distance` is another objective. */
function bestKnown(file: string, name: string): { vehicles: string; cost: number } | null {
  const rows = readFileSync(join(folder, dirname(file), 'bks.csv'), 'utf8').split(/\r?\n/)
  const row = rows.map((line) => line.split(',')).find(([instance]) => instance === name)
  return row ? { vehicles: row[1], cost: Number(row[2]) } : null
}

function solve(file: string, format: Format, seconds: number): InstanceStep {
  const path = join(folder, file)
  const literature = parseInstance(readFileSync(path, 'utf8'), format, (name) =>
    readFileSync(join(dirname(path), name), 'utf8'),
  )
  const startMs = performance.now()
  const steps = solveInstance(literature, { seed: Number(values.seed) })
  let last: InstanceStep | undefined
  for (let used = 0; used < 1; used = (performance.now() - startMs) / 1000 / seconds) {
    const { value, done } = steps.next(used)
    if (done || !value) break
    last = value
  }
  return last!
}

if (!existsSync(folder)) {
  console.log(
    `No benchmark instances in ${folder}: nothing to measure. Set MILKRUN_BENCHMARKS to a folder that has them.`,
  )
} else {
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, node ${process.version}, ${values.seconds} s, seed ${values.seed}\n`,
  )
  console.log('| instance | best known | found | gap | thousand tries |')
  console.log('| --- | --- | --- | --- | --- |')
  const only = values.only?.split(',')
  for (const { file, format } of QUICK) {
    const name = file.replace(/^.*\/|\.\w+$/g, '')
    if (only && !only.includes(name)) continue
    const { vehicles, cost, feasible, iterations } = solve(file, format, Number(values.seconds))
    const best = bestKnown(file, name)
    const gap = best ? `${((cost / best.cost - 1) * 100).toFixed(2)} %` : '–'
    const found = `${vehicles} / ${Math.round(cost * 100) / 100}${feasible ? '' : ' infeasible'}`
    console.log(
      `| ${name} | ${best?.vehicles || '–'} / ${best?.cost ?? '–'} | ${found} | ${gap} | ${Math.round(iterations / 1000)} |`,
    )
  }
}
