/** The shipments of the left pane: which tab they are under, what a search finds. */
import type { Shipment } from '../../solver/index.ts'
import type { Carried, DayModel } from './day.ts'

export const POOL_TABS = ['unserved', 'direct', 'all'] as const
export type PoolTab = (typeof POOL_TABS)[number]

export interface PoolItem {
  readonly shipment: Shipment
  readonly carried: Carried
}

export function poolItems(day: DayModel): PoolItem[] {
  return day.problem.shipments.map((shipment) => ({ shipment, carried: day.carried(shipment.id) }))
}

export const inTab = ({ carried }: PoolItem, tab: PoolTab): boolean =>
  tab === 'all' || (tab === 'direct' ? carried.by === 'direct' : carried.by === 'nobody')

/** Every word of the query must occur somewhere: id, item, firm or either site. */
export function matches({ shipment }: PoolItem, query: string, day: DayModel): boolean {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const sites = [shipment.from, shipment.to].flatMap((id) => {
    const site = day.sites.get(id)
    return site ? [site.name, day.places.area(site), site.address ?? ''] : []
  })
  const text = [shipment.id, shipment.item ?? '', day.firms.get(shipment.firm)?.name ?? '', ...sites]
    .join(' ')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

/** The tab to open a day with: what needs a person first. */
export function firstTab(items: readonly PoolItem[]): PoolTab {
  return POOL_TABS.find((tab) => items.some((item) => inTab(item, tab))) ?? 'all'
}
