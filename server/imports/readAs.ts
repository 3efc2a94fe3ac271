/** What was read otherwise than it stands there, in silence because nothing else can be meant: told so that nobody has to wonder. */
import { plain, readDate, readTime, readWeight } from './cells.ts'
import type { Column, Header } from './columns.ts'
import type { ComplexData } from './complexData.ts'
import type { Line } from './rejected.ts'
import type { Order, RowReader } from './rowReader.ts'

/** wide: full-width digits; unit: kilograms among tonnes, or the other way round; above: of the merged cell above */
export const READ_KINDS = ['wide', 'unit', 'date', 'time', 'name', 'above'] as const
export interface ReadAs {
  readonly kind: (typeof READ_KINDS)[number]
  /** column of the file, the first is 0 */
  readonly column: number
  readonly from: string
  readonly to: string
  readonly rows: number[]
}

const NUMBERS: readonly Column[] = [
  'weight',
  'piece',
  'quantity',
  'volume',
  'date',
  'due',
  'pickupTime',
  'deliveryTime',
  'lat',
  'lng',
]
const WIDE = /[！-～]/

export function listReadings(
  records: readonly (readonly string[])[],
  {
    header,
    reader,
    lines,
    accepted,
  }: { header: Header; reader: RowReader; lines: readonly Line[]; accepted: readonly Order[] },
  data: ComplexData,
): ReadAs[] {
  const found = new Map<string, ReadAs>()
  const tell = (kind: ReadAs['kind'], column: number, from: string, to: string, row: number): void => {
    const key = [kind, column, from, to].join('\u0000')
    const known = found.get(key) ?? { kind, column, from, to, rows: [] }
    known.rows.push(row)
    found.set(key, known)
  }
  const orders = new Map(accepted.map((order) => [order.row, order]))
  const siteNames = new Map([...data.sites, ...reader.newSites].map(({ id, name }) => [id, name]))
  const firmNames = new Map(data.firms.map(({ id, name }) => [id, name]))
  for (const { row, carried } of lines) {
    const record = records[row - 1] ?? []
    for (const [column, { index, unit }] of header.columns) {
      const raw = record[index] ?? ''
      const text = plain(raw)
      if (text === '' || /^(〃|″|"|상동)$/.test(text)) {
        const above = carried.get(column) ?? ''
        if (above !== '' && (text !== '' || column === 'date' || column === 'from'))
          tell('above', index, raw, above, row)
        continue
      }
      if (WIDE.test(raw) && NUMBERS.includes(column)) tell('wide', index, raw, text, row)
      else if (column === 'weight') tellUnit(tell, index, raw, unit, row)
      else if (column === 'date' || column === 'due') {
        const read = readDate(raw, carried.get('date') ?? null)
        if ('value' in read && !/\d{4}/.test(text)) tell('date', index, raw, read.value, row)
        else if ('value' in read && /^\d{5}(\.\d+)?$/.test(text)) tell('date', index, raw, read.value, row)
      } else if (column === 'deliveryTime' || column === 'pickupTime') {
        const read = readTime(raw, column === 'pickupTime' ? 'pickup' : 'delivery', data.orders)
        const atS = 'value' in read ? (read.value.untilS ?? read.value.fromS) : undefined
        if (atS !== undefined && (/(오후|pm) ?\d|\d ?pm/i.test(text) || /^0?\.\d+$/.test(text)))
          tell('time', index, raw, clock(atS), row)
      }
    }
    const order = orders.get(row)
    if (!order) continue
    const { firm, from, to } = order.shipment
    for (const [column, name] of [
      ['firm', firmNames.get(firm)],
      ['from', siteNames.get(from)],
      ['to', siteNames.get(to)],
    ] as const) {
      const index = header.columns.get(column)?.index
      const text = index === undefined ? '' : (record[index] ?? '').trim()
      if (index !== undefined && name !== undefined && text !== '' && text !== name && !/^(〃|″|"|상동)$/.test(text))
        tell('name', index, text, name, row)
    }
  }
  return [...found.values()]
}

/** A cell with a unit of its own that is not that of its column. */
function tellUnit(
  tell: (kind: 'unit', column: number, from: string, to: string, row: number) => void,
  index: number,
  raw: string,
  unit: string,
  row: number,
): void {
  const own = /[톤tT]|kg|킬로/i.exec(plain(raw))?.[0]
  if (own === undefined || unit === '') return
  const tonnes = /톤|^t/i
  const read = readWeight(raw, unit)
  if ('value' in read && tonnes.test(own) !== tonnes.test(unit)) tell('unit', index, raw, `${read.value.kg} kg`, row)
}

const clock = (atS: number): string =>
  [atS / 3600, (atS % 3600) / 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
