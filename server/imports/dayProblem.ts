/** The orders of one day as a problem, and what is wrong with it in terms of rows. */
import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'
import { findIssues, type Issue, type Locale, type Problem } from '../../solver/index.ts'
import type { Column, Header, HeaderCell } from './columns.ts'
import type { ComplexData } from './complexData.ts'
import type { Order, RowReader } from './rowReader.ts'

dayjs.extend(utc)
dayjs.extend(timezone)

export interface ImportedDay {
  /** ISO date of the pickups */
  readonly date: string
  readonly problem: Problem
}

interface DayContext {
  readonly reader: RowReader
  readonly header: Header
  readonly locale: Locale
  readonly tell: (issue: Issue) => void
}

/** The problem of one day, and what `findIssues` says of it in terms of rows. Orders it refuses are left out. */
export function makeDay(data: ComplexData, date: string, orders: readonly Order[], context: DayContext): ImportedDay {
  const { reader, header, locale, tell } = context
  const problem = makeProblem(data, date, orders, reader)
  const refused = new Set<Order>()
  for (const issue of findIssues(problem, locale)) {
    const [noun, index, field] = issue.path.split('/')
    const order = noun === 'shipments' ? orders[Number(index)] : undefined
    const row = order?.row ?? (noun === 'sites' ? reader.rowOfSite(problem.sites[Number(index)]?.id ?? '') : undefined)
    const columns: readonly Column[] = order ? [COLUMN_OF_FIELD[field] ?? 'id'] : ['lat', 'fromLat', 'toLat']
    const column = columns.find((name) => header.columns.has(name))
    tell(row === undefined ? issue : atRow(issue, row, column && header.columns.get(column)))
    if (order && issue.severity === 'error') refused.add(order)
  }
  if (refused.size === 0) return { date, problem }
  const kept = orders.filter((order) => !refused.has(order))
  return { date, problem: makeProblem(data, date, kept, reader) }
}

const COLUMN_OF_FIELD: Readonly<Record<string, Column>> = {
  firm: 'firm',
  from: 'from',
  to: 'to',
  weightKg: 'weight',
  pieceKg: 'weight',
  volumeL: 'volume',
  pallets: 'quantity',
  handling: 'gear',
  due: 'deliveryTime',
  deliveryWindows: 'deliveryTime',
  ready: 'pickupTime',
  pickupWindows: 'pickupTime',
}

const atRow = (issue: Issue, row: number, column: HeaderCell | undefined): Issue => ({
  ...issue,
  path: `row ${row}${column ? ` column ${column.name}` : ''}`,
  row,
  ...(column && { column: column.name }),
})

function makeProblem(data: ComplexData, date: string, orders: readonly Order[], reader: RowReader): Problem {
  const { complex } = data
  const used = new Set(orders.flatMap(({ shipment }) => [shipment.from, shipment.to]))
  return {
    name: `${complex.name.ko} ${date}`,
    startsAt: dayjs.tz(`${date}T00:00:00`, complex.timeZone).format('YYYY-MM-DDTHH:mm:ssZ'),
    timeZone: complex.timeZone,
    days: 1,
    sites: [
      ...data.sites.map(({ aliases: _aliases, role: _role, town: _town, ...site }) => site),
      ...reader.newSites.filter(({ id }) => used.has(id)),
    ],
    firms: data.firms.map(({ aliases: _aliases, size: _size, ...firm }) => firm),
    shipments: orders.map(({ shipment }) => shipment),
    vehicles: data.fleet,
    tariffs: data.tariffs,
    ...(data.law && { law: data.law }),
    ...(data.energy && { energy: data.energy }),
    ...(data.timeOfDay && { timeOfDay: data.timeOfDay }),
    ...(data.tollDiscounts && { tollDiscounts: data.tollDiscounts }),
  }
}
