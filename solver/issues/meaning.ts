/** What a problem means: references, windows, places, goods and travel figures that cannot be right together. */
import { inOtherGwangju, isBusinessNumber, KOREA, namesOtherGwangju, nearGwangju } from '../korea.ts'
import { DAY_S, isGuessed, NO_ROAD, PRECISIONS, TRUCK_CLASSES } from '../problem.ts'
import { LONGEST_LEG_S } from '../slices.ts'
import { type Locale, PRECISION_WORDS } from '../words.ts'
import {
  clock,
  isNumber,
  isObject,
  LISTS,
  type List,
  type Loose,
  type LooseProblem,
  listOf,
  objectsOf,
  type Say,
  shown,
  text,
} from './loose.ts'
import { CELLS, TARIFF_SCHEMAS } from './schema.ts'

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

export function checkDay({ startsAt, timeZone }: Loose, say: Say): void {
  const zone = typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : null
  if (typeof timeZone === 'string' && zone === null) say('timeZone.unknown', 'timeZone', { found: timeZone })
  if (typeof startsAt !== 'string') return
  const match = INSTANT.exec(startsAt)
  const instant = Date.parse(startsAt)
  // Date.parse takes 30 February for 2 March
  const isDay =
    match &&
    new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))).getUTCDate() === Number(match[3])
  if (!isDay || Number.isNaN(instant)) say('startsAt.form', 'startsAt', { found: startsAt })
  else if (zone !== null && !isMidnight(instant, zone))
    say('startsAt.notMidnight', 'startsAt', { found: startsAt, timeZone: zone })
}

function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false // RangeError is how Intl says so
  }
}

const isMidnight = (instant: number, timeZone: string): boolean =>
  new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(instant) === '00:00:00'

export function checkIds(problem: LooseProblem, say: Say): void {
  for (const list of LISTS) {
    const first = new Map<string, number>()
    problem[list].forEach(({ id }, index) => {
      if (typeof id !== 'string') return
      if (first.has(id)) say('id.duplicate', `${list}/${index}/id`, { found: id, first: `${list}/${first.get(id)}` })
      else first.set(id, index)
    })
  }
}

export function checkReferences(problem: LooseProblem, say: Say): void {
  const refer = (list: List, path: string, id: unknown): void => {
    if (typeof id === 'string' && !problem.byId[list].has(id)) say('reference.unknown', path, { found: id, list })
  }
  problem.firms.forEach((firm, index) => {
    refer('sites', `firms/${index}/site`, firm.site)
  })
  problem.shipments.forEach((shipment, index) => {
    refer('firms', `shipments/${index}/firm`, shipment.firm)
    refer('sites', `shipments/${index}/from`, shipment.from)
    refer('sites', `shipments/${index}/to`, shipment.to)
  })
  problem.vehicles.forEach((vehicle, index) => {
    for (const end of ['start', 'end'] as const) {
      refer('sites', `vehicles/${index}/${end}`, vehicle[end])
      if (vehicle.kind === 'contract' && (vehicle[end] === undefined || vehicle[end] === null))
        say('vehicle.contractWithoutDepot', `vehicles/${index}/${end}`, { found: text(vehicle.id) ?? index, end })
    }
    refer('tariffs', `vehicles/${index}/tariff`, vehicle.tariff)
    const tariff = problem.byId.tariffs.get(text(vehicle.tariff) ?? '')
    const [needs, has] = [text(vehicle.kind), text(tariff?.kind)]
    if ((needs === 'contract' || needs === 'hired') && has !== null && has in TARIFF_SCHEMAS && needs !== has)
      say('tariff.kind', `vehicles/${index}/tariff`, { vehicle: needs, tariff: has, found: text(tariff?.id) ?? '' })
  })
}

/** Whose routes are balanced: all known, and at least one. */
export function checkBalance(balance: unknown, { vehicles, byId }: LooseProblem, say: Say): void {
  if (!isObject(balance)) return
  listOf(balance.vehicles).forEach((id, index) => {
    if (typeof id === 'string' && !byId.vehicles.has(id))
      say('reference.unknown', `balance/vehicles/${index}`, { found: id, list: 'vehicles' })
  })
  if (balance.vehicles === undefined && !vehicles.some(({ kind }) => kind === 'contract'))
    say('balance.nobody', 'balance')
}

