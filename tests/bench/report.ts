/** What the runs add up to: gaps to the best known, by instance and by class, as data and as Markdown. */
import { type Case, GROUPS } from './instances.ts'

/** One finished run, as far as the tables go. */
export interface Finding {
  readonly instance: string
  readonly seconds: number
  readonly seed: number
  readonly vehicles: number
  readonly cost: number
  readonly feasible: boolean
  readonly iterations: number
}

export interface Spread {
  readonly mean: number
  readonly min: number
  readonly max: number
}

export interface InstanceRow {
  readonly instance: string
  readonly group: string
  readonly seconds: number
  readonly seeds: readonly number[]
  readonly infeasible: number
  readonly best: Case['best']
  readonly vehicles: Spread | null
  readonly cost: Spread | null
  /** more vehicles than best known; null where vehicles do not come first */
  readonly extraVehicles: Spread | null
  /** per cent above the best known cost; where vehicles come first, of the runs that end with the best known number */
  readonly gap: Spread | null
  readonly iterations: Spread
}

export interface ClassRow {
  readonly group: string
  readonly seconds: number
  readonly instances: number
  readonly runs: number
  readonly infeasible: number
  readonly meanGap: number | null
  readonly worstGap: number | null
  readonly meanExtraVehicles: number | null
  /** of the runs, those with the best known number of vehicles or fewer */
  readonly shareWithBestVehicles: number | null
}

export interface Summary {
  readonly instances: readonly InstanceRow[]
  readonly classes: readonly ClassRow[]
}

interface Compared extends Finding {
  readonly extra: number | null
  readonly gap: number | null
}

/** Vehicles first where they come first: a cost counts at equal vehicles only. */
function compare(finding: Finding, { objective, best }: Case): Compared {
  const extra = objective === 'vehicles' && best.vehicles !== null ? finding.vehicles - best.vehicles : null
  return { ...finding, extra, gap: (extra ?? 0) === 0 ? (finding.cost / best.cost - 1) * 100 : null }
}

export function summarize(cases: readonly Case[], findings: readonly Finding[]): Summary {
  const budgets = [...new Set(findings.map(({ seconds }) => seconds))].sort((a, b) => a - b)
  const instances: InstanceRow[] = []
  const classes: ClassRow[] = []
  for (const group of GROUPS)
    for (const seconds of budgets) {
      const ofClass: Compared[] = []
      const before = instances.length
      let infeasible = 0
      for (const found of cases.filter((row) => row.group === group)) {
        const all = findings.filter((run) => run.instance === found.name && run.seconds === seconds)
        if (all.length === 0) continue
        // an infeasible run has no cost to compare: it is counted, and told
        const runs = all.filter(({ feasible }) => feasible).map((run) => compare(run, found))
        ofClass.push(...runs)
        infeasible += all.length - runs.length
        instances.push({
          instance: found.name,
          group,
          seconds,
          seeds: all.map(({ seed }) => seed).sort((a, b) => a - b),
          infeasible: all.length - runs.length,
          best: found.best,
          vehicles: spread(runs.map(({ vehicles }) => vehicles)),
          cost: spread(runs.map(({ cost }) => cost)),
          extraVehicles: spread(present(runs.map(({ extra }) => extra))),
          gap: spread(present(runs.map(({ gap }) => gap))),
          iterations: spread(all.map(({ iterations }) => iterations))!,
        })
      }
      if (instances.length === before) continue
      const gaps = spread(present(ofClass.map(({ gap }) => gap)))
      const extras = present(ofClass.map(({ extra }) => extra))
      classes.push({
        group,
        seconds,
        instances: instances.length - before,
        runs: ofClass.length + infeasible,
        infeasible,
        meanGap: gaps?.mean ?? null,
        worstGap: gaps?.max ?? null,
        meanExtraVehicles: spread(extras)?.mean ?? null,
        shareWithBestVehicles:
          extras.length === 0 ? null : extras.filter((extra) => extra <= 0).length / (ofClass.length + infeasible),
      })
    }
  return { instances, classes }
}

const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null)

function spread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, min: Math.min(...values), max: Math.max(...values) }
}

/** A minus only where the digits shown differ from nothing. */
export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2)
  return `${value < 0 && Number(digits) > 0 ? '−' : '+'}${digits}`
}
const percent = (value: number | null): string => (value === null ? '–' : `${signed(value)} %`)

/** The mean, and the range where the seeds differ. */
function ranged(value: Spread | null, show: (value: number) => string, unit = ''): string {
  if (!value) return '–'
  const range = value.min === value.max ? '' : ` (${show(value.min)} to ${show(value.max)})`
  return `${show(value.mean)}${unit}${range}`
}

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const runsOf = (runs: number, infeasible: number): string =>
  `${runs}${infeasible > 0 ? `, ${infeasible} INFEASIBLE` : ''}`
const whole = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1))
const money = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2))

export const classTable = ({ classes }: Summary): string =>
  table(
    ['class', 'seconds', 'instances', 'runs', 'extra vehicles', 'best known vehicles', 'mean gap', 'worst gap'],
    classes.map((row) => [
      row.group,
      String(row.seconds),
      String(row.instances),
      runsOf(row.runs, row.infeasible),
      row.meanExtraVehicles === null ? '–' : signed(row.meanExtraVehicles),
      row.shareWithBestVehicles === null ? '–' : `${Math.round(row.shareWithBestVehicles * 100)} %`,
      percent(row.meanGap),
      percent(row.worstGap),
    ]),
  )

export const instanceTable = ({ instances }: Summary): string =>
  table(
    ['instance', 'seconds', 'runs', 'best known', 'vehicles', 'cost', 'extra vehicles', 'gap', 'thousand tries'],
    instances.map((row) => [
      row.instance,
      String(row.seconds),
      runsOf(row.seeds.length, row.infeasible),
      `${row.best.vehicles ?? '–'} / ${row.best.cost}`,
      ranged(row.vehicles, whole),
      ranged(row.cost, money),
      ranged(row.extraVehicles, signed),
      ranged(row.gap, signed, ' %'),
      ranged(row.iterations, (value) => String(Math.round(value / 1000))),
    ]),
  )

/** How to read the tables. */
export const LEGEND =
  'Means over all runs, with the range over the seeds. Where vehicles come first (VRPTW, PDPTW), the gap is that of the runs that end ' +
  'with the best known number of vehicles; elsewhere it is the gap of the cost. Every solution is judged again by a referee that shares no code with the solver.'
