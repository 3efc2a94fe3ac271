/**
 * Ruin and recreate for requests in the VROOM format: strings of neighbouring tasks leave their routes and come back where they cost least.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2).
 * Differs from the paper: a shipment leaves with both its tasks; first comes the sum of priorities served, then the number of tasks, then
 * the cost, as VROOM ranks plans; whole routes leave now and then, and a route moves to another kind of vehicle where that is cheaper.
 */
import { Random } from '../random.ts'
import { Inserter } from './insertion.ts'
import { type Kernel, makeKernel } from './kernel.ts'
import type { Model } from './model.ts'
import { nearestOrders } from './nearness.ts'
import { Route } from './route.ts'

/** The paper's values. */
const MEAN_REMOVED = 10
const LONGEST_STRING = 10
const SPLIT_RATE = 0.5
const SPARE_MORE_RATE = 0.01
const BLINK_RATE = 0.01
/** First and last temperature in costs of one order, as in the search for milk runs (search/tuning.ts). */
const HOT = 2
const COLD = 0.003
const WHOLE_RATE = 0.15
/** How often, where tasks are missing, a plan that serves a little less is taken as a way to another. */
const LOOSE_RATE = 0.01
/** Iterations after which such a way has to have led somewhere. */
const LOOSE_PATIENCE = 300
/** Pause after so many evaluations of a place, so that whoever pulls may look at the clock. */
const PAUSE_AFTER = 4000

/** [vehicle] its tasks in order. */
export type ModelRoutes = readonly (readonly number[])[]

export interface ModelPlan {
  readonly routes: ModelRoutes
  /** first tasks of the orders that nobody serves */
  readonly missing: readonly number[]
  readonly iterations: number
}

export interface ModelSearchOptions {
  readonly seed: number
  /** Ends there; without it the puller says how much of its budget is used. */
  readonly iterations?: number | undefined
  /** Routes that keep every rule, to begin with. */
  readonly from?: ModelRoutes | undefined
}

/** Pauses with the number of iterations; takes the share of the budget that is used, and ends at 1. Returns the best plan. */
export function* searchModel(
  model: Model,
  { seed, iterations: most, from }: ModelSearchOptions,
): Generator<number, ModelPlan, number> {
  const kernel = makeKernel(model)
  const random = new Random(seed)
  const state = new State(kernel, random)
  if (from) state.load(from)
  state.recreate(0)
  let current = state.rank()
  let best = current
  let bestTasks = state.copy()
  const enough = most ?? enoughFor(kernel)
  let share = 0
  let looseSince = -1
  let iterations = 0
  let evaluated = 0
  const scale = Math.max(1, state.cost / Math.max(1, kernel.orders))
  for (; iterations < enough && share < 1 && kernel.orders > 0; iterations++) {
    if (state.evaluations - evaluated > PAUSE_AFTER || iterations === 0) {
      evaluated = state.evaluations
      share = Math.max(iterations / enough, most === undefined ? yield iterations : 0)
      if (share >= 1) break
    }
    const temperature = scale * HOT * (COLD / HOT) ** share
    state.begin()
    state.ruin()
    state.recreate(BLINK_RATE)
    const found = state.rank()
    if (accepts(found, current, temperature, random)) {
      if (found.missing > current.missing) looseSince = iterations
      current = found
      if (isBetter(current, best)) {
        best = current
        bestTasks = state.copy()
        looseSince = -1
      }
    } else state.undo()
    if (looseSince >= 0 && iterations - looseSince > LOOSE_PATIENCE) {
      state.load(bestTasks)
      current = best
      looseSince = -1
    }
  }
  state.load(bestTasks)
  return {
    routes: bestTasks,
    missing: [...state.missing].map((order) => kernel.firstTask[order]).sort((a, b) => a - b),
    iterations,
  }
}

/** A handful of tasks has been through all there is long before the time is up. */
const enoughFor = ({ orders }: Kernel): number => 200 + 400 * orders * orders

