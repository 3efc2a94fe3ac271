/**
 * The tasks of one vehicle and what the search wants to know of them at once: the earliest departure from each with so many breaks
 * behind, the latest departure that the rest still permits, what is on board between them, and what the whole costs.
 */
import { type Kernel, type Kind, lastStartCs, startCs } from './kernel.ts'
import { arriveCs, leaveByCs } from './legs.ts'

/** Positions count from 1; 0 is the start, `length + 1` the end. A leg has the number of the position before it. */
export class Route {
  readonly kind: Kind
  length = 0
  tasks: Int32Array
  /** [position * (breaks + 1) + breaks behind] */
  ready: Float64Array
  latest: Float64Array
  /** [leg * dimensions + d] on board; the most up to this leg; the most from this leg on */
  load: Float64Array
  peakBefore: Float64Array
  peakAfter: Float64Array
  cost = 0
  travelCs = 0
  metres = 0

  constructor(kernel: Kernel, kind: Kind) {
    this.kind = kind
    this.tasks = new Int32Array(8)
    const { states, dims } = sizes(kernel, kind, 8)
    this.ready = new Float64Array(states)
    this.latest = new Float64Array(states)
    this.load = new Float64Array(dims)
    this.peakBefore = new Float64Array(dims)
    this.peakAfter = new Float64Array(dims)
  }

  /** Puts other tasks on it; false: they cannot be done in this order, and the caches are not to be read. */
  set(kernel: Kernel, tasks: ArrayLike<number>): boolean {
    const { length } = tasks
    if (this.tasks.length < length + 1) this.grow(kernel, 2 * (length + 1))
    for (let k = 0; k < length; k++) this.tasks[k + 1] = tasks[k]
    this.length = length
    return this.refresh(kernel)
  }

  list(): Int32Array {
    return this.tasks.slice(1, this.length + 1)
  }

  placeAt(kernel: Kernel, position: number): number {
    if (position === 0) return this.kind.start
    return position > this.length ? this.kind.end : kernel.placeOf[this.tasks[position]]
  }

  private grow(kernel: Kernel, room: number): void {
    const { states, dims } = sizes(kernel, this.kind, room)
    this.tasks = new Int32Array(room)
    this.ready = new Float64Array(states)
    this.latest = new Float64Array(states)
    this.load = new Float64Array(dims)
    this.peakBefore = new Float64Array(dims)
    this.peakAfter = new Float64Array(dims)
  }

  private refresh(kernel: Kernel): boolean {
    if (this.length === 0) {
      this.cost = 0
      this.travelCs = 0
      this.metres = 0
      return true
    }
    this.sumUp(kernel)
    const { vehicle } = this.kind
    const withinRange = this.travelCs <= vehicle.maxTravelCs && this.metres <= vehicle.maxDistanceM
    if (this.length > vehicle.maxTasks || !withinRange || !this.loadUp(kernel)) return false
    this.goForward(kernel)
    return this.goBack(kernel)
  }

  private sumUp(kernel: Kernel): void {
    const { kind, length } = this
    const { width } = kernel
    let cost = kind.vehicle.fixedCost
    let travelCs = 0
    let metres = 0
    let workCs = 0
    let from = kind.start
    for (let k = 1; k <= length + 1; k++) {
      const to = this.placeAt(kernel, k)
      const cell = from * width + to
      cost += kind.arcCost[cell]
      travelCs += kind.durationCs[cell]
      if (kind.distanceM !== null) metres += kind.distanceM[cell]
      if (k <= length) {
        const task = this.tasks[k]
        workCs += kind.serviceCs[task] + (from === to ? 0 : kind.setupCs[task])
      }
      from = to
    }
    this.cost = cost + workCs * kind.vehicle.taskCost
    this.travelCs = travelCs
    this.metres = metres
  }

