/**
 * Geographic conditions, from coordinates, lists of firms and orders. Kilometres are straight lines: a range says how far off the points may
 * be, and roads are longer (1.2 to 1.4 times).
 */
import { straightKm } from '../../solver/index.ts'
import type { Ranged } from '../ranking.ts'
import { computed, computedFigure, givenFigure, known, missing, rangeOf } from './figure.ts'
import type { Figure, Known, Source } from './indicators.ts'
import { GATEWAYS, type Gateway } from './known.ts'
import type { ComplexEntry, ListedFirm, ListedOrder } from './schema.ts'
import { meanOf, quotient, ratioOf, within } from './statistics.ts'

const NEIGHBOUR_KM = 30
/** Fewer firms with a point do not show how far apart they are. */
const LEAST_PLACED = 3
/** A list whose points are offices of towns shows towns. */
const SHARPEST_M = 1000
const TRUCK_KG = 5000
/** From such a lot on a truck of its own is at least 94 % as good as any round: Gallego & Simchi-Levi (1990), Management Science 36(2). */
export const DIRECT_SHARE = 0.71

const GATEWAY_SOURCE: Source = {
  source: 'interchanges and ports of the trunk roads (server/travel/trunk), straight line',
  sourceKo: '간선망 자료의 나들목과 항만 (server/travel/trunk), 직선거리',
  asOf: '2026-11-21',
  certainty: 'B',
}

export interface Place {
  readonly lng: number
  readonly lat: number
  readonly withinM: number
  readonly source: Source | null
}

/** As given, else the middle of the firms listed. */
export function placeOf({ place, firmList = [], firmListNote }: ComplexEntry): Place | null {
  if (place) return { lng: place.lng, lat: place.lat, withinM: place.withinM ?? 0, source: place.note ?? null }
  const placed = placedOf(firmList)
  if (placed.length === 0) return null
  const withinM = placed.reduce((sum, firm) => sum + firm.withinM, 0) / placed.length
  return { ...middleOf(placed), withinM, source: firmListNote ?? null }
}

type Placed = { readonly lng: number; readonly lat: number; readonly withinM: number }
const placedOf = (firms: readonly ListedFirm[]): Placed[] =>
  firms.flatMap(({ lng, lat, withinM = 0 }) => (lng === undefined || lat === undefined ? [] : [{ lng, lat, withinM }]))
const middleOf = (points: readonly Placed[]): { readonly lng: number; readonly lat: number } => ({
  lng: points.reduce((sum, { lng }) => sum + lng, 0) / points.length,
  lat: points.reduce((sum, { lat }) => sum + lat, 0) / points.length,
})

/** Root firms: as given, else as many as are listed. */
export function firmsOf({ firms, firmList = [], firmListNote }: ComplexEntry): Figure | null {
  if (firms) return givenFigure(firms)
  const count = firmList.length
  return count > 0 ? computedFigure({ low: count, value: count, high: count }, [firmListNote]) : null
}

export function geographyOf(entry: ComplexEntry, others: readonly Placed[]) {
  const place = placeOf(entry)
  return {
    ...spacing(entry),
    ...(place
      ? distances(place, others)
      : {
          interchangeKm: missing('place'),
          portKm: missing('place'),
          neighbourKm: missing('place'),
          neighbours: missing('place'),
        }),
    ...flows(entry, place),
  }
}

function spacing(entry: ComplexEntry): Record<'firms' | 'firmsPerKm2' | 'spreadKm', Known> {
  const { areaM2, firmList = [], firmListNote } = entry
  const firms = firmsOf(entry)
  const placed = placedOf(firmList)
  const sharp = placed.filter(({ withinM }) => withinM <= SHARPEST_M)
  const enough = placed.length >= LEAST_PLACED && 2 * placed.length >= firmList.length
  const density = (): Known => {
    if (firms && areaM2 && rangeOf(areaM2).low > 0) {
      const { low, value, high } = rangeOf(areaM2)
      const km2 = { low: low / 1e6, value: value / 1e6, high: high / 1e6 }
      return computed(quotient(firms, km2), [...sourcesOrNone(firms), areaM2.note], 'area')
    }
    if (!firms) return missing('firmCount')
    // the hull of most of them, in which the others lie as well or not
    const hull = 2 * sharp.length >= firmList.length ? hullKm2(sharp) : 0
    if (hull <= 0) return missing('area')
    return computed(
      { low: sharp.length / hull, value: sharp.length / hull, high: firmList.length / hull },
      [firmListNote],
      'area',
    )
  }
  const middle = middleOf(placed)
  const mean = (of: (firm: Placed) => number): number => placed.reduce((sum, firm) => sum + of(firm), 0) / placed.length
  const spread = mean((firm) => straightKm(firm, middle))
  // a point may be off by so much, and the middle by the mean of it
  const off = (2 * mean(({ withinM }) => withinM)) / 1000
  return {
    firms: firms ? known(firms) : missing('firmCount'),
    firmsPerKm2: density(),
    spreadKm: enough
      ? computed(within({ low: spread - off, value: spread, high: spread + off }, 0), [firmListNote], 'firmList')
      : missing('firmList'),
  }
}
const sourcesOrNone = ({ sources }: Figure): readonly (Source | undefined)[] =>
  sources.length > 0 ? sources : [undefined]

