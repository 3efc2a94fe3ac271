/**
 * The last resort: the middle of the town, as a guess that says how far off it may be. Points are those of the trunk network (nodes.csv: offices of
 * dongs, B; complexes placed by hand, G); to which city each belongs, towns.csv says (G). 130 towns: an address elsewhere waits for a person.
 */
import { readFileSync } from 'node:fs'
import { tableRows, trunkNetwork } from '../travel/trunkNetwork.ts'
import type { Address } from './address.ts'
import type { Candidate, Geocoder } from './geocoder.ts'

/** How far a door may be from the office of its dong, and from that of one dong of its city: half of a large one (X). */
const WITHIN_M = { dong: 4_000, sigungu: 15_000 } as const

interface Town {
  readonly sido: string
  readonly sigungu: string
  readonly dong: string
  /** stands for its city */
  readonly seat: boolean
  readonly lng: number
  readonly lat: number
}

let loaded: readonly Town[] | undefined
function readTowns(): readonly Town[] {
  const nodes = new Map(trunkNetwork().nodes.map((node) => [node.id, node]))
  return tableRows(readFileSync(new URL('towns.csv', import.meta.url), 'utf8')).map((row): Town => {
    const { lng, lat } = nodes.get(row.node!)!
    return { sido: row.sido!, sigungu: row.sigungu!, dong: row.dong!, seat: row.seat === '1', lng, lat }
  })
}

/** 나주시 and 나주; 전주시 덕진구 and 전주시. */
const bare = (name: string): string => name.replace(/[시군구]$/, '')
function isCity(town: Town, wanted: string): boolean {
  if (town.sigungu === wanted || town.sigungu.startsWith(`${wanted} `)) return true
  return bare(town.sigungu.split(' ')[0]!) === wanted && wanted.length > 1
}
/** 송정1동 and 송정동 */
const dongKey = (dong: string): string => dong.replace(/\d+(?=동$)/, '')

function findTown({ sido, sigungu, dong, plain }: Address): Candidate | undefined {
  loaded ??= readTowns()
  const city = sigungu ?? plain.split(' ')[sido === undefined ? 0 : 1] ?? ''
  const inCity = loaded.filter(
    (town) => (sido === undefined || sido === '전남광주' || town.sido === sido) && isCity(town, city),
  )
  // 중구, 남구, 고성군 without a province may be any of several
  if (sido === undefined && new Set(inCity.map((town) => town.sido)).size > 1) return undefined
  const near = dong === undefined ? undefined : inCity.find((town) => dongKey(town.dong) === dongKey(dong))
  const town = near ?? inCity.find(({ seat }) => seat)
  if (!town) return undefined
  const precision = near ? 'dong' : 'sigungu'
  const label = [town.sido, town.sigungu, ...(near ? [town.dong] : [])].filter(Boolean).join(' ')
  return { lng: town.lng, lat: town.lat, precision, label, source: 'towns', withinM: WITHIN_M[precision] }
}

export const towns: Geocoder = {
  name: 'towns',
  lastResort: true,
  atOnce: 1_000,
  find: async (addresses) => addresses.map((address) => [findTown(address)].filter((town) => town !== undefined)),
}
