/** Every plan of a tiny problem, for brute force. */
import { evaluator, type Problem, type Route, type Travel } from '../../solver/index.ts'
import { withoutTrucks } from './problems.ts'
import { planOf } from './routes.ts'

type Kind = 'pickup' | 'delivery'
export type Step = { readonly shipment: string; readonly kind: Kind }

/** Every order in which one truck may visit both ends of these shipments. */
export function* visitOrders(ids: readonly string[]): Generator<Step[]> {
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

/** One plan: its routes, and the shipments on none, each by its cheapest direct way or unserved. */
export interface TinyPlan {
  readonly routes: readonly Route[]
  /** on no route */
  readonly left: readonly string[]
  readonly unserved: number
  readonly costKrw: number
}

/** Every way to divide the shipments among trucks, every order of visits, every choice of direct shipments. */
export function* everyPlan(problem: Problem, travel: Travel): Generator<TinyPlan> {
  const evaluate = evaluator(problem, travel)
  const ids = problem.shipments.map(({ id }) => id)
  const noTrucks = withoutTrucks(problem)
  // one by one: nobody in the way
  const direct = new Map(
    problem.shipments.flatMap((shipment) =>
      planOf({ ...noTrucks, shipments: [shipment] }, travel, { iterations: 0 }).direct.map(
        ({ costKrw }) => [shipment.id, costKrw] as const,
      ),
    ),
  )
  // [vehicle][set]
  const rides = problem.vehicles.map((vehicle) =>
    Array.from({ length: 1 << ids.length }, (_, set): Route[] => {
      const members = ids.filter((_, k) => set & (1 << k))
      if (set === 0 || vehicle.count === 0) return []
      return [...visitOrders(members)].flatMap((visits) => {
        const { route, broken } = evaluate(vehicle.id, visits)
        return broken.length === 0 ? [route] : []
      })
    }),
  )
  function* divide(left: number, counts: readonly number[], plan: TinyPlan): Generator<TinyPlan> {
    if (left === 0) return yield plan
    const first = left & -left
    const { routes, left: others, unserved, costKrw } = plan
    const krw = direct.get(ids[Math.log2(first)])
    const stays = {
      routes,
      left: [...others, ids[Math.log2(first)]],
      unserved: unserved + (krw === undefined ? 1 : 0),
      costKrw: costKrw + (krw ?? 0),
    }
    yield* divide(left ^ first, counts, stays)
    for (let set = left; set > 0; set = (set - 1) & left)
      if (set & first)
        for (const [vehicle, count] of counts.entries())
          for (const route of count > 0 ? rides[vehicle][set] : [])
            yield* divide(
              left ^ set,
              counts.map((other, k) => (k === vehicle ? other - 1 : other)),
              { routes: [...routes, route], left: others, unserved, costKrw: costKrw + route.costKrw },
            )
  }
  yield* divide(
    (1 << ids.length) - 1,
    problem.vehicles.map(({ count }) => count),
    { routes: [], left: [], unserved: 0, costKrw: 0 },
  )
}
