/**
 * Plan mode: the order of a vehicle's steps is given, only their times are free. Windows may be missed at a price; service_at, _after and
 * _before may not. As in VROOM: least weighted sum of missed time and duration, then the earliest times.
 *
 * All constraints are differences of two times, so some optimum consists of times that hang on a window's end by a chain of driving, work
 * and breaks without slack. Between two tasks that chain can only be the whole of the leg, which makes the times worth looking at few:
 * dynamic programming over them is exact, several windows included.
 */
import { type Model, NOWHERE, travelCs, type Window } from './model.ts'
import { layOut, type RouteStep, type TimedStep } from './timetable.ts'

export interface PlanStep extends RouteStep {
  readonly atCs?: number | undefined
  readonly afterCs?: number | undefined
  readonly beforeCs?: number | undefined
}

/** How far a start is outside its windows: before (lead) or behind (delay) the nearest of them. */
export function missedCs(
  windows: readonly Window[],
  startCs: number,
): { readonly leadCs: number; readonly delayCs: number } {
  let leadCs = 0
  let delayCs = 0
  let least = Number.POSITIVE_INFINITY
  for (const [openCs, closeCs] of windows) {
    const lead = Math.max(0, openCs - startCs)
    const delay = Math.max(0, startCs - closeCs)
    if (lead + delay >= least) continue
    least = lead + delay
    leadCs = lead
    delayCs = delay
  }
  return { leadCs, delayCs }
}

interface Best {
  readonly price: number
  /** sum of all times so far, to tell equal prices apart */
  readonly sum: number
  /** index of the time of the task before, and the times of the breaks between */
  readonly before: number
  readonly restsCs: readonly number[]
}

/** A step that is no break, with the breaks before it. */
interface Station {
  readonly step: number
  /** breaks between the station before and this one, as indices of steps */
  readonly rests: readonly number[]
  /** end of the station before to start of this one, all breaks included */
  readonly legCs: number
  /** of the station before */
  readonly actionCs: number
}

