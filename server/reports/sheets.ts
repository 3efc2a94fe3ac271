/** The sheets of a plan: rows as data, so that workbook and CSV say the same. Units stand in the names of the columns. */
import {
  describeReason,
  footprintOf,
  isGuessed,
  type Locale,
  oneByOne,
  type Plan,
  type Problem,
  problemInParts,
  type Route,
  type Shipment,
} from '../../solver/index.ts'
import type { Words } from '../errors.ts'
import type { Sheet, SheetRow, SheetValue } from '../sheets/value.ts'
import { BURN_COLUMNS, burnCells, byRoads, type Column, sheetOf } from './columns.ts'
import type { PlanPapers } from './report.ts'
import { clockOf } from './wallClock.ts'

const km = (metres: number): number => Math.round(metres / 100) / 10
const minutes = (seconds: number): number => Math.round(seconds / 60)

interface Names {
  readonly site: (id: string) => string
  readonly firm: (id: string) => string
  readonly truck: (vehicle: string) => string
  readonly shipment: (id: string) => Shipment | undefined
}
/** A place whose point is a guess says so wherever its name stands. */
function namesOf(plan: Plan, whole: Problem, locale: Locale): Names {
  const problem = problemInParts(whole, plan.parts ?? [])
  const mark = locale === 'ko' ? ' (위치 추정)' : ' (position estimated)'
  const sites = new Map(problem.sites.map((site) => [site.id, site.name + (isGuessed(site) ? mark : '')]))
  const firms = new Map(problem.firms.map(({ id, name }) => [id, name]))
  const trucks = new Map(problem.vehicles.map(({ id, truck }) => [id, truck]))
  const shipments = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  return {
    site: (id) => sites.get(id) ?? id,
    firm: (id) => firms.get(id) ?? id,
    truck: (vehicle) => trucks.get(vehicle) ?? '',
    shipment: (id) => shipments.get(id),
  }
}

export function routesSheet(plan: Plan, problem: Problem, locale: Locale, { travel }: PlanPapers): Sheet {
  const names = namesOf(plan, problem, locale)
  const burns = new Map(footprintOf(problem, travel, plan).routes.map((burn) => [burn.route, burn]))
  const clock = clockOf(problem)
  const columns: readonly Column[] = [
    ['노선', 'Route'],
    ['차량', 'Vehicle'],
    ['톤급', 'Truck'],
    ['기사', 'Driver'],
    byRoads(['출발', 'Departs'], travel),
    byRoads(['도착', 'Returns'], travel),
    ['정차 수', 'Stops'],
    byRoads(['거리(km)', 'Distance (km)'], travel),
    byRoads(['공차거리(km)', 'Empty (km)'], travel),
    byRoads(['운전(분)', 'Driving (min)'], travel),
    ['상하차(분)', 'Service (min)'],
    byRoads(['대기(분)', 'Waiting (min)'], travel),
    ['휴게(분)', 'Rest (min)'],
    ['최대 적재(kg)', 'Peak load (kg)'],
    byRoads(['예상 통행료(원)', 'Expected toll (won)'], travel, 'tolls'),
    byRoads(['비용(원)', 'Cost (won)'], travel),
    ...BURN_COLUMNS.map((column) => byRoads(column, travel)),
  ]
  const rows = plan.routes.map(
    (route): SheetRow => [
      route.id,
      route.vehicle,
      names.truck(route.vehicle),
      route.driver ?? null,
      clock(route.departS),
      clock(route.returnS),
      route.stops.length,
      km(route.distanceM),
      km(route.emptyM),
      minutes(route.driveS),
      minutes(route.serviceS),
      minutes(route.waitS),
      minutes(route.restS),
      route.peakWeightKg,
      route.tollKrw,
      route.costKrw,
      ...burnCells(burns.get(route.id)!),
    ],
  )
  return sheetOf(locale, ['노선', 'Routes'], columns, rows)
}

export function stopsSheet(plan: Plan, problem: Problem, locale: Locale, { travel }: PlanPapers): Sheet {
  const names = namesOf(plan, problem, locale)
  const clock = clockOf(problem)
  const columns: readonly Column[] = [
    ['노선', 'Route'],
    ['차량', 'Vehicle'],
    ['순번', 'Stop'],
    ['장소', 'Place'],
    byRoads(['도착', 'Arrives'], travel),
    byRoads(['시작', 'Starts'], travel),
    byRoads(['출발', 'Leaves'], travel),
    ['상차', 'Loads'],
    ['하차', 'Unloads'],
    byRoads(['앞 정차에서(km)', 'From the stop before (km)'], travel),
    byRoads(['앞 정차에서(분)', 'From the stop before (min)'], travel),
    ['떠날 때 적재(kg)', 'Load on leaving (kg)'],
  ]
  const stopsOf = (route: Route, name: string): SheetRow[] =>
    route.stops.map((stop, index) => [
      name,
      route.vehicle,
      index + 1,
      names.site(stop.site),
      clock(stop.arriveS),
      clock(stop.startS),
      clock(stop.leaveS),
      stop.pickups.join(', '),
      stop.deliveries.join(', '),
      km(stop.legM),
      minutes(stop.legS),
      stop.weightKgAfter,
    ])
  const alone = locale === 'ko' ? '단독' : 'alone'
  const rows = [
    ...plan.routes.flatMap((route) => stopsOf(route, route.id)),
    ...plan.direct.flatMap(({ route }) => (route ? stopsOf(route, alone) : [])),
  ]
  return sheetOf(locale, ['정차', 'Stops'], columns, rows)
}

