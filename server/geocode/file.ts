/** The operator's own list of addresses and where they are: CSV or xlsx with the columns 주소, 위도, 경도. Every row at fault is told, the right ones are taken. */
import { type Issue, inOtherGwangju, KOREA, straightKm } from '../../solver/index.ts'
import { type Cell, plain, readDegrees } from '../imports/cells.ts'
import { type Column, findHeader, headerNames, namesOf } from '../imports/columns.ts'
import { issueReport, reportTable } from '../imports/fileFaults.ts'
import type { ImportOptions } from '../imports/index.ts'
import { readTable } from '../imports/table.ts'
import type { Report } from '../imports/words.ts'
import type { NewPlace } from '../store/store.ts'
import { parseAddress } from './address.ts'

const NEEDED = ['address', 'lat', 'lng'] as const
const MAX_ROWS = 20_000
/** Two points of one address that are farther apart contradict each other. */
const SAME_KM = 0.3

export interface PlacesRead {
  /** with an address or a point in them */
  readonly rows: number
  readonly places: readonly NewPlace[]
  readonly issues: readonly Issue[]
}

export async function readPlaces(bytes: Uint8Array, options: ImportOptions): Promise<PlacesRead> {
  const issues: Issue[] = []
  const report = issueReport(issues, options)
  const nothing = { rows: 0, places: [], issues }
  const table = await readTable(bytes, headerNames(), options.sheet)
  if ('fault' in table) {
    report(table.fault, {}, table.values)
    return nothing
  }
  reportTable({ ...table, otherSheets: [] }, report)
  const header = findHeader(table.records, headerNames())
  const missing = NEEDED.filter((column) => !header?.columns.has(column))
  for (const column of missing) {
    const values = { column: namesOf(column)[0] ?? column, names: namesOf(column).join(', ') }
    report('column.missing', header ? { row: header.record + 1 } : {}, values)
  }
  if (!header || missing.length > 0) return nothing

  const body = table.records.map((record, index) => ({ record, row: index + 1 })).slice(header.record + 1)
  const cell = (record: readonly string[], column: Column): string =>
    plain(record[header.columns.get(column)?.index ?? -1] ?? '')
  const filled = body.filter(({ record }) => NEEDED.some((column) => cell(record, column) !== ''))
  if (filled.length > MAX_ROWS) {
    report('file.tooManyRows', {}, { rows: filled.length, limit: MAX_ROWS })
    return nothing
  }
  const places = new Map<string, NewPlace & { readonly row: number }>()
  for (const { record, row } of filled) {
    const nameOf = (column: Column): string => header.columns.get(column)?.name ?? column
    const tell = (code: Parameters<Report>[0], column: Column, values = {}): void =>
      report(code, { row, column: nameOf(column) }, { value: cell(record, column), ...values })
    const place = readRow((column) => cell(record, column), tell)
    if (!place) continue
    const same = places.get(place.key)
    if (same && straightKm(same, place) > SAME_KM) tell('address.twice', 'address', { first: same.row })
    else places.set(place.key, { ...place, row })
  }
  return { rows: filled.length, places: [...places.values()].map(({ row: _, ...place }) => place), issues }
}

function readRow(
  cell: (column: Column) => string,
  tell: (code: Parameters<Report>[0], column: Column, values?: Readonly<Record<string, string | number>>) => void,
): NewPlace | undefined {
  const text = cell('address')
  if (text === '') tell('address.missing', 'address')
  const degrees = (column: 'lat' | 'lng'): number | undefined => {
    const read: Cell<number | undefined> = readDegrees(cell(column))
    if ('value' in read && read.value !== undefined) return read.value
    tell('coordinates.form', column)
    return undefined
  }
  const [lat, lng] = [degrees('lat'), degrees('lng')]
  if (text === '' || lat === undefined || lng === undefined) return undefined
  const fault = pointFault(text, { lng, lat })
  if (fault) {
    tell(fault, fault === 'address.otherGwangju' ? 'address' : 'lat', { value: text, lat, lng })
    return undefined
  }
  const { key, plain: address } = parseAddress(text)
  return { key, address, name: cell('firm') || undefined, lng, lat }
}

/** What is wrong with this point for this address; undefined: nothing. */
export function pointFault(
  text: string,
  { lng, lat }: { readonly lng: number; readonly lat: number },
): 'coordinates.swapped' | 'coordinates.outsideKorea' | 'address.otherGwangju' | undefined {
  if (!KOREA.contains({ lng, lat }))
    return KOREA.contains({ lng: lat, lat: lng }) ? 'coordinates.swapped' : 'coordinates.outsideKorea'
  return parseAddress(text).sido === '광주' && inOtherGwangju({ lng, lat }) ? 'address.otherGwangju' : undefined
}
