/** The cheapest place for an order on a route, judged from the caches of the route without changing it. */
import type { Random } from '../random.ts'
import { type Kernel, startCs } from './kernel.ts'
import { arriveCs } from './legs.ts'
import { Route } from './route.ts'

const NEVER = Number.POSITIVE_INFINITY

/** Found by `find`: the order's tasks go behind these positions; the second counts before the first is put in. */
export class Inserter {
  cost = NEVER
  first = 0
  second = 0
  private readonly kernel: Kernel
  private readonly random: Random
  private readonly blinkRate: number
  /** earliest departures by breaks behind: from the task put in, from the pair's first, and from what follows */
  private here = new Float64Array(8)
  private carried = new Float64Array(8)
  private next = new Float64Array(8)
  private joined = new Float64Array(8)
  private readonly trial: readonly Route[]

  constructor(kernel: Kernel, random: Random, blinkRate: number) {
    this.kernel = kernel
    this.random = random
    this.blinkRate = blinkRate
    const most = 1 + Math.max(0, ...kernel.kinds.map(({ breaks }) => breaks.length))
    if (most > this.here.length) {
      this.here = new Float64Array(most)
      this.carried = new Float64Array(most)
      this.next = new Float64Array(most)
      this.joined = new Float64Array(most)
    }
    this.trial = kernel.kinds.map((kind) => new Route(kernel, kind))
  }

  /** Sets `cost` to what the order adds to the route, Infinity where it cannot go there, or not below `limit`. */
  find(route: Route, order: number, limit: number): void {
    this.cost = limit
    this.first = -1
    const { kernel } = this
    const { kind } = route
    const count = kernel.taskCount[order]
    if (!kind.allowed[order] || route.length + count > kind.vehicle.maxTasks) {
      this.cost = NEVER
      return
    }
    if (kind.minding) this.findByTrial(route, order)
    else if (count === 1) this.findSingle(route, order)
    else this.findPair(route, order)
    if (this.first < 0) this.cost = NEVER
  }

  private blinks(): boolean {
    return this.blinkRate > 0 && this.random.unit() < this.blinkRate
  }

  private findSingle(route: Route, order: number): void {
    const { kernel, here } = this
    const { kind, length } = route
    const { dimensions, pickup, delivery } = kernel
    const task = kernel.firstTask[order]
    const place = kernel.placeOf[task]
    const opening = length === 0 ? kind.vehicle.fixedCost : 0
    if (length === 0) startEmpty(route)
    positions: for (let k = 0; k <= length; k++) {
      const cost = opening + this.arcsBy(route, k, task, place)
      if (cost >= this.cost) continue
      if (length > 0) {
        for (let d = 0; d < dimensions; d++) {
          const limit = kind.capacity[d]
          if (route.peakBefore[k * dimensions + d] + delivery[task * dimensions + d] > limit) continue positions
          if (route.peakAfter[k * dimensions + d] + pickup[task * dimensions + d] > limit) continue positions
        }
      }
      if (!this.extend(route, route.ready, k * (kind.breaks.length + 1), route.placeAt(kernel, k), task, here)) {
        if (this.isPast(route, k, task)) break
        continue
      }
      if (!this.rejoins(route, here, place, k) || !this.inRange(route, k, place, -1, place) || this.blinks()) continue
      this.cost = cost
      this.first = k
      this.second = k
    }
  }

  private findPair(route: Route, order: number): void {
    const { kernel, here, carried } = this
    const { kind, length } = route
    const { dimensions, pickup, placeOf } = kernel
    const stride = kind.breaks.length + 1
    const up = kernel.firstTask[order]
    const down = up + 1
    const opening = length === 0 ? kind.vehicle.fixedCost : 0
    if (length === 0) startEmpty(route)
    for (let first = 0; first <= length; first++) {
      if (!this.extend(route, route.ready, first * stride, route.placeAt(kernel, first), up, carried)) {
        if (this.isPast(route, first, up)) break
        continue
      }
      const upCost = opening + this.arcsBy(route, first, up, placeOf[up])
      let from = placeOf[up]
      for (let second = first; second <= length; second++) {
        // the load of this leg grows by what is carried
        let fits = true
        for (let d = 0; d < dimensions && fits; d++) {
          const before = length === 0 ? 0 : route.load[second * dimensions + d]
          fits = before + pickup[up * dimensions + d] <= kind.capacity[d]
        }
        if (!fits) break
        const cost =
          second === first
            ? opening + this.arcsOfBoth(route, first, up, down)
            : upCost + this.arcsBy(route, second, down, placeOf[down])
        if (
          cost < this.cost &&
          this.extend(route, carried, 0, from, down, here) &&
          this.rejoins(route, here, placeOf[down], second) &&
          this.inRange(route, first, placeOf[up], second, placeOf[down]) &&
          !this.blinks()
        ) {
          this.cost = cost
          this.first = first
          this.second = second
        }
        if (second === length) break
        // carry it past the next task
        const past = route.tasks[second + 1]
        if (!this.extend(route, carried, 0, from, past, carried)) break
        if (!this.keepsTime(route, carried, second + 1)) break
        from = placeOf[past]
      }
    }
  }

