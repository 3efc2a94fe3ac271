/**
 * Judges a solution from two texts, the instance's and its own. Shares no line with the solver, neither the reader nor the distances: what
 * the solver misreads or miscounts, it does not miscount alike.
 */
import type { Format } from '../../solver/index.ts'

interface Verdict {
  readonly vehicles: number
  readonly cost: number
  /** empty: feasible */
  readonly faults: readonly string[]
}

interface Truck {
  readonly count: number
  readonly capacity: number
  readonly fixed: number
  readonly unit: number
}

/** One line of an instance: a stop with its window; `delivery` on pickups, `pickup` on deliveries, 0 where there is none. */
interface Stop {
  readonly demand: number
  readonly ready: number
  readonly due: number
  readonly service: number
  readonly pickup: number
  readonly delivery: number
}

interface Sheet {
  /** by number; 0 is the depot */
  readonly stops: ReadonlyMap<number, Stop>
  readonly trucks: readonly Truck[]
  readonly far: (from: number, to: number) => number
  /** price of going direct by pickup; where there are any, only these pickups are asked for */
  readonly direct: ReadonlyMap<number, number>
}

const TOLERANCE = 1e-6
const free = { ready: 0, due: Number.POSITIVE_INFINITY, service: 0, pickup: 0, delivery: 0 }
const plain = (capacity: number, count = Number.POSITIVE_INFINITY): Truck => ({ count, capacity, fixed: 0, unit: 1 })
const straight =
  (points: ReadonlyMap<number, readonly number[]>) =>
  (from: number, to: number): number => {
    const [a, b] = [points.get(from)!, points.get(to)!]
    return Math.hypot(a[0] - b[0], a[1] - b[1])
  }

function readSheet(text: string, format: Format, readBase: (name: string) => string): Sheet {
  const lines = text.split('\n').map((line) => line.trim())
  /** lines that are numbers and nothing else */
  const rows = lines.filter((line) => /^[-\d.e+\s]+$/i.test(line)).map((line) => line.split(/\s+/).map(Number))
  const header = (name: string) => Number(lines.find((line) => line.startsWith(name))!.split(':')[1])
  const direct = new Map<number, number>()
  switch (format) {
    case 'cvrplib': {
      const size = header('DIMENSION')
      const points = new Map(rows.slice(0, size).map(([id, x, y]) => [id - 1, [x, y]]))
      const stops = new Map(rows.slice(size, 2 * size).map(([id, demand]) => [id - 1, { ...free, demand }]))
      const far = straight(points)
      return { stops, trucks: [plain(header('CAPACITY'))], far: (a, b) => Math.floor(far(a, b) + 0.5), direct }
    }
    case 'solomon':
    case 'lilim': {
      const [[count, capacity], ...table] = rows
      const far = straight(new Map(table.map(([id, x, y]) => [id, [x, y]])))
      return { stops: readStops(table), trucks: [plain(capacity, count)], far, direct }
    }
    case 'sartori': {
      const size = header('SIZE')
      const table = rows.slice(0, size)
      const matrix = rows.slice(size, 2 * size)
      const row = new Map(table.map(([id], index) => [id, index]))
      const far = (from: number, to: number) => matrix[row.get(from)!][row.get(to)!]
      return { stops: readStops(table), trucks: [plain(header('CAPACITY'))], far, direct }
    }
    case 'hfvrp': {
      const [customers, kinds] = rows[0]
      const trucks = rows
        .slice(1, 1 + kinds)
        .map(([count, capacity, fixed, unit]) => ({ count, capacity, fixed, unit }))
      const table = rows.slice(1 + kinds, 2 + kinds + customers)
      const stops = new Map(table.map(([, , demand], id) => [id, { ...free, demand: id === 0 ? 0 : demand }]))
      return { stops, trucks, far: straight(new Map(table.map(([x, y], id) => [id, [x, y]]))), direct }
    }
    case 'optional': {
      const file = JSON.parse(text)
      const base = readSheet(readBase(file.base_file), file.format, readBase)
      for (const order of file.orders) direct.set(order.pickup, order.direct_cost)
      const trucks = file.fleet.map((truck: Truck & { unit_cost: number }) => ({ ...truck, unit: truck.unit_cost }))
      return { ...base, trucks, direct }
    }
  }
}

const readStops = (table: readonly (readonly number[])[]): Map<number, Stop> =>
  new Map(
    table.map(([id, , , demand, ready, due, service, pickup = 0, delivery = 0]) => [
      id,
      { demand, ready, due, service, pickup, delivery },
    ]),
  )

export function referee(text: string, format: Format, solution: string, readBase: (name: string) => string): Verdict {
  const { stops, trucks, far, direct } = readSheet(text, format, readBase)
  const faults: string[] = []
  const seen: number[] = []
  const used = trucks.map(() => 0)
  let cost = 0
  for (const line of solution.split('\n')) {
    const [title, list = ''] = line.split(':')
    const ids = list.split(' ').filter(Boolean).map(Number)
    if (title === 'Direct') {
      for (const id of ids) {
        cost += direct.get(id) ?? Number.NaN
        seen.push(id, stops.get(id)!.delivery)
      }
    } else if (title.startsWith('Route')) {
      const kind = Number(/ type (\d+)$/.exec(title)?.[1] ?? 1) - 1
      used[kind]++
      seen.push(...ids)
      faults.push(...findFaults(ids, stops, far, trucks[kind].capacity).map((fault) => `${title}: ${fault}`))
      const path = [0, ...ids, 0]
      const length = path.slice(1).reduce((sum, id, k) => sum + far(path[k], id), 0)
      cost += trucks[kind].fixed + trucks[kind].unit * length
    }
  }
  const asked = [...stops.keys()].filter((id) => {
    const pickup = stops.get(id)!.pickup || id
    return id !== 0 && (direct.size === 0 || direct.has(pickup))
  })
  if (seen.sort((a, b) => a - b).join() !== asked.sort((a, b) => a - b).join())
    faults.push(`${seen.length} visits, ${new Set(seen).size} different, of ${asked.length} asked for`)
  used.forEach((count, kind) => {
    if (count > trucks[kind].count) faults.push(`${count} trucks of type ${kind + 1}, there are ${trucks[kind].count}`)
  })
  if (!Number.isFinite(cost)) faults.push('the cost is no number')
  return { vehicles: used.reduce((sum, count) => sum + count, 0), cost, faults }
}

/** Along one route: time, load, and every delivery behind its pickup. */
function findFaults(
  ids: readonly number[],
  stops: Sheet['stops'],
  far: Sheet['far'],
  capacity: number,
): readonly string[] {
  const faults: string[] = []
  const depot = stops.get(0)!
  let time = depot.ready
  let at = 0
  let load = 0
  ids.forEach((id, k) => {
    const { demand, ready, due, service, pickup, delivery } = stops.get(id)!
    time = Math.max(ready, time + far(at, id))
    if (time > due + TOLERANCE) faults.push(`${id} is ${time - due} late`)
    time += service
    load += demand
    // goods that are delivered from the depot or collected for it weigh the same: all of them at the end
    if (load > capacity + TOLERANCE) faults.push(`${load} aboard after ${id}`)
    if (pickup !== 0 && !ids.slice(0, k).includes(pickup)) faults.push(`${id} before its pickup`)
    if (delivery !== 0 && !ids.slice(k).includes(delivery)) faults.push(`${id} without its delivery`)
    at = id
  })
  if (time + far(at, 0) > depot.due + TOLERANCE) faults.push(`${time + far(at, 0) - depot.due} late at the depot`)
  return faults
}
