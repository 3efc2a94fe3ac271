/** The model as the search reads it: orders instead of tasks, kinds of vehicles instead of vehicles, one more place that is nowhere. */
import { fitsUnder, hasSkills, type Model, type ModelBreak, type ModelVehicle } from './model.ts'

export interface Kind {
  readonly vehicle: ModelVehicle
  /** index of each vehicle of this kind in the model */
  readonly members: readonly number[]
  readonly start: number
  readonly end: number
  readonly openCs: number
  readonly closeCs: number
  readonly capacity: Float64Array
  readonly breaks: readonly ModelBreak[]
  /** a break of it looks at what is on board: then every change of a route is judged from its beginning */
  readonly minding: boolean
  /** [from * width + to] */
  readonly durationCs: Float64Array
  readonly distanceM: Float64Array | null
  readonly arcCost: Float64Array
  readonly setupCs: Float64Array
  readonly serviceCs: Float64Array
  /** [order] */
  readonly allowed: Uint8Array
}

export interface Kernel {
  readonly model: Model
  readonly width: number
  readonly dimensions: number
  readonly orders: number
  /** [order] first task and how many */
  readonly firstTask: Int32Array
  readonly taskCount: Uint8Array
  /** [task] */
  readonly orderOf: Int32Array
  readonly placeOf: Int32Array
  readonly windowFrom: Int32Array
  readonly opensCs: Float64Array
  readonly closesCs: Float64Array
  /** [task * dimensions + d] */
  readonly pickup: Float64Array
  readonly delivery: Float64Array
  /** [order] what leaving it out costs: priority first, then the number of tasks */
  readonly worth: Float64Array
  readonly kinds: readonly Kind[]
  /** [vehicle] */
  readonly kindOf: Int32Array
}

export function makeKernel(model: Model): Kernel {
  const { tasks, vehicles, places, dimensions } = model
  const width = places + 1
  const firstTask: number[] = []
  const orderOf = new Int32Array(tasks.length)
  for (const [task, { kind }] of tasks.entries()) {
    if (kind !== 'delivery') firstTask.push(task)
    orderOf[task] = firstTask.length - 1
  }
  const orders = firstTask.length
  const taskCount = Uint8Array.from(firstTask, (task) => (tasks[task].kind === 'job' ? 1 : 2))
  const windowFrom = new Int32Array(tasks.length + 1)
  const opens: number[] = []
  const closes: number[] = []
  for (const [task, { windows }] of tasks.entries()) {
    for (const [open, close] of windows.length > 0 ? windows : [[0, Number.POSITIVE_INFINITY]]) {
      opens.push(open)
      closes.push(close)
    }
    windowFrom[task + 1] = opens.length
  }
  const members = Map.groupBy(vehicles.keys(), (vehicle) => vehicles[vehicle].kind)
  const kindOf = new Int32Array(vehicles.length)
  const widened = new Map<Float64Array, Float64Array>()
  const widen = (cells: Float64Array): Float64Array => {
    const known = widened.get(cells)
    if (known) return known
    const wide = new Float64Array(width * width)
    for (let from = 0; from < places; from++)
      for (let to = 0; to < places; to++) wide[from * width + to] = cells[from * places + to]
    widened.set(cells, wide)
    return wide
  }
  const kinds = [...members.values()].map((indices, kind): Kind => {
    const vehicle = vehicles[indices[0]]
    for (const index of indices) kindOf[index] = kind
    return {
      vehicle,
      members: indices,
      start: vehicle.start ?? places,
      end: vehicle.end ?? places,
      openCs: vehicle.openCs,
      closeCs: vehicle.closeCs,
      capacity: Float64Array.from(vehicle.capacity),
      breaks: vehicle.breaks,
      minding: vehicle.breaks.some(({ maxLoad }) => maxLoad !== null),
      durationCs: widen(vehicle.durationCs),
      distanceM: vehicle.distanceM && widen(vehicle.distanceM),
      arcCost: widen(vehicle.arcCost),
      setupCs: vehicle.setupCs,
      serviceCs: vehicle.serviceCs,
      allowed: Uint8Array.from(firstTask, (task, order) => {
        const fits =
          fitsUnder(tasks[task].pickup, vehicle.capacity) && fitsUnder(tasks[task].delivery, vehicle.capacity)
        return fits && taskCount[order] <= vehicle.maxTasks && hasSkills(vehicle, tasks[task]) ? 1 : 0
      }),
    }
  })
  const priorityStep = tasks.length + 1
  return {
    model,
    width,
    dimensions,
    orders,
    firstTask: Int32Array.from(firstTask),
    taskCount,
    orderOf,
    placeOf: Int32Array.from(tasks, ({ place }) => place),
    windowFrom,
    opensCs: Float64Array.from(opens),
    closesCs: Float64Array.from(closes),
    pickup: Float64Array.from(tasks.flatMap(({ pickup }) => pickup)),
    delivery: Float64Array.from(tasks.flatMap(({ delivery }) => delivery)),
    worth: Float64Array.from(firstTask, (task, order) => taskCount[order] * (1 + tasks[task].priority * priorityStep)),
    kinds,
    kindOf,
  }
}

/** Earliest start of a task at or after a time; Infinity: too late. */
export function startCs(kernel: Kernel, task: number, timeCs: number): number {
  const { closesCs } = kernel
  for (let k = kernel.windowFrom[task]; k < kernel.windowFrom[task + 1]; k++)
    if (timeCs <= closesCs[k]) return Math.max(timeCs, kernel.opensCs[k])
  return Number.POSITIVE_INFINITY
}

/** Latest start of a task at or before a time; -Infinity: too early. */
export function lastStartCs(kernel: Kernel, task: number, timeCs: number): number {
  const { opensCs } = kernel
  for (let k = kernel.windowFrom[task + 1] - 1; k >= kernel.windowFrom[task]; k--)
    if (opensCs[k] <= timeCs) return Math.min(timeCs, kernel.closesCs[k])
  return Number.NEGATIVE_INFINITY
}