const MODE_WORDS = {
  route: { ko: '노선', en: 'route' },
  hired: { ko: '단독 용차', en: 'hired truck alone' },
  terminal: { ko: '정기화물', en: 'terminal freight' },
  unserved: { ko: '미배정', en: 'unserved' },
} as const satisfies Record<string, Words>

/** How one shipment goes. */
interface Way {
  readonly mode: keyof typeof MODE_WORDS
  readonly route?: string
  readonly vehicle?: string
  readonly pickupS?: number
  readonly deliveryS?: number
  /** of a shipment that goes by itself: a route has one cost for all that it carries */
  readonly costKrw?: number
}

function waysOf(plan: Plan): Map<string, Way> {
  const ways = new Map<string, Way>()
  const follow = (route: Route, way: Way): void => {
    for (const { visits } of route.stops)
      for (const { shipment, kind, startS } of visits)
        ways.set(shipment, {
          ...ways.get(shipment),
          ...way,
          vehicle: route.vehicle,
          ...(kind === 'pickup' ? { pickupS: startS } : { deliveryS: startS }),
        })
  }
  for (const route of plan.routes) follow(route, { mode: 'route', route: route.id })
  for (const { shipment, mode, costKrw, route } of plan.direct)
    if (route) follow(route, { mode, costKrw })
    else ways.set(shipment, { mode, costKrw })
  for (const { shipment } of plan.unserved) ways.set(shipment, { mode: 'unserved' })
  return ways
}

export function shipmentsSheet(plan: Plan, problem: Problem, locale: Locale, { travel }: PlanPapers): Sheet {
  const names = namesOf(plan, problem, locale)
  const clock = clockOf(problem)
  const alone = new Map(oneByOne(problem, travel, plan).shipments.map(({ shipment, costKrw }) => [shipment, costKrw]))
  const columns: readonly Column[] = [
    ['접수번호', 'Order no'],
    ['업체명', 'Firm'],
    ['상차지', 'From'],
    ['하차지', 'To'],
    ['품목', 'Item'],
    ['중량(kg)', 'Weight (kg)'],
    ['운송 수단', 'Mode'],
    ['노선', 'Route'],
    ['차량', 'Vehicle'],
    byRoads(['상차 시작', 'Pickup starts'], travel),
    byRoads(['하차 시작', 'Delivery starts'], travel),
    // a route has one cost for all that it carries: it stands on the sheet of routes
    byRoads(['따로 가는 비용(원)', 'Cost by itself (won)'], travel),
    byRoads(['하나씩 보내면(원, B1)', 'One by one (won, B1)'], travel),
    ['비고', 'Note'],
    ...BURN_COLUMNS.map((column) => byRoads(column, travel)),
  ]
  const shares = new Map(footprintOf(problem, travel, plan).shipments.map((share) => [share.shipment, share]))
  const at = (atS: number | undefined): SheetValue => (atS === undefined ? null : clock(atS))
  const rows = [...waysOf(plan)].map(([id, way]): SheetRow => {
    const shipment = names.shipment(id)
    const share = shares.get(id)
    return [
      id,
      shipment ? names.firm(shipment.firm) : null,
      shipment ? names.site(shipment.from) : null,
      shipment ? names.site(shipment.to) : null,
      shipment?.item ?? null,
      shipment?.weightKg ?? null,
      MODE_WORDS[way.mode][locale],
      way.route ?? null,
      way.vehicle ?? null,
      at(way.pickupS),
      at(way.deliveryS),
      way.costKrw ?? null,
      alone.get(id) ?? null,
      shipment?.note ?? null,
      ...(share ? burnCells(share, way.mode !== 'terminal') : [null, null, null]),
    ]
  })
  return sheetOf(locale, ['화물', 'Shipments'], columns, rows)
}

export function unservedSheet(plan: Plan, problem: Problem, locale: Locale): Sheet {
  const names = namesOf(plan, problem, locale)
  const columns: readonly Column[] = [
    ['접수번호', 'Order no'],
    ['업체명', 'Firm'],
    ['상차지', 'From'],
    ['하차지', 'To'],
    ['중량(kg)', 'Weight (kg)'],
    ['이유', 'Why'],
  ]
  const rows = plan.unserved.map(({ shipment: id, reasons }): SheetRow => {
    const shipment = names.shipment(id)
    return [
      id,
      shipment ? names.firm(shipment.firm) : null,
      shipment ? names.site(shipment.from) : null,
      shipment ? names.site(shipment.to) : null,
      shipment?.weightKg ?? null,
      reasons.map((reason) => describeReason(reason, locale, (site) => names.site(site) ?? site)).join(' / '),
    ]
  })
  return sheetOf(locale, ['미배정', 'Unserved'], columns, rows)
}
