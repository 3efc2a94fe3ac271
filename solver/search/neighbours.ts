import { type Arcs, arc } from '../arcs.ts'
import type { Instance } from '../instance.ts'

/** Orders nearest to each order, itself first: [order * kept + rank]. */
export interface Neighbours {
  readonly kept: number
  readonly list: Int32Array
}

/** Visits in a cell of the grid, on average. */
const PER_CELL = 12
/** Rings are a little narrower than they are, so that rounding cannot bring an order nearer than its ring. */
const SHRINK = 1 - 1e-9

/**
 * Nearness of two orders is the least distance between a visit of one and a visit of the other at the same end, pickup or delivery, or
 * across (the delivery of one beside the pickup of the other), on the first type's roads. Of two as near the smaller index comes first.
 * Between points only those around an order are looked at, cell by cell; with a matrix all are.
 */
export function findNeighbours({ orders, placeOf, paired, types }: Instance, most: number): Neighbours {
  return find({ orders, placeOf, paired, arcs: types[0].distanceM, bothWays: false }, most)
}

/** The same of visits, [visit * kept + rank], by time, whichever way between two of them is shorter; every order is a pair. */
export function findNearVisits({ orders, placeOf, types }: Instance, most: number): Neighbours {
  const visits = 2 * orders
  const ends = Int32Array.from({ length: 2 * visits }, (_, end) => placeOf[end >> 1])
  const paired = new Uint8Array(visits)
  return find({ orders: visits, placeOf: ends, paired, arcs: types[0].durationS, bothWays: true }, most)
}

/** What is to be near each other, how far apart places are, and whether the way back counts as well. */
interface Ground {
  readonly orders: number
  /** [2 * order] pickup, [2 * order + 1] delivery, if it is a pair */
  readonly placeOf: Int32Array
  readonly paired: Uint8Array
  readonly arcs: Arcs
  readonly bothWays: boolean
}

function find(ground: Ground, most: number): Neighbours {
  const { orders, arcs } = ground
  const kept = Math.min(most, orders)
  const list = new Int32Array(orders * kept)
  const nearest = new Nearest(ground, kept)
  const grid = arcs.x.length > 0 && arcs.factor > 0 ? new Grid(ground) : null
  for (let order = 0; order < orders; order++) {
    nearest.start(order)
    if (grid) grid.look(order, nearest)
    else for (let other = 0; other < orders; other++) nearest.offer(other)
    nearest.finish(list, order * kept)
  }
  return { kept, list }
}

/** The nearest of the orders offered for one order. */
class Nearest {
  private readonly ground: Ground
  private readonly kept: number
  private readonly near: Float64Array
  /** [order] the last order for which it was offered */
  private readonly offered: Int32Array
  private readonly chosen: number[] = []
  private order = 0
  /** nothing farther is among the nearest */
  private bound = Number.POSITIVE_INFINITY
  private trimAt = 0
  private sorted = new Float64Array(0)
  private readonly nearerFirst = (a: number, b: number) => this.near[a] - this.near[b] || a - b

  constructor(ground: Ground, kept: number) {
    this.ground = ground
    this.kept = kept
    this.near = new Float64Array(ground.orders)
    this.offered = new Int32Array(ground.orders).fill(-1)
  }

  start(order: number): void {
    this.order = order
    this.chosen.length = 0
    this.bound = Number.POSITIVE_INFINITY
    this.trimAt = 3 * this.kept
  }

  offer(other: number): void {
    if (this.offered[other] === this.order) return
    this.offered[other] = this.order
    const near = this.between(other)
    if (near > this.bound) return
    this.near[other] = near
    this.chosen.push(other)
    if (this.chosen.length >= this.trimAt) this.trim()
  }

  /** True where the list is full and nothing at this distance or beyond can get into it. */
  isSettled(distanceM: number): boolean {
    if (this.chosen.length < this.kept) return false
    this.trim()
    return this.bound < distanceM
  }

  finish(list: Int32Array, from: number): void {
    this.trim()
    this.chosen.sort(this.nearerFirst)
    for (let rank = 0; rank < this.kept; rank++) list[from + rank] = this.chosen[rank]
  }

  /** Drops what is farther than so many others. */
  private trim(): void {
    const { chosen, near, kept } = this
    if (chosen.length < kept) return
    if (this.sorted.length < chosen.length) this.sorted = new Float64Array(2 * chosen.length)
    for (let k = 0; k < chosen.length; k++) this.sorted[k] = near[chosen[k]]
    this.bound = this.sorted.subarray(0, chosen.length).sort()[kept - 1]
    let length = 0
    for (const order of chosen) if (near[order] <= this.bound) chosen[length++] = order
    chosen.length = length
    this.trimAt = length + 2 * kept
  }