/** Convex hull by Andrew (1979), Information Processing Letters 9(5), on a plane around its middle, km². */
function hullKm2(points: readonly Placed[]): number {
  if (points.length < LEAST_PLACED) return 0
  const { lng: lng0, lat: lat0 } = middleOf(points)
  const kmPerDegree = (6371 * Math.PI) / 180
  const flat = points
    .map(({ lng, lat }) => [(lng - lng0) * kmPerDegree * Math.cos((lat0 * Math.PI) / 180), (lat - lat0) * kmPerDegree])
    .toSorted(([ax, ay], [bx, by]) => ax - bx || ay - by)
  const turn = ([ax, ay]: number[], [bx, by]: number[], [cx, cy]: number[]): number =>
    (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  const half = (list: readonly number[][]): number[][] => {
    const chain: number[][] = []
    for (const point of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  const hull = [...half(flat), ...half(flat.toReversed())]
  return Math.abs(
    hull.reduce((sum, [x, y], k) => {
      const [nextX, nextY] = hull[(k + 1) % hull.length]
      return sum + (x * nextY - nextX * y) / 2
    }, 0),
  )
}

/** Moving either point by what it may be off moves the distance by no more than that. */
const distanceKm = (from: Placed, to: Placed): Ranged => {
  const value = straightKm(from, to)
  const off = (from.withinM + to.withinM) / 1000
  return { low: Math.max(0, value - off), value, high: value + off }
}
const nearest = (from: Placed, to: readonly Placed[]): Ranged | null => {
  const all = to.map((point) => distanceKm(from, point))
  const least = (of: (range: Ranged) => number): number => Math.min(...all.map(of))
  return all.length === 0
    ? null
    : { low: least(({ low }) => low), value: least(({ value }) => value), high: least(({ high }) => high) }
}

function distances(
  place: Place,
  others: readonly Placed[],
): Record<'interchangeKm' | 'portKm' | 'neighbourKm' | 'neighbours', Known> {
  const from = place.source ?? undefined
  const gateway = (kind: Gateway['kind']): Known =>
    computed(
      nearest(
        place,
        GATEWAYS.filter((one) => one.kind === kind),
      ),
      [from, GATEWAY_SOURCE],
      'place',
    )
  const all = others.map((other) => distanceKm(place, other))
  const near = (of: (range: Ranged) => number): number => all.filter((range) => of(range) <= NEIGHBOUR_KM).length
  return {
    interchangeKm: gateway('interchange'),
    portKm: gateway('port'),
    neighbourKm: computed(nearest(place, others), [from], 'place'),
    neighbours: computed(
      { low: near(({ high }) => high), value: near(({ value }) => value), high: near(({ low }) => low) },
      [from],
      'place',
    ),
  }
}

function flows(
  { orders = [], ordersNote, suppliers = [], truckKg = TRUCK_KG }: ComplexEntry,
  place: Place | null,
): Record<'partnerKm' | 'pooling' | 'lotShare', Known> {
  if (orders.length === 0)
    return { partnerKm: missing('orders'), pooling: missing('orders'), lotShare: missing('orders') }
  const pointOf = new Map(
    suppliers.flatMap(({ id, lng, lat }) =>
      lng === undefined || lat === undefined ? [] : [[id, { lng, lat, withinM: 0 }] as const],
    ),
  )
  const townOf = new Map(suppliers.map(({ id, town = id }) => [id, town]))
  const days = [...Map.groupBy(orders, ({ date }) => date).values()]
  const kgOf = (list: readonly ListedOrder[]): number => list.reduce((sum, { kg }) => sum + kg, 0)
  const pooled = (day: readonly ListedOrder[]): number =>
    kgOf(
      [...Map.groupBy(day, ({ supplier }) => townOf.get(supplier) ?? supplier).values()]
        .filter((town) => new Set(town.map(({ firm }) => firm)).size > 1)
        .flat(),
    )
  const bySupplier = [...Map.groupBy(orders, ({ supplier }) => supplier)]
  const partner =
    place &&
    meanOf(
      bySupplier.map(([supplier, own]) => {
        const point = pointOf.get(supplier)
        return { value: point ? straightKm(place, point) : null, weight: kgOf(own) }
      }),
    )
  const off = (place?.withinM ?? 0) / 1000
  const pooling = ratioOf(days.map((day) => ({ top: pooled(day), bottom: kgOf(day) })))
  const lot = ratioOf(days.map((day) => ({ top: kgOf(day) / truckKg, bottom: day.length })))
  return {
    partnerKm: computed(
      partner && within({ ...partner, low: partner.low - off, high: partner.high + off }, 0),
      [place?.source ?? undefined, ordersNote],
      place ? 'supplierPlaces' : 'place',
    ),
    pooling: computed(pooling && within(pooling, 0, 1), [ordersNote], 'orders'),
    lotShare: computed(lot && within(lot, 0), [ordersNote], 'orders'),
  }
}

export interface Lots {
  readonly firm: string
  readonly orders: number
  /** mean lot ÷ truck */
  readonly share: number
  /** at 71 % or above: a round gains little over a truck of its own */
  readonly direct: boolean
}

/** Of each firm, the largest lots first. */
export function lotsOf({ orders = [], truckKg = TRUCK_KG }: ComplexEntry): Lots[] {
  return [...Map.groupBy(orders, ({ firm }) => firm)]
    .map(([firm, own]) => {
      const share = own.reduce((sum, { kg }) => sum + kg, 0) / own.length / truckKg
      return { firm, orders: own.length, share, direct: share >= DIRECT_SHARE }
    })
    .toSorted((a, b) => b.share - a.share)
}
