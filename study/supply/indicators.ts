/** How secure the supply of each item is, and of all of them by what is spent. Null: not enough data, which is not nought. */
import type { Item, Register } from './schema.ts'

/** 95 % of deliveries are there by the mean lead time and so many standard deviations, where it is normal. */
const Z = 1.65

export interface Indicators {
  /** Herfindahl–Hirschman index of the suppliers, 1: a single one */
  readonly supplierHhi: number
  /** the same of their countries */
  readonly countryHhi: number
  readonly importShare: number
  readonly singleSource: boolean
  /** sources beside those of today, whatever their stage */
  readonly alternatives: number
  /** of all firms together */
  readonly stockDays: number | null
  /** of the firm that has least for its use */
  readonly leastDays: number | null
  /** stock in days ÷ (lead time + 1.65 of its standard deviation), of the source that takes longest; below 1: a delay is felt */
  readonly cover: number | null
  readonly yearKrw: number | null
}

export function indicatorsOf(register: Register, item: Item): Indicators {
  const country = new Map(register.suppliers.map((supplier) => [supplier.id, supplier.country]))
  const shareOf = (of: (supplier: string) => string): number[] => [
    ...item.sources
      .reduce(
        (sums, { supplier, share }) => sums.set(of(supplier), (sums.get(of(supplier)) ?? 0) + share),
        new Map<string, number>(),
      )
      .values(),
  ]
  const hhi = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share * share, 0)
  const perDay = item.uses.reduce((sum, use) => sum + use.perDay, 0)
  const known = item.uses.flatMap(({ stock, perDay: own }) => (stock !== undefined && own > 0 ? [{ stock, own }] : []))
  const everyStock = known.length === item.uses.filter((use) => use.perDay > 0).length && known.length > 0
  const stockDays = everyStock ? known.reduce((sum, { stock }) => sum + stock, 0) / perDay : null
  const leads = item.sources.flatMap(({ leadDays, leadSdDays = 0 }) =>
    leadDays === undefined ? [] : leadDays + Z * leadSdDays,
  )
  const longest = leads.length === item.sources.length ? Math.max(...leads) : null
  return {
    supplierHhi: hhi(shareOf((supplier) => supplier)),
    countryHhi: hhi(shareOf((supplier) => country.get(supplier) ?? '')),
    importShare: item.sources.reduce(
      (sum, { supplier, share }) => sum + (country.get(supplier) === register.home ? 0 : share),
      0,
    ),
    singleSource: shareOf((supplier) => supplier).filter((share) => share > 0).length === 1,
    alternatives: new Set((item.alternatives ?? []).map(({ supplier }) => supplier)).size,
    stockDays,
    leastDays: everyStock ? Math.min(...known.map(({ stock, own }) => stock / own)) : null,
    cover: stockDays !== null && longest !== null && longest > 0 ? stockDays / longest : null,
    yearKrw: item.unitKrw === undefined ? null : item.unitKrw * perDay * 365,
  }
}

/** Over all items, by what is spent on each; items without a value are left out, and counted. */
export function spendWeighted(register: Register): {
  readonly supplierHhi: number | null
  readonly countryHhi: number | null
  readonly importShare: number | null
  readonly singleSourceShare: number | null
  readonly cover: number | null
  readonly withoutValue: number
} {
  const all = register.items.map((item) => indicatorsOf(register, item))
  const mean = (of: (one: Indicators) => number | null): number | null => {
    const entries = all.flatMap((one) => {
      const value = of(one)
      return value === null || one.yearKrw === null ? [] : [{ value, weight: one.yearKrw }]
    })
    const weight = entries.reduce((sum, entry) => sum + entry.weight, 0)
    return weight > 0 ? entries.reduce((sum, entry) => sum + entry.value * entry.weight, 0) / weight : null
  }
  return {
    supplierHhi: mean(({ supplierHhi }) => supplierHhi),
    countryHhi: mean(({ countryHhi }) => countryHhi),
    importShare: mean(({ importShare }) => importShare),
    singleSourceShare: mean(({ singleSource }) => (singleSource ? 1 : 0)),
    cover: mean(({ cover }) => cover),
    withoutValue: all.filter(({ yearKrw }) => yearKrw === null).length,
  }
}
