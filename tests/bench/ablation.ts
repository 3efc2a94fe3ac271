/**
 * What each operator of the search earns: the same instances with all of it, and with each switch off in turn.
 * `node tests/bench/ablation.ts --seconds 10 --seeds 1,2`: about four minutes a row and seed. Budgets are CPU seconds, so that other work
 * on the machine does not count. `--off strings,blinks` chooses switches; `--set hot=0.5 --set hot=2` adds rows with another number.
 * A difference of less than the seeds differ says nothing: look at the last rows.
 */
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { TUNING } from '../../solver/search/tuning.ts'
import { benchmarkFolder, findCases } from './instances.ts'
import { codeState, machine } from './records.ts'
import { type ClassRow, type Finding, signed, summarize, table } from './report.ts'
import { type RunSpec, runAll } from './run.ts'

/** The settings of the search, with their defaults: switches and numbers. */
const settings: Readonly<Record<string, boolean | number>> = { ...TUNING }

const INSTANCES = [
  ['X-n200-k36', 'X-n502-k39', 'R112', 'RC208', 'r1_4_1', 'lr112', 'LRC1_4_1', 'bar-n100-1', 'ber-n200-1'],
  ['vfmpf18', 'HVRP17', 'mro-bar-n100-1', 'mro-nyc-n400-1'],
].flat()

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '1,2' },
    jobs: { type: 'string', default: '1' },
    only: { type: 'string' },
    off: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
  },
})

interface Variant {
  readonly name: string
  readonly tune: Readonly<Record<string, boolean | number>>
}

interface Trial extends RunSpec {
  readonly variant: Variant
  readonly instance: string
}

/** Every switch that is on, off; and the numbers asked for. */
function variantsOf(tuning: typeof settings): Variant[] {
  const switches = Object.keys(tuning).filter((key) => tuning[key] === true)
  const off = values.off === undefined ? switches : values.off.split(',').filter(Boolean)
  const unknown = off.find((key) => !switches.includes(key))
  if (unknown) throw new Error(`--off ${unknown}: the search has the switches ${switches.join(', ') || '(none)'}`)
  const numbers = values.set.map((assignment): Variant => {
    const [key, value] = assignment.split('=')
    if (typeof tuning[key] !== 'number' || !Number.isFinite(Number(value)))
      throw new Error(`--set ${assignment}: name a number of the search, as in hot=0.5`)
    return { name: `${key} ${value} instead of ${tuning[key]}`, tune: { [key]: Number(value) } }
  })
  return [
    { name: 'all of it', tune: {} },
    ...off.map((key) => ({ name: `without ${key}`, tune: { [key]: false } })),
    ...numbers,
  ]
}

/** Extra vehicles, where they come first, and the gap at equal vehicles. */
function cell(row: ClassRow | undefined): string {
  if (!row) return '–'
  const extra = row.meanExtraVehicles === null ? [] : [signed(row.meanExtraVehicles)]
  const gap = row.meanGap === null ? '–' : `${signed(row.meanGap)} %`
  return [...extra, gap, ...(row.infeasible > 0 ? [`${row.infeasible} INFEASIBLE`] : [])].join('; ')
}

async function measure(tuning: typeof settings, folder: string): Promise<void> {
  const names = values.only?.split(',') ?? INSTANCES
  const cases = findCases(folder).filter(({ name }) => names.includes(name))
  const variants = variantsOf(tuning)
  const seeds = values.seeds.split(',').map(Number)
  const seconds = Number(values.seconds)
  const clock = 'cpu'
  // seed by seed and all variants of an instance together: what the machine does meanwhile meets them alike
  const trials = seeds.flatMap((seed) =>
    cases.flatMap(({ name, path, format, objective }) =>
      variants.map((variant): Trial => {
        const spec = { path, format, objective, seconds, clock, seed, threads: 1, tune: variant.tune } as const
        return { ...spec, variant, instance: name }
      }),
    ),
  )
  const found = new Map(variants.map((variant): [Variant, Finding[]] => [variant, []]))
  const label = ({ variant, instance, seed }: Trial) => `${instance}, seed ${seed}, ${variant.name}`
  const failures = await runAll(trials, Number(values.jobs), label, ({ variant, instance, seed }, result) => {
    found.get(variant)!.push({ ...result, instance, seconds, seed })
  })
  const classesOf = (variant: Variant, seed?: number) =>
    summarize(
      cases,
      found.get(variant)!.filter((run) => seed === undefined || run.seed === seed),
    ).classes
  const groups = classesOf(variants[0]).map(({ group }) => group)
  const row = (name: string, classes: readonly ClassRow[]) => [
    name,
    ...groups.map((group) => cell(classes.find((row) => row.group === group))),
  ]
  console.log(
    `${machine()}; commit ${codeState()}; ${seconds} CPU seconds of the searching thread; seeds ${seeds.join(', ')}; ` +
      `load average ${loadavg()[0].toFixed(1)}. Extra vehicles, where they come first; mean gap at equal vehicles.\n`,
  )
  const each = seeds.map((seed) => row(`all of it, seed ${seed} alone`, classesOf(variants[0], seed)))
  console.log(table(['', ...groups], [...variants.map((variant) => row(variant.name, classesOf(variant))), ...each]))
  for (const failure of failures) console.log(`\nfailed: ${failure}`)
  if (failures.length > 0) process.exitCode = 1
}

const folder = benchmarkFolder()
if (!existsSync(folder))
  console.log(`No benchmark instances in ${folder}. Set MILKRUN_BENCHMARKS to a folder that has them.`)
else await measure(settings, folder)
