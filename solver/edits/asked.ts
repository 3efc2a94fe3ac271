/**
 * What an edit asks of each truck and of each shipment, before anything is timed. Whoever must ride with what moves moves with it, and a
 * shipment that was split is all of its parts. What the plan does not have is no fault of a person: it has changed meanwhile.
 */
import type { Lock } from '../locks/lock.ts'
import type { Violation } from '../plan.ts'
import type { Desk } from './desk.ts'
import type { Edit } from './edit.ts'
import type { Ask } from './fit.ts'

export interface Asked {
  /** by index into plan.routes */
  readonly changed: ReadonlyMap<number, Ask>
  readonly begun: readonly Ask[]
  readonly direct: readonly { readonly order: number; readonly mode: 'hired' | 'terminal' | undefined }[]
  /** orders that nobody carries from now on */
  readonly left: readonly number[]
  /** orders that go another way, or may */
  readonly moved: readonly number[]
  /** what the edit itself fixes */
  readonly locks: readonly Lock[]
}

/** Thrown and caught here only: an edit names something that is not in the plan. */
class Missing extends Error {
  readonly what: Partial<Violation>
  constructor(what: Partial<Violation>) {
    super('not in the plan')
    this.what = what
  }
}

export function readEdit(desk: Desk, edit: Edit): Asked | Violation {
  try {
    return new Reader(desk).read(edit)
  } catch (error) {
    if (error instanceof Missing) return { rule: 'notInPlan', ...error.what, excess: 1, unit: 'ids' }
    throw error
  }
}

class Reader {
  private readonly desk: Desk
  private readonly changed = new Map<number, Ask>()

  constructor(desk: Desk) {
    this.desk = desk
  }

  read(edit: Edit): Asked {
    switch (edit.kind) {
      case 'move':
        return this.move(edit)
      case 'swap':
        return this.swap(edit)
      case 'order':
        return this.order(edit)
      case 'reverse': {
        const index = this.route(edit.route)
        return this.reorder(index, mirrored(this.desk.trips[index].visits))
      }
      case 'split':
        return this.split(edit)
      case 'retype': {
        const index = this.route(edit.route)
        const { visits, type } = this.desk.trips[index]
        const types = this.typesOf(edit.vehicle, index)
        return this.asked({ changed: index, ask: { types: types.includes(type) ? [type] : types, base: visits } })
      }
      case 'time':
        return this.time(edit)
      case 'direct': {
        const orders = this.orders(edit.shipments)
        this.takeOff(orders)
        return { ...this.nothing(orders), direct: orders.map((order) => ({ order, mode: edit.mode })) }
      }
      case 'leave': {
        const orders = this.orders(edit.shipments)
        this.takeOff(orders)
        return { ...this.nothing(orders), left: orders }
      }
    }
  }

  private move({ shipments, to, pickupAt, deliveryAt }: Extract<Edit, { kind: 'move' }>): Asked {
    const orders = this.orders(shipments)
    const at = { pickupAt, deliveryAt }
    const put = { put: orders, ...at }
    if ('vehicle' in to) {
      this.takeOff(orders)
      this.assertAt(at, 0, {})
      return { ...this.nothing(orders), begun: [this.ask({ types: this.typesOf(to.vehicle), base: [], ...put })] }
    }
    const index = this.route(to.route)
    this.takeOff(orders)
    const { type, visits } = this.desk.trips[index]
    const base = without(visits, orders)
    this.assertAt(at, base.length, { route: to.route })
    return this.asked({ changed: index, ask: { types: [type], base, ...put }, moved: orders })
  }

