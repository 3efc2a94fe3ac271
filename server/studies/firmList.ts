/**
 * The firms of a complex as somebody lists them: CSV or xlsx with a name and what else is known, an address or a point, process, people,
 * tonnes a year. Every cell at fault is told; a firm without a place stays in the list, and counts in no distance.
 */
import { type Issue, type Locale, straightKm } from '../../solver/index.ts'
import type { ComplexEntry, ListedFirm, Process } from '../../study/index.ts'
import { parseAddress } from '../geocode/address.ts'
import { pointFault } from '../geocode/file.ts'
import { findPlaces, type Geocoder } from '../geocode/geocoder.ts'
import { failureIssues } from '../geocode/locate.ts'
import { plain, readDegrees } from '../imports/cells.ts'
import { headerNames, nameKey, synonymsOf } from '../imports/columns.ts'
import { issueReport, reportTable, rowIssue } from '../imports/fileFaults.ts'
import type { ImportOptions } from '../imports/index.ts'
import { readTable } from '../imports/table.ts'
import type { Report } from '../imports/words.ts'

const COLUMNS = {
  firm: ['업체명', '기업명', '기업', '이름', 'name', ...synonymsOf.firm],
  process: ['공정', '업종', '주요공정', 'process'],
  address: synonymsOf.address,
  lat: synonymsOf.lat,
  lng: synonymsOf.lng,
  size: ['규모', '크기', 'size'],
  employees: ['종업원수', '종업원', '직원수', '인원', '고용인원', 'employees', 'workers'],
  tonnes: ['연간물량', '물량', '연간톤수', '톤수', '연간중량', 'tonnes', 'tonnesperyear', 'tons'],
} as const
type Column = keyof typeof COLUMNS
const COLUMN_OF = new Map<string, Column>(
  (Object.keys(COLUMNS) as Column[]).flatMap((column) =>
    COLUMNS[column].map((name) => [nameKey(name), column] as const),
  ),
)

const PROCESS_OF: readonly (readonly [RegExp, Process])[] = [
  [/열처리|heat/, 'heatTreatment'],
  [/주조|주물|다이캐스팅|casting/, 'casting'],
  [/금형|몰드|mold|mould/, 'mold'],
  [/소성|단조|프레스|forming|forging|press/, 'forming'],
  [/용접|접합|weld/, 'welding'],
  [/표면|도금|도장|surface|plating|coating/, 'surface'],
  [/절삭|가공|machin/, 'machining'],
  [/적층|3d|additive/, 'additive'],
  [/염색|dye/, 'dyeing'],
]

const SEARCHED_RECORDS = 20
const MAX_FIRMS = 5000
/** Of a door that a geocoder or a person names. */
const DOOR_M = 200
const PATIENCE_MS = 45_000
/** Where no firm of the list has a point: no city is near it, so a bare 광주 stays a question. */
const NOWHERE = { lng: 127.8, lat: 36.4 } as const

const SIZE_OF: readonly (readonly [RegExp, FirmSize])[] = [
  [/^(소|소기업|소형|small|s)$/, 'small'],
  [/^(중|중기업|중형|medium|m)$/, 'medium'],
  [/^(대|대기업|중견|large|l)$/, 'large'],
]

export type FirmSize = 'small' | 'medium' | 'large'
interface ReadFirm extends ListedFirm {
  readonly row: number
  readonly size?: FirmSize
  readonly address?: string
}
export interface FirmsRead {
  /** with something in them */
  readonly rows: number
  readonly firms: readonly ReadFirm[]
  readonly issues: readonly Issue[]
}

interface Header {
  readonly record: number
  readonly columns: ReadonlyMap<Column, { readonly index: number; readonly name: string; readonly inKg: boolean }>
}

function findHeader(records: readonly (readonly string[])[]): Header | null {
  const headers = records.slice(0, SEARCHED_RECORDS).map((cells, record): Header => {
    const columns = new Map<Column, { index: number; name: string; inKg: boolean }>()
    for (const [index, cell] of cells.entries()) {
      const column = COLUMN_OF.get(nameKey(cell.normalize('NFKC').replace(/[([][^)\]]*[)\]]/g, '')))
      if (column && !columns.has(column)) columns.set(column, { index, name: cell.trim(), inKg: /[([]kg/i.test(cell) })
    }
    return { record, columns }
  })
  const best = headers.toSorted((a, b) => b.columns.size - a.columns.size)[0]
  return best && best.columns.size > 0 ? best : null
}

