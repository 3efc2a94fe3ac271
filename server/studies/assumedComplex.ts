/**
 * Known complexes of which days can be drawn though nobody has told their orders: as many firms as were printed, and everything else assumed
 * after the complex of the fixture. Only where molds are made: partners, trucks and tariffs are those of a mold complex.
 */
import { straightKm } from '../../solver/index.ts'
import { KNOWN_COMPLEXES, type SizedFirm } from '../../study/index.ts'
import { type ComplexData, isComplexId, loadComplex } from '../complexes.ts'
import { readAssumptions, withFirms } from './firmComplex.ts'

/** Whose partners, trucks and tariffs are taken. */
const LIKE = 'gwangju'
/** Partners so near come with it to its new place; those farther away stay where they are. */
const NEAR_KM = 30

type Assumed = (typeof KNOWN_COMPLEXES)[number] & {
  readonly firms: NonNullable<(typeof KNOWN_COMPLEXES)[number]['firms']>
  readonly processes: NonNullable<(typeof KNOWN_COMPLEXES)[number]['processes']>
}
const ASSUMED = KNOWN_COMPLEXES.filter(
  (complex): complex is Assumed => complex.firms !== undefined && complex.processes?.includes('mold') === true,
)
export const ASSUMED_IDS: readonly string[] = ASSUMED.map(({ id }) => id)

/** A complex that comes with the program, or is assumed. Undefined: neither. */
export async function loadStudied(id: string): Promise<ComplexData | undefined> {
  if (isComplexId(id)) return await loadComplex(id)
  const known = ASSUMED.find((complex) => complex.id === id)
  return known && (await assume(known))
}

async function assume({ id, name, place, firms: counted, processes }: Assumed) {
  const { carriers: _, coordinator: __, ...base } = await loadComplex(LIKE)
  const assumptions = await readAssumptions()
  const { value: count, note = { source: '?' } } = counted
  const { lng, lat } = base.complex
  const moved = <T extends { readonly lng: number; readonly lat: number }>(point: T, turns = 0): T => {
    // a firm more than there are examples of stands a quarter of a turn around the middle
    const [east, north] = [point.lng - lng, point.lat - lat]
    const [x, y] = [[east, north] as const, [-north, east] as const, [-east, -north] as const][turns % 3]!
    return { ...point, lng: round(place.lng + x), lat: round(place.lat + y) }
  }
  const examples = base.firms.flatMap((firm) => {
    const site = base.sites.find((at) => at.id === firm.site)
    return site ? [{ firm, site }] : []
  })
  const firms = Array.from({ length: count }, (_, k): SizedFirm & { readonly lng: number; readonly lat: number } => {
    const { firm, site } = examples[k % examples.length]!
    const at = moved({ lng: site.lng, lat: site.lat }, Math.floor(k / examples.length))
    const number = `${k + 1}`.padStart(2, '0')
    const process = processes[k % processes.length]!
    return { id: `${id}-${number}`, name: `${name.ko} ${number}`, process, size: firm.size ?? 'small', ...at }
  })
  const sites = base.sites.map((site) => {
    if (straightKm(base.complex, site) > NEAR_KM) return site
    const { town: _, address: __, phone: ___, ...rest } = site
    return moved(rest)
  })
  const data = withFirms({ ...base, sites }, firms, assumptions, name.en, place)
  const source = `Assumed: ${count} firms as printed (${note.source}); their sizes, places, partners and orders are like those of the Gwangju fixture, by process and size`
  const sourceKo = `가정: 기업 수 ${count}곳만 보도된 값(${note.sourceKo ?? note.source})이고, 크기·위치·거래처·주문은 광주 가상 자료를 본떠 공정과 크기로 어림함`
  return {
    ...data,
    complex: { ...data.complex, id, name: { ko: `${name.ko} (주문 가정)`, en: `${name.en} (orders assumed)` } },
    demand: { ...(data.demand as object), note: { source, sourceKo, asOf: '2026-11-22', certainty: 'X' as const } },
  }
}

/** To a metre. */
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
