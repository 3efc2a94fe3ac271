/**
 * What differs between two plans, whether of one problem or of a day and its scenarios. A route of the one is the same truck's as a route
 * of the other where they share the most shipments, first among routes of the same vehicle; routes without anything in common are trucks
 * added or removed. Of a pair, what both do in the same order is unchanged (longest common subsequence of their visits).
 */
import { bestMatching } from './matching.ts'
import type { Direct, Plan, Route, Stop } from './plan.ts'

export type Way =
  | { readonly by: 'route'; readonly route: string; readonly pair: number }
  | { readonly by: Direct['mode'] }
  | { readonly by: 'nobody' }
  /** not among the orders of that side */
  | { readonly by: 'absent' }

export interface RoutePair {
  readonly left?: Route
  readonly right?: Route
  /** same: the same visits in the same order on the same vehicle; times may differ */
  readonly change: 'same' | 'changed' | 'added' | 'removed'
  /** [stop of that side] it is made, or its visits are, otherwise than on the other side */
  readonly leftStops: readonly boolean[]
  readonly rightStops: readonly boolean[]
  /** [leg of that side, one more than stops: the last goes home] driven on this side only */
  readonly leftLegs: readonly boolean[]
  readonly rightLegs: readonly boolean[]
}

export interface ShipmentChange {
  readonly shipment: string
  readonly left: Way
  readonly right: Way
}

export interface PlanDiff {
  /** the routes of the left plan in their order, then those that only the right one has */
  readonly pairs: readonly RoutePair[]
  /** that ride elsewhere, or go by another mode; in the order of the left plan, then those of the right one only */
  readonly shipments: readonly ShipmentChange[]
}

export function diffPlans(left: Plan, right: Plan): PlanDiff {
  const pairs = pairRoutes(left.routes, right.routes).map(describePair)
  const [then, now] = [waysOf(left, 'left', pairs), waysOf(right, 'right', pairs)]
  const shipments = [...new Set([...then.keys(), ...now.keys()])].flatMap((shipment): ShipmentChange[] => {
    const was: Way = then.get(shipment) ?? { by: 'absent' }
    const is: Way = now.get(shipment) ?? { by: 'absent' }
    const same = was.by === 'route' && is.by === 'route' ? was.pair === is.pair : was.by === is.by
    return same ? [] : [{ shipment, left: was, right: is }]
  })
  return { pairs, shipments }
}

type Pair = Pick<RoutePair, 'left' | 'right'>

function pairRoutes(left: readonly Route[], right: readonly Route[]): Pair[] {
  const carried = right.map(({ stops }) => new Set(stops.flatMap(({ pickups }) => pickups)))
  const cells = new Int32Array(left.length * right.length)
  left.forEach((route, row) => {
    const own = route.stops.flatMap(({ pickups }) => pickups)
    right.forEach((other, column) => {
      const shared = own.filter((shipment) => carried[column].has(shipment)).length
      // the vehicle decides between routes that share as much
      cells[row * right.length + column] = shared > 0 ? 2 * shared + (route.vehicle === other.vehicle ? 1 : 0) : 0
    })
  })
  const heirs = bestMatching(cells, left.length, right.length)
  const taken = new Set(heirs)
  return [
    ...left.map((route, row): Pair => (heirs[row] >= 0 ? { left: route, right: right[heirs[row]] } : { left: route })),
    ...right.flatMap((route, column): Pair[] => (taken.has(column) ? [] : [{ right: route }])),
  ]
}

const all = (stops: readonly Stop[] | undefined, extra = 0) =>
  Array.from({ length: (stops?.length ?? -extra) + extra }, () => true)

function describePair({ left, right }: Pair): RoutePair {
  if (!left || !right) {
    const stops = { leftStops: all(left?.stops), rightStops: all(right?.stops) }
    const legs = { leftLegs: all(left?.stops, 1), rightLegs: all(right?.stops, 1) }
    return left
      ? { left, change: 'removed', ...stops, ...legs }
      : { ...(right && { right }), change: 'added', ...stops, ...legs }
  }
  const [a, b] = [left, right].map(visitsOf)
  const common = commonOf(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
  )
  const leftStops = left.stops.map(() => false)
  const rightStops = right.stops.map(() => false)
  a.forEach(({ stop }, k) => {
    if (!common.a.has(k)) leftStops[stop] = true
  })
  b.forEach(({ stop }, k) => {
    if (!common.b.has(k)) rightStops[stop] = true
  })
  const otherTruck = left.vehicle !== right.vehicle
  const same = !otherTruck && !leftStops.includes(true) && !rightStops.includes(true)
  const [leftWays, rightWays] = [legsOf(left), legsOf(right)]
  return {
    left,
    right,
    change: same ? 'same' : 'changed',
    leftStops,
    rightStops,
    leftLegs: leftWays.map((leg) => otherTruck || !rightWays.includes(leg)),
    rightLegs: rightWays.map((leg) => otherTruck || !leftWays.includes(leg)),
  }
}

/** Visits in the order served; within a stop that order is nobody's concern. */
const visitsOf = ({ stops }: Route) =>
  stops.flatMap(({ pickups, deliveries }, stop) =>
    [...deliveries.map((id) => `-${id}`).sort(), ...pickups.map((id) => `+${id}`).sort()].map((key) => ({ key, stop })),
  )

/** Ends of each leg; a round without a garage begins at its first stop and has no leg to it. */
function legsOf({ stops, lastLegM }: Route): string[] {
  const sites = stops.map(({ site }) => site)
  const start = stops[0] && stops[0].legM > 0 ? 'garage' : ''
  return [
    ...sites.map((site, k) => `${sites[k - 1] ?? start} ${site}`),
    `${sites.at(-1)} ${lastLegM > 0 ? 'garage' : ''}`,
  ]
}

/** Indices of a longest common subsequence, in either list. */
function commonOf(a: readonly string[], b: readonly string[]): { readonly a: Set<number>; readonly b: Set<number> } {
  const width = b.length + 1
  const longest = new Int32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1])
  const found = { a: new Set<number>(), b: new Set<number>() }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      found.a.add(i++)
      found.b.add(j++)
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i++
    else j++
  }
  return found
}

function waysOf(plan: Plan, side: 'left' | 'right', pairs: readonly RoutePair[]): Map<string, Way> {
  const ways = new Map<string, Way>()
  pairs.forEach((entry, pair) => {
    const route = entry[side]
    for (const { pickups } of route?.stops ?? [])
      for (const shipment of pickups) ways.set(shipment, { by: 'route', route: route!.id, pair })
  })
  for (const { shipment, mode } of plan.direct) ways.set(shipment, { by: mode })
  for (const { shipment } of plan.unserved) ways.set(shipment, { by: 'nobody' })
  return ways
}
