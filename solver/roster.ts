/**
 * Who drives: every route of a contract truck needs a driver of its own who may drive that truck and works then. Routes against drivers
 * is a bipartite matching, searched by augmenting paths; Kuhn (1955), The Hungarian method for the assignment problem, Naval Research
 * Logistics Quarterly 2. A truck type is one truck in one shift, cut to the hours of drivers who may drive it, so that any route of the
 * type suits whoever may drive the type.
 *
 * Shifts that overlap, also by way of a third one, are one period, and a driver has one route in a period: with shifts that overlap in a
 * chain (06–12, 08–18, 13–20) a plan is lost in which one driver takes the first and the last. A route that would suit several spans
 * keeps to one while others are placed, so that where spans overlap a plan may also be missed by chance.
 */
import type { Driver, Vehicle } from './problem.ts'

type Window = readonly [opensS: number, closesS: number]

/** One truck type before it is one: a vehicle in a shift or a part of it. */
export interface Turn {
  readonly window: Window
  /** index of the vehicle's shift */
  readonly shift: number
  /** nobody drives it then */
  readonly idle: boolean
}

/** The shifts of a vehicle, each once for every different span in which some driver could take it. */
export function turnsOf(vehicle: Vehicle, drivers: readonly Driver[] | undefined): Turn[] {
  return vehicle.shifts.flatMap((window, shift): Turn[] => {
    if (!drivers || vehicle.kind === 'hired') return [{ window, shift, idle: false }]
    const spans = new Map(
      drivers.flatMap((driver) => spansOf(driver, vehicle, window).map((span) => [span.join(), span] as const)),
    )
    // the shortest first: it suits the most drivers, and of types that cost the same the search takes the first
    const turns = [...spans.values()]
      .sort(([a, b], [c, d]) => b - a - (d - c))
      .map((span) => ({ window: span, shift, idle: false }))
    return turns.length > 0 ? turns : [{ window, shift, idle: true }]
  })
}

/** When the driver could take the vehicle within its shift. */
function spansOf({ vehicles, shifts }: Driver, { id }: Vehicle, [opens, closes]: Window): Window[] {
  if (!vehicles.includes(id)) return []
  return (shifts ?? [[opens, closes]])
    .map(([from, to]): Window => [Math.max(from, opens), Math.min(to, closes)])
    .filter(([from, to]) => from <= to)
}

export interface RosterType {
  readonly vehicle: Vehicle
  readonly turn: Turn
}

export class Roster {
  /** [driver][type] 1: may drive it then */
  private readonly drives: readonly Uint8Array[]
  /** [type] -1: a hired truck, which brings its driver */
  private readonly period: Int32Array
  /** [type] the vehicle's shift, whose trucks the types share, and how many trucks that are */
  private readonly pool: readonly string[]
  private readonly count: readonly number[]
  private readonly types: readonly RosterType[]
  private readonly drivers: readonly Driver[]
  /** [type] routes that are driven whatever the search does */
  private readonly away: ArrayLike<number>

  constructor(types: readonly RosterType[], drivers: readonly Driver[], away: ArrayLike<number> = types.map(() => 0)) {
    this.types = types
    this.drivers = drivers
    this.away = away
    this.drives = drivers.map((driver) =>
      Uint8Array.from(types, ({ vehicle, turn: { window, shift, idle } }) => {
        if (idle || vehicle.kind === 'hired') return 0
        const spans = spansOf(driver, vehicle, vehicle.shifts[shift])
        return spans.some(([from, to]) => from <= window[0] && to >= window[1]) ? 1 : 0
      }),
    )
    this.pool = types.map(({ vehicle, turn }) => `${turn.shift} ${vehicle.id}`)
    this.count = types.map(({ vehicle }) => vehicle.count)
    this.period = Int32Array.from(types, () => -1)
    const contract = types.map((_, type) => type).filter((type) => types[type].vehicle.kind === 'contract')
    const shiftOf = (type: number) => types[type].vehicle.shifts[types[type].turn.shift]
    contract.sort((a, b) => shiftOf(a)[0] - shiftOf(b)[0])
    let period = -1
    let end = Number.NEGATIVE_INFINITY
    for (const type of contract) {
      const [opens, closes] = shiftOf(type)
      if (opens >= end) period++
      this.period[type] = period
      end = Math.max(end, closes)
    }
  }

  /** The roster for what is planned beside routes that stay as they are; `away`: [type] how many. */
  beside(away: ArrayLike<number>): Roster {
    return new Roster(this.types, this.drivers, away)
  }

  /** True where the driver may drive routes of the type. */
  mayDrive(driver: number, type: number): boolean {
    return this.drives[driver]?.[type] === 1
  }

  /** True where some driver may. */
  isStaffed(type: number): boolean {
    return this.period[type] < 0 || this.drives.some((drives) => drives[type] === 1)
  }

  /** True where one more route of the type leaves a truck and a driver for each; `less`: a type that gives up a route for it. */
  admits(used: ArrayLike<number>, type: number, less = -1): boolean {
    const period = this.period[type]
    if (period < 0) return true
    if (!this.hasTruck(used, type, less)) return false
    const routes = [type]
    for (let other = 0; other < used.length; other++)
      if (this.period[other] === period)
        for (let k = other === less ? 1 : 0; k < used[other] + this.away[other]; k++) routes.push(other)
    return this.match(routes) !== null
  }

  /** True where a truck of the vehicle is left in that shift, driver or not. */
  hasTruck(used: ArrayLike<number>, type: number, less = -1): boolean {
    let trucks = 1
    for (let other = 0; other < used.length; other++)
      if (this.pool[other] === this.pool[type]) trucks += used[other] + this.away[other] - (other === less ? 1 : 0)
    return trucks <= this.count[type]
  }

  /** A driver for each route of these types, -1 for hired trucks; null: there are not enough. `had`: who drives it now, -1 for nobody. */
  assign(types: readonly number[], had: readonly number[] = []): number[] | null {
    const driverOf = types.map(() => -1)
    for (const period of new Set(types.map((type) => this.period[type]))) {
      if (period < 0) continue
      const members = types.map((_, k) => k).filter((k) => this.period[types[k]] === period)
      const matched = this.match(
        members.map((k) => types[k]),
        members.map((k) => had[k] ?? -1),
      )
      if (!matched) return null
      members.forEach((k, at) => {
        driverOf[k] = matched[at]
      })
    }
    return driverOf
  }

  /** A different driver for each route: who had it where that is possible, and else as listed. */
  private match(routes: readonly number[], had: readonly number[] = []): number[] | null {
    const { drives } = this
    if (routes.length > drives.length) return null
    const routeOf = new Int32Array(drives.length).fill(-1)
    const seen = new Int32Array(drives.length).fill(-1)
    const place = (route: number, turn: number): boolean => {
      for (let driver = 0; driver < drives.length; driver++) {
        if (seen[driver] === turn || drives[driver][routes[route]] === 0) continue
        seen[driver] = turn
        if (routeOf[driver] >= 0 && !place(routeOf[driver], turn)) continue
        routeOf[driver] = route
        return true
      }
      return false
    }
    const isDriven = routes.map((type, route) => {
      const driver = had[route] ?? -1
      if (driver < 0 || drives[driver][type] === 0 || routeOf[driver] >= 0) return false
      routeOf[driver] = route
      return true
    })
    for (let route = 0; route < routes.length; route++) if (!isDriven[route] && !place(route, route)) return null
    const driverOf = routes.map(() => -1)
    routeOf.forEach((route, driver) => {
      if (route >= 0) driverOf[route] = driver
    })
    return driverOf
  }
}
