/** The cheapest plan by trying every one: for tiny problems. */
import { evaluator, type Problem, type Travel } from '../../solver/index.ts'
import { planOf } from './routes.ts'

type Kind = 'pickup' | 'delivery'
type Step = { readonly shipment: string; readonly kind: Kind }

/** Every order in which one truck may visit both ends of these shipments. */
function* orders(ids: readonly string[]): Generator<Step[]> {
  function* extend(done: readonly Step[], waiting: readonly string[], aboard: readonly string[]): Generator<Step[]> {
    if (waiting.length + aboard.length === 0) yield [...done]
    for (const id of waiting)
      yield* extend(
        [...done, { shipment: id, kind: 'pickup' }],
        waiting.filter((other) => other !== id),
        [...aboard, id],
      )
    for (const id of aboard)
      yield* extend(
        [...done, { shipment: id, kind: 'delivery' }],
        waiting,
        aboard.filter((other) => other !== id),
      )
  }
  yield* extend([], ids, [])
}

/**
 * The least cost of all plans by trying every one: for each set of shipments and each truck the cheapest order of visits, for each
 * shipment its direct way, and every way to divide the shipments among them.
 */
export function leastCost(problem: Problem, travel: Travel): number {
  // a truck of its own for each shift, so that each is counted by itself
  const vehicles = problem.vehicles.flatMap((vehicle) =>
    vehicle.shifts.map((shift, k) => ({ ...vehicle, id: `${vehicle.id} ${k}`, shifts: [shift] })),
  )
  const evaluate = evaluator({ ...problem, vehicles }, travel)
  const ids = problem.shipments.map(({ id }) => id)
  const everything = (1 << ids.length) - 1
  const direct = new Map(
    planOf({ ...problem, vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, count: 0 })) }, travel, {
      iterations: 0,
    }).direct.map((way) => [way.shipment, way.costKrw]),
  )
  // [vehicle][set]
  const rides = vehicles.map((vehicle) =>
    Array.from({ length: everything + 1 }, (_, set) => {
      const members = ids.filter((_, k) => set & (1 << k))
      const may = members.every((id) => problem.shipments.find((s) => s.id === id)!.modes?.includes('route') ?? true)
      let least = Number.POSITIVE_INFINITY
      if (set === 0 || vehicle.count === 0 || !may) return least
      for (const visits of orders(members)) {
        const { route, broken } = evaluate(vehicle.id, visits)
        if (broken.length === 0) least = Math.min(least, route.costKrw)
      }
      return least
    }),
  )
  const divide = (left: number, counts: readonly number[]): number => {
    if (left === 0) return 0
    // the first shipment left goes direct, or with some of the others on a truck that is left
    const first = left & -left
    let least = (direct.get(ids[Math.log2(first)]) ?? Number.POSITIVE_INFINITY) + divide(left ^ first, counts)
    for (let set = left; set > 0; set = (set - 1) & left)
      if (set & first)
        counts.forEach((count, vehicle) => {
          if (count > 0 && rides[vehicle][set] < least)
            least = Math.min(
              least,
              rides[vehicle][set] +
                divide(
                  left ^ set,
                  counts.map((other, k) => (k === vehicle ? other - 1 : other)),
                ),
            )
        })
    return least
  }
  return divide(
    everything,
    vehicles.map(({ count }) => count),
  )
}

/** The problem without the shipments that cannot go direct: what costs least is then a question of won alone. */
export function servable({ problem, travel }: { problem: Problem; travel: Travel }): {
  problem: Problem
  travel: Travel
} {
  const none = problem.vehicles.map((vehicle) => ({ ...vehicle, count: 0 }))
  const stranded = new Set(
    planOf({ ...problem, vehicles: none }, travel, { iterations: 0 }).unserved.map(({ shipment: id }) => id),
  )
  return { problem: { ...problem, shipments: problem.shipments.filter(({ id }) => !stranded.has(id)) }, travel }
}
