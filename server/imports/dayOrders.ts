/**
 * The orders of a day that stands, as rows of the file that they might have come from, and back. An order whose row nobody changed stays as
 * it is to the last field; one that was changed keeps what no column of a sheet can say.
 */
import { DAY_S, type Gear, type Problem, type Shipment, type Site } from '../../solver/index.ts'
import { namesOf } from './columns.ts'
import type { ComplexData } from './complexData.ts'

/** Names that `columns.ts` reads, units told, so that nothing has to be guessed. */
const HEADS = [
  namesOf('id')[0]!,
  namesOf('date')[0]!,
  namesOf('firm')[0]!,
  namesOf('from')[0]!,
  namesOf('to')[0]!,
  namesOf('item')[0]!,
  `${namesOf('weight')[0]}(kg)`,
  `${namesOf('piece')[0]}(kg)`,
  namesOf('quantity')[0]!,
  `${namesOf('volume')[0]}(m3)`,
  namesOf('pickupTime')[0]!,
  namesOf('due')[0]!,
  namesOf('deliveryTime')[0]!,
  namesOf('gear')[0]!,
  namesOf('note')[0]!,
]
export const GEAR_NAMES: Readonly<Record<Gear, string>> = {
  forklift: '지게차',
  hoist: '호이스트',
  crane: '크레인',
  hand: '수작업',
}

/** Columns of a day whose orders have something in them: a sheet of empty ones is hard to read. */
const MORE = [
  ['spec', ({ spec }: Shipment) => spec],
  ['fromContact', ({ fromContact }: Shipment) => fromContact?.name],
  ['fromPhone', ({ fromContact }: Shipment) => fromContact?.phone],
  ['toContact', ({ toContact }: Shipment) => toContact?.name],
  ['toPhone', ({ toContact }: Shipment) => toContact?.phone],
] as const

export function dayRows(problem: Problem | undefined, date: string): string[][] {
  if (!problem) return [HEADS]
  const siteName = namer(problem.sites)
  const firmName = namer(problem.firms)
  const more = MORE.filter(([, read]) => problem.shipments.some((order) => read(order) !== undefined))
  return [
    [...HEADS, ...more.map(([column]) => namesOf(column)[0]!)],
    ...problem.shipments.map((order) => [
      ...rowOf(order, date, siteName, firmName),
      ...more.map(([, read]) => read(order) ?? ''),
    ]),
  ]
}

function rowOf(
  order: Shipment,
  date: string,
  siteName: (id: string) => string,
  firmName: (id: string) => string,
): string[] {
  const { due, handling = [], pallets = 0, pieceKg } = order
  const heaviest = pieceKg ?? order.weightKg
  const count = pallets > 0 ? pallets : order.quantity
  const dueDays = due === undefined ? undefined : Math.floor(due / DAY_S)
  return [
    order.id,
    date,
    firmName(order.firm),
    siteName(order.from),
    siteName(order.to),
    order.item ?? '',
    String(order.weightKg),
    // said only where equal pieces, as a sheet takes them, would be others: a changed weight then needs no second change
    heaviest === (count === undefined ? order.weightKg : Math.ceil(order.weightKg / count)) ? '' : String(heaviest),
    pallets > 0 ? `${pallets}파렛트` : order.quantity === undefined ? '' : `${order.quantity}${order.unit ?? ''}`,
    order.volumeL === undefined ? '' : String(order.volumeL / 1000),
    spanText(order.pickupWindows?.[0]?.[0] ?? order.ready, order.pickupWindows?.[0]?.[1]),
    dueDays === undefined ? '' : addDays(date, dueDays),
    spanText(order.deliveryWindows?.[0]?.[0], due === undefined || due % DAY_S >= DAY_S - 60 ? undefined : due % DAY_S),
    handling.map((gear) => GEAR_NAMES[gear]).join('/'),
    order.note ?? '',
  ]
}

const clock = (atS: number): string =>
  [atS / 3600, (atS % 3600) / 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
export function spanText(fromS: number | undefined, untilS: number | undefined): string {
  if (untilS === undefined) return fromS === undefined ? '' : `${clock(fromS)} 이후`
  return fromS ? `${clock(fromS)}-${clock(untilS)}` : `${clock(untilS)}까지`
}
const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_S * 1000).toISOString().slice(0, 10)