/** Windows that bind; null: none do, or one of them is at fault and said so already. */
function windowsOf(value: unknown): readonly (readonly [number, number])[] | null {
  const isSound = (window: unknown): window is [number, number] =>
    Array.isArray(window) && isNumber(window[0]) && isNumber(window[1]) && window[0] <= window[1]
  return Array.isArray(value) && Array.from(value).every(isSound) ? (value as [number, number][]) : null
}

const WINDOW_FIELDS = [
  ['sites', 'windows'],
  ['shipments', 'pickupWindows'],
  ['shipments', 'deliveryWindows'],
  ['vehicles', 'shifts'],
  ['drivers', 'shifts'],
] as const

export function checkWindows(problem: LooseProblem, say: Say): void {
  for (const [list, field] of WINDOW_FIELDS)
    problem[list].forEach((entry, index) => {
      listOf(entry[field]).forEach((window, at) => {
        if (!Array.isArray(window) || !isNumber(window[0]) || !isNumber(window[1])) return
        if (window[1] < 0 || window[0] <= window[1]) return
        const [open, close] = [clock(window[0]), clock(window[1])]
        say('window.closesBeforeOpens', `${list}/${index}/${field}/${at}`, { open, close })
      })
    })
}

/** What can be planned, but hardly was meant. */
export function checkFleet(document: Loose, { vehicles }: LooseProblem, say: Say): void {
  if (Array.isArray(document.shipments) && document.shipments.length === 0) say('shipments.none', 'shipments')
  if (Array.isArray(document.vehicles) && document.vehicles.length === 0) say('vehicles.none', 'vehicles')
  vehicles.forEach(({ truck, capacityKg }, index) => {
    const limit = payloadKg(truck)
    if (limit === null || !isNumber(capacityKg) || capacityKg <= limit) return
    say('vehicle.overPlate', `vehicles/${index}/capacityKg`, { truck: String(truck), found: capacityKg, limit })
  })
}

/** Nominal payload of a class in kg: its tonnes; the 5 t truck with an added axle is registered up to 8 t by variant. */
function payloadKg(truck: unknown): number | null {
  if (!TRUCK_CLASSES.some((known) => known === truck)) return null
  return truck === '5t-axle' ? 8000 : Number.parseFloat(String(truck)) * 1000
}

/** Drivers for every contract truck in every shift, where drivers are named at all. */
export function checkDrivers({ drivers: given }: Loose, { drivers, vehicles, byId }: LooseProblem, say: Say): void {
  if (!Array.isArray(given)) return
  drivers.forEach((driver, index) => {
    listOf(driver.vehicles).forEach((id, at) => {
      if (typeof id !== 'string') return
      const path = `drivers/${index}/vehicles/${at}`
      if (!byId.vehicles.has(id)) say('reference.unknown', path, { found: id, list: 'vehicles' })
      else if (byId.vehicles.get(id)?.kind === 'hired') say('driver.hired', path, { found: id })
    })
  })
  vehicles.forEach(({ id, kind, count, shifts }, index) => {
    if (typeof id !== 'string' || kind !== 'contract' || count === 0) return
    windowsOf(shifts)?.forEach(([opens, closes], at) => {
      const works = (driver: Loose) =>
        listOf(driver.vehicles).includes(id) &&
        (windowsOf(driver.shifts)?.some(([from, to]) => from < closes && opens < to) ?? true)
      if (!drivers.some(works))
        say('vehicle.noDriver', `vehicles/${index}/shifts/${at}`, {
          found: id,
          open: clock(opens),
          close: clock(closes),
        })
    })
  })
}

/** Times after the last day are planned like any others, but hardly were meant. */
export function checkHorizon({ days }: Loose, { vehicles, shipments }: LooseProblem, say: Say): void {
  if (!isNumber(days) || days < 1) return
  const endS = days * DAY_S
  vehicles.forEach(({ shifts }, index) => {
    listOf(shifts).forEach((shift, at) => {
      if (Array.isArray(shift) && isNumber(shift[0]) && shift[0] >= endS)
        say('shift.afterLastDay', `vehicles/${index}/shifts/${at}`, { days, open: clock(shift[0]) })
    })
  })
  shipments.forEach(({ ready }, index) => {
    if (isNumber(ready) && ready >= endS)
      say('shipment.readyAfterLastDay', `shipments/${index}/ready`, { days, ready: clock(ready) })
  })
}

