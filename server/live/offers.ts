/** What measured times say of the data that new days are planned with, and that data with them. */
import {
  type HourMeasure,
  LEAST_OBSERVATIONS,
  LEAST_PER_HOUR,
  type Measured,
  type SiteMeasure,
  type TimeOfDay,
} from '../../solver/index.ts'
import type { Adopt, MeasuredAnswer } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import { Refusal } from '../errors.ts'
import { USUAL_HOURS } from '../travel/hours.ts'

/** Nobody plans by the second. */
const STEP_S = 60
/** Percents of the schema, and less than this is no difference. */
const PERCENT_SPAN = [10, 1000] as const
const WORTH_PERCENT = 3
/** Slices are cut at half hours, as the usual ones are. */
const CELL_S = 1800

export function describeMeasured(
  measured: Measured,
  data: ComplexData,
  nameOf: (site: string) => string,
): MeasuredAnswer {
  const known = new Map(data.sites.map((site) => [site.id, site]))
  const cells = cellsOf(data.timeOfDay)
  const hours = measured.hours.map((one) => {
    const nowPercent = cells[2 * one.hour]!.otherPercent
    return { ...one, nowPercent, verdict: verdictOf(one, nowPercent) }
  })
  const timeOfDay = offeredHours(hours, cells, measured)
  return {
    days: measured.days,
    observations: measured.observations,
    least: LEAST_OBSERVATIONS,
    leastPerHour: LEAST_PER_HOUR,
    sites: measured.sites.map((one) => {
      const site = known.get(one.site)
      const nowS = site?.stopS ?? 0
      const offerS = Math.max(0, Math.round(one.stopS.median / STEP_S) * STEP_S)
      const differs = site !== undefined && differsFrom(one, nowS) && offerS !== nowS
      const verdict = one.tookS.count < LEAST_OBSERVATIONS ? 'few' : differs ? 'differs' : 'fits'
      return {
        ...one,
        kinds: one.kinds.map((kind) => ({ ...kind })),
        name: nameOf(one.site),
        nowS,
        verdict,
        known: site !== undefined,
        ...(verdict === 'differs' && { offerS }),
      }
    }),
    hours,
    legs: measured.legs.slice(0, 200).map((leg) => ({ ...leg })),
    ...(timeOfDay && { timeOfDay }),
    outliers: measured.outliers.map((one) => ({ ...one, tookS: Math.round(one.tookS), name: nameOf(one.site) })),
  }
}

const differsFrom = ({ stopS }: SiteMeasure, nowS: number): boolean =>
  (nowS < stopS.interval[0] || nowS > stopS.interval[1]) && Math.abs(stopS.median - nowS) >= STEP_S

function verdictOf({ ordinary }: HourMeasure, nowPercent: number): HourMeasure['verdict'] {
  if (ordinary.count < LEAST_PER_HOUR) return 'few'
  const now = nowPercent / 100
  const isOutside = now < ordinary.interval[0] || now > ordinary.interval[1]
  return isOutside && Math.abs(ordinary.median - now) * 100 >= WORTH_PERCENT ? 'differs' : 'fits'
}

interface Cell {
  readonly expresswayPercent: number
  readonly otherPercent: number
}
function cellsOf(timeOfDay: TimeOfDay | undefined): Cell[] {
  const slices = timeOfDay ? (timeOfDay.slices ?? USUAL_HOURS.slices) : []
  return Array.from({ length: 48 }, (_, k) => {
    const slice = slices.find(({ fromS, toS }) => fromS <= k * CELL_S && k * CELL_S < toS)
    return { expresswayPercent: slice?.expresswayPercent ?? 100, otherPercent: slice?.otherPercent ?? 100 }
  })
}

/** The hours that differ at their median, on all roads alike, because records do not say which part of a leg was slow; the others stay. */
function offeredHours(
  hours: readonly { readonly hour: number; readonly verdict: string; readonly ordinary: { readonly median: number } }[],
  cells: readonly Cell[],
  { days }: Measured,
): TimeOfDay | undefined {
  const differing = new Map(hours.filter(({ verdict }) => verdict === 'differs').map((one) => [one.hour, one]))
  if (differing.size === 0) return undefined
  const next = cells.map((cell, k) => {
    const found = differing.get(Math.floor(k / 2))
    if (!found) return cell
    const percent = Math.min(PERCENT_SPAN[1], Math.max(PERCENT_SPAN[0], Math.round(found.ordinary.median * 100)))
    return { expresswayPercent: percent, otherPercent: percent }
  })
  const slices: NonNullable<TimeOfDay['slices']> = []
  next.forEach((cell, k) => {
    if (cell.expresswayPercent === 100 && cell.otherPercent === 100) return
    const last = slices.at(-1)
    const goesOn =
      last?.toS === k * CELL_S &&
      last.expresswayPercent === cell.expresswayPercent &&
      last.otherPercent === cell.otherPercent
    if (goesOn) last.toS += CELL_S
    else slices.push({ fromS: k * CELL_S, toS: (k + 1) * CELL_S, ...cell })
  })
  if (slices.length === 0 || slices.length > 24) return undefined
  const source = `recorded times of ${days} days`
  return { slices, note: { source, sourceKo: `${days}일의 실제 기록`, certainty: 'C' } }
}

/** The data with what is adopted, and what takes it back. Refuses where it has changed since it was decided. */
export function adopt(data: ComplexData, { sites = [], timeOfDay }: Adopt): { data: ComplexData; undo: Adopt } {
  const wanted = new Map(sites.map((one) => [one.site, one]))
  for (const { site, was } of sites) {
    const known = data.sites.find(({ id }) => id === site)
    if (!known) throw unknownSite(site)
    if ((known.stopS ?? 0) !== was) throw changedMeanwhile(known.name)
  }
  const { timeOfDay: before, ...rest } = data
  const hours = timeOfDay === undefined ? before : (timeOfDay ?? undefined)
  return {
    data: {
      ...rest,
      ...(hours && { timeOfDay: hours }),
      sites: data.sites.map((site) => {
        const next = wanted.get(site.id)
        return next ? { ...site, stopS: next.stopS } : site
      }),
    },
    undo: {
      ...(sites.length > 0 && { sites: sites.map(({ site, stopS, was }) => ({ site, stopS: was, was: stopS })) }),
      ...(timeOfDay !== undefined && { timeOfDay: before ?? null }),
    },
  }
}

const unknownSite = (site: string): Refusal =>
  new Refusal(404, 'site.unknown', {
    ko: `단지 자료에 없는 장소입니다: ${site}. 단지의 장소를 고르세요.`,
    en: `The complex has no place ${site}. Choose one of its places.`,
  })

const changedMeanwhile = (name: string): Refusal =>
  new Refusal(412, 'measured.changed', {
    ko: `그 사이 ${name}의 정차 시간이 바뀌었습니다. 다시 읽고 정하세요.`,
    en: `The time per stop of ${name} has changed meanwhile. Look again, then decide.`,
  })
