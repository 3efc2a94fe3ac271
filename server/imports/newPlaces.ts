/** Places that the complex does not have: where their row says they are, by coordinates or by an address that somebody has looked up. */
import { KOREA, type Precision, type Site } from '../../solver/index.ts'
import { looksLikeAddress, parseAddress } from '../geocode/address.ts'
import type { WaitReason } from '../placeStates.ts'
import { readDegrees } from './cells.ts'
import type { Column } from './columns.ts'
import type { ComplexData } from './complexData.ts'
import type { RowCells } from './rowCells.ts'

/** What is known of an address: a point, or why there is none yet. */
export type Placement =
  | { readonly lng: number; readonly lat: number; readonly precision?: Precision }
  | { readonly waits: WaitReason }
/** By the key of the address. */
export type Placements = Readonly<Record<string, Placement>>

/** An address of a place that the complex does not have, and the rows that need it. */
export interface WantedAddress {
  readonly key: string
  readonly address: string
  /** of the place, as the first of the rows has it */
  readonly name: string
  readonly rows: readonly number[]
}

const WAIT_FAULTS = {
  nothing: 'address.nothing',
  gwangju: 'address.gwangju',
  elsewhere: 'address.elsewhere',
  several: 'address.several',
} as const

export class NewPlaces {
  readonly sites: Site[] = []
  readonly #wanted = new Map<string, WantedAddress & { readonly rows: number[] }>()
  readonly #rules: ComplexData['orders']['newSite']
  readonly #placements: Placements

  readonly #taken: ReadonlySet<string>

  /** `taken`: ids of places that there are. */
  constructor(rules: ComplexData['orders']['newSite'], placements: Placements, taken: ReadonlySet<string>) {
    this.#rules = rules
    this.#placements = placements
    this.#taken = taken
  }

  get wanted(): readonly WantedAddress[] {
    return [...this.#wanted.values()]
  }

  /** The id of the new site; null: it cannot be placed, which was told. `both`: the other end of the row is new as well. */
  add(cells: RowCells, side: 'from' | 'to', name: string, { hint, both }: { hint: string; both: boolean }) {
    const columnOf = (own: Column, shared: Column): Column => (cells.text(own) === '' ? shared : own)
    const latColumn = columnOf(`${side}Lat`, 'lat')
    const lngColumn = columnOf(`${side}Lng`, 'lng')
    const [lat, lng] = [readDegrees(cells.text(latColumn)), readDegrees(cells.text(lngColumn))]
    if ('fault' in lat) return cells.fault(lat.fault, latColumn)
    if ('fault' in lng) return cells.fault(lng.fault, lngColumn)
    const addressColumn = columnOf(`${side}Address`, 'address')
    const address = cells.text(addressColumn) || (looksLikeAddress(name) ? name : '')
    if (lat.value === undefined || lng.value === undefined) {
      if (address === '') return cells.fault('site.unknown', side, { value: name, hint })
      if (both && addressColumn === 'address' && cells.text('address') !== '')
        return looksLikeAddress(name)
          ? this.#lookUp(cells, side, name, name)
          : cells.fault('address.whichSite', 'address', { value: name })
      return this.#lookUp(cells, cells.text(addressColumn) === '' ? side : addressColumn, name, address)
    }
    const at = { lng: lng.value, lat: lat.value }
    if (KOREA.contains(at)) return this.#site(name, at, address)
    const swapped = KOREA.contains({ lng: at.lat, lat: at.lng })
    return cells.fault(swapped ? 'coordinates.swapped' : 'coordinates.outsideKorea', latColumn, { value: name, ...at })
  }

  #lookUp(cells: RowCells, column: Column, name: string, address: string): string | null {
    const { key, plain } = parseAddress(address)
    const wanted = this.#wanted.get(key) ?? { key, address: plain, name, rows: [] }
    this.#wanted.set(key, wanted)
    wanted.rows.push(cells.row)
    const placement = this.#placements[key] ?? { waits: 'nothing' }
    if ('waits' in placement) return cells.fault(WAIT_FAULTS[placement.waits], column, { value: plain })
    return this.#site(name, placement, address)
  }

  #site(name: string, point: Pick<Site, 'lng' | 'lat' | 'precision'>, address: string): string {
    let number = this.sites.length + 1
    while (this.#taken.has(`new-${number}`) || this.sites.some(({ id }) => id === `new-${number}`)) number++
    const id = `new-${number}`
    this.sites.push({ id, name, ...point, ...this.#rules, ...(address !== '' && { address }) })
    return id
  }
}
