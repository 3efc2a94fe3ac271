/**
 * The locks of one route, tried against the problem as it is today. Where the route still keeps every rule with all of them, all are
 * kept. Otherwise one after another, in the order asked: a lock is kept where the shipments locked so far and its own make a sound
 * route, in the old order of visits or with its shipment put in wherever it fits.
 * Incomplete: only those orders of visits are tried, so a lock may be refused that another order of the whole route could keep.
 */
import type { Opened } from '../direct.ts'
import type { Instance } from '../instance.ts'
import { RULES } from '../rules/index.ts'
import { type Schedule, scheduleRoute } from '../schedule.ts'
import type { LockRefusal } from './lock.ts'

/** A lock as indices. */
export interface Wish {
  /** visits it speaks of, in the order of the earlier plan */
  readonly visits: readonly number[]
  /** orders that stay on the route: those of the visits, and whoever must ride with them */
  readonly orders: readonly number[]
  /** they stay in this order */
  readonly inSequence: boolean
  /** they stay the first of the route */
  readonly isHead: boolean
  /** services that start when they did */
  readonly pins: readonly (readonly [visit: number, startS: number])[]
}

export interface HeldRoute {
  /** a sound route that keeps every lock that is kept */
  readonly visits: readonly number[]
  readonly orders: ReadonlySet<number>
  readonly sequences: readonly (readonly number[])[]
  /** the first visits of the route */
  readonly head: readonly number[]
  readonly pins: ReadonlyMap<number, number>
  /** [wish] */
  readonly refusals: readonly (LockRefusal | null)[]
}

/** The instance with services that may start at one second only; never, where that second is outside the windows of today. */
export function pinStarts(instance: Instance, pins: ReadonlyMap<number, number>): Instance {
  if (pins.size === 0) return instance
  const windowFrom = new Int32Array(instance.windowFrom.length)
  const opens: number[] = []
  const closes: number[] = []
  for (let visit = 0; visit + 1 < windowFrom.length; visit++) {
    const pin = pins.get(visit)
    for (let k = instance.windowFrom[visit]; k < instance.windowFrom[visit + 1]; k++) {
      if (pin !== undefined && (pin < instance.opensS[k] || pin > instance.closesS[k])) continue
      opens.push(pin ?? instance.opensS[k])
      closes.push(pin ?? instance.closesS[k])
    }
    windowFrom[visit + 1] = opens.length
  }
  return { ...instance, windowFrom, opensS: Float64Array.from(opens), closesS: Float64Array.from(closes) }
}

/** `visits`: those of the earlier route that may ride on `type` today, in their order. */
export function holdRoute(
  { instance }: Opened,
  type: number,
  visits: readonly number[],
  wishes: readonly Wish[],
): HeldRoute {
  const everything = wishes.reduce(add, NOTHING)
  if (brokenRule(instance, type, visits, everything.pins) === null)
    return { ...everything, visits, refusals: wishes.map(() => null) }

  let held = NOTHING
  let route: readonly number[] = []
  const refusals = wishes.map((wish): LockRefusal | null => {
    const more = add(held, wish)
    const inOldOrder = visits.filter((visit) => more.orders.has(visit >> 1))
    const refusal = brokenRule(instance, type, inOldOrder, more.pins)
    const found =
      refusal === null
        ? inOldOrder
        : placesFor(
            route,
            [...more.orders].filter((order) => !held.orders.has(order)),
          ).find(
            (tried) =>
              more.sequences.every((sequence) => isSubsequence(sequence, tried)) &&
              more.head.every((visit, k) => tried[k] === visit) &&
              brokenRule(instance, type, tried, more.pins) === null,
          )
    if (!found) return refusal
    held = more
    route = found
    return null
  })
  return { ...held, visits: route, refusals }
}

type Holding = Pick<HeldRoute, 'orders' | 'sequences' | 'head' | 'pins'>
const NOTHING: Holding = { orders: new Set(), sequences: [], head: [], pins: new Map() }

const add = ({ orders, sequences, head, pins }: Holding, wish: Wish): Holding => ({
  orders: new Set([...orders, ...wish.orders]),
  sequences: wish.inSequence ? [...sequences, wish.visits] : sequences,
  // of two heads of one route the longer one holds the other
  head: wish.isHead && wish.visits.length > head.length ? wish.visits : head,
  pins: new Map([...pins, ...wish.pins]),
})

/** The route as it is where nothing is new, with one new order everywhere it can be. */
function placesFor(route: readonly number[], added: readonly number[]): number[][] {
  if (added.length === 0) return [[...route]]
  if (added.length > 1) return []
  const [pickup, delivery] = [2 * added[0], 2 * added[0] + 1]
  return route
    .concat(-1)
    .flatMap((_, i) =>
      Array.from({ length: route.length + 1 - i }, (_, k) => [
        ...route.slice(0, i),
        pickup,
        ...route.slice(i, i + k),
        delivery,
        ...route.slice(i + k),
      ]),
    )
}

function isSubsequence(sequence: readonly number[], visits: readonly number[]): boolean {
  let at = 0
  for (const visit of visits) if (visit === sequence[at]) at++
  return at === sequence.length
}

/** The first rule that the visits break, null where they make a sound route. */
function brokenRule(
  instance: Instance,
  type: number,
  visits: readonly number[],
  pins: ReadonlyMap<number, number>,
): LockRefusal | null {
  const pinned = pinStarts(instance, pins)
  const schedule: Schedule = scheduleRoute(pinned, type, visits)
  for (const rule of RULES) {
    const excess = rule.excess(schedule, pinned)
    if (excess === 0) continue
    // a service without any window is late by no amount
    return excess < Number.MAX_SAFE_INTEGER ? { rule: rule.name, excess, unit: rule.unit } : { rule: rule.name }
  }
  return null
}
