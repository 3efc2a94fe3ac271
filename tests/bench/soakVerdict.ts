/** What the samples of a soak say: a row every two minutes, the slopes, and what grows that should not. */
import { table } from './report.ts'

export interface Sample {
  readonly atS: number
  readonly rssMb: number
  readonly heapMb: number
  readonly externalMb: number
  /** Of connections, pipes and the like. */
  readonly descriptors: number
  /** That the database holds open: one for each table and index it has met, and a few beside each. */
  readonly dataFiles: number
  readonly threads: number
  readonly lagMs: number
  readonly cpuS: number
  readonly days: number
}
type Figure = Exclude<keyof Sample, 'atS'>
export interface Soaked {
  readonly before: Sample
  readonly samples: readonly Sample[]
  readonly after: Sample
}

const ROW_S = 120
const MEMORY = ['rssMb', 'heapMb', 'externalMb'] as const
const HANDLES = ['descriptors', 'dataFiles', 'threads'] as const
/** The first third is for warming up. Over the other two, of the line through the least of each row: what collections leave. */
const MOST_GROWTH = { rssMb: 0.1, heapMb: 0.1, externalMb: 0.1 }
/** From the first third to the last, where the least has risen twice. The database opens a few files late, beside its tables. */
const MOST_MORE = { descriptors: 1, dataFiles: 20, threads: 0 }

const lowest = (list: readonly Sample[], of: Figure) => Math.min(...list.map((each) => each[of]))
const highest = (list: readonly Sample[], of: Figure) => Math.max(...list.map((each) => each[of]))
const median = (list: readonly Sample[], of: Figure) =>
  list.map((each) => each[of]).sort((a, b) => a - b)[Math.floor(list.length / 2)]!

/** Per hour, of the least-squares line. */
function slope(points: readonly (readonly [atS: number, value: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const along = points.reduce((sum, [atS, value]) => sum + (atS - x) * (value - y), 0)
  return (3600 * along) / points.reduce((sum, [atS]) => sum + (atS - x) ** 2, 0)
}

export function judge({ before, samples, after }: Soaked): { readonly text: string; readonly faults: string[] } {
  const startS = samples[0]!.atS
  const spanS = samples.at(-1)!.atS - startS
  // a short run has shorter rows: the line needs some
  const rowS = Math.min(ROW_S, spanS / 9.9)
  const rowsIn = (list: readonly Sample[]) => [
    ...Map.groupBy(list, ({ atS }) => Math.floor((atS - startS) / rowS)).values(),
  ]
  const third = Math.floor(samples.length / 3)
  const [first, last, warm] = [samples.slice(0, third), samples.slice(-third), samples.slice(third)]
  const thirds = [first, samples.slice(third, -third), last]
  const faults: string[] = []

  const slopes = MEMORY.map((name) => {
    const floors = rowsIn(warm).map((list) => [list[0]!.atS, lowest(list, name)] as const)
    const perHour = slope(floors)
    const share = (perHour * (spanS / 3600) * 2) / 3 / floors[0]![1]
    const percent = (value: number) => `${(100 * value).toFixed(1)} %`
    if (share > MOST_GROWTH[name]) faults.push(`${name} grows by ${percent(share)}`)
    return [
      name,
      ...[first, last].map((list) => median(list, name).toFixed(1)),
      slope(warm.map((each) => [each.atS, each[name]])).toFixed(1),
      perHour.toFixed(1),
      `${percent(share)} (at most ${percent(MOST_GROWTH[name])})`,
    ]
  })
  const handles = HANDLES.map((name) => {
    const floors = thirds.map((list) => lowest(list, name))
    const [a, b, c] = [floors[0]!, floors[1]!, floors[2]!]
    if (a < b && b < c && c - a > MOST_MORE[name]) faults.push(`${name} grow: ${floors.join(', ')}`)
    const perHour = slope(warm.map((each) => [each.atS, each[name]])).toFixed(1)
    const medians = [first, last].map((list) => String(median(list, name)))
    return [name, ...medians, perHour, floors.join(', '), `${before[name]} → ${after[name]}`]
  })
  const thirdsHead = ['median of the first third', 'of the last', 'slope an hour over the last two thirds']
  const text = [
    rowTable(before, rowsIn(samples), after),
    table(['', ...thirdsHead, 'of the least of each row', 'in all'], slopes),
    table(['', ...thirdsHead, 'least of each third', 'at rest before → after'], handles),
  ]
  return { text: text.join('\n\n'), faults }
}

function rowTable(before: Sample, rows: readonly Sample[][], after: Sample): string {
  const line = (name: string, list: readonly Sample[]) => {
    const [start, end] = [list[0]!, list.at(-1)!]
    const cores = list.length > 1 ? ((end.cpuS - start.cpuS) / (end.atS - start.atS)).toFixed(2) : '–'
    const memory = MEMORY.map((of) => median(list, of).toFixed(0))
    const handles = HANDLES.map((of) => [...new Set([lowest(list, of), highest(list, of)])].join('–'))
    const figures = [...memory, lowest(list, 'heapMb').toFixed(0), ...handles, highest(list, 'lagMs').toFixed(0)]
    return [name, String(end.days), cores, ...figures]
  }
  const start = rows[0]![0]!.atS
  const head = 'minute, days, cores, RSS MB, heap MB, external MB, least heap, descriptors, data files, threads'
  return table(
    [...head.split(', '), 'worst p99 lag ms'],
    [
      line('before', [before]),
      ...rows.map((list) => line(((list[0]!.atS - start) / 60).toFixed(0), list)),
      line('at rest after', [after]),
    ],
  )
}
