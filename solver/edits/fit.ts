/**
 * How a truck takes what an edit asks of it: the cheapest of the places that keep every rule, or, where there is none, the place that
 * breaks least, with its times and price all the same, so that a person can be told by how much. What people have locked to a second keeps
 * it wherever that leaves a way.
 */

import { arc } from '../arcs.ts'
import { type Opened, openProblem } from '../direct.ts'
import { type Trip, timeBeside } from '../docks.ts'
import { writeRoute } from '../document.ts'
import type { Instance } from '../instance.ts'
import { pinStarts } from '../locks/holdRoute.ts'
import { hasRoad, roadlessLegs, withoutGaps } from '../roads.ts'
import { RULES } from '../rules/index.ts'
import { type Schedule, scheduleRoute } from '../schedule.ts'
import { firstOpen } from '../timeline.ts'
import type { Desk } from './desk.ts'
import { type At, placements, trialsAmong } from './places.ts'

/** What an edit asks of one truck. */
export interface Ask extends At {
  /** the type it is, or all that the vehicle may be */
  readonly types: readonly number[]
  /** visits that keep their order */
  readonly base: readonly number[]
  /** orders that are put among them */
  readonly put: readonly number[]
  /** an order of all visits that is tried as well */
  readonly also?: readonly number[] | undefined
  /** services that people have locked, at their seconds */
  readonly pins: ReadonlyMap<number, number>
  /** this service begins no sooner, and then if it can */
  readonly start?: { readonly visit: number; readonly startS: number } | undefined
}

export interface Fit {
  readonly trip: Trip
  /** what timed it: the problem, or, where a road is missing, the problem as if that road took no time */
  readonly opened: Opened
  readonly krw: number
  /** in the amounts of the search; empty: it can be driven */
  readonly broken: readonly { readonly rule: string; readonly excess: number; readonly unit: string }[]
}

/** Places that are looked at closely where none keeps the rules. */
const REFUSED_LOOKS = 4
/** Of more places than that every so manieth is looked at, where none keeps the rules. */
const MOST_ROUGH = 400

export class Fitter {
  private readonly desk: Desk
  private readonly known = new Map<string, Fit>()
  private bridged: Opened | undefined

  constructor(desk: Desk) {
    this.desk = desk
  }

  /** `fixed`: trucks that keep their docks. */
  fit(ask: Ask, fixed: readonly Trip[]): Fit {
    const fits = ask.types.map((type) => {
      const found = ask.start ? this.startAt(ask, ask.start, type, fixed) : this.place(ask, type, fixed, ask.pins)
      return found ?? this.leastBroken(ask, type, fixed)
    })
    return fits.toSorted((a, b) => a.broken.length - b.broken.length || badness(a) - badness(b) || a.krw - b.krw)[0]
  }

  private place(ask: Ask, type: number, fixed: readonly Trip[], pins: ReadonlyMap<number, number>): Fit | null {
    if (this.isBarred(ask, type)) return null
    const { instance } = this.desk.opened
    const pinned = pinStarts(instance, pins)
    let best: Fit | null = null
    for (const trial of trialsAmong(pinned, type, this.candidates(ask, type, pinned))) {
      if (best !== null && trial.leastKrw >= best.krw) break
      const found = this.time(type, trial.visits, fixed, pinned)
      if (found.broken.length === 0 && (best === null || found.krw < best.krw)) best = found
    }
    return best ?? (pins.size > 0 ? this.place(ask, type, fixed, new Map()) : null)
  }

  /** A service at a second, or as soon after it as can be. */
  private startAt(
    { base, pins }: Ask,
    { visit, startS }: NonNullable<Ask['start']>,
    type: number,
    fixed: readonly Trip[],
  ): Fit {
    const { instance } = this.desk.opened
    for (const kept of [pins, new Map<number, number>()]) {
      const found = this.time(type, base, fixed, pinStarts(instance, new Map([...kept, [visit, startS]])))
      if (found.broken.length === 0) return found
    }
    const notBeforeS = base.map((other) => (other === visit ? startS : 0))
    return this.time(type, base, fixed, instance, notBeforeS)
  }