/** Pure but for the promise of the workbook reader. */
export async function readFirmList(bytes: Uint8Array, options: ImportOptions): Promise<FirmsRead> {
  const issues: Issue[] = []
  const report = issueReport(issues, options)
  const nothing = { rows: 0, firms: [], issues }
  const table = await readTable(bytes, headerNames(), options.sheet)
  if ('fault' in table) {
    report(table.fault, {}, table.values)
    return nothing
  }
  reportTable({ ...table, otherSheets: [] }, report)
  const header = findHeader(table.records)
  if (!header?.columns.has('firm')) {
    const values = { column: COLUMNS.firm[0], names: COLUMNS.firm.filter((name) => !/^[a-z]/.test(name)).join(', ') }
    report('column.missing', header ? { row: header.record + 1 } : {}, values)
    return nothing
  }
  const filled = table.records
    .map((record, index) => ({ record, row: index + 1 }))
    .slice(header.record + 1)
    .filter(({ record }) => [...header.columns.values()].some(({ index }) => plain(record[index] ?? '') !== ''))
  if (filled.length === 0) report('file.noRows', {})
  if (filled.length > MAX_FIRMS) {
    report('file.tooManyRows', {}, { rows: filled.length, limit: MAX_FIRMS })
    return nothing
  }
  const firsts = new Map<string, number>()
  const firms = filled.flatMap(({ record, row }): ReadFirm[] => {
    const cell = (column: Column): string => plain(record[header.columns.get(column)?.index ?? -1] ?? '')
    const tell = (code: Parameters<Report>[0], column: Column, values = {}): void => {
      const name = header.columns.get(column)?.name
      report(code, { row, ...(name !== undefined && { column: name }) }, { value: cell(column), ...values })
    }
    const first = firsts.get(cell('firm'))
    if (cell('firm') === '') tell('firms.noName', 'firm')
    else if (first !== undefined) tell('firms.twice', 'firm', { first })
    else firsts.set(cell('firm'), row)
    const read = readFirm(cell, tell, header.columns.get('tonnes')?.inKg === true)
    return cell('firm') === '' || first !== undefined ? [] : [{ id: `firm-${row}`, name: cell('firm'), row, ...read }]
  })
  return { rows: filled.length, firms, issues }
}

function readFirm(
  cell: (column: Column) => string,
  tell: (code: Parameters<Report>[0], column: Column, values?: Readonly<Record<string, string | number>>) => void,
  inKg: boolean,
): Omit<ReadFirm, 'id' | 'row'> {
  const amount = (column: 'employees' | 'tonnes', most: number): number | undefined => {
    const text = cell(column)
    if (text === '' || text === '-') return undefined
    const [, digits = '', unit = ''] = /^([\d,]*\.?\d+)\s*(명|인|톤|t|kg)?(?:\s*\/\s*년)?$/i.exec(text) ?? []
    const isKg = /kg/i.test(unit) || (unit === '' && inKg)
    const value = Number(digits.replaceAll(',', '')) / (column === 'tonnes' && isKg ? 1000 : 1)
    if (digits !== '' && value <= most) return value
    tell('firms.number', column)
    return undefined
  }
  const process = cell('process') === '' ? undefined : processOf(cell('process'))
  if (cell('process') !== '' && !process) tell('firms.process', 'process')
  const size = SIZE_OF.find(([form]) => form.test(cell('size').toLowerCase()))?.[1]
  const [lat, lng] = (['lat', 'lng'] as const).map((column) => {
    const read = readDegrees(cell(column))
    if ('value' in read) return read.value
    tell(read.fault, column)
    return undefined
  })
  const employees = amount('employees', 1e6)
  const tonnes = amount('tonnes', 1e7)
  let point = lat !== undefined && lng !== undefined ? { lat, lng } : undefined
  const fault = point && pointFault(cell('address'), point)
  if (fault) {
    tell(fault, fault === 'address.otherGwangju' ? 'address' : 'lat', { value: cell('firm'), ...point })
    point = undefined
  }
  if ((cell('lat') === '') !== (cell('lng') === '')) tell('firms.halfPlaced', lat === undefined ? 'lat' : 'lng')
  return {
    ...(process && { process }),
    ...(employees !== undefined && { employees }),
    ...(size && { size }),
    ...(tonnes !== undefined && { tonnesPerYear: tonnes }),
    ...point,
    ...(cell('address') !== '' && { address: cell('address') }),
  }
}

