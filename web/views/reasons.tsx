/** Rules and repairs in words, with the names that people know: of sites, of trucks, of times. */
import type { Change, Reason, Vehicle } from '../../solver/index.ts'
import type { Formats } from '../format.ts'
import type { Dictionary } from '../i18n/ko.ts'
import { useWords } from '../i18n/words.tsx'
import { useDay } from './context.tsx'

/** Why a shipment is not on a route, in words with the number that matters. */
export function reasonText(
  { rule, excess, unit, extraKrw, needed, from, to }: Reason,
  t: Dictionary,
  f: Formats,
  siteName: (id: string) => string,
): string {
  if (rule === 'road' && from !== undefined && to !== undefined) return t.pool.noRoad(siteName(from), siteName(to))
  if (rule === 'parts' && needed !== undefined) return t.pool.needsParts(needed)
  if (rule === 'cost' && extraKrw !== undefined) return `${t.pool.onRoute} ${f.krwDifference(extraKrw)}`
  return ruleText(rule, excess, unit, t, f)
}

function ruleText(rule: string, excess: number | undefined, unit: string | undefined, t: Dictionary, f: Formats) {
  const words = t.rules as Record<string, ((excess?: string) => string) | undefined>
  const say = rule === 'other' ? undefined : words[rule]
  // the largest number there is stands for one that is not known
  const told = excess !== undefined && excess < Number.MAX_SAFE_INTEGER
  return say ? say(told ? f.quantity(excess, unit) : undefined) : t.rules.other(rule)
}

/** "1.4톤 고정차" */
export const truckName = ({ truck, kind }: Pick<Vehicle, 'truck' | 'kind'>, t: Dictionary, f: Formats): string =>
  `${f.truck(truck)} ${t.kind[kind]}`

export function useRuleWords() {
  const { t, f } = useWords()
  const { day, clock } = useDay()
  const siteOf = (id: string) => day?.sites.get(id)?.name ?? id
  const truckOf = (id: string | undefined) => {
    const vehicle = id === undefined ? undefined : day?.vehicles.get(id)
    return vehicle ? truckName(vehicle, t, f) : (id ?? '')
  }
  const timeOf = (atS: number) => clock?.at(atS) ?? ''
  const spanOf = ([opensS, closesS]: readonly [number, number]) => clock?.range(opensS, closesS) ?? ''
  const sayChange = (change: Change): string => {
    switch (change.kind) {
      case 'siteWindow':
        return t.repair.siteWindow(siteOf(change.site), spanOf(change.window))
      case 'pickupWindow':
        return t.repair.pickupWindow(spanOf(change.window))
      case 'deliveryWindow':
        return t.repair.deliveryWindow(spanOf(change.window))
      case 'ready':
        return t.repair.ready(timeOf(change.atS))
      case 'due':
        return t.repair.due(timeOf(change.atS))
      case 'capacity':
        return t.repair.capacity(truckOf(change.vehicle), f.quantity(change.extra, change.unit))
      case 'maxTruck':
        return t.repair.maxTruck(siteOf(change.site), f.truck(change.truck))
      case 'gear':
        return t.repair.gear(siteOf(change.site), t.gears[change.gear])
      case 'truckGear':
        return t.repair.truckGear(truckOf(change.vehicle), t.gears[change.gear])
      case 'lift':
        return t.repair.lift(siteOf(change.site), t.gears[change.gear], f.kg(change.kg))
      case 'truck':
        return t.repair.truck(truckOf(change.vehicle), change.count)
      case 'mode':
        return t.repair.mode(t.mode[change.mode])
      case 'maxParts':
        return t.repair.maxParts(change.maxParts)
    }
  }
  const sayRule = (rule: string, excess?: number, unit?: string) => ruleText(rule, excess, unit, t, f)
  return { truckOf, sayChange, sayRule }
}
