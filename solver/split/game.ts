/**
 * What each group of firms would pay without the others: the best plan that the search finds for their shipments. Such a cost is one
 * that can be had, so a group that pays more has a reason to leave; that a group pays less proves nothing about plans not found.
 * A group may use every truck of the fleet (Owen 1975, On the core of linear production games): trucks are hired by the day, none
 * belongs to a firm. The search starts from the plan's own routes without the others' visits; two groups whose plans need no more trucks
 * than there are may put them side by side.
 */
import { comparePlan } from '../baseline.ts'
import type { Opened } from '../direct.ts'
import { openProblem } from '../direct.ts'
import { improve } from '../improve.ts'
import type { Plan, Route } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import { Random } from '../random.ts'

/** A group of firms: bit f is set for firm f. */
export type Group = bigint

export interface GameOptions {
  readonly seed: number
  /** tries of the search for each group */
  readonly iterations: number
  /** groups of three and more drawn at random, where not every group is looked at */
  readonly randomGroups: number
}

export interface FoundRoute {
  readonly vehicle: string
  readonly shift: number
  readonly shipments: readonly string[]
  readonly krw: number
}

export interface SplitFirm {
  readonly id: string
  /** as the plan names them: parts by their own ids; those unserved are out */
  readonly shipments: readonly string[]
  /** each by its cheapest mode; those that B1 cannot carry are missing */
  readonly b1Krw: number
  readonly b1Missing: readonly string[]
  readonly b2Krw: number
  readonly b2Missing: readonly string[]
  readonly weightKg: number
  /** what goes direct, or alone on a truck because it must: paid by its firm as the plan has it */
  readonly ownKrw: number
  /** B1 of the rest, which shares trucks; where B1 has no price, the shipment's part of its route by head */
  readonly ridingKrw: number
}

export interface GroupCost {
  readonly group: Group
  readonly krw: number
}

export interface Game {
  /** by id */
  readonly firms: readonly SplitFirm[]
  readonly planKrw: number
  /** [shipment] that share trucks */
  readonly riding: ReadonlySet<string>
  /** [shipment] its firm, as an index */
  readonly firmOf: ReadonlyMap<string, number>
  readonly opened: Opened
  /** what a shipment costs its firm that goes direct or alone; 0 for the others */
  ownOf(shipment: string): number
  /** groups that must ride together are of one firm each: what holds of all firms' columns holds of every group's */
  readonly separable: boolean
  /** of the plan and of the basis: cheapest of each set */
  routes(): readonly FoundRoute[]
  /** Infinity: no plan was found that serves them all. Cached. */
  cost(group: Group): number
  /** [group as a number] of every group; for few firms */
  costs(): Float64Array
  /** groups of more than none and fewer than all of the firms that every method sees, whichever were asked before */
  basis(): readonly GroupCost[]
  /** these, and every other that has been looked at since */
  looked(): GroupCost[]
}

/** Up to so many firms every group may be looked at: 4,095 searches. */
export const MOST_FIRMS_EVERY_GROUP = 12
/** Up to so many it is done without being asked. */
const EVERY_GROUP_UNASKED = 6
/** Above so many firms only pairs on one route are looked at. */
const MOST_FIRMS_EVERY_PAIR = 25

export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0
export const membersOf = (group: Group): number[] => {
  const members: number[] = []
  for (let rest = group, firm = 0; rest > 0n; rest >>= 1n, firm++) if (rest & 1n) members.push(firm)
  return members
}
export const groupFrom = (members: Iterable<number>): Group => {
  let group = 0n
  for (const firm of members) group |= 1n << BigInt(firm)
  return group
}

interface Found {
  readonly krw: number
  /** routes of each vehicle and shift; null: not known, such a plan stands beside no other */
  readonly used: ReadonlyMap<string, number> | null
}

const NOTHING_FOUND: Found = { krw: Number.POSITIVE_INFINITY, used: null }