/** A truck cannot drive two routes at once. */
export function checkShifts({ vehicles }: LooseProblem, say: Say): void {
  vehicles.forEach(({ shifts }, index) => {
    const sound = listOf(shifts).filter(
      (s): s is [number, number] => Array.isArray(s) && isNumber(s[0]) && isNumber(s[1]),
    )
    const sorted = sound.toSorted((a, b) => a[0] - b[0])
    if (sorted.some(([open], at) => at > 0 && open < sorted[at - 1]![1]))
      say('shift.overlap', `vehicles/${index}/shifts`, {})
  })
}

export function checkSites({ timeZone }: Loose, problem: LooseProblem, locale: Locale, say: Say): void {
  problem.firms.forEach(({ businessNumber }, index) => {
    if (typeof businessNumber === 'string' && !isBusinessNumber(businessNumber))
      say('businessNumber.form', `firms/${index}/businessNumber`, { found: businessNumber })
  })
  problem.sites.forEach(({ name, id, precision }, index) => {
    const guessed = PRECISIONS.find((known) => known === precision && isGuessed({ precision: known }))
    const how = guessed && PRECISION_WORDS[locale][guessed]
    if (how) say('coordinates.guess', `sites/${index}`, { site: text(name) ?? text(id) ?? index, how })
  })
  if (timeZone !== KOREA.timeZone) return
  const points = problem.sites.map(({ lng, lat }) => (isNumber(lng) && isNumber(lat) ? { lng, lat } : null))
  const atGwangju = points.some((point) => point !== null && nearGwangju(point))
  problem.sites.forEach((site, index) => {
    const point = points[index]
    const found = text(site.name) ?? text(site.id) ?? String(index)
    if (point && !KOREA.contains(point)) {
      const swapped = KOREA.contains({ lng: point.lat, lat: point.lng })
      say(swapped ? 'coordinates.swapped' : 'coordinates.outsideKorea', `sites/${index}`, { site: found, ...point })
    } else if (atGwangju && ((point && inOtherGwangju(point)) || namesOtherGwangju(text(site.address) ?? '')))
      say('coordinates.otherGwangju', `sites/${index}`, { site: found })
  })
}

export function checkShipments(problem: LooseProblem, say: Say): void {
  problem.shipments.forEach((shipment, index) => {
    const path = `shipments/${index}`
    const ready = isNumber(shipment.ready) ? shipment.ready : 0
    const due = isNumber(shipment.due) ? shipment.due : Number.POSITIVE_INFINITY
    const own = { pickup: windowsOf(shipment.pickupWindows), delivery: windowsOf(shipment.deliveryWindows) }

    if (typeof shipment.from === 'string' && shipment.from === shipment.to)
      say('shipment.sameSite', `${path}/to`, { found: shipment.from })
    if (isNumber(shipment.pieceKg) && isNumber(shipment.weightKg) && shipment.pieceKg > shipment.weightKg)
      say('shipment.pieceHeavier', `${path}/pieceKg`, { piece: shipment.pieceKg, weight: shipment.weightKg })
    const { maxParts } = shipment
    for (let k = 1; isNumber(maxParts) && maxParts > 1 && k <= Math.min(maxParts, 99); k++) {
      const id = `${shipment.id}/${k}`
      if (problem.byId.shipments.has(id)) say('shipment.partId', `${path}/id`, { found: id })
    }
    if (Array.isArray(shipment.modes) && shipment.modes.length === 0) say('shipment.noMode', `${path}/modes`)

    checkSoft(shipment.softPickup, `${path}/softPickup`, say)
    checkSoft(shipment.softDelivery, `${path}/softDelivery`, say)

    if (due < ready) {
      say('shipment.dueBeforeReady', `${path}/due`, { due: clock(due), ready: clock(ready) })
      return
    }
    const lastClose = Math.max(...(own.delivery ?? []).map(([, close]) => close))
    if (own.delivery && own.delivery.length > 0 && lastClose < ready) {
      say('shipment.deliveryBeforeReady', `${path}/deliveryWindows`, { close: clock(lastClose), ready: clock(ready) })
      return
    }
    const meets: { pickup?: number; delivery?: number } = {}
    for (const [side, siteId] of [['pickup', shipment.from] as const, ['delivery', shipment.to] as const]) {
      const site = problem.byId.sites.get(text(siteId) ?? '')
      if (!site) continue
      const common = meet(meet([[ready, due]], windowsOf(site.windows)), own[side])
      const code = side === 'pickup' ? 'shipment.noPickupTime' : 'shipment.noDeliveryTime'
      const soft = side === 'pickup' ? ('softPickup' as const) : ('softDelivery' as const)
      if (common.length > 0 && missesAll(shipment[soft], common))
        say('soft.outside', `${path}/${soft}`, { site: text(site.name) ?? '' })
      if (common.length === 0) say(code, `${path}/${side}Windows`, { site: text(site.name) ?? '' })
      else if (side === 'delivery') meets.delivery = Math.min(...common.map(([open]) => open))
      else {
        const servedS = [site.stopS, shipment.loadS].filter(isNumber).reduce((sum, seconds) => sum + seconds, 0)
        meets.pickup = Math.max(...common.map(([, close]) => close)) + servedS
      }
    }
    // the last that it can be loaded, the first that it can be unloaded
    const { pickup, delivery } = meets
    const limit = shipment.maxOnBoardS
    if (isNumber(limit) && pickup !== undefined && delivery !== undefined && delivery - pickup > limit)
      say('shipment.rideGap', `${path}/maxOnBoardS`, { pickup: clock(pickup), delivery: clock(delivery), limit })
  })
}

