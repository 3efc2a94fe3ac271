/**
 * Fetching from alternative suppliers, planned into drawn days of the complex: each day with and without it by the same search, so that
 * the difference is what the fetching costs on the rounds that are there anyway.
 */
import { type Locale, oneByOne, type Plan, type Problem, type Travel } from '../../solver/index.ts'
import { type DrawnOrder, drawDay, type FetchResult, fetchesOf, fetchKey, type Study } from '../../study/index.ts'
import type { ComplexData } from '../complexes.ts'
import { searchPlan } from '../jobs/search.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { demandOf, problemOfDay } from './pickup.ts'
import { workingDays } from './workingDays.ts'

type SupplyStudy = Extract<Study, { readonly kind: 'supply' }>

/** A day of the complex, and what may be fetched on it besides. */
export interface FetchDay {
  readonly date: string
  readonly seed: number
  /** without anything fetched */
  readonly base: Problem
  readonly travel: Travel
  /** ids of the shipments in `problem` that are not in `base` */
  readonly sets: readonly { readonly key: string; readonly problem: Problem; readonly fetched: readonly string[] }[]
}

export const knownPlaces = (data: ComplexData) => ({
  sites: new Set(data.sites.map(({ id }) => id)),
  firms: new Set(data.firms.flatMap(({ id, site }) => (site ? [id] : []))),
})
/** As of a fetch, from this supplier. */
const setKey = (supplier: string, key: string): string => `${supplier} for ${key}`

/** The days that the study asks for, with everything that is to be fetched. */
export async function fetchDays(
  study: SupplyStudy,
  data: ComplexData,
  travelOf: TravelOf,
  locale: Locale,
): Promise<FetchDay[]> {
  const { routes, register } = study
  if (!routes) return []
  const asks = fetchesOf(study, knownPlaces(data)).flatMap((ask) => ('loads' in ask ? ask : []))
  if (asks.length === 0) return []
  const demand = demandOf(data)
  const known = knownPlaces(data).sites
  const { newSite } = data.orders
  const withPlaces: ComplexData = {
    ...data,
    sites: [
      ...data.sites,
      ...register.suppliers.flatMap(({ id, name, place }) =>
        place && !known.has(id) ? [{ id, name, lng: place.lng, lat: place.lat, ...newSite }] : [],
      ),
    ],
  }
  const firmOf = new Map(data.firms.map((firm) => [firm.id, firm]))
  const itemOf = new Map(register.items.map(({ id, name }) => [id, name]))
  const sets = asks.flatMap((ask) => {
    const key = fetchKey(ask.item, ask.supplier, ask.share)
    const ordersFrom = (supplier: string): DrawnOrder[] =>
      ask.loads.map(({ firm, kg }) => ({
        flow: fetchFlow(ask.item),
        firm: firmOf.get(firm)!.name,
        from: supplier,
        to: firmOf.get(firm)!.site ?? '',
        item: itemOf.get(ask.item)!,
        weightKg: kg,
        pieces: Math.ceil(kg / PIECE_KG),
      }))
    return [ask.supplier, ...(ask.instead ? [ask.instead] : [])].map((supplier) => ({
      key: setKey(supplier, key),
      orders: ordersFrom(supplier),
    }))
  })
  const dates = await workingDays(demand.from, routes.days)
  const days: FetchDay[] = []
  for (const [day, date] of dates.entries()) {
    const drawn = drawDay(demand, data.firms, routes.seed, day, date)
    const at = { setting: 'fetch', seed: routes.seed, day, date }
    const whole = problemOfDay(withPlaces, demand, [...drawn, ...sets.flatMap(({ orders }) => orders)], at, locale)
    if (!whole) continue
    const own = whole.shipments.slice(0, drawn.length)
    let next = drawn.length
    days.push({
      date,
      seed: routes.seed,
      base: { ...whole, shipments: own },
      travel: await travelOf(whole),
      sets: sets.map(({ key, orders }) => {
        const fetched = whole.shipments.slice(next, (next += orders.length))
        return {
          key,
          problem: { ...whole, shipments: [...own, ...fetched] },
          fetched: fetched.map(({ id }) => id),
        }
      }),
    })
  }
  return days
}

/** Heaviest piece of what is fetched: what terminal freight and a forklift take. Assumed. */
const PIECE_KG = 300
const fetchFlow = (id: string): DrawnOrder['flow'] => ({
  id,
  items: [id],
  direction: 'in',
  perWeek: {},
  medianKg: 1,
  boundsKg: [0, 0],
  partners: {},
  pieceKg: PIECE_KG,
})

