/** One row of an order file to a shipment. Remembers the rows above: merged cells leave the repeats blank. */
import { DAY_S, isBusinessNumber, type Shipment, type Site } from '../../solver/index.ts'
import {
  daysBetween,
  plain,
  readDate,
  readGear,
  readQuantity,
  readTime,
  readVolume,
  readWeight,
  type TimeRequest,
} from './cells.ts'
import type { Column, Header } from './columns.ts'
import type { ComplexData, ComplexFirm } from './complexData.ts'
import { type Named, Names } from './names.ts'
import { NewPlaces, type Placements, type WantedAddress } from './newPlaces.ts'
import { readContacts } from './orderContacts.ts'
import { RowCells } from './rowCells.ts'
import type { Report } from './words.ts'

const LAST_S = DAY_S - 1
const OWN_PLACE = /^(본사|자사|당사|본공장|자사공장)$/
const TOTAL =
  /^(총 ?합계|합 ?계|소 ?계|총 ?계|누 ?계|계|total|sub ?total|grand ?total|sum)($|[\s:(\d])|(합계|소계|총계|누계)$/i

export interface Order {
  readonly row: number
  /** ISO date of the pickup */
  readonly date: string
  readonly shipment: Shipment
}

interface Place extends Named {
  readonly site: string
}
/** Site ids; null: not to be made out. */
interface Ends {
  readonly from: string | null
  readonly to: string | null
}
interface Goods {
  readonly weightKg: number
  readonly pieceKg: number
  readonly volumeL: number
  readonly pallets: number
  readonly pieces: Pick<Shipment, 'quantity' | 'unit'>
  readonly handling: Shipment['handling']
}

/** The word that makes it a row of totals, or null. An order has both places, a total has not. */
export function isTotalRow(record: readonly string[], from: string, to: string): string | null {
  if (plain(from) !== '' && plain(to) !== '' && !TOTAL.test(plain(from))) return null
  return record.map(plain).find((text) => TOTAL.test(text)) ?? null
}

export class RowReader {
  readonly #data: ComplexData
  readonly #newPlaces: NewPlaces
  readonly #header: Header
  readonly #report: Report
  readonly #near: string | null
  readonly #fileDate: string | null
  readonly #firms: Names<ComplexFirm>
  readonly #places: Names<Place>
  readonly #firmOfSite: ReadonlyMap<string, string>
  readonly #rowOfSite = new Map<string, number>()
  readonly #rowOfId = new Map<string, number>()
  readonly #rowOfText = new Map<string, number>()
  /** cells of the row above; of merged ones what they hand down */
  #above: ReadonlyMap<Column, string> = new Map()
  #carried: ReadonlyMap<Column, string> = new Map()

  /** `near`: gives the year to dates without one. `date`: the day of rows without a date. */
  constructor(
    data: ComplexData,
    header: Header,
    report: Report,
    { placements, ...dates }: { near: string | null; date: string | null; placements: Placements },
  ) {
    this.#data = data
    this.#newPlaces = new NewPlaces(data.orders.newSite, placements, new Set(data.sites.map(({ id }) => id)))
    this.#header = header
    this.#report = report
    this.#near = dates.near
    this.#fileDate = dates.date
    this.#firms = new Names(data.firms)
    this.#places = new Names(
      data.sites.map((site): Place => {
        const owners = data.firms.filter((firm) => firm.site === site.id)
        const aliases = owners.flatMap((firm) => [firm.id, firm.name, ...(firm.aliases ?? [])])
        return { id: site.id, name: site.name, aliases: [...(site.aliases ?? []), ...aliases], site: site.id }
      }),
    )
    this.#firmOfSite = new Map(data.firms.flatMap((firm) => (firm.site ? [[firm.site, firm.id] as const] : [])))
  }

  /**
   * Of the row read last, what it says where its own cells say less: values of merged cells above, a year, the number we gave it.
   */
  get carried(): ReadonlyMap<Column, string> {
    return this.#carried
  }

  get newSites(): readonly Site[] {
    return this.#newPlaces.sites
  }

  /** Addresses of places that the complex does not have. */
  get wanted(): readonly WantedAddress[] {
    return this.#newPlaces.wanted
  }

  /** Row that brought a place into the problem; undefined for those of the complex. */
  rowOfSite(site: string): number | undefined {
    return this.#rowOfSite.get(site)
  }

  /** After a row of totals nothing is repeated from above it; a subtotal leaves the date. */
  endBlock(total: string): void {
    const date = /소 ?계|sub/i.test(total) ? this.#above.get('date') : undefined
    this.#above = new Map(date === undefined ? [] : [['date', date]])
  }

  /** Names that may have been meant, the nearest first. */
  suggest(column: 'firm' | 'from' | 'to', name: string): readonly string[] {
    return column === 'firm' ? this.#firms.suggest(name) : this.#places.suggest(name)
  }

  /** A row that is left out: nothing is read of it but what the rows below take from it. */
  pass(record: readonly string[], row: number): void {
    const cells = new RowCells(record, row, this.#header, () => {}, this.#above)
    this.#carry(cells, cells.text('date') || cells.above('date'), fromOf(cells))
  }

  /** Null: the row has faults, all of them reported. */
  read(record: readonly string[], row: number): Order | null {
    const cells = new RowCells(record, row, this.#header, this.#report, this.#above)
    const fromText = fromOf(cells)
    const dateText = cells.text('date') || cells.above('date')

    const date = this.#readDate(cells, dateText)
    const dueDate = this.#readDueDate(cells, date)
    const named = this.#firmNamed(cells)
    const ends = this.#readEnds(cells, fromText, named)
    const firm = this.#firmOf(cells, named, ends)
    const goods = readGoods(cells)
    const pickup = cells.value('pickupTime', readTime(cells.text('pickupTime'), 'pickup', this.#data.orders))
    const delivery = cells.value('deliveryTime', readTime(cells.text('deliveryTime'), 'delivery', this.#data.orders))
    const item = cells.text('item')
    const spec = cells.text('spec')
    const words = `${item} ${spec} ${cells.text('note')}`
    const id = this.#readId(cells, date)
    const dueDays = date && dueDate ? daysBetween(date, dueDate) : this.#dueDays(goods, delivery, words)
    const due = dueDays * DAY_S + Math.min(delivery?.untilS ?? LAST_S, LAST_S)
    if (delivery?.untilS !== undefined && pickup?.fromS !== undefined && due < pickup.fromS) {
      const values = { due: clock(delivery.untilS), ready: clock(pickup.fromS) }
      cells.fault('time.deliveryBeforePickup', 'deliveryTime', values)
    }
    if (cells.text('id') === '') this.#warnRepeat(`${dateText} ${record.map(plain).join('\t')}`, row)

    this.#carry(cells, dateText, fromText)
    this.#carried = new Map<Column, string>([...this.#above, ['id', id], ...(date ? [['date', date] as const] : [])])
    if (cells.faults > 0 || !date || !firm || !ends.from || !ends.to || !goods || !pickup || !delivery) return null

    const { service, aloneWords } = this.#data.orders
    const serviceS = Math.round(service.fixedS + service.perKgS * goods.weightKg)
    const { left, ...contacts } = readContacts(cells, ends, this.#data.firms.find(({ id }) => id === firm)?.site)
    const note = [cells.text('note'), ...left].filter((part) => part !== '').join(' · ')
    return {
      row,
      date,
      shipment: {
        id,
        firm,
        from: ends.from,
        to: ends.to,
        ...(item !== '' && { item }),
        ...(spec !== '' && { spec }),
        ...goods.pieces,
        ...contacts,
        weightKg: goods.weightKg,
        ...(goods.volumeL > 0 && { volumeL: goods.volumeL }),
        ...(goods.pallets > 0 && { pallets: goods.pallets }),
        ...(goods.pieceKg < goods.weightKg && { pieceKg: goods.pieceKg }),
        loadS: serviceS,
        unloadS: serviceS,
        ...(pickup.fromS !== undefined && { ready: pickup.fromS }),
        due,
        ...(pickup.untilS !== undefined && { pickupWindows: [[pickup.fromS ?? 0, pickup.untilS]] }),
        ...(delivery.fromS !== undefined && due < DAY_S && { deliveryWindows: [[delivery.fromS, due]] }),
        ...(goods.handling && { handling: goods.handling }),
        ...(aloneWords.some((word) => words.includes(word)) && { mustGoAlone: true }),
        ...(note !== '' && { note }),
      },
    }
  }

  #carry(cells: RowCells, dateText: string, fromText: string): void {
    this.#above = new Map<Column, string>([
      ...[...this.#header.columns.keys()].map((column) => [column, cells.text(column)] as const),
      ['date', dateText],
      ['firm', cells.text('firm') || cells.above('firm')],
      ['from', fromText],
    ])
  }

  #readDate(cells: RowCells, text: string): string | null {
    if (!cells.has('date')) return this.#fileDate
    if (text === '') return this.#fileDate ?? cells.fault('date.missing', 'date')
    return cells.value('date', readDate(text, this.#near))
  }

  #readDueDate(cells: RowCells, date: string | null): string | null {
    if (cells.text('due') === '') return null
    const due = cells.value('due', readDate(cells.text('due'), date ?? this.#near))
    if (date && due && due < date) cells.fault('date.dueBeforePickup', 'due', { date, due })
    return due
  }

  /** Days a shipment may take where its row names no delivery date. */
  #dueDays(goods: Goods | null, delivery: TimeRequest | null, words: string): number {
    const { nextDay, sameDayWords } = this.#data.orders
    if (delivery?.nextDay) return nextDay.days
    const asked = delivery?.untilS !== undefined || delivery?.fromS !== undefined || delivery?.sameDay
    const sameDay = asked || sameDayWords.some((word) => words.includes(word))
    return goods && goods.weightKg <= nextDay.maxKg && !sameDay ? nextDay.days : 0
  }

  #readId(cells: RowCells, date: string | null): string {
    const id = cells.text('id') || `row-${cells.row}`
    if (id.length > 80) cells.fault('id.tooLong', 'id')
    const key = `${date} ${id}` // sheets that count from 1 each day are common
    const first = this.#rowOfId.get(key)
    if (first === undefined) this.#rowOfId.set(key, cells.row)
    else cells.fault('id.duplicate', 'id', { first })
    return id
  }

  /** Null: no firm is named. 'unknown': one is named that we do not know. */
  #firmNamed(cells: RowCells): ComplexFirm | null | 'unknown' {
    const number = cells.text('businessNumber')
    const valid = number !== '' && isBusinessNumber(number)
    if (number !== '' && !valid) cells.warn('businessNumber.form', 'businessNumber')
    const digits = (numbered: string | undefined): string => (numbered ?? '').replace(/\D/g, '')
    const numbered = valid ? this.#data.firms.find((firm) => digits(firm.businessNumber) === digits(number)) : undefined

    const name = cells.text('firm')
    if (name === '') return numbered ?? null
    const found = this.#firms.find(name)
    if (found.length === 1) {
      const [firm] = found
      if (valid && firm.businessNumber && digits(firm.businessNumber) !== digits(number))
        cells.warn('businessNumber.other', 'businessNumber', { firm: firm.name })
      return firm
    }
    if (numbered) return numbered
    if (found.length > 1) cells.fault('name.ambiguous', 'firm', { names: found.map((firm) => firm.name).join(', ') })
    else cells.fault('firm.unknown', 'firm', { hint: hint(this.#firms.suggest(name)) })
    return 'unknown'
  }

  /** The firm named, else the one of the merged cell above, else the member whose place it is. */
  #firmOf(cells: RowCells, named: ComplexFirm | null | 'unknown', ends: Ends): string | null {
    if (named === 'unknown') return null
    if (named) return named.id
    const owners = [...new Set([ends.from, ends.to].flatMap((site) => this.#firmOfSite.get(site ?? '') ?? []))]
    const carried = cells.above('firm') === '' ? undefined : this.#firms.find(cells.above('firm'))[0]?.id
    if (carried && (owners.length !== 1 || owners[0] === carried)) return carried
    if (owners.length === 1) return owners[0]
    // a place that could not be read may be the member's: its own fault is enough
    return ends.from && ends.to ? cells.fault('firm.missing', 'firm') : null
  }

  #readEnds(cells: RowCells, fromText: string, firm: ComplexFirm | null | 'unknown'): Ends {
    const own = firm && firm !== 'unknown' ? firm.site : undefined
    const find = (name: string): readonly Place[] =>
      own !== undefined && OWN_PLACE.test(name) ? [{ id: own, name, site: own }] : this.#places.find(name)
    const isNew = (name: string): boolean => name !== '' && find(name).length === 0
    const toText = placeText(cells, 'to')
    const both = isNew(fromText) && isNew(toText)
    if ((cells.text('lat') !== '' || cells.text('lng') !== '') && both) {
      cells.fault('coordinates.whichSite', 'lat')
      return { from: null, to: null }
    }
    const end = (side: 'from' | 'to', name: string): string | null => {
      if (name === '') return cells.fault('site.missing', side, { column: cells.nameOf(side) })
      const found = find(name)
      if (found.length > 1)
        return cells.fault('name.ambiguous', side, { names: found.map((place) => place.name).join(', ') })
      return found[0]?.site ?? this.#addSite(cells, side, name, both)
    }
    const ends = { from: end('from', fromText), to: end('to', toText) }
    if (ends.from && ends.from === ends.to) cells.fault('site.same', 'to')
    return ends
  }

  /** A place that is not known becomes one where the row tells where it is. */
  #addSite(cells: RowCells, side: 'from' | 'to', name: string, both: boolean): string | null {
    const id = this.#newPlaces.add(cells, side, name, { hint: hint(this.#places.suggest(name)), both })
    if (id === null) return null
    this.#places.add({ id, name, site: id })
    this.#rowOfSite.set(id, cells.row)
    return id
  }

  #warnRepeat(text: string, row: number): void {
    const first = this.#rowOfText.get(text)
    if (first === undefined) this.#rowOfText.set(text, row)
    else this.#report('row.repeated', { row }, { first })
  }
}

/** What names a place in the row: its name, else its address. */
const placeText = (cells: RowCells, side: 'from' | 'to'): string => cells.text(side) || cells.text(`${side}Address`)

/** Of a row without firm and place, the place of the merged cell above. */
function fromOf(cells: RowCells): string {
  const placed = placeText(cells, 'from')
  return cells.text('firm') === '' && placed === '' ? cells.above('from') : placed
}

function readGoods(cells: RowCells): Goods | null {
  const weight = cells.value('weight', readWeight(cells.text('weight'), cells.unit('weight')))
  if (weight?.maybeTonnes) cells.warn('weight.maybeTonnes', 'weight', { kg: weight.kg })
  const quantity = cells.valueOr<{ count: number; pallets: boolean; unit?: string }>(
    'quantity',
    readQuantity(cells.text('quantity'), cells.text('unit')),
    { count: 1, pallets: false },
  )
  const volumeL =
    cells.text('volume') === '' ? 0 : cells.valueOr('volume', readVolume(cells.text('volume'), cells.unit('volume')), 0)
  const handling = cells.valueOr('gear', readGear(cells.text('gear')), undefined)
  const piece =
    cells.text('piece') === '' ? null : cells.value('piece', readWeight(cells.text('piece'), cells.unit('piece')))
  if (!weight) return null
  if (piece && piece.kg > weight.kg)
    cells.fault('piece.heavierThanShipment', 'piece', { piece: piece.kg, weight: weight.kg })
  return {
    weightKg: weight.kg,
    // pieces of one order are taken as equal where nothing is said
    pieceKg: piece?.kg ?? Math.ceil(weight.kg / quantity.count),
    volumeL,
    pallets: quantity.pallets ? quantity.count : 0,
    pieces:
      quantity.unit === undefined
        ? {}
        : { quantity: quantity.count, ...(quantity.unit !== '' && { unit: quantity.unit.slice(0, 20) }) },
    handling,
  }
}

const hint = (names: readonly string[]): string => (names.length === 0 ? '' : ` (${names.join(', ')}?)`)

const clock = (atS: number): string =>
  [atS / 3600, (atS % 3600) / 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