/** A soft window is an instant and a price, on either side. */
function checkSoft(soft: unknown, path: string, say: Say): void {
  if (!isObject(soft)) return
  const { opensS, closesS } = soft
  if (isNumber(opensS) && isNumber(closesS) && closesS < opensS)
    say('window.closesBeforeOpens', path, { open: clock(opensS), close: clock(closesS) })
  for (const [edge, price] of [
    ['opensS', 'earlyKrwPerHour'],
    ['closesS', 'lateKrwPerHour'],
  ] as const) {
    if (soft[edge] !== undefined && soft[price] === undefined) say('soft.half', path, { field: edge, missing: price })
    if (soft[edge] === undefined && soft[price] !== undefined) say('soft.half', path, { field: price, missing: edge })
  }
}

/** A sound soft window that no window that binds touches. */
function missesAll(soft: unknown, windows: readonly (readonly [number, number])[]): boolean {
  if (!isObject(soft)) return false
  const opensS = isNumber(soft.opensS) ? soft.opensS : 0
  const closesS = isNumber(soft.closesS) ? soft.closesS : Number.POSITIVE_INFINITY
  return opensS <= closesS && meet(windows, [[opensS, closesS]]).length === 0
}

/** What two lists of windows have in common; null binds nothing. */
const meet = (
  a: readonly (readonly [number, number])[],
  b: readonly (readonly [number, number])[] | null,
): readonly (readonly [number, number])[] =>
  b === null
    ? a
    : a.flatMap(([openA, closeA]) =>
        b
          .map(([openB, closeB]) => [Math.max(openA, openB), Math.min(closeA, closeB)] as const)
          .filter(([open, close]) => open <= close),
      )

export function checkTariffs(problem: LooseProblem, say: Say): void {
  problem.tariffs.forEach((tariff, index) => {
    let before = 0
    objectsOf(tariff.zones).forEach((zone, at) => {
      const upto = isNumber(zone.uptoM) ? zone.uptoM : zone.uptoM === undefined ? Number.POSITIVE_INFINITY : null
      if (upto === null) return
      if (upto <= before)
        say('tariff.zoneUnreachable', `tariffs/${index}/zones/${at}`, {
          before: Number.isFinite(before) ? `${before} m` : '∞',
        })
      before = Math.max(before, upto)
    })
  })
}

