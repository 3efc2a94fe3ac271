/**
 * A second supplier all year long: what it costs with every firm fetching for itself and on the complex's rounds, held against what
 * firms say they would pay, and what it leaves of each outage.
 */
import { alternativesOf, type FetchResult, fetchKey, type SupplyDocument, servedShare } from './fetch.ts'
import { courseOf, hitSuppliers, NO_HELP, useOf } from './outage.ts'
import type { Alternative, Item, Register } from './schema.ts'

const DAYS_A_YEAR = 365

/** affordablePooled: too dear alone, affordable because a milk run fetches it */
export type Verdict = 'affordableAlone' | 'affordablePooled' | 'tooDear' | 'unknown'

export interface Diversified {
  readonly item: string
  readonly supplier: string
  readonly share: number
  /** spent on the item, a year, and what firms would pay for a second supplier; null: the value of a unit is not known */
  readonly spendKrw: number | null
  readonly acceptKrw: number | null
  /** more for the goods alone, a year; null: no price is known */
  readonly goodsKrw: number | null
  readonly fetchesPerYear: number
  /** transport that comes on top a year, less what today's fetching of the same goods costs where that has a place */
  readonly transport: { readonly aloneKrw: number; readonly pooledKrw: number; readonly netOfToday: boolean } | null
  /** goods and transport */
  readonly aloneKrw: number | null
  readonly pooledKrw: number | null
  readonly verdict: Verdict
  /** of every outage that hits the item: days that firms lack it, without and with the second supplier */
  readonly outages: readonly { readonly outage: number; readonly before: number; readonly after: number }[]
}

export function diversify(study: SupplyDocument, fetches: readonly FetchResult[]): Diversified[] {
  const { register, outages, diversify: asked } = study
  if (!asked) return []
  return register.items.flatMap((item) =>
    alternativesOf(item).map((alternative): Diversified => {
      const share = servedShare(item, alternative, asked.share)
      const unitsPerYear = useOf(item) * share * DAYS_A_YEAR
      const spendKrw = item.unitKrw === undefined ? null : item.unitKrw * useOf(item) * DAYS_A_YEAR
      const acceptKrw = spendKrw === null ? null : Math.round(spendKrw * asked.acceptShare)
      const goodsKrw = alternative.goodsKrw === undefined ? null : Math.round(alternative.goodsKrw * unitsPerYear)
      const fetched = fetches.find(
        (fetch) => fetchKey(fetch.item, fetch.supplier, fetch.share) === fetchKey(item.id, alternative.supplier, share),
      )
      const everyDays = fetched?.everyDays ?? 1
      const fetchesPerYear = DAYS_A_YEAR / everyDays
      const transport =
        fetched?.kind === 'planned'
          ? {
              aloneKrw: Math.round((fetched.aloneKrw - (fetched.instead?.aloneKrw ?? 0)) * fetchesPerYear),
              pooledKrw: Math.round((fetched.pooledKrw - (fetched.instead?.pooledKrw ?? 0)) * fetchesPerYear),
              netOfToday: fetched.instead !== null,
            }
          : null
      const aloneKrw = goodsKrw === null || !transport ? null : goodsKrw + transport.aloneKrw
      const pooledKrw = goodsKrw === null || !transport ? null : goodsKrw + transport.pooledKrw
      return {
        item: item.id,
        supplier: alternative.supplier,
        share,
        spendKrw,
        acceptKrw,
        goodsKrw,
        fetchesPerYear,
        transport,
        aloneKrw,
        pooledKrw,
        verdict: verdictOf(acceptKrw, aloneKrw, pooledKrw),
        outages: outages.flatMap((outage, index) => {
          if (!item.sources.some(({ supplier }) => hitSuppliers(register, outage).has(supplier))) return []
          const only = { ...register, items: [item] }
          const second = { ...register, items: [withSecond(item, alternative, share)] }
          return [
            {
              outage: index,
              before: courseOf(only, outage, NO_HELP).daysLost,
              after: courseOf(second, outage, NO_HELP).daysLost,
            },
          ]
        }),
      }
    }),
  )
}

function verdictOf(acceptKrw: number | null, aloneKrw: number | null, pooledKrw: number | null): Verdict {
  if (acceptKrw === null || aloneKrw === null || pooledKrw === null) return 'unknown'
  if (aloneKrw <= acceptKrw) return 'affordableAlone'
  return pooledKrw <= acceptKrw ? 'affordablePooled' : 'tooDear'
}

/** The others give their part to it, each in proportion. */
export function withSecond(item: Item, { supplier, leadDays }: Alternative, share: number): Item {
  return {
    ...item,
    sources: [
      ...item.sources.map((source) => ({ ...source, share: source.share * (1 - share) })),
      { supplier, share, leadDays },
    ],
    alternatives: (item.alternatives ?? []).filter((other) => other.supplier !== supplier),
  }
}

/** The register in which an item has no other alternative than this one, at this stage. */
export const withOnly = (register: Register, item: Item, alternative: Alternative): Register => ({
  ...register,
  items: register.items.map((one) => ({ ...one, alternatives: one.id === item.id ? [alternative] : [] })),
})