  /** Where a break minds the load, the whole route is judged for each place. */
  private findByTrial(route: Route, order: number): void {
    const { kernel } = this
    const trial = this.trial[kernel.kinds.indexOf(route.kind)]
    const { length } = route
    const task = kernel.firstTask[order]
    const tasks = route.list()
    const pair = kernel.taskCount[order] === 2
    for (let first = 0; first <= length; first++)
      for (let second = first; second <= (pair ? length : first); second++) {
        const changed = [...tasks.subarray(0, first), task, ...tasks.subarray(first, second)]
        if (pair) changed.push(task + 1)
        changed.push(...tasks.subarray(second))
        if (!trial.set(kernel, changed)) continue
        const cost = trial.cost - route.cost
        if (cost >= this.cost || this.blinks()) continue
        this.cost = cost
        this.first = first
        this.second = second
      }
  }

  /** Earliest departures from a task behind others; false: it cannot be reached in time. `into` may be `leaves` itself. */
  private extend(
    route: Route,
    leaves: Float64Array,
    offset: number,
    from: number,
    task: number,
    into: Float64Array,
  ): boolean {
    const { kernel, next } = this
    const { kind } = route
    const rests = kind.breaks.length
    const to = kernel.placeOf[task]
    const driving = kind.durationCs[from * kernel.width + to]
    const action = kind.serviceCs[task] + (from === to ? 0 : kind.setupCs[task])
    if (rests === 0) {
      into[0] = startCs(kernel, task, leaves[offset] + driving) + action
      return into[0] < NEVER
    }
    let reached = false
    next.fill(NEVER)
    for (let behind = 0; behind <= rests; behind++) {
      const leave = leaves[offset + behind]
      if (leave === NEVER) continue
      for (let count = 0; behind + count <= rests; count++) {
        const done = startCs(kernel, task, arriveCs(kind.vehicle, leave, driving, behind, count)) + action
        if (done < next[behind + count]) next[behind + count] = done
        if (done < NEVER) reached = true
      }
    }
    into.set(next.subarray(0, rests + 1))
    return reached
  }

  /** From here on the route is too late for the task, however near it is. */
  private isPast(route: Route, k: number, task: number): boolean {
    const stride = route.kind.breaks.length + 1
    for (let behind = 0; behind < stride; behind++)
      if (startCs(this.kernel, task, route.ready[k * stride + behind]) < NEVER) return false
    return true
  }

  /** Can the route go on as it was from the position behind `k`? */
  private rejoins(route: Route, leaves: Float64Array, from: number, k: number): boolean {
    const { kernel } = this
    const { kind, length } = route
    const rests = kind.breaks.length
    if (k < length) {
      const task = route.tasks[k + 1]
      if (rests === 0) {
        const to = kernel.placeOf[task]
        const done =
          startCs(kernel, task, leaves[0] + kind.durationCs[from * kernel.width + to]) +
          kind.serviceCs[task] +
          (from === to ? 0 : kind.setupCs[task])
        // where nothing closes, the latest is Infinity too
        return done < NEVER && done <= route.latest[k + 1]
      }
      // `next` is free again once `extend` is through
      const into = this.joined
      return this.extend(route, leaves, 0, from, task, into) && this.keepsTime(route, into, k + 1)
    }
    const driving = kind.durationCs[from * kernel.width + kind.end]
    for (let behind = 0; behind <= rests; behind++) {
      if (leaves[behind] === NEVER) continue
      const arrive = arriveCs(kind.vehicle, leaves[behind], driving, behind, rests - behind)
      if (arrive < NEVER && arrive <= kind.closeCs) return true
    }
    return false
  }

