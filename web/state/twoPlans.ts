/** Two plans side by side as data: figures with the trucks that make the difference, lines, dots, rows of time. Pure. */
import type { DayPlan, DayPlans, GeoJson } from '../../server/api.ts'
import {
  type CostKind,
  type CostLine,
  diffPlans,
  type Plan,
  type PlanDiff,
  type Problem,
  type Route,
  type Shipment,
} from '../../solver/index.ts'
import type { DayModel } from './day.ts'
import { type Features, laneOffsetPx } from './geometry.ts'
import { computeKpis } from './kpi.ts'
import type { Span } from './timeline.ts'
import { colourIndexOf } from './tokens.ts'

export type SideName = 'left' | 'right'
export const SIDES: readonly SideName[] = ['left', 'right']
export interface Side {
  readonly problem: Problem
  readonly plan: Plan
  /** grams of CO2, tank-to-wheel; absent while on their way */
  readonly co2G: number | undefined
}

export interface Comparing {
  readonly left: Side
  readonly right: Side
  readonly diff: PlanDiff
}
export const comparing = (left: Side, right: Side): Comparing => ({
  left,
  right,
  diff: diffPlans(left.plan, right.plan),
})

export const FIGURES = [
  'km',
  'emptyKm',
  'trucks',
  'workS',
  'waitS',
  'rests',
  'late',
  'direct',
  'unserved',
  'co2',
] as const
export type Figure = (typeof FIGURES)[number]
export interface FigureRow {
  readonly key: Figure | CostKind | 'cost'
  readonly left: number
  readonly right: number
  readonly difference: number
  /** routes of the diff, by index, that differ in it */
  readonly pairs: readonly number[]
  /** shipments without a route that differ in it */
  readonly shipments: readonly string[]
}

const amount = (lines: readonly CostLine[], kind: CostKind): number =>
  lines.reduce((sum, line) => sum + (line.kind === kind ? line.krw : 0), 0)

/** Visits that begin after the hour wished for. */
function lateVisits({ stops }: Route, shipments: ReadonlyMap<string, Shipment>): number {
  return stops
    .flatMap(({ visits }) => visits)
    .filter(({ shipment, kind, startS }) => {
      const order = shipments.get(shipment)
      const closesS = (kind === 'pickup' ? order?.softPickup : order?.softDelivery)?.closesS
      return closesS !== undefined && startS > closesS
    }).length
}

function figuresOf({ problem, plan, co2G }: Side): Readonly<Record<Figure, number>> {
  const kpis = computeKpis(plan, problem)
  const driven = [...plan.routes, ...plan.direct.flatMap(({ route }) => (route ? [route] : []))]
  const shipments = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  const sum = (value: (route: Route) => number) => driven.reduce((total, route) => total + value(route), 0)
  return {
    km: kpis.distanceM,
    emptyKm: kpis.emptyM,
    trucks: driven.length,
    workS: sum(({ departS, returnS }) => returnS - departS),
    waitS: kpis.waitS,
    rests: kpis.rests,
    late: sum((route) => lateVisits(route, shipments)),
    direct: kpis.direct,
    unserved: kpis.unserved,
    co2: co2G ?? Number.NaN,
  }
}

/** Of one truck, what of a figure is its own; figures of the whole plan have none. */
const ofRoute: Partial<Record<Figure, (route: Route) => number>> = {
  km: (route) => route.distanceM,
  emptyKm: (route) => route.emptyM,
  trucks: () => 1,
  workS: (route) => route.returnS - route.departS,
  waitS: (route) => route.waitS,
  rests: (route) => route.rests.length,
  co2: (route) => route.distanceM,
}