interface Rank {
  readonly missing: number
  readonly cost: number
}

const isBetter = (a: Rank, b: Rank): boolean =>
  a.missing < b.missing || (a.missing === b.missing && a.cost < b.cost - 0.5)

function accepts(found: Rank, current: Rank, temperature: number, random: Random): boolean {
  if (found.missing !== current.missing)
    return found.missing < current.missing || (current.missing > 0 && random.unit() < LOOSE_RATE)
  return found.cost < current.cost - temperature * Math.log(1 - random.unit())
}

/** The plan under search: a route for each vehicle, and the orders that are out. */
class State {
  readonly missing = new Set<number>()
  cost = 0
  evaluations = 0
  private readonly kernel: Kernel
  private readonly random: Random
  private readonly routes: Route[]
  private readonly routeOf: Int32Array
  private readonly near: ReturnType<typeof nearestOrders>
  private readonly eager: Inserter
  private readonly blinking: Inserter
  private readonly scratch: readonly Route[]
  /** [vehicle] tasks before this iteration, of those that were touched */
  private readonly before = new Map<number, Int32Array>()
  private missingBefore: readonly number[] = []
  private readonly used = new Set<number>()
  private readonly keys: Float64Array
  private readonly varied: boolean
  private readonly gone: Uint8Array

  constructor(kernel: Kernel, random: Random) {
    this.kernel = kernel
    this.random = random
    this.routes = Array.from(kernel.kindOf, (kind) => new Route(kernel, kernel.kinds[kind]))
    this.routeOf = new Int32Array(kernel.orders).fill(-1)
    this.near = nearestOrders(kernel)
    this.eager = new Inserter(kernel, random, 0)
    this.blinking = new Inserter(kernel, random, BLINK_RATE)
    this.scratch = kernel.kinds.map((kind) => new Route(kernel, kind))
    this.keys = new Float64Array(kernel.orders)
    this.gone = new Uint8Array(kernel.orders)
    this.varied = kernel.model.tasks.some(({ priority }) => priority !== kernel.model.tasks[0].priority)
    for (let order = 0; order < kernel.orders; order++) this.missing.add(order)
  }

  rank(): Rank {
    let missing = 0
    for (const order of this.missing) missing += this.kernel.worth[order]
    return { missing, cost: this.cost }
  }

  copy(): number[][] {
    return this.routes.map((route) => [...route.list()])
  }

  load(routes: ModelRoutes): void {
    this.missing.clear()
    this.routeOf.fill(-1)
    this.before.clear()
    for (const [vehicle, route] of this.routes.entries())
      this.assign(vehicle, route, Int32Array.from(routes[vehicle] ?? []))
    for (let order = 0; order < this.kernel.orders; order++) if (this.routeOf[order] < 0) this.missing.add(order)
    this.cost = this.routes.reduce((sum, { cost }) => sum + cost, 0)
  }

  private assign(vehicle: number, route: Route, tasks: Int32Array): void {
    if (!route.set(this.kernel, tasks)) throw new Error('a route that was possible is not any more')
    for (const task of tasks) this.routeOf[this.kernel.orderOf[task]] = vehicle
    if (tasks.length > 0) this.used.add(vehicle)
    else this.used.delete(vehicle)
  }

  begin(): void {
    this.before.clear()
    this.missingBefore = [...this.missing]
  }

  undo(): void {
    for (const vehicle of this.before.keys())
      for (const task of this.routes[vehicle].list()) this.routeOf[this.kernel.orderOf[task]] = -1
    for (const [vehicle, tasks] of this.before) {
      const route = this.routes[vehicle]
      this.cost -= route.cost
      this.assign(vehicle, route, tasks)
      this.cost += route.cost
    }
    this.missing.clear()
    for (const order of this.missingBefore) this.missing.add(order)
  }

  private touch(vehicle: number): void {
    if (!this.before.has(vehicle)) this.before.set(vehicle, this.routes[vehicle].list())
  }