  private keepsTime(route: Route, leaves: Float64Array, position: number): boolean {
    const stride = route.kind.breaks.length + 1
    for (let behind = 0; behind < stride; behind++)
      if (leaves[behind] < NEVER && leaves[behind] <= route.latest[position * stride + behind]) return true
    return false
  }

  /** What one task behind position `k` adds: the two arcs for the one, and the work where it is paid. */
  private arcsBy(route: Route, k: number, task: number, place: number): number {
    const { kernel } = this
    const { width } = kernel
    const { kind } = route
    const from = route.placeAt(kernel, k)
    const to = route.placeAt(kernel, k + 1)
    const { arcCost } = kind
    const old = route.length === 0 ? 0 : arcCost[from * width + to]
    const cost = arcCost[from * width + place] + arcCost[place * width + to] - old
    if (kind.vehicle.taskCost === 0) return cost
    return (
      cost + kind.vehicle.taskCost * (this.workOf(route, task, place, from) + this.setupChange(route, k, place, from))
    )
  }

  private arcsOfBoth(route: Route, k: number, up: number, down: number): number {
    const { kernel } = this
    const { width, placeOf } = kernel
    const { kind } = route
    const from = route.placeAt(kernel, k)
    const to = route.placeAt(kernel, k + 1)
    const { arcCost } = kind
    const old = route.length === 0 ? 0 : arcCost[from * width + to]
    const cost =
      arcCost[from * width + placeOf[up]] +
      arcCost[placeOf[up] * width + placeOf[down]] +
      arcCost[placeOf[down] * width + to] -
      old
    if (kind.vehicle.taskCost === 0) return cost
    const work = this.workOf(route, up, placeOf[up], from) + this.workOf(route, down, placeOf[down], placeOf[up])
    return cost + kind.vehicle.taskCost * (work + this.setupChange(route, k, placeOf[down], from))
  }

  private workOf(route: Route, task: number, place: number, from: number): number {
    return route.kind.serviceCs[task] + (place === from ? 0 : route.kind.setupCs[task])
  }

  /** Of the task behind position `k`, when it is reached from `place` instead of `from`. */
  private setupChange(route: Route, k: number, place: number, from: number): number {
    if (k >= route.length) return 0
    const task = route.tasks[k + 1]
    const to = this.kernel.placeOf[task]
    return (to === place ? 0 : route.kind.setupCs[task]) - (to === from ? 0 : route.kind.setupCs[task])
  }

  private inRange(route: Route, first: number, up: number, second: number, down: number): boolean {
    const { vehicle, durationCs, distanceM } = route.kind
    if (vehicle.maxTravelCs === NEVER && vehicle.maxDistanceM === NEVER) return true
    if (route.travelCs + this.longer(route, durationCs, first, up, second, down) > vehicle.maxTravelCs) return false
    return (
      distanceM === null ||
      route.metres + this.longer(route, distanceM, first, up, second, down) <= vehicle.maxDistanceM
    )
  }

  /** `second` below 0: one task only. */
  private longer(route: Route, cells: Float64Array, first: number, up: number, second: number, down: number): number {
    const { kernel } = this
    const { width } = kernel
    const from = route.placeAt(kernel, first)
    const to = route.placeAt(kernel, first + 1)
    const old = route.length === 0 ? 0 : cells[from * width + to]
    if (second < 0) return cells[from * width + up] + cells[up * width + to] - old
    if (first === second) return cells[from * width + up] + cells[up * width + down] + cells[down * width + to] - old
    const from2 = route.placeAt(kernel, second)
    const to2 = route.placeAt(kernel, second + 1)
    return (
      cells[from * width + up] +
      cells[up * width + to] -
      old +
      (cells[from2 * width + down] + cells[down * width + to2] - cells[from2 * width + to2])
    )
  }
}

/** An empty route has no caches but where it begins. */
function startEmpty(route: Route): void {
  route.ready.fill(NEVER, 0, route.kind.breaks.length + 1)
  route.ready[0] = route.kind.openCs
}