/** A road that is missing is missing in seconds, metres and won at once, at every hour. */
function checkGaps(table: Loose, path: string, sites: number, say: Say): void {
  const lists = [table, ...objectsOf(table.slices)].flatMap((figures) =>
    CELLS.flatMap((name): (readonly unknown[])[] => {
      const cells = figures[name]
      return Array.isArray(cells) && cells.length === sites ** 2 ? [cells] : []
    }),
  )
  if (!lists.some((cells) => cells.includes(NO_ROAD))) return
  const halves = Array.from({ length: sites ** 2 }, (_, cell) => cell).filter((cell) => {
    const missing = lists.filter((cells) => cells[cell] === NO_ROAD).length
    // a site is at home without a road, and that has been said
    return missing > 0 && missing < lists.length && Math.floor(cell / sites) !== cell % sites
  })
  if (halves.length > 0)
    say('travel.halfRoad', path, {
      count: halves.length,
      from: Math.floor(halves[0] / sites),
      to: halves[0] % sites,
    })
}

/** Times of day, one after another. */
export function checkSlices(slices: unknown, path: string, say: Say): void {
  const until = (atS: number) => (atS === DAY_S ? '24:00' : clock(atS))
  let before = { toS: 0, path: '' }
  objectsOf(slices).forEach(({ fromS, toS }, at) => {
    if (!isNumber(fromS) || !isNumber(toS)) return
    const times = { from: clock(fromS), to: until(toS) }
    if (toS <= fromS) say('travel.sliceEndsBeforeBegin', `${path}/slices/${at}`, times)
    else if (fromS < before.toS)
      say('travel.slicesMeet', `${path}/slices/${at}`, { ...times, before: before.path, until: until(before.toS) })
    before = { toS: Math.max(before.toS, toS), path: `slices/${at}` }
  })
}

function checkCells(table: Loose, path: string, sites: number, say: Say): void {
  for (const name of CELLS) {
    const cells = table[name]
    if (!Array.isArray(cells)) continue
    const expected = sites * sites
    if (cells.length !== expected) say('travel.tableSize', `${path}/${name}`, { found: cells.length, sites, expected })
    const sliced = 'slices' in table || 'fromS' in table
    const most = sliced && name === 'durationS' ? LONGEST_LEG_S : 2_000_000_000
    let count = 0
    let first = -1
    for (let cell = 0; cell < cells.length; cell++) {
      const diagonal = Math.floor(cell / Math.max(1, sites)) === cell % Math.max(1, sites)
      const least = diagonal ? 0 : NO_ROAD
      if (Number.isInteger(cells[cell]) && cells[cell] >= least && cells[cell] <= most) continue
      if (count++ === 0) first = cell
    }
    if (count === 0) continue
    const [from, to] = [Math.floor(first / Math.max(1, sites)), first % Math.max(1, sites)]
    say('travel.cell', `${path}/${name}`, { count, from, to, found: shown(cells[first]) })
  }
}

export function checkTravel(travel: unknown, problem: LooseProblem, say: Say): void {
  if (!isObject(travel) || !Array.isArray(travel.tables)) return
  const sites = problem.sites.length
  const tableOf = new Map<string, number>()
  objectsOf(travel.tables).forEach((table, index) => {
    for (const truck of listOf(table.trucks)) {
      if (typeof truck !== 'string') continue
      const first = tableOf.get(truck)
      if (first !== undefined && first !== index)
        say('travel.truckTwice', `travel/tables/${index}/trucks`, { truck, first: `tables/${first}` })
      else tableOf.set(truck, index)
    }
    checkCells(table, `travel/tables/${index}`, sites, say)
    objectsOf(table.slices).forEach((slice, at) => {
      checkCells(slice, `travel/tables/${index}/slices/${at}`, sites, say)
    })
    checkSlices(table.slices, `travel/tables/${index}`, say)
    checkGaps(table, `travel/tables/${index}`, sites, say)
  })
  const missing = new Set(
    problem.vehicles.flatMap(({ truck }) => (typeof truck === 'string' && !tableOf.has(truck) ? [truck] : [])),
  )
  for (const truck of missing) say('travel.truckMissing', 'travel/tables', { truck })
}

/** Travel figures that came with the problem have the tolls they have. */
export function checkTollDiscounts({ tollDiscounts, travel }: Loose, say: Say): void {
  if (!isObject(tollDiscounts) || !isObject(travel) || travel.tollDiscounts !== undefined) return
  if (Object.values(tollDiscounts).includes(true)) say('tollDiscounts.travelGiven', 'tollDiscounts')
}
