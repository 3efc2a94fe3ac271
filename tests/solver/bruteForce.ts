/** The cheapest plan by trying every one: for tiny problems. */
import { evaluator, type Problem, type Travel, type Vehicle } from '../../solver/index.ts'
import { visitOrders } from './everyPlan.ts'
import { withoutTrucks } from './problems.ts'
import { planOf } from './routes.ts'

interface Turn {
  readonly vehicle: Vehicle
  readonly pool: string
  readonly shift: [number, number]
  readonly window: [number, number]
  readonly driver: string | null
}

/**
 * The least cost of all plans by trying every one: for each set of shipments and each truck the cheapest order of visits, for each
 * shipment its direct way, and every way to divide the shipments among them.
 */
export function leastCost(problem: Problem, travel: Travel): number {
  const { drivers, ...unmanned } = problem
  // each truck in each shift, with each driver who may take it then
  const turns = problem.vehicles.flatMap((vehicle) =>
    vehicle.shifts.flatMap((shift, k): Turn[] => {
      const pool = `${vehicle.id} ${k}`
      if (!drivers || vehicle.kind === 'hired') return [{ vehicle, pool, shift, window: shift, driver: null }]
      return drivers
        .filter(({ vehicles }) => vehicles.includes(vehicle.id))
        .flatMap(({ id, shifts = [shift] }) =>
          shifts
            .map(([from, to]): [number, number] => [Math.max(from, shift[0]), Math.min(to, shift[1])])
            .filter(([from, to]) => from <= to)
            .map((window) => ({ vehicle, pool, shift, window, driver: id })),
        )
    }),
  )
  const vehicles = turns.map(({ vehicle, window }, k) => ({ ...vehicle, id: `${k}`, shifts: [window] }))
  const evaluate = evaluator({ ...unmanned, vehicles }, travel)
  const ids = problem.shipments.map(({ id }) => id)
  const everything = (1 << ids.length) - 1
  const direct = new Map(
    planOf(withoutTrucks(problem), travel, {
      iterations: 0,
    }).direct.map((way) => [way.shipment, way.costKrw]),
  )
  // [turn][set]
  const rides = vehicles.map((vehicle) =>
    Array.from({ length: everything + 1 }, (_, set) => {
      const members = ids.filter((_, k) => set & (1 << k))
      const may = members.every((id) => problem.shipments.find((s) => s.id === id)!.modes?.includes('route') ?? true)
      let least = Number.POSITIVE_INFINITY
      if (set === 0 || vehicle.count === 0 || !may) return least
      for (const visits of visitOrders(members)) {
        const { route, broken } = evaluate(vehicle.id, visits)
        if (broken.length === 0) least = Math.min(least, route.costKrw)
      }
      return least
    }),
  )
  const isFree = (turn: number, taken: readonly number[]) => {
    const { vehicle, pool, driver, shift } = turns[turn]
    const others = taken.map((other) => turns[other])
    const busy = others.some(
      (other) => other.shift[0] < shift[1] && shift[0] < other.shift[1] && other.driver === driver,
    )
    return others.filter((other) => other.pool === pool).length < vehicle.count && !(driver && busy)
  }
  const divide = (left: number, taken: readonly number[]): number => {
    if (left === 0) return 0
    // the first shipment left goes direct, or with some of the others on a truck that is left
    const first = left & -left
    let least = (direct.get(ids[Math.log2(first)]) ?? Number.POSITIVE_INFINITY) + divide(left ^ first, taken)
    for (let set = left; set > 0; set = (set - 1) & left)
      if (set & first)
        for (const turn of turns.keys())
          if (rides[turn][set] < least && isFree(turn, taken))
            least = Math.min(least, rides[turn][set] + divide(left ^ set, [...taken, turn]))
    return least
  }
  return divide(everything, [])
}

/** The problem without the shipments that cannot go direct: what costs least is then a question of won alone. */
export function servable({ problem, travel }: { problem: Problem; travel: Travel }): {
  problem: Problem
  travel: Travel
} {
  // of a shipment in parts, all
  const stranded = new Set(
    planOf(withoutTrucks(problem), travel, { iterations: 0 }).unserved.map(({ shipment: id }) => id.split('/')[0]),
  )
  return { problem: { ...problem, shipments: problem.shipments.filter(({ id }) => !stranded.has(id)) }, travel }
}