  private between(other: number): number {
    const { order } = this
    if (other === order) return -1
    const { placeOf, paired, arcs, bothWays } = this.ground
    const least = arc(arcs, placeOf[2 * order], placeOf[2 * other])
    if (bothWays) return Math.min(least, arc(arcs, placeOf[2 * other], placeOf[2 * order]))
    if (paired[order] === 0 || paired[other] === 0) return least
    return Math.min(
      least,
      arc(arcs, placeOf[2 * order + 1], placeOf[2 * other + 1]),
      arc(arcs, placeOf[2 * order + 1], placeOf[2 * other]),
      arc(arcs, placeOf[2 * other + 1], placeOf[2 * order]),
    )
  }
}

/** Visits by square cells of the plane. */
class Grid {
  private readonly ground: Ground
  private readonly side: number
  private readonly columns: number
  private readonly rows: number
  private readonly west: number
  private readonly south: number
  /** [cell] first in `orderOf`; [cells] the end */
  private readonly from: Int32Array
  private readonly orderOf: Int32Array

  constructor(ground: Ground) {
    const { orders, placeOf, paired, arcs } = ground
    this.ground = ground
    const { x, y } = arcs
    let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
    for (const place of placeOf) {
      west = Math.min(west, x[place])
      east = Math.max(east, x[place])
      south = Math.min(south, y[place])
      north = Math.max(north, y[place])
    }
    const cells = Math.max(1, (2 * orders) / PER_CELL)
    const [width, height] = [east - west, north - south]
    // of a line no more cells than of a square
    this.side = Math.max(Math.sqrt((width * height) / cells), Math.max(width, height) / cells) || 1
    this.west = west
    this.south = south
    this.columns = Math.floor(width / this.side) + 1
    this.rows = Math.floor(height / this.side) + 1
    const visits: number[] = []
    for (let order = 0; order < orders; order++) {
      visits.push(2 * order)
      if (paired[order]) visits.push(2 * order + 1)
    }
    const cellOf = (visit: number) => this.rowOf(placeOf[visit]) * this.columns + this.columnOf(placeOf[visit])
    this.from = new Int32Array(this.columns * this.rows + 1)
    for (const visit of visits) this.from[cellOf(visit) + 1]++
    for (let cell = 1; cell < this.from.length; cell++) this.from[cell] += this.from[cell - 1]
    this.orderOf = new Int32Array(visits.length)
    const next = this.from.slice()
    for (const visit of visits) this.orderOf[next[cellOf(visit)]++] = visit >> 1
  }

  /** Offers the orders around both ends of an order, ring by ring, until those beyond are too far. */
  look(order: number, nearest: Nearest): void {
    const { placeOf, paired, arcs } = this.ground
    const { rounded, factor } = arcs
    const rings = Math.max(this.columns, this.rows)
    for (let ring = 0; ring < rings; ring++) {
      for (let visit = 2 * order; visit <= 2 * order + paired[order]; visit++)
        this.offerRing(placeOf[visit], ring, nearest)
      // whoever has not been met is farther from both ends than the ring is wide
      const line = ring * this.side * SHRINK
      if (nearest.isSettled((rounded ? Math.floor(line + 0.5) : line) * factor)) return
    }
  }

  private offerRing(place: number, ring: number, nearest: Nearest): void {
    const [column, row] = [this.columnOf(place), this.rowOf(place)]
    for (let r = Math.max(0, row - ring); r <= Math.min(this.rows - 1, row + ring); r++) {
      // the sides of the square that are not its top or bottom are two cells
      const step = Math.abs(r - row) === ring ? 1 : 2 * ring
      for (let c = column - ring; c <= column + ring; c += step)
        if (c >= 0 && c < this.columns) this.offerCell(r * this.columns + c, nearest)
    }
  }

  private offerCell(cell: number, nearest: Nearest): void {
    for (let k = this.from[cell]; k < this.from[cell + 1]; k++) nearest.offer(this.orderOf[k])
  }

  private columnOf(place: number): number {
    return Math.floor((this.ground.arcs.x[place] - this.west) / this.side)
  }

  private rowOf(place: number): number {
    return Math.floor((this.ground.arcs.y[place] - this.south) / this.side)
  }
}