/** The cost and its lines first, in the order of the ledger; a line that neither has is left out. */
export function figureRows({ left, right, diff }: Comparing, kinds: readonly CostKind[]): FigureRow[] {
  const pairsBy = (value: (route: Route) => number) =>
    diff.pairs.flatMap((pair, index) =>
      (pair.left ? value(pair.left) : 0) === (pair.right ? value(pair.right) : 0) ? [] : [index],
    )
  const waysOf = ({ plan }: Side) => new Map(plan.direct.map((way) => [way.shipment, way]))
  const [then, now] = [waysOf(left), waysOf(right)]
  const shipmentsBy = (value: (lines: readonly CostLine[]) => number) =>
    [...new Set([...then.keys(), ...now.keys()])].filter(
      (id) => value(then.get(id)?.costLines ?? []) !== value(now.get(id)?.costLines ?? []),
    )
  const row = (
    key: FigureRow['key'],
    a: number,
    b: number,
    pairs: readonly number[],
    shipments: readonly string[],
  ) => ({
    key,
    left: a,
    right: b,
    difference: b - a,
    pairs,
    shipments,
  })
  const sum = (lines: readonly CostLine[]) => lines.reduce((total, { krw }) => total + krw, 0)
  const money = kinds.map((kind) => {
    const of = (lines: readonly CostLine[]) => amount(lines, kind)
    const pairs = pairsBy(({ costLines }) => of(costLines))
    return row(kind, of(left.plan.costLines), of(right.plan.costLines), pairs, shipmentsBy(of))
  })
  const cost = row(
    'cost',
    left.plan.costKrw,
    right.plan.costKrw,
    pairsBy(({ costKrw }) => costKrw),
    shipmentsBy(sum),
  )
  const [a, b] = [figuresOf(left), figuresOf(right)]
  const elsewhere = diff.shipments.map(({ shipment }) => shipment)
  const figures = FIGURES.map((key) => {
    const value = ofRoute[key]
    const isWay = key === 'direct' || key === 'unserved'
    return row(key, a[key], b[key], value ? pairsBy(value) : [], isWay ? elsewhere : [])
  })
  return [cost, ...money.filter((line) => line.left !== 0 || line.right !== 0), ...figures]
}

/** One number for both sides: that of the left plan; trucks that only the right one has follow. */
export const numberOf = (pair: number): number => pair + 1

export interface Step {
  readonly key: 'left' | 'right' | CostKind
  readonly from: number
  readonly to: number
  readonly krw: number
}
/** From one plan to the other by the lines of the ledger: left + the steps = right, to the won. */
export function fallBetween(
  left: readonly CostLine[],
  right: readonly CostLine[],
  kinds: readonly CostKind[],
): { readonly steps: readonly Step[]; readonly low: number; readonly high: number } {
  const sum = (lines: readonly CostLine[]) => lines.reduce((total, { krw }) => total + krw, 0)
  let level = sum(left)
  const between = kinds.flatMap((key): Step[] => {
    const krw = amount(right, key) - amount(left, key)
    if (krw === 0) return []
    const from = level
    level += krw
    return [{ key, from, to: level, krw }]
  })
  const ends = (key: 'left' | 'right', krw: number): Step => ({ key, from: krw, to: krw, krw })
  const steps = [ends('left', sum(left)), ...between, ends('right', sum(right))]
  const levels = steps.flatMap(({ from, to }) => [from, to])
  const [low, high] = [Math.min(...levels), Math.max(...levels)]
  const room = Math.max(1, (high - low) * 0.06)
  return { steps, low: Math.max(0, low - room), high: high + room }
}

/** What is picked in the table: on both sides at once. */
export interface Marked {
  readonly pairs: ReadonlySet<number>
  readonly shipments: ReadonlySet<string>
}
export const UNMARKED: Marked = { pairs: new Set(), shipments: new Set() }

export function markShipment({ diff }: Comparing, shipment: string): Marked {
  const ways = diff.shipments
    .filter((change) => change.shipment === shipment)
    .flatMap(({ left, right }) => [left, right])
  return {
    pairs: new Set(ways.flatMap((way) => (way.by === 'route' ? [way.pair] : []))),
    shipments: new Set([shipment]),
  }
}

/** Grey: what both plans do. */
const GREY = -1