const processOf = (text: string): Process | undefined => PROCESS_OF.find(([form]) => form.test(text.toLowerCase()))?.[1]

export interface FirmListEntry {
  readonly rows: number
  /** null: no firm could be read */
  readonly entry: ComplexEntry | null
  readonly issues: readonly Issue[]
}

/** An entry for a study of complexes, with the addresses looked up. */
export async function entryOfFirms(
  { rows, firms, issues }: FirmsRead,
  {
    id,
    fileName,
    locale,
    geocoders,
  }: {
    readonly id: string
    readonly fileName: string
    readonly locale: Locale
    readonly geocoders: readonly Geocoder[]
  },
): Promise<FirmListEntry> {
  const wanted = firms.filter(({ lng, address }) => lng === undefined && address !== undefined)
  const home = firms.find(({ lng }) => lng !== undefined)
  const { verdicts, failures } = await findPlaces(
    geocoders,
    wanted.map(({ address }) => address!),
    { lng: home?.lng ?? NOWHERE.lng, lat: home?.lat ?? NOWHERE.lat },
    AbortSignal.timeout(PATIENCE_MS),
  )
  const placed = firms.map(({ row, address, ...firm }): Omit<ReadFirm, 'address'> & { hasPlace: boolean } => {
    if (firm.lng !== undefined || address === undefined) return { ...firm, row, hasPlace: firm.lng !== undefined }
    const verdict = verdicts.get(parseAddress(address).key)
    if (verdict?.kind !== 'found' && verdict?.kind !== 'guess') return { ...firm, row, hasPlace: false }
    const { lng, lat, withinM = DOOR_M } = verdict.candidate
    return { ...firm, lng, lat, withinM, row, hasPlace: true }
  })
  const lost = placed.filter(({ hasPlace }) => !hasPlace)
  const apart = farthestKm(placed)
  const name = fileName.replace(/\.[^.]+$/, '').slice(0, 120) || id
  const processes = [...new Set(placed.flatMap(({ process }) => process ?? []))]
  const told = [
    ...issues,
    ...failureIssues(failures, locale, fileName),
    ...lost.map(({ row, name: firm = '' }) => ({
      ...rowIssue('firms.noPlace', locale, { value: firm }),
      row,
      path: `row ${row}`,
    })),
    ...(apart > FAR_KM ? [{ ...rowIssue('firms.apart', locale, { km: Math.round(apart) }), path: fileName }] : []),
  ]
  if (placed.length === 0) return { rows, entry: null, issues: told }
  return {
    rows,
    issues: told,
    entry: {
      id,
      name: { ko: name, en: name },
      ...(processes.length > 0 && { processes }),
      firmList: placed.map(({ row: _, size: __, hasPlace: ___, ...firm }) => firm),
      firmListNote: { source: `list of firms ${fileName}`, sourceKo: `기업 목록 ${fileName}`, certainty: 'B' },
    },
  }
}

/** A complex is not as long as a province. */
const FAR_KM = 60
function farthestKm(firms: readonly ListedFirm[]): number {
  const points = firms.flatMap(({ lng, lat }) => (lng === undefined || lat === undefined ? [] : [{ lng, lat }]))
  if (points.length === 0) return 0
  const corner = (of: (...values: number[]) => number) => ({
    lng: of(...points.map(({ lng }) => lng)),
    lat: of(...points.map(({ lat }) => lat)),
  })
  return straightKm(corner(Math.min), corner(Math.max))
}