export function openGame(asked: Problem, travel: Travel, plan: Plan, options: GameOptions): Game {
  // neither the order of the file nor what stays behind may change a search
  const whole: Problem = {
    ...asked,
    firms: asked.firms.toSorted(byId),
    shipments: asked.shipments.toSorted(byId),
  }
  const parts = (plan.parts ?? []).toSorted(byId)
  const opened = openProblem(whole, travel, parts)
  const { problem } = opened
  const unserved = new Set(plan.unserved.map(({ shipment }) => shipment))
  const served = problem.shipments.filter(({ id }) => !unserved.has(id))
  const { baselines } = comparePlan(whole, travel, { ...plan, ...(parts.length > 0 ? { parts } : {}) })
  const { riding, own, head } = waysOf(problem, plan)
  const firms = describeFirms()
  const firmIndex = new Map(firms.map(({ id }, firm) => [id, firm]))
  const firmOf = new Map(served.map(({ id, firm }) => [id, firmIndex.get(firm)!]))
  const everyone = (1n << BigInt(firms.length)) - 1n
  const counts = new Map(problem.vehicles.map(({ id, count }) => [id, count]))
  // what binds several routes of a plan at once may not hold for two plans side by side
  const canJoin =
    !problem.drivers &&
    !problem.balance &&
    !problem.together &&
    problem.sites.every((site) => site.dockCount === undefined)
  const found = new Map<Group, Found>()
  const pool = new Map<string, FoundRoute>()
  let every: Float64Array | null = null
  let opening: { readonly groups: readonly GroupCost[]; readonly routes: readonly FoundRoute[] } | null = null
  notePool(plan.routes)

  return {
    firms,
    planKrw: plan.costKrw,
    riding,
    firmOf,
    opened,
    separable: (whole.together ?? []).every(
      (ids) => new Set(whole.shipments.filter(({ id }) => ids.includes(id)).map(({ firm }) => firm)).size < 2,
    ),
    ownOf: (shipment) => own.get(shipment) ?? 0,
    routes: () => openBasis().routes,
    basis: () => openBasis().groups,
    cost,
    costs,
    looked,
  }

  function describeFirms(): SplitFirm[] {
    const [, b1, b2] = baselines
    const b1Of = new Map(b1.shipments.map(({ shipment, costKrw }) => [shipment, costKrw]))
    const b2Of = new Map(b2.shipments.map(({ shipment, costKrw }) => [shipment, costKrw]))
    return whole.firms.flatMap(({ id }): SplitFirm[] => {
      const mine = served.filter(({ firm }) => firm === id)
      if (mine.length === 0) return []
      const shipments = mine.map((shipment) => shipment.id)
      const sum = (figure: (shipment: string) => number) => shipments.reduce((all, each) => all + figure(each), 0)
      return [
        {
          id,
          shipments,
          b1Krw: sum((shipment) => b1Of.get(shipment) ?? 0),
          b1Missing: shipments.filter((shipment) => !b1Of.has(shipment)),
          b2Krw: sum((shipment) => b2Of.get(shipment) ?? 0),
          b2Missing: shipments.filter((shipment) => !b2Of.has(shipment)),
          weightKg: mine.reduce((all, { weightKg }) => all + weightKg, 0),
          ownKrw: sum((shipment) => own.get(shipment) ?? 0),
          ridingKrw: sum((shipment) => (riding.has(shipment) ? (b1Of.get(shipment) ?? head.get(shipment)!) : 0)),
        },
      ]
    })
  }

  function cost(group: Group): number {
    if (every) return every[Number(group)]
    let least = search(group).krw
    const members = membersOf(group)
    if (members.length > 1 && canJoin) {
      const apart = members.reduce<Found | null>((joined, firm) => joined && join(joined, search(1n << BigInt(firm))), {
        krw: 0,
        used: new Map(),
      })
      if (apart) least = Math.min(least, apart.krw)
    }
    return least
  }

  function costs(): Float64Array {
    if (every) return every
    if (firms.length > EVERY_GROUP_UNASKED) openBasis()
    if (firms.length > MOST_FIRMS_EVERY_GROUP) throw new RangeError(`${firms.length} firms have too many groups`)
    const size = 1 << firms.length
    const best: Found[] = [{ krw: 0, used: new Map() }]
    for (let group = 1; group < size; group++) {
      let least = search(BigInt(group))
      const first = group & -group
      // the grand plan is given; what beats it shows as a group that would leave
      if (canJoin && group < size - 1)
        for (let half = (group - 1) & group; half > 0; half = (half - 1) & group) {
          if (!(half & first) || best[half].krw + best[group ^ half].krw >= least.krw) continue
          least = join(best[half], best[group ^ half]) ?? least
        }
      best.push(least)
    }
    every = Float64Array.from(best, ({ krw }) => krw)
    return every
  }

  function openBasis() {
    opening ??= { groups: lookAtBasis(), routes: [...pool.keys()].toSorted().map((key) => pool.get(key)!) }
    return opening
  }

  function lookAtBasis(): GroupCost[] {
    if (firms.length <= EVERY_GROUP_UNASKED) {
      costs()
      return looked()
    }
    const groups = new Set<Group>()
    const all = firms.map((_, firm) => firm)
    for (const firm of all) {
      groups.add(1n << BigInt(firm))
      if (firms.length <= MOST_FIRMS_EVERY_PAIR)
        for (const other of all.slice(firm + 1)) groups.add(groupFrom([firm, other]))
    }
    for (const { stops } of plan.routes) {
      const aboard = [...new Set(stops.flatMap(({ pickups }) => pickups.map((shipment) => firmOf.get(shipment)!)))]
      groups.add(groupFrom(aboard))
      if (firms.length > MOST_FIRMS_EVERY_PAIR)
        for (const [k, firm] of aboard.entries())
          for (const other of aboard.slice(k + 1)) groups.add(groupFrom([firm, other]))
    }
    const random = new Random(options.seed)
    for (let k = 0; k < options.randomGroups && firms.length > 3; k++) {
      const size = 3 + random.below(firms.length - 3)
      const drawn = Int32Array.from(all)
      random.shuffle(drawn, drawn.length)
      groups.add(groupFrom(drawn.subarray(0, size)))
    }
    // who would stay behind may object as well: nearly all of them together most often do
    for (const group of [...groups]) groups.add(everyone ^ group)
    groups.delete(everyone)
    groups.delete(0n)
    return costed(groups)
  }

  function looked(): GroupCost[] {
    if (every)
      return Array.from({ length: Math.max(0, every.length - 2) }, (_, k) => ({
        group: BigInt(k + 1),
        krw: every![k + 1],
      }))
    const groups = new Set([...openBasis().groups.map(({ group }) => group), ...found.keys()])
    groups.delete(everyone)
    return costed(groups)
  }

  function costed(groups: ReadonlySet<Group>): GroupCost[] {
    return [...groups].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map((group) => ({ group, krw: cost(group) }))
  }

  function search(group: Group): Found {
    const known = found.get(group)
    if (known) return known
    const made = searchOnce(group)
    found.set(group, made)
    return made
  }

  function searchOnce(group: Group): Found {
    if (group === everyone) return { krw: plan.costKrw, used: usedBy(plan.routes) }
    const inside = new Set(membersOf(group).map((firm) => firms[firm].id))
    const shipments = served.filter(({ firm }) => inside.has(firm))
    const from = restrict(plan, new Set(shipments.map(({ id }) => id)))
    let best: Plan | undefined
    const { seed, iterations } = options
    for (const step of improve({ ...problem, shipments }, travel, { seed, iterations, from })) best = step.plan ?? best
    const complete = best !== undefined && best.unserved.length === 0
    if (best) notePool(best.routes)
    const [firm, ...others] = membersOf(group)
    // planned once more for B2
    const alone =
      others.length === 0 && firms[firm].b2Missing.length === 0 ? firms[firm].b2Krw : Number.POSITIVE_INFINITY
    const krw = complete ? best!.costKrw : Number.POSITIVE_INFINITY
    if (alone < krw) return { krw: alone, used: null }
    return complete ? { krw, used: usedBy(best!.routes) } : NOTHING_FOUND
  }

  function join(a: Found, b: Found): Found | null {
    if (!a.used || !b.used) return null
    const used = new Map(a.used)
    for (const [truck, routes] of b.used) used.set(truck, (used.get(truck) ?? 0) + routes)
    for (const [truck, routes] of used) if (routes > (counts.get(truck.slice(truck.indexOf(' ') + 1)) ?? 0)) return null
    return { krw: a.krw + b.krw, used }
  }

  function usedBy(driven: readonly Route[]): Map<string, number> {
    const used = new Map<string, number>()
    for (const route of driven) {
      const truck = `${shiftOf(route)} ${route.vehicle}`
      used.set(truck, (used.get(truck) ?? 0) + 1)
    }
    return used
  }

  function shiftOf({ vehicle, departS, returnS }: Route): number {
    const { shifts } = problem.vehicles.find(({ id }) => id === vehicle)!
    return shifts.findIndex(([opensS, closesS]) => departS >= opensS && returnS <= closesS)
  }

  function notePool(driven: readonly Route[]): void {
    for (const route of driven) {
      const shipments = carriedBy(route).toSorted()
      const shift = shiftOf(route)
      const key = JSON.stringify([route.vehicle, shift, shipments])
      const krw = Math.min(route.costKrw, pool.get(key)?.krw ?? Number.POSITIVE_INFINITY)
      pool.set(key, { vehicle: route.vehicle, shift, shipments, krw })
    }
  }
}