  private change(vehicle: number, tasks: Int32Array): boolean {
    const route = this.routes[vehicle]
    this.touch(vehicle)
    this.cost -= route.cost
    const possible = route.set(this.kernel, tasks)
    this.cost += route.cost
    if (tasks.length > 0) this.used.add(vehicle)
    else this.used.delete(vehicle)
    return possible
  }

  ruin(): void {
    const { kernel, random, gone, near } = this
    const seed = random.below(kernel.orders)
    const served = kernel.orders - this.missing.size
    if (served === 0) return
    const longest = Math.min(LONGEST_STRING, Math.max(1, served / this.used.size)) // eq. 5
    const most = (4 * MEAN_REMOVED) / (1 + longest) - 1 // eq. 6
    const strings = Math.floor(random.unit() * most + 1) // eq. 7
    const whole = random.unit() < WHOLE_RATE
    const ruined: number[] = []
    gone.fill(0)
    for (let k = -1; k < near.kept && ruined.length < strings; k++) {
      const order = k < 0 ? seed : near.list[seed * near.kept + k]
      const vehicle = this.routeOf[order]
      if (vehicle < 0 || ruined.includes(vehicle)) continue
      ruined.push(vehicle)
      const { tasks, length } = this.routes[vehicle]
      if (whole && ruined.length === 1) {
        for (let position = 1; position <= length; position++) gone[kernel.orderOf[tasks[position]]] = 1
        continue
      }
      const string = Math.floor(random.unit() * Math.min(length, longest) + 1) // eq. 8 and 9
      this.cut(this.routes[vehicle], order, Math.min(string, length))
    }
    for (const vehicle of ruined) this.removeGone(vehicle)
  }

  /** Marks a string of tasks around the order's own, sometimes with some in its middle left where they are. */
  private cut(route: Route, order: number, string: number): void {
    const { kernel, random, gone } = this
    const { tasks, length } = route
    let position = 1
    while (kernel.orderOf[tasks[position]] !== order) position++
    if (kernel.taskCount[order] === 2 && random.next() & 1)
      for (let k = position + 1; k <= length; k++) if (kernel.orderOf[tasks[k]] === order) position = k
    let spared = 0
    if (string > 1 && string < length && random.unit() < SPLIT_RATE) {
      spared = 1
      while (string + spared < length && random.unit() < SPARE_MORE_RATE) spared++
    }
    const span = string + spared
    const lowest = Math.max(1, position - span + 1)
    const highest = Math.min(position, length - span + 1)
    const first = lowest + random.below(highest - lowest + 1)
    const spareFrom = spared > 0 ? first + random.below(string + 1) : 0
    for (let k = first; k < first + span; k++)
      if (spared === 0 || k < spareFrom || k >= spareFrom + spared) gone[kernel.orderOf[tasks[k]]] = 1
  }

  private removeGone(vehicle: number): void {
    const { kernel, gone } = this
    const tasks = this.routes[vehicle].list()
    const left = tasks.filter((task) => !gone[kernel.orderOf[task]])
    for (const task of tasks)
      if (gone[kernel.orderOf[task]]) {
        this.missing.add(kernel.orderOf[task])
        this.routeOf[kernel.orderOf[task]] = -1
      }
    if (this.change(vehicle, left)) return
    // without the triangle inequality less can take longer: then all of it leaves
    for (const task of left) {
      this.missing.add(kernel.orderOf[task])
      this.routeOf[kernel.orderOf[task]] = -1
    }
    this.change(vehicle, new Int32Array(0))
  }