/** By its name, where that is nobody else's. */
function namer(things: readonly { readonly id: string; readonly name: string }[]): (id: string) => string {
  const nameOf = new Map(things.map(({ id, name }) => [id, name]))
  const bearers = Map.groupBy(things, ({ name }) => name)
  return (id) => {
    const name = nameOf.get(id)
    return name === undefined || bearers.get(name)!.length > 1 ? id : name
  }
}

/** With the places and firms that a day has beside those of the complex, so that its rows find them. */
export function dataOfDay(data: ComplexData, problem: Problem | undefined): ComplexData {
  if (!problem) return data
  const missing = <T extends { readonly id: string }>(all: readonly T[], known: readonly { readonly id: string }[]) =>
    all.filter(({ id }) => known.every((other) => other.id !== id))
  return {
    ...data,
    sites: [...data.sites, ...missing(problem.sites, data.sites)],
    firms: [...data.firms, ...missing(problem.firms, data.firms)],
  }
}

/** Orders without a number get one that none of the day has: without it the next change would not find them. */
export function numberRows(rows: readonly (readonly string[])[], column: number | undefined, taken: readonly string[]) {
  const ids = new Set(taken)
  let number = 0
  const next = (): string => {
    do number++
    while (ids.has(`h${number}`))
    return `h${number}`
  }
  const [head = [], ...orders] = rows
  if (column === undefined)
    return [[...head, namesOf('id')[0]!], ...orders.map((row) => [...pad(row, head.length), next()])]
  return [
    head,
    ...orders.map((row) =>
      row.some((cell) => cell.trim() !== '') && !row[column]?.trim() ? pad(row, column + 1).with(column, next()) : row,
    ),
  ]
}
const pad = (row: readonly string[], length: number): string[] => [
  ...row,
  ...Array(Math.max(0, length - row.length)).fill(''),
]

export interface ChangedDay {
  readonly problem: Problem
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** `fresh`: orders that are new, or take the place of those with their number. Of `removed` nothing is left. */
export function changeDay(base: Problem, fresh: Problem | undefined, removed: ReadonlySet<string>): ChangedDay {
  const byId = new Map(fresh?.shipments.map((shipment) => [shipment.id, shipment]))
  const kept = base.shipments.filter(({ id }) => !removed.has(id))
  const known = new Set(kept.map(({ id }) => id))
  const shipments = kept.map((order) => {
    const changed = byId.get(order.id)
    return changed ? { ...beyondSheets(order), ...changed } : order
  })
  const added = [...byId.values()].filter(({ id }) => !known.has(id))
  const sites: Site[] = [
    ...base.sites,
    ...(fresh?.sites ?? []).filter(({ id }) => base.sites.every((site) => site.id !== id)),
  ]
  const firms = [...base.firms, ...(fresh?.firms ?? []).filter(({ id }) => base.firms.every((firm) => firm.id !== id))]
  const left = new Set([...known, ...added.map(({ id }) => id)])
  const groups = (all: readonly (readonly string[])[] | undefined) =>
    all?.map((group) => group.filter((id) => left.has(id))).filter((group) => group.length > 1)
  const [together, apart] = [groups(base.together), groups(base.apart)]
  return {
    problem: {
      ...base,
      sites,
      firms,
      shipments: [...shipments, ...added],
      ...(together && { together }),
      ...(apart && { apart }),
    },
    added: added.length,
    changed: kept.filter(({ id }) => byId.has(id)).length,
    removed: base.shipments.length - kept.length,
  }
}

/** Fields that the columns of a sheet tell, or that are worked out of them. */
const TOLD: ReadonlySet<string> = new Set<keyof Shipment>([
  'id',
  'firm',
  'from',
  'to',
  'item',
  'spec',
  'quantity',
  'unit',
  'fromContact',
  'toContact',
  'weightKg',
  'volumeL',
  'pallets',
  'pieceKg',
  'loadS',
  'unloadS',
  'ready',
  'due',
  'pickupWindows',
  'deliveryWindows',
  'handling',
  'mustGoAlone',
  'note',
])
const beyondSheets = (order: Shipment): Partial<Shipment> =>
  Object.fromEntries(Object.entries(order).filter(([field]) => !TOLD.has(field)))
