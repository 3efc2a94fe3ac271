/**
 * Orders that share one route leave it together and board it together. A group is tried on every route and on every truck that is left, its
 * members one after another in random order, each where it adds least, and goes where all of it adds least; a truck that is too small gives
 * way to a larger one. May miss a place that exists: where only a dearer place of one member leaves room for the next.
 */
import type { Company } from '../company.ts'
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import { type Inserter, withVisits } from './insertion.ts'
import type { SoloCosts } from './recreate.ts'
import { fareAs, refresh, SearchRoute, visitsOf } from './route.ts'
import type { Solution } from './solution.ts'

/** Marks the rest of every group of which some order is marked. */
export function markGroups({ groups }: Company, gone: Uint8Array): void {
  for (const group of groups) if (group.some((order) => gone[order] === 1)) for (const order of group) gone[order] = 1
}

interface Offer {
  /** what it adds */
  readonly cost: number
  /** route to join, -1: a new one */
  readonly index: number
  readonly type: number
  readonly steps: readonly Step[]
  readonly visits: readonly number[]
}
interface Step {
  readonly order: number
  readonly pickupAfter: number
  readonly deliveryAfter: number
}

export class Groups {
  private readonly instance: Instance
  private readonly inserter: Inserter
  private readonly random: Random
  private readonly solo: SoloCosts
  private readonly company: Company
  private readonly scratch = new SearchRoute()

  constructor(instance: Instance, company: Company, inserter: Inserter, random: Random, solo: SoloCosts) {
    this.instance = instance
    this.company = company
    this.inserter = inserter
    this.random = random
    this.solo = solo
  }

  has(order: number): boolean {
    return this.company.groupOf[order] >= 0
  }

  /** Puts all of the order's group on one route; nothing of it where no route takes all. */
  place(solution: Solution, order: number, limits: ArrayLike<number>): void {
    if (solution.absentAt[order] < 0) return
    const members = Int32Array.from(this.company.groups[this.company.groupOf[order]])
    this.random.shuffle(members, members.length)
    const best = this.bestOffer(solution, members, limits)
    if (best === null) return
    if (best.index < 0) {
      solution.open(best.type, best.visits)
      return
    }
    if (best.type !== solution.routes[best.index].type && !solution.retype(best.index, best.type)) return
    for (const { order: member, pickupAfter, deliveryAfter } of best.steps)
      if (!solution.insert(member, best.index, pickupAfter, deliveryAfter)) {
        // sums of doubles in another order: just possible became just impossible
        const gone = new Uint8Array(this.instance.orders)
        for (const each of members) gone[each] = 1
        solution.remove(best.index, gone)
        return
      }
  }

  private bestOffer(solution: Solution, members: Int32Array, limits: ArrayLike<number>): Offer | null {
    const { instance, scratch, solo } = this
    const { types, orders, dimensions, roster } = instance
    let best: Offer | null = null
    const offer = (index: number, type: number, order: number | null): boolean => {
      const before = index < 0 ? 0 : solution.routes[index].cost
      const steps = refresh(instance, scratch) ? this.fill(order === null ? members : members.subarray(1)) : null
      if (steps === null) return false
      const cost = scratch.cost - before
      if (best === null || cost < best.cost) best = { cost, index, type, steps, visits: visitsOf(scratch) }
      return true
    }
    solution.routes.forEach((route, index) => {
      scratch.copyVisits(route, dimensions)
      if (offer(index, route.type, null)) return
      for (let type = 0; type < types.length; type++) {
        if (type === route.type || solution.used[type] >= limits[type]) continue
        if (roster && !roster.admits(solution.used, type, route.type)) continue
        // a route that the truck cannot carry as it is, or someone whom it may not carry
        if (fareAs(instance, route, type) === Number.POSITIVE_INFINITY) continue
        if (members.some((order) => instance.allowed[type * orders + order] === 0)) continue
        scratch.copyVisits(route, dimensions)
        scratch.type = type
        offer(index, type, null)
      }
    })
    const [first] = members
    for (let type = 0; type < types.length; type++) {
      if (solution.used[type] >= limits[type] || solo[type * orders + first] === Number.POSITIVE_INFINITY) continue
      if (roster && !roster.admits(solution.used, type)) continue
      this.load(type, [2 * first, 2 * first + 1])
      offer(-1, type, first)
    }
    return best
  }

  /** Adds the orders to the scratch route one by one; null where one finds no place. */
  private fill(members: Int32Array): Step[] | null {
    const { inserter, scratch, instance } = this
    const steps: Step[] = []
    for (const order of members) {
      if (inserter.find(scratch, order, Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY) return null
      const { pickupAfter, deliveryAfter } = inserter
      steps.push({ order, pickupAfter, deliveryAfter })
      this.load(scratch.type, withVisits(scratch, pickupAfter, 2 * order, deliveryAfter, 2 * order + 1))
      if (!refresh(instance, scratch)) return null
    }
    return steps
  }

  private load(type: number, visits: readonly number[]): void {
    const { scratch, instance } = this
    scratch.type = type
    scratch.room(visits.length, instance.dimensions)
    scratch.length = visits.length
    visits.forEach((visit, k) => {
      scratch.visits[k + 1] = visit
    })
  }
}