  /** True where no place on such a truck can be sound, so that none needs a timetable. */
  private isBarred({ base, put }: Ask, type: number): boolean {
    const { instance } = this.desk.opened
    const riding = [...new Set([...base.map((visit) => visit >> 1), ...put])]
    return (
      put.some((order) => instance.allowed[type * instance.orders + order] === 0) ||
      (riding.length > 1 && riding.some((order) => instance.alone[order] === 1)) ||
      put.some((order) => instance.company?.apartFrom[order].some((other) => riding.includes(other)) === true)
    )
  }

  /** Orders of visits worth a try: all together, and where several come, one after another each where it costs least. */
  private candidates({ base, put, also, pickupAt, deliveryAt }: Ask, type: number, instance: Instance) {
    const together = placements(base, put, { pickupAt, deliveryAt })
    const isFree = pickupAt === undefined && deliveryAt === undefined
    const single =
      put.length > 1 && isFree
        ? [put, put.toReversed()].flatMap((list) => this.oneByOne(base, list, type, instance))
        : []
    return [...(also ? [also] : []), ...together, ...single]
  }

  private oneByOne(base: readonly number[], put: readonly number[], type: number, asked: Instance): number[][] {
    // on the way to a whole group it is not whole yet
    const { company } = asked
    const instance = company
      ? {
          ...asked,
          company: {
            ...company,
            groups: company.groups.filter((group) => !group.some((order) => put.includes(order))),
          },
        }
      : asked
    let visits = base
    for (const order of put) {
      let best: { readonly visits: readonly number[]; readonly krw: number } | null = null
      for (const trial of trialsAmong(instance, type, placements(visits, [order]))) {
        if (best !== null && trial.leastKrw >= best.krw) break
        const schedule = scheduleRoute(instance, type, trial.visits)
        if (brokenBy(schedule, instance).length > 0) continue
        const krw = writeRoute(this.desk.opened, schedule, '').costKrw
        if (best === null || krw < best.krw) best = { visits: trial.visits, krw }
      }
      if (best === null) return []
      visits = best.visits
    }
    return [[...visits]]
  }

  /** Of all places the one that breaks fewest rules, and those by least. */
  private leastBroken(ask: Ask, type: number, fixed: readonly Trip[]): Fit {
    const { instance } = this.desk.opened
    const all = [...(ask.also ? [ask.also] : []), ...placements(ask.base, ask.put, ask)]
    const step = Math.ceil(all.length / MOST_ROUGH)
    const looked = all
      .filter((_, k) => k % step === 0)
      .map((visits) => ({ visits, rough: roughly(instance, type, visits) }))
      .sort((a, b) => a.rough - b.rough)
      .slice(0, REFUSED_LOOKS)
      .map(({ visits }) => this.time(type, visits, fixed, instance))
    return looked.sort((a, b) => a.broken.length - b.broken.length || badness(a) - badness(b) || a.krw - b.krw)[0]
  }

  private time(
    type: number,
    visits: readonly number[],
    fixed: readonly Trip[],
    instance: Instance,
    notBeforeS?: readonly number[],
  ): Fit {
    const isPlain = instance === this.desk.opened.instance && instance.docks === null && notBeforeS === undefined
    const key = isPlain ? `${type} ${visits.join(' ')}` : ''
    const found = (isPlain && this.known.get(key)) || this.timeAnew(type, visits, fixed, instance, notBeforeS)
    if (isPlain) this.known.set(key, found)
    return found
  }

