/** Travel figures that somebody has measured, bought or agreed on, in a file: by the ids or names of places. */
import { createHash } from 'node:crypto'
import { type Issue, type Locale, TRUCK_CLASSES, type TruckClass } from '../../solver/index.ts'
import { estimatedTollsKey, estimateTolls } from './estimatedTolls.ts'
import { type Block, type Measure, readBlocks, type Say, sayInto } from './matrixBlocks.ts'
import { NO_WAY, ProviderError, type TravelPlace, type TravelProvider, unreachableError } from './provider.ts'

const MAX_CELL = 2_000_000_000
/** A file that is wrong in one way is wrong in it ten thousand times. */
const MAX_TOLD = 200

type Tables = Partial<Record<Measure, Int32Array>>
/** '' : for the classes without a table of their own. */
type Group = TruckClass | ''

export interface MatrixData {
  readonly places: readonly string[]
  readonly groups: ReadonlyMap<Group, Tables>
  /** Of the bytes. */
  readonly hash: string
  readonly version: string | undefined
  readonly licence: string | undefined
}

/** Every fault at once; `data` only where there is none. */
export function readMatrix(
  bytes: Uint8Array,
  locale: Locale,
): { readonly data?: MatrixData; readonly issues: readonly Issue[] } {
  const issues: Issue[] = []
  const say = sayInto(issues, locale)
  const { blocks, version, licence } = readBlocks(bytes, say)
  const places = blocks[0]?.places ?? []
  const groups = new Map<Group, Tables>()
  for (const block of blocks) {
    const cells = readCells(block, places, say)
    for (const truck of block.trucks ?? ([''] as const)) {
      const tables = groups.get(truck) ?? {}
      if (tables[block.measure]) say('matrix.tableTwice', block.at, { truck: truck || '*', measure: block.measure })
      groups.set(truck, { ...tables, [block.measure]: cells })
    }
  }
  for (const [truck, own] of groups) {
    // tolls of all classes may stand beside times and distances of each
    if (truck === '' && groups.size > 1 && !own.duration && !own.distance) continue
    checkGroup(truck, withCommon(groups, own), places, say, () => issues.length > 0)
  }
  if (issues.length > 0) return { issues: issues.slice(0, MAX_TOLD) }
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  return { data: { places, groups, hash, version, licence }, issues }
}

/** What a class has no table of its own for, it takes from those of all. */
const withCommon = (groups: ReadonlyMap<Group, Tables>, own: Tables): Tables => ({ ...groups.get(''), ...own })

function readCells({ measure, places, rows, factor, at }: Block, order: readonly string[], say: Say): Int32Array {
  const size = order.length
  const cells = new Int32Array(size * size).fill(NO_WAY)
  const indexOf = new Map(order.map((name, index) => [name, index]))
  const twice = places.filter((name, k) => places.indexOf(name) < k)
  for (const name of new Set(twice)) say('matrix.nameTwice', at, { name })
  const differing = [...places.filter((name) => !indexOf.has(name)), ...order.filter((name) => !places.includes(name))]
  if (differing.length > 0) say('matrix.placesDiffer', at, { names: differing.slice(0, 10).join(', ') })

  const seen = new Set<string>()
  for (const [k, row] of rows.entries()) {
    const name = row.name ?? places[k]
    if (name === undefined) {
      say('matrix.notSquare', row.at(), { found: rows.length, wanted: places.length })
      break
    }
    if (!places.includes(name)) say('matrix.nameUnknown', row.at(), { name })
    else if (seen.has(name)) say('matrix.nameTwice', row.at(), { name })
    seen.add(name)
    if (row.cells.length !== places.length)
      say('matrix.notSquare', row.at(), { found: row.cells.length, wanted: places.length })
    for (const [column, cell] of row.cells.entries()) {
      const to = places[column]
      if (to === undefined) break
      const value = readCell(cell, name === to, factor, (code, text) => say(code, row.at(column), { text }))
      if (!indexOf.has(name) || !indexOf.has(to)) continue
      // times are rounded up; tenths of a minute are not whole seconds in floating point
      const whole = measure === 'duration' ? Math.ceil(value - 1e-6) : Math.round(value)
      cells[indexOf.get(name)! * size + indexOf.get(to)!] = whole
    }
  }
  for (const name of places) if (!seen.has(name)) say('matrix.rowMissing', at, { name })
  return cells
}

type CellFault = 'matrix.number' | 'matrix.negative' | 'matrix.tooLarge' | 'matrix.diagonal'

function readCell(
  cell: unknown,
  diagonal: boolean,
  factor: number,
  say: (code: CellFault, text: string) => void,
): number {
  const text = String(cell ?? '')
    .trim()
    .slice(0, 40)
  const none = text === '' || text === '-1' || /^null$/i.test(text)
  if (none) {
    if (diagonal && text === '-1') say('matrix.diagonal', text)
    return diagonal ? 0 : NO_WAY
  }
  const value = (typeof cell === 'number' || typeof cell === 'string' ? Number(cell) : Number.NaN) * factor
  if (Number.isNaN(value)) say('matrix.number', text)
  else if (value < 0) say('matrix.negative', text)
  else if (value > MAX_CELL) say('matrix.tooLarge', text)
  else if (diagonal && value !== 0) say('matrix.diagonal', text)
  return value
}