/** null: the given times cannot be kept. */
export function timePlan(model: Model, vehicleIndex: number, steps: readonly PlanStep[]): TimedStep[] | null {
  const vehicle = model.vehicles[vehicleIndex]
  const stations = stationsOf(model, vehicleIndex, steps)
  const windowsOf = ({ kind, rank }: PlanStep): readonly Window[] => {
    if (kind === 'task') return model.tasks[rank].windows
    if (kind === 'break') return vehicle.breaks[rank].windows
    return kind === 'start'
      ? [[vehicle.openCs, Number.POSITIVE_INFINITY]]
      : [[Number.NEGATIVE_INFINITY, vehicle.closeCs]]
  }
  const restCs = (step: number) => vehicle.breaks[steps[step].rank].serviceCs
  // a moment of missed window weighs as much as the whole of driving and work
  const spanCs = stations.reduce((sum, { legCs, actionCs }) => sum + legCs + actionCs, 0)
  const weight = Math.max(1, spanCs)
  const permits = ({ atCs, afterCs, beforeCs }: PlanStep, timeCs: number): boolean =>
    timeCs >= 0 &&
    (atCs === undefined || timeCs === atCs) &&
    timeCs >= (afterCs ?? 0) &&
    timeCs <= (beforeCs ?? Number.POSITIVE_INFINITY)
  const priceOf = (index: number, timeCs: number): number => {
    const step = steps[index]
    if (!permits(step, timeCs)) return Number.POSITIVE_INFINITY
    const { leadCs, delayCs } = missedCs(windowsOf(step), timeCs)
    const duration = step.kind === 'start' ? -timeCs : step.kind === 'end' ? timeCs : 0
    return weight * (leadCs + delayCs) + duration
  }
  const anchorsOf = (index: number): number[] => {
    const { atCs, afterCs, beforeCs } = steps[index]
    const windows = windowsOf(steps[index]).flat()
    return [...windows, atCs, afterCs, beforeCs].filter(
      (time) => time !== undefined && Number.isFinite(time),
    ) as number[]
  }

  const { stationTimes, restTimes } = timesWorthLooking(stations, anchorsOf, restCs)
  const table: (Best | null)[][] = [
    stationTimes[0].map((time) => {
      const price = priceOf(stations[0].step, time)
      return price < Number.POSITIVE_INFINITY ? { price, sum: 0, before: -1, restsCs: [] } : null
    }),
  ]
  for (let at = 1; at < stations.length; at++) table.push(extend(at))
  const last = table[stations.length - 1]
  let bestAt = -1
  for (const [index, best] of last.entries()) if (best && (bestAt < 0 || isLess(best, last[bestAt]!))) bestAt = index
  if (bestAt < 0) return null

  const starts = new Array<number>(steps.length)
  for (let at = stations.length - 1; at >= 0; at--) {
    const { before, restsCs } = table[at][bestAt]!
    starts[stations[at].step] = stationTimes[at][bestAt]
    for (const [k, step] of stations[at].rests.entries()) starts[step] = restsCs[k]
    bestAt = before
  }
  return layOut(model, vehicleIndex, steps, starts)

  function extend(at: number): (Best | null)[] {
    const { step, rests, legCs, actionCs } = stations[at]
    const times = stationTimes[at]
    const row = new Array<Best | null>(times.length).fill(null)
    const earlier = table[at - 1]
    const offer = (to: number, price: number, sum: number, before: number, restsCs: readonly number[]): void => {
      const known = row[to]
      if (!known || isLess({ price, sum }, known)) row[to] = { price, sum, before, restsCs }
    }
    if (rests.length === 0) {
      // the cheapest of all that are early enough: one pass over both lists
      let cheapest = -1
      let next = 0
      for (const [to, time] of times.entries()) {
        while (next < earlier.length && stationTimes[at - 1][next] + actionCs + legCs <= time) {
          if (earlier[next] && (cheapest < 0 || isLess(earlier[next]!, earlier[cheapest]!))) cheapest = next
          next++
        }
        const price = priceOf(step, time)
        if (cheapest < 0 || price === Number.POSITIVE_INFINITY) continue
        const best = earlier[cheapest]!
        offer(to, best.price + price, best.sum + time, cheapest, [])
      }
      return row
    }
    const prices = times.map((time) => priceOf(step, time))
    for (const [before, best] of earlier.entries()) {
      if (!best) continue
      const doneCs = stationTimes[at - 1][before] + actionCs
      const chain = restChain(at, doneCs)
      for (const [to, time] of times.entries()) {
        if (time < doneCs + legCs || prices[to] === Number.POSITIVE_INFINITY) continue
        const found = chain(time)
        if (found) offer(to, best.price + found.price + prices[to], best.sum + found.sum + time, before, found.restsCs)
      }
    }
    return row
  }

  /** The breaks of a leg from a moment on: the cheapest times for them that are through by another moment, asked in rising order. */
  function restChain(at: number, doneCs: number) {
    const { rests } = stations[at]
    let states: {
      readonly endCs: number
      readonly price: number
      readonly sum: number
      readonly restsCs: readonly number[]
    }[] = [{ endCs: doneCs, price: 0, sum: 0, restsCs: [] }]
    for (const [k, step] of rests.entries()) {
      const next: typeof states = []
      let from = 0
      let cheapest: (typeof states)[number] | null = null
      for (const time of [...new Set([...restTimes[at][k], ...states.map(({ endCs }) => endCs)])].sort(
        (a, b) => a - b,
      )) {
        while (from < states.length && states[from].endCs <= time) {
          if (!cheapest || isLess(states[from], cheapest)) cheapest = states[from]
          from++
        }
        const price = priceOf(step, time)
        if (!cheapest || price === Number.POSITIVE_INFINITY) continue
        const state = { price: cheapest.price + price, sum: cheapest.sum + time }
        // later and no cheaper: never needed
        if (next.length > 0 && !isLess(state, next.at(-1)!)) continue
        next.push({ ...state, endCs: time + restCs(step), restsCs: [...cheapest.restsCs, time] })
      }
      states = next
    }
    let index = -1
    return (timeCs: number) => {
      while (index + 1 < states.length && states[index + 1].endCs <= timeCs) index++
      return index < 0 ? null : states[index]
    }
  }
}

