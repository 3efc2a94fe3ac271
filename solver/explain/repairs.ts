/**
 * The smallest repairs for a shipment that rides on no route: each allows one thing more, or the same thing at both ends, and names the way
 * that the shipment then goes. Each has been built into a whole plan on the repaired problem which `checkPlan` accepts. A shipment that
 * goes direct is repaired only where that saves something. Smallest means for the place found: other orders of the visits, and moving what
 * rides already, are not tried. Groups that ride together, and locks, are not repaired.
 */
import { terminalDistanceM } from '../dense.ts'
import { divide } from '../divide.ts'
import { type Desk, openDesk } from '../edits/desk.ts'
import { trialsOf } from '../edits/places.ts'
import type { Plan } from '../plan.ts'
import { DAY_S, dayIndex, GEARS, MODES, type Shipment, type Site, TRUCK_CLASSES } from '../problem.ts'
import { STATIC_RULES } from '../rules/static.ts'
import { commonGear, terminalRefusal } from '../tariff.ts'
import { asRepaired, claimRepair, type Host, hostsOf, type Repaired, reopen, repairedProblem } from './hosts.ts'
import { type Change, ROOM_UNITS } from './repair.ts'
import { cheapestWay, findWays, type Way } from './ways.ts'
import { currentKrw, findWindowRepairs, wholeOf } from './windowRepairs.ts'

/** Longer leads than that are another shipment. */
const MOST_LEAD_DAYS = 31

/** Repairs of an order on no route, cheapest first; none for one that has a cheaper way already, or a way at all where it is unserved. */
export function findRepairs(desk: Desk, order: number, ways: readonly Way[]): Repaired[] {
  const place = desk.places[order]
  const { company } = desk.opened.instance
  if (place.by === 'route' || (company !== null && company.groupOf[order] >= 0)) return []
  const known = cheapestWay(ways)
  const isUnserved = place.by === 'nobody'
  if (known && (isUnserved || known.outcome.plan.costKrw < desk.plan.costKrw)) return []
  const mostKrw = isUnserved ? Number.POSITIVE_INFINITY : currentKrw(desk, order)
  const hosts = hostsOf(desk, order)
  const found = [
    ...findWindowRepairs(desk, order, hosts, mostKrw),
    ...roomRepairs(desk, order, hosts, mostKrw),
    ...entryRepairs(desk, order),
    ...gearRepairs(desk, order),
    ...truckRepairs(desk, order),
    ...leadRepairs(desk, order),
    ...modeRepairs(desk, order),
    ...partRepairs(desk, order),
  ]
  const worthwhile = found.filter(({ extraKrw }) => isUnserved || extraKrw < 0)
  return worthwhile.toSorted((a, b) => a.extraKrw - b.extraKrw)
}

/** The cheapest way that the changes open. */
function openWay(
  desk: Desk,
  order: number,
  changes: readonly Change[],
  suits: (way: Way) => boolean = () => true,
): Repaired[] {
  const { outcome, ...way } = cheapestWay(findWays(reopen(desk, changes), order).filter(suits)) ?? {}
  return outcome ? [asRepaired(desk, changes, way as Omit<Way, 'outcome'>, outcome)] : []
}

const endsOf = (desk: Desk, order: number): Site[] => {
  const { from, to } = wholeOf(desk, order)
  return [from, to].map((id) => desk.whole.sites.find((site) => site.id === id)!)
}
const barsOf = ({ opened: { instance } }: Desk, order: number, rule: string): number[] => {
  const amounts = instance.barred[STATIC_RULES.findIndex(({ name }) => name === rule)]
  return instance.types.map((_, type) => amounts[type * instance.orders + order])
}

/**
 * More room on one vehicle: the least that some place on it needs. Trucks on the market are as large as they are: of those the one that
 * lacks least, and only for what nobody carries.
 */
function roomRepairs(desk: Desk, order: number, hosts: readonly Host[], mostKrw: number): Repaired[] {
  const onRoutes = hosts.filter(({ by }) => by !== 'hired')
  const found = roomOn(desk, order, onRoutes, mostKrw)
  if (found.length > 0 || desk.places[order].by !== 'nobody') return found
  const extraOf = ({ changes: [change] }: Repaired) => (change.kind === 'capacity' ? change.extra : 0)
  return roomOn(desk, order, hosts, mostKrw)
    .toSorted((a, b) => extraOf(a) - extraOf(b))
    .slice(0, 1)
}

