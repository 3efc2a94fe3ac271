/** Random problems in which shipments mind what they ride with, and every plan there is for tiny ones. */
import { evaluator, type Plan, type Problem, type Shipment, type Travel } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { visitOrders } from './everyPlan.ts'
import { randomProblem, type Shape, withoutTrucks } from './problems.ts'
import { planOf } from './routes.ts'

/** A random problem with mixing classes, a group that rides together, a set that rides apart, trucks with one door, short rides. */
export function companyProblem(shape: Shape, make = randomProblem): { problem: Problem; travel: Travel } {
  const { problem, travel } = make(shape)
  const random = new Random(7 * shape.seed + 3)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const chance = (share: number) => random.unit() < share
  const shuffled = problem.shipments.map(({ id }) => id)
  for (let k = shuffled.length - 1; k > 0; k--) {
    const other = random.below(k + 1)
    ;[shuffled[k], shuffled[other]] = [shuffled[other], shuffled[k]]
  }
  // the two sets share one shipment at most, so that they can be kept both
  const together = shuffled.slice(0, Math.min(2 + random.below(2), shuffled.length - 1))
  const apart = [...shuffled.slice(0, 1), ...shuffled.slice(together.length, together.length + 1 + random.below(2))]
  return {
    problem: {
      ...problem,
      shipments: problem.shipments.map((entry): Shipment => {
        const { mustGoAlone, ...rest } = entry
        const alone = mustGoAlone && !together.includes(entry.id)
        const cargo = chance(0.8) ? { cargo: pick(['mold', 'oil', 'paper']) } : {}
        const short = chance(0.5) ? { maxOnBoardS: (5 + random.below(120)) * 60 } : {}
        return { ...rest, ...(alone ? { mustGoAlone } : {}), ...cargo, ...short }
      }),
      vehicles: problem.vehicles.map((entry) => ({ ...entry, ...(chance(0.5) ? { lastInFirstOut: true } : {}) })),
      ...(together.length > 1 && chance(0.5) ? { together: [together] } : {}),
      ...(apart.length > 1 && chance(0.5) ? { apart: [apart] } : {}),
      mixing: pick([
        [['mold', 'oil']],
        [
          ['oil', 'mold'],
          ['oil', 'paper'],
        ],
        [['oil', 'oil']],
        [
          ['mold', 'oil'],
          ['mold', 'mold'],
        ],
      ]),
    },
    travel,
  }
}

/**
 * The same where small loads must share one truck or two. Without a limit on the day, because that asks for later departures, which the search
 * does not try.
 */
export function crowdedProblem(shape: Shape): { problem: Problem; travel: Travel } {
  const { problem, travel } = companyProblem(shape)
  const { law: _, ...rest } = problem
  const lightly = ({ mustGoAlone: _alone, maxOnBoardS, ...entry }: Shipment): Shipment => ({
    ...entry,
    // short rides leave little to the other rules: in every second problem
    ...(maxOnBoardS !== undefined && shape.seed % 2 === 0 ? { maxOnBoardS } : {}),
    weightKg: entry.weightKg / 6,
    volumeL: (entry.volumeL ?? 0) / 6,
    pallets: 0,
    modes: ['route'],
  })
  return {
    problem: {
      ...rest,
      shipments: problem.shipments.map(lightly),
      vehicles: problem.vehicles
        .slice(0, 1)
        .map((entry) => ({ ...entry, count: 1 + (shape.seed % 2), lastInFirstOut: shape.seed % 4 > 0 })),
    },
    travel,
  }
}

/** Won that stand for a shipment left unserved: serving comes before saving. */
const UNSERVED_KRW = 1e9
export const worthOf = ({ costKrw, unserved }: Plan): number => costKrw + UNSERVED_KRW * unserved.length

/** The least worth of all plans, by trying every one: which shipments share a truck, in what order of visits, and which go direct. */
export function leastWorth(problem: Problem, travel: Travel): number {
  const evaluate = evaluator(problem, travel)
  const { shipments, vehicles } = problem
  const without = planOf(withoutTrucks(problem), travel, { iterations: 0 })
  const direct = shipments.map(({ id }) => without.direct.find((way) => way.shipment === id)?.costKrw ?? UNSERVED_KRW)
  const least = new Map<string, number>()
  const ride = (vehicle: string, set: readonly number[]): number => {
    const key = `${vehicle} ${set}`
    let best = least.get(key) ?? Number.POSITIVE_INFINITY
    if (least.has(key)) return best
    for (const visits of visitOrders(set.map((order) => shipments[order].id))) {
      const { route, broken } = evaluate(vehicle, visits)
      if (broken.length === 0) best = Math.min(best, route.costKrw)
    }
    least.set(key, best)
    return best
  }
  const divide = (left: readonly number[], counts: readonly number[]): number => {
    if (left.length === 0) return 0
    const [first, ...others] = left
    let best = direct[first] + divide(others, counts)
    for (let set = 0; set < 1 << others.length; set++) {
      const riding = [first, ...others.filter((_, k) => set & (1 << k))]
      const staying = others.filter((_, k) => !(set & (1 << k)))
      vehicles.forEach(({ id }, vehicle) => {
        const cost = counts[vehicle] > 0 ? ride(id, riding) : Number.POSITIVE_INFINITY
        if (cost < best)
          best = Math.min(
            best,
            cost +
              divide(
                staying,
                counts.map((count, k) => (k === vehicle ? count - 1 : count)),
              ),
          )
      })
    }
    return best
  }
  return divide(
    shipments.map((_, order) => order),
    vehicles.map(({ count }) => count),
  )
}