  recreate(blinkRate: number): void {
    const inserter = blinkRate > 0 ? this.blinking : this.eager
    for (const order of this.sorted()) {
      let bestCost = Number.POSITIVE_INFINITY
      let bestVehicle = -1
      let first = 0
      let second = 0
      const consider = (vehicle: number) => {
        this.evaluations += 1 + this.routes[vehicle].length
        inserter.find(this.routes[vehicle], order, bestCost)
        if (inserter.cost >= bestCost) return
        bestCost = inserter.cost
        bestVehicle = vehicle
        first = inserter.first
        second = inserter.second
      }
      for (const vehicle of this.used) consider(vehicle)
      for (const { members } of this.kernel.kinds) {
        const empty = members.find((vehicle) => !this.used.has(vehicle))
        if (empty !== undefined) consider(empty)
      }
      if (bestVehicle >= 0) this.insert(order, bestVehicle, first, second)
    }
    if (this.kernel.kinds.length > 1) for (const vehicle of [...this.before.keys()]) this.tryOtherKinds(vehicle)
  }

  private insert(order: number, vehicle: number, first: number, second: number): void {
    const { kernel } = this
    const tasks = this.routes[vehicle].list()
    const task = kernel.firstTask[order]
    const count = kernel.taskCount[order]
    const longer = new Int32Array(tasks.length + count)
    longer.set(tasks.subarray(0, first))
    longer[first] = task
    if (count === 2) {
      longer.set(tasks.subarray(first, second), first + 1)
      longer[second + 1] = task + 1
      longer.set(tasks.subarray(second), second + 2)
    } else longer.set(tasks.subarray(first), first + 1)
    if (!this.change(vehicle, longer)) throw new Error('a place that was found is not there')
    this.routeOf[order] = vehicle
    this.missing.delete(order)
  }

  /** A route goes to the kind of vehicle that does it cheapest, of those with a vehicle to spare. */
  private tryOtherKinds(vehicle: number): void {
    const { kernel } = this
    const route = this.routes[vehicle]
    if (route.length === 0) return
    const tasks = route.list()
    let best = -1
    let bestCost = route.cost - 0.5
    for (const [kind, { members, allowed }] of kernel.kinds.entries()) {
      if (kind === kernel.kindOf[vehicle]) continue
      const empty = members.find((member) => !this.used.has(member))
      if (empty === undefined || !tasks.every((task) => allowed[kernel.orderOf[task]])) continue
      const trial = this.scratch[kind]
      if (!trial.set(kernel, tasks) || trial.cost >= bestCost) continue
      bestCost = trial.cost
      best = empty
    }
    if (best < 0) return
    this.change(vehicle, new Int32Array(0))
    this.change(best, tasks)
    for (const task of tasks) this.routeOf[kernel.orderOf[task]] = best
  }

  /** The orders that are out: at random, the demanding, the far or the near first, or those with little time; priority often before all. */
  private sorted(): number[] {
    const { kernel, random, keys } = this
    const draw = random.below(12)
    const byPriority = this.varied && random.unit() < 0.7
    for (const order of this.missing) {
      const task = kernel.firstTask[order]
      let key = random.unit()
      if (draw >= 4 && draw < 8) {
        key = 0
        for (let d = 0; d < kernel.dimensions; d++) {
          const cell = task * kernel.dimensions + d
          key -= kernel.pickup[cell] + kernel.delivery[cell]
        }
      } else if (draw >= 8 && draw < 11) {
        const { start, end, durationCs } = kernel.kinds[0]
        const anchor = start === kernel.width - 1 ? end : start
        const away = durationCs[anchor * kernel.width + kernel.placeOf[task]]
        key = draw < 10 ? -away : away
      } else if (draw === 11) {
        key = 0
        for (let k = kernel.windowFrom[task]; k < kernel.windowFrom[task + 1]; k++)
          key += kernel.closesCs[k] - kernel.opensCs[k]
      }
      keys[order] = key
    }
    const { tasks } = kernel.model
    const priorityOf = (order: number) => (byPriority ? tasks[kernel.firstTask[order]].priority : 0)
    return [...this.missing].sort((a, b) => priorityOf(b) - priorityOf(a) || keys[a] - keys[b] || a - b)
  }
}