function roomOn(desk: Desk, order: number, hosts: readonly Host[], mostKrw: number): Repaired[] {
  const { problem, vehicleOf, instance } = desk.opened
  const { demand, dimensions } = instance
  return problem.vehicles.flatMap((vehicle, index) =>
    ROOM_UNITS.flatMap((unit, d): Repaired[] => {
      const limit = [vehicle.capacityKg, vehicle.bedL, vehicle.pallets][d]
      const own = hosts.filter(({ type }) => vehicleOf[type] === index)
      if (limit === undefined || own.length === 0) return []
      // all there can be on board at once, and so no limit
      const all = Math.ceil(problem.shipments.reduce((sum, _, other) => sum + demand[other * dimensions + d], 1))
      const room = (extra: number): Change[] => [{ kind: 'capacity', vehicle: vehicle.id, unit, extra }]
      const wide = reopen(desk, room(all)).opened.instance
      const needs = own.flatMap((host) =>
        trialsOf(wide, host.type, host.visits, order).flatMap(({ visits, leastKrw }) => {
          const extra = Math.ceil(peakOf(wide.demand, dimensions, d, visits) - instance.types[host.type].capacity[d])
          return extra > 0 && leastKrw - host.krw < mostKrw ? [{ host, visits, leastKrw, extra }] : []
        }),
      )
      const sorted = needs.toSorted((a, b) => a.extra - b.extra || a.leastKrw - b.leastKrw).slice(0, MOST_ROOM_TRIALS)
      for (const { host, visits, extra } of sorted) {
        const repaired = claimRepair(desk, room(extra), host, order, visits)
        if (repaired && repaired.extraKrw < mostKrw - currentKrw(desk, order)) return [repaired]
      }
      return []
    }),
  )
}
/** Places looked at closely per vehicle and unit of room. */
const MOST_ROOM_TRIALS = 30

function peakOf(demand: Float64Array, dimensions: number, d: number, visits: readonly number[]): number {
  let load = 0
  let peak = 0
  for (const visit of visits) {
    load += ((visit & 1) === 0 ? 1 : -1) * demand[(visit >> 1) * dimensions + d]
    peak = Math.max(peak, load)
  }
  return peak
}

/** A larger truck let in, class by class until one has a way. */
function entryRepairs(desk: Desk, order: number): Repaired[] {
  if (barsOf(desk, order, 'truckSize').every((excess) => excess === 0)) return []
  const ends = endsOf(desk, order)
  const owned = new Set(desk.whole.vehicles.map(({ truck }) => truck))
  for (const truck of TRUCK_CLASSES) {
    const rank = TRUCK_CLASSES.indexOf(truck)
    const changes = ends.flatMap(({ id, maxTruck }): Change[] =>
      maxTruck && TRUCK_CLASSES.indexOf(maxTruck) < rank ? [{ kind: 'maxTruck', site: id, truck }] : [],
    )
    if (!owned.has(truck) || changes.length === 0) continue
    const found = openWay(desk, order, changes)
    if (found.length > 0 && isWorthwhile(desk, order, found[0])) return found
  }
  return []
}

const isWorthwhile = (desk: Desk, order: number, { extraKrw }: Repaired): boolean =>
  desk.places[order].by === 'nobody' || extraKrw < 0

/** Gear at the ends that lack it, or on one vehicle; a limit of the gear that is there raised to the piece. */
function gearRepairs(desk: Desk, order: number): Repaired[] {
  const shipment = wholeOf(desk, order)
  const ends = endsOf(desk, order)
  const gears = shipment.handling ?? GEARS
  const found: Repaired[] = []
  if (barsOf(desk, order, 'handling').some((excess) => excess > 0)) {
    for (const gear of gears) {
      const lacking = ends.filter(({ handling }) => handling && !gears.some((each) => handling.includes(each)))
      if (lacking.length === 0) break
      found.push(
        ...openWay(
          desk,
          order,
          lacking.map(({ id }) => ({ kind: 'gear', site: id, gear })),
        ),
      )
    }
    const [gear] = gears
    for (const vehicle of desk.whole.vehicles)
      if (gear && ends.some((site) => commonGear(shipment, site, vehicle).length === 0))
        found.push(...openWay(desk, order, [{ kind: 'truckGear', vehicle: vehicle.id, gear }]))
  }
  if (barsOf(desk, order, 'pieceWeight').some((excess) => excess > 0)) {
    const changes = ends.flatMap((site) => liftChange(shipment, desk.opened.problem.shipments[order], site))
    if (changes.length > 0) found.push(...openWay(desk, order, changes))
  }
  // of several kinds of gear the cheapest way
  const best = Map.groupBy(found, ({ changes }) => changes[0].kind)
  return [...best.values()].flatMap((same) => same.toSorted((a, b) => a.extraKrw - b.extraKrw).slice(0, 1))
}