  private swap({ one, other }: Extract<Edit, { kind: 'swap' }>): Asked {
    const { places, trips } = this.desk
    const pair = [this.orders([one]), this.orders([other])]
    const homes = pair.map(([order]) => places[order])
    if (homes[0].by === 'route' && homes[1].by === 'route' && homes[0].index === homes[1].index) {
      // on one truck they take each other's place
      const [these, those] = [this.named([one]), this.named([other])]
      const taken = new Map<number, number>()
      these.slice(0, those.length).forEach((order, k) => {
        taken.set(order, those[k]).set(those[k], order)
      })
      const { index } = homes[0]
      const { visits } = trips[index]
      return this.reorder(
        index,
        visits.map((visit) => 2 * (taken.get(visit >> 1) ?? visit >> 1) + (visit & 1)),
      )
    }
    // who goes as the other goes already
    if (pair[0].some((order) => pair[1].includes(order))) return this.nothing([])
    this.takeOff(pair.flat())
    const direct: { order: number; mode: 'hired' | 'terminal' }[] = []
    const left: number[] = []
    homes.forEach((home, k) => {
      const coming = pair[1 - k]
      if (home.by === 'nobody') left.push(...coming)
      else if (home.by !== 'route') direct.push(...coming.map((order) => ({ order, mode: home.by })))
      else {
        const { type, visits } = trips[home.index]
        this.changed.set(home.index, this.ask({ types: [type], base: without(visits, pair.flat()), put: coming }))
      }
    })
    return { ...this.nothing(pair.flat()), direct, left }
  }

  private order({ route, visits }: Extract<Edit, { kind: 'order' }>): Asked {
    const index = this.route(route)
    const wanted = visits.map(({ shipment, kind }) => 2 * this.known(shipment) + (kind === 'pickup' ? 0 : 1))
    const now = this.desk.trips[index].visits
    const stranger = wanted.find((visit) => !now.includes(visit)) ?? now.find((visit) => !wanted.includes(visit))
    if (stranger !== undefined) throw new Missing({ route, shipment: this.nameOf(stranger >> 1) })
    if (wanted.length !== now.length) throw new Missing({ route })
    return this.reorder(index, wanted)
  }

  private reorder(index: number, visits: readonly number[]): Asked {
    return this.asked({ changed: index, ask: { types: [this.desk.trips[index].type], base: visits } })
  }

  private split({ route, shipments, vehicle }: Extract<Edit, { kind: 'split' }>): Asked {
    const index = this.route(route)
    const orders = this.orders(shipments)
    const { visits } = this.desk.trips[index]
    const stranger = orders.find((order) => !visits.includes(2 * order))
    if (stranger !== undefined) throw new Missing({ route, shipment: this.nameOf(stranger) })
    this.takeOff(orders)
    const also = visits.filter((visit) => orders.includes(visit >> 1))
    const ask = this.ask({ types: this.typesOf(vehicle), base: [], put: orders, also })
    return { ...this.nothing(orders), begun: [ask] }
  }

  private time({ route, stop, startS }: Extract<Edit, { kind: 'time' }>): Asked {
    const index = this.route(route)
    const first = this.desk.plan.routes[index].stops[stop]?.visits[0]
    if (!first) throw new Missing({ route, stop })
    const { type, visits } = this.desk.trips[index]
    const visit = 2 * this.known(first.shipment) + (first.kind === 'pickup' ? 0 : 1)
    const ask = { types: [type], base: visits, start: { visit, startS } }
    const lock = { grade: 'time', shipment: first.shipment, kind: first.kind } as const
    return { ...this.asked({ changed: index, ask, moved: [] }), locks: [lock] }
  }

  private nothing(moved: readonly number[]): Asked {
    return { changed: this.changed, begun: [], direct: [], left: [], moved, locks: [] }
  }

  private asked(of: {
    changed: number
    ask: Partial<Ask> & Pick<Ask, 'types' | 'base'>
    moved?: readonly number[]
  }): Asked {
    this.changed.set(of.changed, this.ask(of.ask))
    return this.nothing(of.moved ?? [])
  }