  private timeAnew(
    type: number,
    visits: readonly number[],
    fixed: readonly Trip[],
    instance: Instance,
    notBeforeS?: readonly number[],
  ): Fit {
    const { desk } = this
    const missing = roadlessLegs(instance, type, visits).length
    if (missing > 0) {
      this.bridged ??= openProblem(desk.whole, withoutGaps(desk.opened.travel), desk.opened.parts)
      const there = this.bridged
      const schedule = scheduleRoute(there.instance, type, visits)
      const broken = [{ rule: 'road', excess: missing, unit: 'legs' }, ...brokenBy(schedule, there.instance)]
      return this.asFit(there, { type, visits, schedule }, broken)
    }
    const trip = { type, visits, schedule: scheduleRoute(instance, type, visits, notBeforeS) }
    const broken = brokenBy(trip.schedule, instance)
    if (broken.length > 0 || instance.docks === null) return this.asFit(desk.opened, trip, broken)
    const docked = timeBeside(instance, fixed, trip)
    if (docked === null) return this.asFit(desk.opened, trip, [{ rule: 'docks', excess: 1, unit: 'trucks' }])
    return this.asFit(desk.opened, { ...trip, schedule: docked }, brokenBy(docked, instance))
  }

  private asFit(opened: Opened, trip: Trip, broken: Fit['broken']): Fit {
    return { opened, trip, broken, krw: writeRoute(opened, trip.schedule, '').costKrw }
  }
}

const brokenBy = (schedule: Schedule, instance: Instance): Fit['broken'] =>
  RULES.flatMap((rule) => {
    const excess = rule.excess(schedule, instance)
    return excess > 0 ? [{ rule: rule.name, excess, unit: rule.unit }] : []
  })

/** Amounts of different rules on one scale, to choose what to show a person: an hour, a tenth of the truck, one of anything else. */
function badness({ broken }: Fit): number {
  const scale: Readonly<Record<string, number>> = { s: 1 / 3600, share: 10, m: 1 / 10_000 }
  return broken.reduce((sum, { excess, unit }) => sum + Math.min(1e6, excess * (scale[unit] ?? 1)), 0)
}

/** How far the visits are from fitting, without rests: load, stops and time. */
function roughly(instance: Instance, type: number, visits: readonly number[]): number {
  const { placeOf, serviceS, stopS, demand, dimensions, windowFrom, closesS } = instance
  const truck = instance.types[type]
  let over = 0
  for (let d = 0; d < dimensions; d++) {
    let load = 0
    for (const visit of visits) {
      load += (visit & 1) === 0 ? demand[(visit >> 1) * dimensions + d] : -demand[(visit >> 1) * dimensions + d]
      if (load > truck.capacity[d]) over = Math.max(over, truck.capacity[d] > 0 ? load / truck.capacity[d] - 1 : 1)
    }
  }
  let place = truck.start
  let clock = truck.opensS
  let stops = 0
  let lateS = 0
  let gaps = 0
  for (const [k, visit] of visits.entries()) {
    const next = placeOf[visit]
    const isStop = k === 0 || next !== place
    if (isStop) stops++
    if (!hasRoad(truck.durationS, place, next)) gaps++
    else clock += arc(truck.durationS, place, next)
    const start = firstOpen(instance, visit, clock)
    if (start === Number.POSITIVE_INFINITY) {
      const last = windowFrom[visit + 1] - 1
      lateS += last >= windowFrom[visit] ? clock - closesS[last] : 86_400
    } else clock = start
    clock += serviceS[visit] + (isStop ? stopS[next] : 0)
    place = next
  }
  if (!hasRoad(truck.durationS, place, truck.end)) gaps++
  else clock += arc(truck.durationS, place, truck.end)
  lateS += Math.max(0, clock - truck.closesS)
  const rules = (over > 0 ? 1 : 0) + (lateS > 0 ? 1 : 0) + (stops > truck.maxStops ? 1 : 0) + gaps
  return rules * 1e6 + over * 10 + lateS / 3600 + clock / 1e6
}