/** The gear of the site with the highest limit, raised to the piece. */
function liftChange({ handling }: Shipment, { pieceKg, weightKg }: Shipment, site: Site): Change[] {
  const kg = pieceKg ?? weightKg
  const limits = (site.handling ?? GEARS)
    .filter((gear) => handling?.includes(gear) ?? true)
    .map((gear) => ({ gear, limit: site.liftKg?.[gear] ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => b.limit - a.limit)
  const [best] = limits
  return best && best.limit < kg ? [{ kind: 'lift', site: site.id, gear: best.gear, kg }] : []
}

/** One more truck of a vehicle of which none is left, with nothing else on it. */
function truckRepairs(desk: Desk, order: number): Repaired[] {
  return desk.whole.vehicles.flatMap(({ id, count, kind }) => {
    const { modes } = wholeOf(desk, order)
    const isAlone = kind === 'hired' && (modes?.includes('hired') ?? true)
    const isLeft = desk.opened.instance.types.some(
      (type, index) =>
        desk.opened.problem.vehicles[desk.opened.vehicleOf[index]].id === id &&
        desk.trips.filter((trip) => trip.type === index).length < type.count,
    )
    // a hired truck alone is always on the market
    if (isAlone || isLeft) return []
    const changes: Change[] = [{ kind: 'truck', vehicle: id, count: count + 1 }]
    return openWay(desk, order, changes, (way) => way.by === 'truck' && way.vehicle === id)
  })
}

/** Due so much later that terminal freight arrives in time. */
function leadRepairs(desk: Desk, order: number): Repaired[] {
  const { opened } = desk
  const { problem, travel, siteIndex } = opened
  const shipment = problem.shipments[order]
  if (shipment.due === undefined || opened.offers[order].terminal) return []
  const distanceM = terminalDistanceM(problem, travel, shipment, siteIndex)
  const tariffs = problem.tariffs.filter((tariff) => tariff.kind === 'terminal')
  const refusals = (due: number) => tariffs.map((tariff) => terminalRefusal(tariff, { ...shipment, due }, distanceM))
  if (!refusals(shipment.due).includes('timeWindows')) return []
  const today = dayIndex(shipment.due)
  for (let day = today + 1; day <= today + MOST_LEAD_DAYS; day++)
    if (refusals(day * DAY_S).includes(null)) {
      const changes: Change[] = [{ kind: 'due', shipment: wholeOf(desk, order).id, atS: day * DAY_S }]
      return openWay(desk, order, changes, ({ by }) => by === 'terminal')
    }
  return []
}

/** A mode that is not allowed, allowed. */
function modeRepairs(desk: Desk, order: number): Repaired[] {
  const { id, modes } = wholeOf(desk, order)
  const kinds = { route: ['route', 'truck'], hired: ['hired'], terminal: ['terminal'] }
  return MODES.flatMap((mode) =>
    !modes || modes.includes(mode)
      ? []
      : openWay(desk, order, [{ kind: 'mode', shipment: id, mode }], ({ by }) => kinds[mode].includes(by)),
  )
}

/** Split into as many parts as it takes, each by its cheapest way beside those before. */
function partRepairs(desk: Desk, order: number): Repaired[] {
  const { whole, plan, opened } = desk
  const shipment = opened.problem.shipments[order]
  const isPart = opened.parts.some(({ id }) => id === shipment.id)
  if (isPart || desk.places[order].by !== 'nobody') return []
  const [from, to] = endsOf(desk, order)
  const parts = divide(shipment, from, to, whole.vehicles)
  if (!parts || parts.length <= (shipment.maxParts ?? 1) || parts.length > MOST_PARTS) return []
  if (parts.some(({ id }) => whole.shipments.some((other) => other.id === id))) return []
  const changes: Change[] = [{ kind: 'maxParts', shipment: shipment.id, maxParts: parts.length }]
  const problem = repairedProblem(desk, changes)
  let now: Plan = {
    ...plan,
    parts: [...(plan.parts ?? []), ...parts],
    unserved: [
      ...plan.unserved.filter((entry) => entry.shipment !== shipment.id),
      ...parts.map(({ id }) => ({ shipment: id, reasons: [] })),
    ],
  }
  let last: Way | null = null
  for (const { id } of parts) {
    const table = openDesk(problem, opened.travel, now)
    const way = cheapestWay(findWays(table, table.orderOf.get(id)!))
    if (!way) return []
    now = way.outcome.plan
    last = way
  }
  const { outcome: _, ...way } = last!
  return [{ changes, way, plan: now, extraKrw: now.costKrw - plan.costKrw }]
}
/** As many as the schema allows. */
const MOST_PARTS = 99
