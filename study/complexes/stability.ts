/** Supply-chain stability, from the register of what the firms of a complex live on, and the network of suppliers and firms in it. */
import { type Link, networkOf } from '../network.ts'
import { sourcesOf } from '../sources.ts'
import { indicatorsOf } from '../supply/indicators.ts'
import { courseOf, NO_HELP } from '../supply/outage.ts'
import type { Outage, Register } from '../supply/schema.ts'
import { computed, missing } from './figure.ts'
import type { Known } from './indicators.ts'
import { meanOf } from './statistics.ts'

const IDS = [
  'supplierHhi',
  'countryHhi',
  'singleSource',
  'importShare',
  'stockDays',
  'cover',
  'alternatives',
  'worstSupplier',
] as const

/** Items by what is spent on them; alternatives by item. */
export function stabilityOf(register: Register | undefined): Record<(typeof IDS)[number], Known> {
  if (!register)
    return Object.fromEntries(IDS.map((id) => [id, missing('register')])) as Record<(typeof IDS)[number], Known>
  const items = register.items.map((item) => indicatorsOf(register, item))
  const notes = sourcesOf(register)
  // a register without a source is what somebody says
  const from = notes.length > 0 ? notes.map(({ path: _, ...note }) => note) : [undefined]
  const mean = (of: (item: (typeof items)[number]) => number | null) =>
    meanOf(items.map((item) => ({ value: of(item), weight: item.yearKrw })))
  const worst = Math.max(0, ...registerNetwork(register).singlePoints.map(({ stopShare }) => stopShare))
  const others = items.reduce((sum, { alternatives }) => sum + alternatives, 0) / items.length
  return {
    supplierHhi: computed(
      mean(({ supplierHhi }) => supplierHhi),
      from,
      'register',
    ),
    countryHhi: computed(
      mean(({ countryHhi }) => countryHhi),
      from,
      'register',
    ),
    singleSource: computed(
      mean(({ singleSource }) => Number(singleSource)),
      from,
      'register',
    ),
    importShare: computed(
      mean(({ importShare }) => importShare),
      from,
      'register',
    ),
    stockDays: computed(
      mean(({ stockDays }) => stockDays),
      from,
      'stocks',
    ),
    cover: computed(
      mean(({ cover }) => cover),
      from,
      items.every(({ stockDays }) => stockDays === null) ? 'stocks' : 'leadTimes',
    ),
    alternatives: computed({ low: others, value: others, high: others }, from, 'register'),
    worstSupplier: computed({ low: worst, value: worst, high: worst }, from, 'register'),
  }
}

/** By what is spent a year where every item has a price, else by how many needs a supplier serves. An adopted alternative stands by. */
export function registerNetwork(register: Register) {
  const priced = register.items.every(({ unitKrw }) => unitKrw !== undefined)
  const links = register.items.flatMap(({ id: item, unitKrw = 0, uses, sources, alternatives = [] }): Link[] =>
    uses
      .filter(({ perDay }) => perDay > 0)
      .flatMap(({ firm, perDay }) => [
        ...sources
          .filter(({ share }) => share > 0)
          .map(({ supplier, share }) => ({
            supplier,
            firm,
            item,
            weight: share * (priced ? perDay * unitKrw * 365 : 1),
          })),
        ...alternatives
          .filter(({ stage }) => stage === 'adopted')
          .map(({ supplier }) => ({ supplier, firm, item, weight: 0 })),
      ]),
  )
  return networkOf(links, priced ? 'krw' : 'needs')
}

/** Long enough to outlast most stocks, short enough for all to know one. */
const OUTAGE_WEEKS = 4

export interface OutageEffect {
  readonly of: Outage['of']
  readonly id: string
  readonly weeks: number
  readonly firmsStopped: number
  /** of all firms whose stock is known */
  readonly daysLost: number
  /** day, 0 the first, on which somebody’s stock ends; null: nobody’s does */
  readonly firstStopDay: number | null
  /** firms that use what is hit, of which nobody knows how long their stock lasts: not in the figures */
  readonly firmsUnknown: number
}

/** What stops, and for how long, if a supplier, a port or a country delivers nothing for four weeks and nothing is done; the worst first. */
export function outagesOf(register: Register): OutageEffect[] {
  const { suppliers, home } = register
  const ids = {
    supplier: suppliers.map(({ id }) => id),
    port: suppliers.flatMap(({ port }) => port ?? []),
    country: suppliers.flatMap(({ country }) => (country === home ? [] : country)),
  }
  return (Object.keys(ids) as Outage['of'][])
    .flatMap((of) =>
      [...new Set(ids[of])].map((id): OutageEffect => {
        const { firms, firmsStopped, daysLost, unknown } = courseOf(register, { of, id, weeks: OUTAGE_WEEKS }, NO_HELP)
        const stops = firms.flatMap(({ stopsOnDay }) => stopsOnDay ?? [])
        return {
          of,
          id,
          weeks: OUTAGE_WEEKS,
          firmsStopped,
          daysLost,
          firstStopDay: stops.length > 0 ? Math.min(...stops) : null,
          firmsUnknown: new Set(unknown.map(({ firm }) => firm)).size,
        }
      }),
    )
    .filter(({ firmsStopped, firmsUnknown }) => firmsStopped > 0 || firmsUnknown > 0)
    .toSorted((a, b) => b.daysLost - a.daysLost || b.firmsUnknown - a.firmsUnknown)
}