/** Whoever cannot go alone counts with the cheapest group around them that can. `costs`: [group] of every group. */
export function withoutGaps(costs: Float64Array): Float64Array {
  const filled = costs.slice()
  for (let group = costs.length - 1; group >= 0; group--) {
    if (costs[group] < Number.POSITIVE_INFINITY) continue
    for (let firm = 1; firm < costs.length; firm <<= 1)
      if (!(group & firm)) filled[group] = Math.min(filled[group], filled[group | firm])
  }
  return filled
}

const carriedBy = ({ stops }: Route): string[] => [...new Set(stops.flatMap(({ pickups }) => pickups))]

/** How each shipment goes in the plan: sharing, or on its own and at what cost. */
function waysOf({ shipments }: Problem, plan: Plan) {
  const solitary = new Set(shipments.flatMap(({ id, mustGoAlone }) => (mustGoAlone ? [id] : [])))
  const riding = new Set<string>()
  const own = new Map(plan.direct.map(({ shipment, costKrw }) => [shipment, costKrw]))
  const head = new Map<string, number>()
  for (const route of plan.routes) {
    const carried = carriedBy(route)
    for (const shipment of carried) head.set(shipment, route.costKrw / carried.length)
    if (carried.length === 1 && solitary.has(carried[0])) own.set(carried[0], route.costKrw)
    else for (const shipment of carried) riding.add(shipment)
  }
  return { riding, own, head }
}

/** The plan without the visits of other shipments; times are those of the plan, for its shifts only. */
function restrict(plan: Plan, inside: ReadonlySet<string>): Plan {
  const routes = plan.routes.flatMap((route) => {
    const stops = route.stops.flatMap((stop) => {
      const visits = stop.visits.filter(({ shipment }) => inside.has(shipment))
      return visits.length > 0 ? [{ ...stop, visits }] : []
    })
    return stops.length > 0 ? [{ ...route, stops }] : []
  })
  return { ...plan, routes }
}
