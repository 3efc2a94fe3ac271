/** The rounds of a plan as people are sent out with them: who drives, and at each stop what, for whom, by when, and whom to call. */
import {
  isGuessed,
  type Plan,
  type Problem,
  problemInParts,
  punctuality,
  type Route,
  type Shipment,
  type Site,
  type Stop,
  type Vehicle,
} from '../../solver/index.ts'
import { roundNumber, roundsOf } from './guide.ts'
import type { PlanPapers, RoundDispatch } from './report.ts'
import { clockOf } from './wallClock.ts'

export interface RoundGoods {
  readonly id: string
  readonly kind: 'pickup' | 'delivery'
  readonly weightKg: number
  readonly shipment: Shipment | undefined
  /** of an order that goes in parts: which part, of how many */
  readonly part?: { readonly number: number; readonly of: number }
}
export type Contact = NonNullable<Shipment['fromContact']>
export interface RoundStop {
  /** as on the map */
  readonly number: number
  readonly stop: Stop
  readonly site: Site | undefined
  readonly name: string
  readonly guessed: boolean
  /** of its orders; where these name nobody, of the place */
  readonly contacts: readonly Contact[]
  /** service may start until then; undefined: whenever */
  readonly latestS: number | undefined
  /** what is set down stands before what is taken on */
  readonly goods: readonly RoundGoods[]
}
export interface Round {
  readonly route: Route
  /** as on the map; hired trucks for one shipment come after the routes */
  readonly number: number
  /** 배차번호: the day it leaves, and its number */
  readonly dispatchNumber: string
  /** ISO date */
  readonly date: string
  readonly vehicle: Vehicle | undefined
  /** the vehicle as the complex calls it */
  readonly truck: string
  readonly driver: string | undefined
  readonly dispatch: RoundDispatch | undefined
  readonly link: string | undefined
  readonly start: Site | undefined
  readonly end: Site | undefined
  readonly stops: readonly RoundStop[]
  /** all that is taken on */
  readonly weightKg: number
  /** of what the truck may carry, where that is known */
  readonly loadShare: number | undefined
}

export function readRounds(plan: Plan, whole: Problem, papers: Omit<PlanPapers, 'travel'>): Round[] {
  const problem = problemInParts(whole, plan.parts ?? [])
  const sites = new Map(problem.sites.map((site) => [site.id, site]))
  const goods = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  const partOf = partsOf(plan)
  const clock = clockOf(problem)
  const room = punctuality(problem)

  const readStop = (stop: Stop, index: number): RoundStop => {
    const site = sites.get(stop.site)
    const read = (kind: RoundGoods['kind']) => (id: string) => {
      const shipment = goods.get(id)
      const part = partOf.get(id)
      return { id, kind, weightKg: shipment?.weightKg ?? 0, shipment, ...(part && { part }) }
    }
    const listed = [...stop.deliveries.map(read('delivery')), ...stop.pickups.map(read('pickup'))]
    return {
      number: index + 1,
      stop,
      site,
      name: site?.name ?? stop.site,
      guessed: site !== undefined && isGuessed(site),
      contacts: contactsOf(site, listed),
      latestS: room(stop).latestS,
      goods: listed,
    }
  }

  const rounds = roundsOf(plan).map((route): Round => {
    const number = roundNumber(plan, route.id)
    const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle)
    const driver = problem.drivers?.find(({ id }) => id === route.driver)
    const dispatch = papers.dispatch?.get(route.id)
    const date = clock(route.departS).clock.slice(0, 10)
    const stops = route.stops.map(readStop)
    return {
      route,
      number,
      dispatchNumber: `${date.replaceAll('-', '').slice(2)}-${String(number).padStart(2, '0')}`,
      date,
      vehicle,
      truck: vehicle?.name ?? route.vehicle,
      driver: dispatch?.driver ?? driver?.name ?? route.driver,
      dispatch,
      link: papers.links?.get(route.id),
      start: sites.get(vehicle?.start ?? ''),
      end: sites.get(vehicle?.end ?? ''),
      stops,
      weightKg: stops
        .flatMap((stop) => stop.goods)
        .reduce((sum, { kind, weightKg }) => sum + (kind === 'pickup' ? weightKg : 0), 0),
      loadShare: vehicle && vehicle.capacityKg > 0 ? route.peakWeightKg / vehicle.capacityKg : undefined,
    }
  })
  return papers.only ? rounds.filter(({ route }) => papers.only!.includes(route.id)) : rounds
}

function partsOf({ parts = [] }: Plan): Map<string, NonNullable<RoundGoods['part']>> {
  const whole = Map.groupBy(parts, ({ shipment }) => shipment)
  return new Map(
    [...whole.values()].flatMap((list) => list.map(({ id }, index) => [id, { number: index + 1, of: list.length }])),
  )
}

/** Of the place where no order there names anybody; nobody twice. */
function contactsOf(site: Site | undefined, goods: readonly RoundGoods[]): Contact[] {
  const named = goods.flatMap(({ kind, shipment }) => shipment?.[kind === 'pickup' ? 'fromContact' : 'toContact'] ?? [])
  const own: Contact = { ...(site?.contact && { name: site.contact }), ...(site?.phone && { phone: site.phone }) }
  // a name without a number is still reached by the number of the place
  const reached = named.map((contact) => (contact.phone === undefined ? { ...contact, ...phoneOf(site) } : contact))
  const all = reached.length > 0 ? reached : own.name || own.phone ? [own] : []
  return [...new Map(all.map((contact) => [`${contact.name ?? ''}\n${contact.phone ?? ''}`, contact])).values()]
}
const phoneOf = (site: Site | undefined): Contact => (site?.phone ? { phone: site.phone } : {})