interface SetCost {
  readonly aloneKrw: number
  readonly pooledKrw: number
}

/** Plans every day with and without each fetching, and answers for each. */
export async function planFetches(
  study: SupplyStudy,
  data: ReturnType<typeof knownPlaces>,
  days: readonly FetchDay[],
  locale: Locale,
): Promise<FetchResult[]> {
  const iterations = study.routes?.iterations ?? 0
  const costs: { readonly date: string; readonly sets: ReadonlyMap<string, SetCost | null> }[] = []
  for (const day of days) costs.push({ date: day.date, sets: await costsOf(day, iterations, locale) })
  return fetchesOf(study, data).map((ask): FetchResult => {
    if ('kind' in ask) return ask
    const { loads, instead, ...about } = ask
    const key = fetchKey(ask.item, ask.supplier, ask.share)
    const served = costs.flatMap(({ date, sets }) => {
      const cost = sets.get(setKey(ask.supplier, key))
      return cost ? [{ date, ...cost, today: instead ? sets.get(setKey(instead, key)) : null }] : []
    })
    if (served.length === 0) return { ...about, kind: 'none', why: 'unserved' }
    // a day is in both means or in neither
    const both = served.flatMap(({ today }) => today ?? [])
    const compared = both.length === served.length
    return {
      ...about,
      kind: 'planned',
      ...meanOf(served),
      days: served.map(({ date, aloneKrw, pooledKrw }) => ({ date, aloneKrw, pooledKrw })),
      daysLeftOut: costs.length - served.length,
      kg: loads.reduce((sum, { kg }) => sum + kg, 0),
      instead: instead && compared ? meanOf(both) : null,
    }
  })
}

const meanOf = (days: readonly SetCost[]): SetCost => ({
  aloneKrw: Math.round(days.reduce((sum, { aloneKrw }) => sum + aloneKrw, 0) / days.length),
  pooledKrw: Math.round(days.reduce((sum, { pooledKrw }) => sum + pooledKrw, 0) / days.length),
})

/** Null: the day cannot be compared, because not the same is served with and without. */
async function costsOf(
  { base, travel, seed, sets }: FetchDay,
  iterations: number,
  locale: Locale,
): Promise<Map<string, SetCost | null>> {
  const plan = async (problem: Problem, effort: number, from?: Plan): Promise<Plan> =>
    await searchPlan(
      { kind: 'plan', problem, travel, locale, seed, iterations: effort, ...(from && { from }) },
      () => false,
      () => {},
    )
  let without = await plan(base, iterations)
  const found: { key: string; aloneKrw: number; excluded: boolean; withIt: Plan; fetched: readonly string[] }[] = []
  for (const { key, problem, fetched } of sets) {
    const withIt = await plan(problem, iterations, without)
    // what the longer search has found for the day itself is no saving of the fetching
    const again = await plan(base, LEAST_ITERATIONS, leaveOut(withIt, fetched))
    if (sameUnserved(again, without) && again.costKrw < without.costKrw) without = again
    const only = { ...problem, shipments: problem.shipments.filter(({ id }) => fetched.includes(id)) }
    const each = oneByOne(only, travel, await plan(only, LEAST_ITERATIONS))
    found.push({ key, aloneKrw: each.costKrw, excluded: each.excluded.length > 0, withIt, fetched })
  }
  return new Map(
    found.map(({ key, aloneKrw, excluded, withIt }) => {
      if (excluded || !sameUnserved(withIt, without)) return [key, null]
      // each part by its own way beside the day as it is: that is a plan too
      return [key, { aloneKrw, pooledKrw: Math.min(withIt.costKrw - without.costKrw, aloneKrw) }]
    }),
  )
}
/** Of a search that only reads what is there. */
const LEAST_ITERATIONS = 100

const sameUnserved = (a: Plan, b: Plan): boolean =>
  new Set([...a.unserved, ...b.unserved].map(({ shipment }) => shipment)).size === a.unserved.length &&
  a.unserved.length === b.unserved.length

/** The routes of a plan without some shipments, to begin from. */
function leaveOut(plan: Plan, shipments: readonly string[]): Plan {
  const gone = new Set(shipments)
  return {
    ...plan,
    routes: plan.routes.map((route) => ({
      ...route,
      stops: route.stops.map((stop) => ({
        ...stop,
        visits: stop.visits.filter(({ shipment }) => !gone.has(shipment)),
      })),
    })),
    direct: plan.direct.filter(({ shipment }) => !gone.has(shipment)),
  }
}