const isLess = (a: Pick<Best, 'price' | 'sum'>, b: Pick<Best, 'price' | 'sum'>): boolean =>
  a.price < b.price || (a.price === b.price && a.sum < b.sum)

function stationsOf(model: Model, vehicleIndex: number, steps: readonly PlanStep[]): Station[] {
  const vehicle = model.vehicles[vehicleIndex]
  const stations: Station[] = []
  let rests: number[] = []
  let from = vehicle.start ?? NOWHERE
  let actionCs = 0
  for (const [index, { kind, rank }] of steps.entries()) {
    if (kind === 'break') {
      rests.push(index)
      continue
    }
    const to = kind === 'task' ? model.tasks[rank].place : ((kind === 'start' ? vehicle.start : vehicle.end) ?? NOWHERE)
    const restingCs = rests.reduce((sum, step) => sum + vehicle.breaks[steps[step].rank].serviceCs, 0)
    stations.push({
      step: index,
      rests,
      legCs: index === 0 ? 0 : travelCs(vehicle, model.places, from, to) + restingCs,
      actionCs,
    })
    actionCs = kind === 'task' ? vehicle.serviceCs[rank] + (from === to ? 0 : vehicle.setupCs[rank]) : 0
    from = to
    rests = []
  }
  return stations
}

/** For each station, and each break on the leg before it, the times that hang on some anchor without slack. */
function timesWorthLooking(
  stations: readonly Station[],
  anchorsOf: (step: number) => readonly number[],
  restCs: (step: number) => number,
) {
  // where each station would be on a clock that only driving, work and breaks move
  let clock = 0
  const clocks = stations.map(({ legCs, actionCs }) => (clock += legCs + actionCs))
  // as if at the start: 0 stands for the earliest there is
  const anchors = new Set<number>([0])
  for (const [at, { step, rests, legCs, actionCs }] of stations.entries()) {
    for (const time of anchorsOf(step)) anchors.add(time - clocks[at])
    let passedCs = 0
    const restingCs = rests.reduce((sum, rest) => sum + restCs(rest), 0)
    for (const rest of rests) {
      for (const time of anchorsOf(rest)) {
        // the station behind follows the break at once, or the break follows the station before at once
        anchors.add(time + restingCs - passedCs - clocks[at])
        anchors.add(time - passedCs - actionCs - (clocks[at] - legCs - actionCs))
      }
      passedCs += restCs(rest)
    }
  }
  const sorted = [...anchors].sort((a, b) => a - b)
  const stationTimes = clocks.map((clockCs) => sorted.map((anchor) => anchor + clockCs).filter((time) => time >= 0))
  const restTimes = stations.map(({ rests, actionCs }, at) => {
    const offsets: number[] = []
    let passedCs = 0
    for (const rest of rests) {
      offsets.push(passedCs)
      passedCs += restCs(rest)
    }
    const own = rests.flatMap((rest, k) => anchorsOf(rest).map((time) => time - offsets[k]))
    return rests.map((_, k) => {
      const ends = stationTimes[at].map((time) => time - passedCs + offsets[k])
      const begins = at === 0 ? [] : stationTimes[at - 1].map((time) => time + actionCs + offsets[k])
      return [...new Set([...own.map((time) => time + offsets[k]), ...ends, ...begins])].filter((time) => time >= 0)
    })
  })
  return { stationTimes, restTimes }
}