  private loadUp(kernel: Kernel): boolean {
    const { dimensions, pickup, delivery } = kernel
    const { length, load, peakBefore, peakAfter, kind } = this
    for (let d = 0; d < dimensions; d++) {
      // what single jobs bring is on board from the start
      let amount = 0
      for (let k = 1; k <= length; k++) {
        const task = this.tasks[k]
        if (kernel.taskCount[kernel.orderOf[task]] === 1) amount += delivery[task * dimensions + d]
      }
      let peak = amount
      load[d] = amount
      peakBefore[d] = amount
      for (let k = 1; k <= length; k++) {
        const cell = this.tasks[k] * dimensions + d
        amount += pickup[cell] - delivery[cell]
        if (amount > peak) peak = amount
        load[k * dimensions + d] = amount
        peakBefore[k * dimensions + d] = peak
      }
      if (peak > kind.capacity[d]) return false
      peak = 0
      for (let k = length; k >= 0; k--) {
        if (load[k * dimensions + d] > peak) peak = load[k * dimensions + d]
        peakAfter[k * dimensions + d] = peak
      }
    }
    return true
  }

  /** May the break be taken on this leg? */
  private permits(kernel: Kernel, leg: number, rest: number): boolean {
    const { maxLoad } = this.kind.breaks[rest]
    if (maxLoad === null) return true
    for (let d = 0; d < kernel.dimensions; d++) if (this.load[leg * kernel.dimensions + d] > maxLoad[d]) return false
    return true
  }

  private goForward(kernel: Kernel): void {
    const { kind, length, ready } = this
    const rests = kind.breaks.length
    const stride = rests + 1
    ready.fill(Number.POSITIVE_INFINITY, 0, (length + 1) * stride)
    ready[0] = kind.openCs
    let from = kind.start
    for (let k = 1; k <= length; k++) {
      const task = this.tasks[k]
      const to = kernel.placeOf[task]
      const driving = kind.durationCs[from * kernel.width + to]
      const action = kind.serviceCs[task] + (from === to ? 0 : kind.setupCs[task])
      for (let behind = 0; behind <= rests; behind++) {
        const leave = ready[(k - 1) * stride + behind]
        if (leave === Number.POSITIVE_INFINITY) continue
        for (let count = 0; behind + count <= rests; count++) {
          if (count > 0 && !this.permits(kernel, k - 1, behind + count - 1)) break
          const arrive = count === 0 ? leave + driving : arriveCs(kind.vehicle, leave, driving, behind, count)
          const done = startCs(kernel, task, arrive) + action
          const cell = k * stride + behind + count
          if (done < ready[cell]) ready[cell] = done
        }
      }
      from = to
    }
  }

  /** Also says whether there is a way from start to end at all. */
  private goBack(kernel: Kernel): boolean {
    const { kind, length, latest } = this
    const rests = kind.breaks.length
    const stride = rests + 1
    latest.fill(Number.NEGATIVE_INFINITY, 0, (length + 1) * stride)
    let to = kind.end
    for (let k = length; k >= 0; k--) {
      const from = this.placeAt(kernel, k)
      const driving = kind.durationCs[from * kernel.width + to]
      const task = k < length ? this.tasks[k + 1] : -1
      const action = task < 0 ? 0 : kind.serviceCs[task] + (from === to ? 0 : kind.setupCs[task])
      for (let behind = rests; behind >= 0; behind--) {
        for (let count = 0; behind + count <= rests; count++) {
          if (count > 0 && !this.permits(kernel, k, behind + count - 1)) break
          let arrive: number
          if (task < 0) {
            if (behind + count < rests) continue
            arrive = kind.closeCs
          } else arrive = lastStartCs(kernel, task, latest[(k + 1) * stride + behind + count] - action)
          const leave = count === 0 ? arrive - driving : leaveByCs(kind.vehicle, arrive, driving, behind, count)
          const cell = k * stride + behind
          if (leave > latest[cell]) latest[cell] = leave
        }
      }
      to = from
    }
    return latest[0] >= kind.openCs
  }
}

function sizes(kernel: Kernel, kind: Kind, room: number) {
  return { states: room * (kind.breaks.length + 1), dims: room * kernel.dimensions }
}