function checkGroup(
  group: Group,
  { duration, distance }: Tables,
  places: readonly string[],
  say: Say,
  isFaulty: () => boolean,
): void {
  const truck = group || '*'
  if (!duration) say('matrix.tableMissing', { path: '/' }, { truck, measure: 'duration' })
  if (!distance) say('matrix.tableMissing', { path: '/' }, { truck, measure: 'distance' })
  if (!duration || !distance || isFaulty()) return
  for (const [cell, seconds] of duration.entries()) {
    if ((seconds === NO_WAY) === (distance[cell] === NO_WAY)) continue
    const [from, to] = [places[Math.floor(cell / places.length)]!, places[cell % places.length]!]
    say('matrix.half', { path: '/' }, { from, to, truck })
  }
}

export function matrixFileProvider(
  fileName: string,
  { places: names, groups, hash, version, licence }: MatrixData,
): TravelProvider {
  const name = `matrix ${fileName}`
  const indexOf = new Map(names.map((place, index) => [place, index]))
  const rowOf = ({ id, name: called }: TravelPlace): number | undefined => indexOf.get(id) ?? indexOf.get(called ?? '')
  const groupOf = (truck: TruckClass): Group => (groups.has(truck) ? truck : '')
  const tablesOf = (truck: TruckClass): Tables => {
    const tables = withCommon(groups, groups.get(groupOf(truck)) ?? {})
    if (tables.duration) return tables
    const known = TRUCK_CLASSES.filter((entry) => groups.has(entry)).join(', ')
    throw new ProviderError(name, `no table for ${truck} trucks, only for ${known}`, [], {
      ko: `${name}: ${truck} 차급의 표가 없습니다 (있는 것: ${known}). 표를 더하거나 차급을 적지 않은 표를 넣으세요.`,
      en: `${name}: no table for ${truck} trucks (only ${known}); add one, or a table without classes.`,
    })
  }
  const tollsKnown = (tables: Tables): boolean => tables.toll !== undefined && tables.expressway !== undefined
  const unreachable = (asked: readonly TravelPlace[]) =>
    asked.flatMap((place, index) => {
      const { id, lng, lat } = place
      return rowOf(place) === undefined ? [{ index, id, lng, lat }] : []
    })

  const matrix: TravelProvider['matrix'] = async (from, to, profile, signal) => {
    signal?.throwIfAborted()
    const tables = tablesOf(profile.truck)
    const [rows, columns] = [from.map(rowOf), to.map(rowOf)]
    const pick = (table: Int32Array) => {
      const cells = new Int32Array(from.length * to.length)
      for (const [k, row] of rows.entries())
        for (const [l, column] of columns.entries()) {
          if (from[k]!.id === to[l]!.id) continue
          const known = row !== undefined && column !== undefined
          cells[k * to.length + l] = known ? table[row * names.length + column]! : NO_WAY
        }
      return cells
    }
    const distanceM = pick(tables.distance!)
    const estimate = tollsKnown(tables) ? undefined : await estimateTolls(from, to, profile, distanceM, signal)
    // where there is a way, an empty toll is none
    const money = (table: Int32Array) =>
      pick(table).map((value, cell) => (distanceM[cell] === NO_WAY ? NO_WAY : Math.max(0, value)))
    return {
      durationS: pick(tables.duration!),
      distanceM,
      tollKrw: tables.toll ? money(tables.toll) : estimate!.tollKrw,
      expresswayM: tables.expressway ? money(tables.expressway) : estimate!.expresswayM,
      unreachable: { from: unreachable(from), to: unreachable(to) },
    }
  }

  return {
    name,
    estimated: false,
    estimatedTolls: [...groups.values()].some((own) => !withCommon(groups, own).toll),
    byId: true,
    // it is at hand
    cacheable: false,
    about: () => ({ kind: 'matrix', ...(licence && { licence }), ...(version && { dataDate: version }) }),
    key(profile) {
      const group = groupOf(profile.truck)
      const tables = withCommon(groups, groups.get(group) ?? {})
      return `matrix:${hash}:${group || '*'}${tollsKnown(tables) ? '' : `:${estimatedTollsKey(profile)}`}`
    },
    unreachable,
    matrix,
    async path(stops, profile, signal) {
      const figures = await matrix(stops, stops, profile, signal)
      if (figures.unreachable.from.length > 0) throw unreachableError(name, figures.unreachable.from)
      return stops.slice(1).map((to, leg) => {
        const from = stops[leg]!
        const cell = leg * stops.length + leg + 1
        if (figures.durationS[cell] === NO_WAY)
          throw unreachableError(name, [{ index: leg + 1, id: to.id, lng: to.lng, lat: to.lat }])
        return {
          coordinates: [
            [from.lng, from.lat],
            [to.lng, to.lat],
          ] as const,
          durationS: figures.durationS[cell]!,
          distanceM: figures.distanceM[cell]!,
          tollKrw: figures.tollKrw[cell]!,
          expresswayM: figures.expresswayM[cell]!,
          // a file tells how far, not which way
          straight: true,
        }
      })
    },
  }
}