/** Lines of one side: legs that only it drives in the colour of their truck, all others grey. */
export function comparedLines(geojson: GeoJson, { diff }: Comparing, side: SideName, marked: Marked): Features {
  const pairOf = new Map(diff.pairs.flatMap((pair, index) => (pair[side] ? [[pair[side].id, index]] : [])))
  const legs = side === 'left' ? 'leftLegs' : 'rightLegs'
  const any = marked.pairs.size > 0
  const features = geojson.features.flatMap(({ geometry, properties }) => {
    const index = pairOf.get(String(properties.route))
    if (geometry.type !== 'LineString' || geometry.coordinates.length < 2 || index === undefined) return []
    const pair = diff.pairs[index]!
    const own = pair[legs][Number(properties.leg)] ?? pair.change !== 'same'
    const selected = marked.pairs.has(index)
    const { index: colour, double } = colourIndexOf(numberOf(index))
    const lane = Number(properties.lane ?? 0)
    return [
      {
        type: 'Feature' as const,
        geometry,
        properties: {
          route: properties.route!,
          number: numberOf(index),
          colour: own ? colour : GREY,
          double: own && double,
          straight: properties.straight === true,
          selected,
          faded: any ? !selected : !own,
          lane,
          offset: laneOffsetPx(lane),
        },
      },
    ]
  })
  // what is the same lies below
  const order = (colour: unknown) => (colour === GREY ? 0 : 1)
  return {
    type: 'FeatureCollection',
    features: features.sort((a, b) => order(a.properties.colour) - order(b.properties.colour)),
  }
}

/** Stops of one side; those that are not made so on the other in the colour of their truck. */
export function comparedStops(day: DayModel, { diff }: Comparing, side: SideName, marked: Marked): Features {
  const stops = side === 'left' ? 'leftStops' : 'rightStops'
  const features = diff.pairs.flatMap((pair, index) =>
    (pair[side]?.stops ?? []).flatMap((stop, k) => {
      const site = day.sites.get(stop.site)
      if (!site) return []
      const own = pair[stops][k] === true
      const shown = [...stop.pickups, ...stop.deliveries].some((id) => marked.shipments.has(id))
      const any = marked.pairs.size > 0 || marked.shipments.size > 0
      const faded = any ? !marked.pairs.has(index) && !shown : !own
      const { index: colour } = colourIndexOf(numberOf(index))
      return [
        {
          type: 'Feature' as const,
          geometry: { type: 'Point' as const, coordinates: [site.lng, site.lat] as const },
          properties: {
            route: pair[side]!.id,
            number: numberOf(index),
            stop: k,
            site: site.id,
            colour: own ? colour : GREY,
            faded,
          },
        },
      ]
    }),
  )
  return { type: 'FeatureCollection', features }
}

/** The hours that both plans need, in whole hours: the axis of both timelines. */
export function commonHours({ left, right }: Comparing): Span | undefined {
  const routes = [left, right].flatMap(({ plan }) => [
    ...plan.routes,
    ...plan.direct.flatMap(({ route }) => (route ? [route] : [])),
  ])
  if (routes.length === 0) return undefined
  const hour = 3600
  return {
    fromS: Math.floor((Math.min(...routes.map(({ departS }) => departS)) - 600) / hour) * hour,
    toS: Math.ceil((Math.max(...routes.map(({ returnS }) => returnS)) + 600) / hour) * hour,
  }
}

/** A hired truck for one shipment, on the sides on which it drives. */
export interface SoloPair {
  readonly shipment: string
  readonly left: Route | undefined
  readonly right: Route | undefined
}
export function soloPairs({ left, right }: Comparing): SoloPair[] {
  const solos = ({ plan }: Side) =>
    new Map(plan.direct.flatMap(({ shipment, route }) => (route ? [[shipment, route]] : [])))
  const [then, now] = [solos(left), solos(right)]
  return [...new Set([...then.keys(), ...now.keys()])].map((shipment) => ({
    shipment,
    left: then.get(shipment),
    right: now.get(shipment),
  }))
}

/** Two plans to begin with: what the day has, and the newest other one of it or a scenario; what the address names comes first. */
export function choosePlans(
  { problems }: DayPlans,
  wanted: readonly (string | undefined)[],
): { readonly left: DayPlan | undefined; readonly right: DayPlan | undefined } {
  const all = problems.flatMap(({ plans }) => plans)
  const near = problems.flatMap(({ standing, scenario, plans }) => (standing || scenario ? plans : []))
  const find = (id: string | undefined) => all.find((plan) => plan.id === id)
  const left = find(wanted[0]) ?? problems.find(({ standing }) => standing)?.plans[0] ?? all[0]
  const newestOf = (plans: readonly DayPlan[]) =>
    [...plans].sort((a, b) => b.changedAt.localeCompare(a.changedAt)).find(({ id }) => id !== left?.id)
  const newest = newestOf(near) ?? newestOf(all)
  return { left, right: find(wanted[1]) ?? newest }
}
