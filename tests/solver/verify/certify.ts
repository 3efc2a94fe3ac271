/** Certificates made by brute force: the linear program over every route of a tiny problem gives prices that no route undercuts. */
import { type Highs, Program } from '../../../solver/columns/lp.ts'
import {
  type Certificate,
  evaluator,
  type Plan,
  type PlanFile,
  type Problem,
  type Travel,
} from '../../../solver/index.ts'
import { visitOrders } from '../everyPlan.ts'
import { withoutTrucks } from '../problems.ts'
import { planOf } from '../routes.ts'

export interface Certified {
  readonly file: PlanFile & { certificate: Certificate }
  /** of every truck in every shift, each set of shipments that it can carry, at its least cost */
  readonly routes: readonly { readonly fleet: number; readonly shipments: readonly string[]; readonly krw: number }[]
  /** [shipment] its direct way, Infinity: none */
  readonly directKrw: ReadonlyMap<string, number>
}

export function certify(highs: Highs, problem: Problem, travel: Travel): Certified {
  const plan: Plan = planOf(problem, travel, { iterations: 200 })
  const none = withoutTrucks(problem)
  const directKrw = new Map(problem.shipments.map(({ id }) => [id, Number.POSITIVE_INFINITY]))
  for (const { shipment, costKrw } of planOf(none, travel, { iterations: 0 }).direct) directKrw.set(shipment, costKrw)

  const turns = problem.vehicles
    .filter(({ count }) => count > 0)
    .flatMap((vehicle) => vehicle.shifts.map((window, shift) => ({ vehicle, window, shift })))
  const vehicles = turns.map(({ vehicle, window }, k) => ({ ...vehicle, id: `${k}`, shifts: [window] }))
  const evaluate = vehicles.length > 0 ? evaluator({ ...problem, vehicles }, travel) : null
  const left = new Set(plan.unserved.map(({ shipment }) => shipment))
  const served = problem.shipments.filter(({ id }) => !left.has(id))
  const routes = turns.flatMap((_, fleet) =>
    Array.from({ length: 1 << served.length }, (_, set) => served.filter((_, k) => set & (1 << k)))
      .filter((members) => members.length > 0 && members.every(({ modes }) => !modes || modes.includes('route')))
      .flatMap((members) => {
        const ids = members.map(({ id }) => id)
        let krw = Number.POSITIVE_INFINITY
        for (const visits of visitOrders(ids)) {
          const { route, broken } = evaluate!(`${fleet}`, visits)
          if (broken.length === 0) krw = Math.min(krw, route.costKrw)
        }
        return krw === Number.POSITIVE_INFINITY ? [] : [{ fleet, shipments: ids, krw }]
      }),
  )
  // whoever may share by the rules between a shipment and a truck, whether or not there is the time
  const fitting = (id: string) =>
    evaluate !== null &&
    vehicles.some(({ id: vehicle }) => {
      const { broken } = evaluate(vehicle, [
        { shipment: id, kind: 'pickup' },
        { shipment: id, kind: 'delivery' },
      ])
      return !broken.some(({ rule }) => ['handling', 'pieceWeight', 'truckSize', 'fitsTruck', 'modes'].includes(rule))
    })
  const pooled = served.filter(({ id, mustGoAlone }) => !mustGoAlone && fitting(id)).map(({ id }) => id)
  const alone = served
    .filter(({ id }) => !pooled.includes(id))
    .map(({ id }) => {
      const riding = routes.filter(({ shipments }) => shipments.length === 1 && shipments[0] === id)
      return { shipment: id, krw: Math.min(directKrw.get(id)!, ...riding.map(({ krw }) => krw)) }
    })
  const counts = turns.map(({ vehicle }) => Math.min(vehicle.count, pooled.length))
  const program = new Program(highs, [
    ...pooled.map(() => ({ lower: 1, upper: 1 })),
    ...counts.map((count) => ({ lower: Number.NEGATIVE_INFINITY, upper: count })),
  ])
  pooled.forEach((id, row) => {
    program.add({ cost: Math.min(directKrw.get(id)!, 1e9), lower: 0, upper: 1, rows: [row], values: [1] })
  })
  for (const { fleet, shipments, krw } of routes) {
    if (!shipments.every((id) => pooled.includes(id))) continue
    const rows = [...shipments.map((id) => pooled.indexOf(id)), pooled.length + fleet]
    program.add({ cost: krw, lower: 0, upper: 1, rows, values: rows.map(() => 1) })
  }
  const solved = pooled.length > 0 ? program.solve().prices : []
  program.dispose()
  const whole = (price: number) => Math.floor(price + 1e-6)
  const prices = pooled.map((shipment, row) => {
    const krw = Math.max(0, Math.min(whole(solved[row] ?? 0), directKrw.get(shipment)!))
    return { shipment, krw }
  })
  const fleet = turns.map(({ vehicle, shift }, k) => {
    // no more than the prices leave, which rounding may have taken
    const least = routes
      .filter((route) => route.fleet === k && route.shipments.every((id) => pooled.includes(id)))
      .map(({ shipments, krw }) => krw - shipments.reduce((sum, id) => sum + prices[pooled.indexOf(id)].krw, 0))
    return { vehicle: vehicle.id, shift, count: counts[k], krw: Math.min(0, ...least) }
  })
  const lowerKrw =
    [...prices, ...alone].reduce((sum, { krw }) => sum + krw, 0) +
    fleet.reduce((sum, { count, krw }) => sum + count * krw, 0)
  const certificate: Certificate = {
    lowerKrw,
    prices,
    fleet,
    alone,
    unserved: [...left],
    proof: lowerKrw >= plan.costKrw ? 'optimal' : 'stopped',
    relaxed: [],
    rounds: 0,
    columns: routes.length,
  }
  return { file: { ...plan, problem, travel, certificate, hash: '' }, routes, directKrw }
}
