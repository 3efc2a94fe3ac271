/**
 * Goods fetched from an alternative, every so many days so much for each firm: what is asked of the roads, and what they answer. The
 * searches themselves are made by whoever has roads and trucks; here it is only said what to plan, or why nothing can be.
 */
import { hitSuppliers, useOf } from './outage.ts'
import type { Alternative, Diversify, Item, Outage, Register, SupplyRoutes } from './schema.ts'

/** What an alternative brings at a time, where the document says nothing. */
const FETCH_DAYS = 7

export interface FetchAsk {
  readonly item: string
  readonly supplier: string
  /** of what the firms use */
  readonly share: number
  readonly everyDays: number
  /** at a time */
  readonly loads: readonly { readonly firm: string; readonly kg: number }[]
  /** the supplier of today that has a place: what its fetching costs now, on the same days, is what falls away */
  readonly instead: string | null
}

/** Why no routes are planned. */
/** notAsked: the document names no routes; unplanned: it does, and they wait for whoever has the roads. */
export const NO_ROUTE = ['notAsked', 'unplanned', 'foreign', 'noPlace', 'noWeight', 'noFirm', 'unserved'] as const
export type NoRoute = (typeof NO_ROUTE)[number]

/** Won of one fetch, mean of the days planned. */
export interface FetchCost {
  /** every firm's part by its own cheapest way: hired truck or terminal freight */
  readonly aloneKrw: number
  /** the complex's rounds with it, less the same rounds without it */
  readonly pooledKrw: number
}
export interface FetchAnswer extends FetchCost {
  readonly kind: 'planned'
  /** of each day planned */
  readonly days: readonly ({ readonly date: string } & FetchCost)[]
  /** days left out: something else of the day was not served alike with and without */
  readonly daysLeftOut: number
  readonly kg: number
  /** of the supplier of today, the same goods on the same days; null: it has no place here */
  readonly instead: FetchCost | null
}
export type FetchResult = Pick<FetchAsk, 'item' | 'supplier' | 'share' | 'everyDays'> &
  (FetchAnswer | { readonly kind: 'none'; readonly why: NoRoute })

export interface SupplyDocument {
  readonly register: Register
  readonly outages: readonly Outage[]
  readonly routes?: SupplyRoutes
  readonly diversify?: Diversify
}
/** What the complex has places for: ids of its sites, and of its firms. */
export interface KnownPlaces {
  readonly sites: ReadonlySet<string>
  readonly firms: ReadonlySet<string>
}

/** Each pair of item and alternative with the share it would serve: once, whatever asks for it. */
export function fetchesOf(
  { register, outages, routes, diversify }: SupplyDocument,
  places: KnownPlaces = { sites: new Set(), firms: new Set() },
): (FetchAsk | Extract<FetchResult, { kind: 'none' }>)[] {
  const wanted = [
    ...outages.flatMap((outage) => {
      const hit = hitSuppliers(register, outage)
      return register.items.flatMap((item) => {
        const missing = missingShare(item, hit)
        const gone = item.sources.filter(({ supplier, share }) => share > 0 && hit.has(supplier))
        return missing <= 0
          ? []
          : alternativesOf(item, hit).map((alternative) => ({ item, alternative, share: missing, today: gone }))
      })
    }),
    ...register.items.flatMap((item) =>
      diversify
        ? alternativesOf(item).map((alternative) => ({
            item,
            alternative,
            share: diversify.share,
            today: item.sources,
          }))
        : [],
    ),
  ]
  const asked = new Map(
    wanted.map(({ item, alternative, share: most, today }) => {
      const share = servedShare(item, alternative, most)
      return [fetchKey(item.id, alternative.supplier, share), { item, alternative, share, today }] as const
    }),
  )
  const hasPlace = (id: string): boolean =>
    places.sites.has(id) || register.suppliers.some((supplier) => supplier.id === id && supplier.place)
  return [...asked.values()].map(({ item, alternative, share, today }) => {
    const everyDays = alternative.fetchDays ?? FETCH_DAYS
    const ask = { item: item.id, supplier: alternative.supplier, share, everyDays }
    const none = (why: NoRoute) => ({ ...ask, kind: 'none', why }) as const
    const { country } = register.suppliers.find(({ id }) => id === alternative.supplier)!
    const kgPerUnit = item.kgPerUnit ?? (item.unit === 'kg' ? 1 : undefined)
    if (country !== register.home) return none('foreign')
    if (!routes) return none('notAsked')
    if (!hasPlace(alternative.supplier)) return none('noPlace')
    if (kgPerUnit === undefined) return none('noWeight')
    const loads = item.uses.flatMap(({ firm, perDay }) => {
      const kg = Math.ceil(perDay * share * everyDays * kgPerUnit)
      return kg > 0 && places.firms.has(firm) ? [{ firm, kg }] : []
    })
    if (loads.length === 0) return none('noFirm')
    const main = today.toSorted((a, b) => b.share - a.share).find(({ supplier }) => supplier !== alternative.supplier)
    return { ...ask, loads, instead: main && hasPlace(main.supplier) ? main.supplier : null }
  })
}

export const fetchKey = (item: string, supplier: string, share: number): string =>
  `${item} ${supplier} ${share.toFixed(4)}`

export const missingShare = (item: Item, hit: ReadonlySet<string>): number =>
  item.sources.reduce((sum, { supplier, share }) => sum + (hit.has(supplier) ? share : 0), 0)

export const alternativesOf = (item: Item, hit: ReadonlySet<string> = new Set()): Alternative[] =>
  (item.alternatives ?? []).filter(({ supplier }) => !hit.has(supplier))

/** Of the use, as much of `most` as the alternative can deliver. */
export const servedShare = (item: Item, { perDay }: Alternative, most: number): number =>
  perDay === undefined ? most : Math.min(most, perDay / Math.max(1e-9, useOf(item)))
