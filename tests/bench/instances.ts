/**
 * The literature's instances beside the checkout: which there are, of which class, and the best that is known of them. They are no part
 * of the project: they lie in ../shared/benchmarks, or where MILKRUN_BENCHMARKS says, one folder a format, each with its bks.csv.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { FORMATS, type Format, type Objective } from '../../solver/index.ts'

export interface Case {
  /** the file's name; with `#distance` where distance alone counts */
  readonly name: string
  readonly path: string
  readonly format: Format
  readonly objective: Objective
  /** one of CLASSES */
  readonly group: string
  /** vehicles: null where the list has none */
  readonly best: { readonly vehicles: number | null; readonly cost: number }
}

export const benchmarkFolder = (): string =>
  process.env.MILKRUN_BENCHMARKS ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'benchmarks')

/** The custom of each format. */
const OBJECTIVE: Readonly<Record<Format, Objective>> = {
  cvrplib: 'distance',
  solomon: 'vehicles',
  lilim: 'vehicles',
  sartori: 'vehicles',
  hfvrp: 'cost',
  optional: 'cost',
}

/** In the order of the tables; an instance belongs to the first row of its format that reaches its size. */
const CLASSES: readonly { readonly group: string; readonly format: Format; readonly upTo: number }[] = [
  { group: 'CVRP up to 200', format: 'cvrplib', upTo: 200 },
  { group: 'CVRP 200–600', format: 'cvrplib', upTo: 600 },
  { group: 'CVRP 600–1000', format: 'cvrplib', upTo: Number.POSITIVE_INFINITY },
  { group: 'VRPTW 100–200', format: 'solomon', upTo: 200 },
  { group: 'VRPTW 400–1000', format: 'solomon', upTo: Number.POSITIVE_INFINITY },
  { group: 'PDPTW Li-Lim 100', format: 'lilim', upTo: 100 },
  { group: 'PDPTW Li-Lim 200–600', format: 'lilim', upTo: 600 },
  { group: 'PDPTW Li-Lim 1000', format: 'lilim', upTo: Number.POSITIVE_INFINITY },
  { group: 'PDPTW Sartori-Buriol 100–600', format: 'sartori', upTo: 600 },
  { group: 'PDPTW Sartori-Buriol 1000', format: 'sartori', upTo: Number.POSITIVE_INFINITY },
  { group: 'mixed fleet', format: 'hfvrp', upTo: Number.POSITIVE_INFINITY },
  { group: 'optional', format: 'optional', upTo: Number.POSITIVE_INFINITY },
]
const VRPTW_DISTANCE = 'VRPTW distance'

export const GROUPS: readonly string[] = [...new Set(CLASSES.map(({ group }) => group)), VRPTW_DISTANCE]

/** Customers by the name (X-n502-k39) or by the set (gh400); the set `solomon` is of 100. */
function sizeOf(name: string, set: string): number {
  const inName = /-n(\d+)-k/.exec(name)
  if (inName) return Number(inName[1]) - 1
  return Number(/\d+$/.exec(set)?.[0] ?? 100)
}

/** Every instance that bks.csv lists and the folder holds, in the order of the lists. */
export function findCases(folder: string): Case[] {
  return FORMATS.flatMap((format) => {
    const list = join(folder, format, 'bks.csv')
    if (!existsSync(list)) return []
    const files = new Map(readdirSync(join(folder, format)).map((file) => [caseFile(file, format), file]))
    const rows = readFileSync(list, 'utf8').trim().split(/\r?\n/).slice(1)
    return rows.flatMap((row): Case[] => {
      const [name, vehicles, cost, set] = row.split(',')
      const [instance, mark] = name.split('#')
      const file = files.get(instance)
      if (!file) return []
      const size = sizeOf(instance, set)
      return [
        {
          name,
          path: join(folder, format, file),
          format,
          objective: mark === 'distance' ? 'distance' : OBJECTIVE[format],
          group:
            mark === 'distance' && format === 'solomon'
              ? VRPTW_DISTANCE
              : CLASSES.find((row) => row.format === format && size <= row.upTo)!.group,
          best: { vehicles: vehicles === '' ? null : Number(vehicles), cost: Number(cost) },
        },
      ]
    })
  })
}

/** An `optional` instance is a .json beside the text file it is derived from, which may bear the same name. */
const caseFile = (file: string, format: Format): string =>
  (format === 'optional') === file.endsWith('.json') ? parse(file).name : `other ${file}`