  /** With what is locked to the second among the visits that stay on the truck. */
  private ask({ put = [], ...asked }: Partial<Ask> & Pick<Ask, 'types' | 'base'>): Ask {
    const { plan, orderOf, trips, places } = this.desk
    const pins = new Map<number, number>()
    for (const lock of plan.locks ?? []) {
      const order = lock.grade === 'time' ? orderOf.get(lock.shipment) : undefined
      const place = order === undefined ? undefined : places[order]
      if (lock.grade !== 'time' || order === undefined || place?.by !== 'route' || put.includes(order)) continue
      const visit = 2 * order + (lock.kind === 'pickup' ? 0 : 1)
      const { visits, schedule } = trips[place.index]
      if (asked.base.includes(visit) && asked.start?.visit !== visit)
        pins.set(visit, schedule.startS[visits.indexOf(visit)])
    }
    return { ...asked, put, pins }
  }

  /** Every route that some of the orders ride on goes on without them. */
  private takeOff(orders: readonly number[]): void {
    const { places, trips } = this.desk
    for (const order of orders) {
      const place = places[order]
      if (place.by !== 'route' || this.changed.has(place.index)) continue
      const { type, visits } = trips[place.index]
      this.changed.set(place.index, this.ask({ types: [type], base: without(visits, orders) }))
    }
  }

  private route(id: string): number {
    const index = this.desk.plan.routes.findIndex((route) => route.id === id)
    if (index < 0) throw new Missing({ route: id })
    return index
  }

  /** The types of a vehicle of which one is left; where none is, all of them. `index`: a route that gives its truck back. */
  private typesOf(vehicle: string, index = -1): number[] {
    const { opened, trips } = this.desk
    const { problem, vehicleOf, instance } = opened
    const all = instance.types.map((_, type) => type).filter((type) => problem.vehicles[vehicleOf[type]].id === vehicle)
    if (all.length === 0) throw new Missing({ vehicle })
    const emptied = new Set(
      [...this.changed].flatMap(([route, { base, put }]) => (base.length + put.length === 0 ? [route] : [])),
    )
    const used = instance.types.map(
      (_, type) => trips.filter((trip, route) => trip.type === type && route !== index && !emptied.has(route)).length,
    )
    const left = all.filter((type) => {
      const { count } = instance.types[type]
      return count > 0 && (instance.roster ? instance.roster.hasTruck(used, type) : used[type] < count)
    })
    const staffed = left.filter((type) => instance.roster?.admits(used, type) ?? true)
    return staffed.length > 0 ? staffed : left.length > 0 ? left : all
  }

  private assertAt(
    { pickupAt = 0, deliveryAt = 0 }: Pick<Ask, 'pickupAt' | 'deliveryAt'>,
    most: number,
    where: Partial<Violation>,
  ): void {
    if (pickupAt > most || deliveryAt > most) throw new Missing(where)
  }

  private known(shipment: string): number {
    const order = this.desk.orderOf.get(shipment)
    if (order === undefined) throw new Missing({ shipment })
    return order
  }

  private nameOf(order: number): string {
    return this.desk.opened.problem.shipments[order].id
  }

  /** Orders of shipments or of their parts. */
  private named(ids: readonly string[]): number[] {
    return ids.flatMap((id) => {
      const parts = this.desk.opened.parts.filter(({ shipment }) => shipment === id)
      return parts.length > 0 ? parts.map((part) => this.known(part.id)) : [this.known(id)]
    })
  }

  /** With all that must ride with them, each once. */
  private orders(ids: readonly string[]): number[] {
    const { company } = this.desk.opened.instance
    const groupOf = (order: number) =>
      company !== null && company.groupOf[order] >= 0 ? company.groups[company.groupOf[order]] : []
    return [...new Set(this.named(ids).flatMap((order) => [order, ...groupOf(order)]))]
  }
}

const without = (visits: readonly number[], orders: readonly number[]): number[] =>
  visits.filter((visit) => !orders.includes(visit >> 1))

/**
 * The round the other way: what was unloaded last is loaded first. Loads along the way are the same, seen from the end, and no delivery
 * comes before its pickup.
 */
export const mirrored = (visits: readonly number[]): number[] => visits.toReversed().map((visit) => visit ^ 1)
