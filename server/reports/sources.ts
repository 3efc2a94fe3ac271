/** Where every figure of money, fuel and CO2 of a plan comes from: one list for screen, workbook and plan file. */
import {
  type CountedDiscount,
  energySources,
  inForce,
  notedSource,
  type Problem,
  type SourceLine,
  type Tariff,
  type Travel,
} from '../../solver/index.ts'
import { certaintyOn } from '../travel/discounts.ts'
import { TRUCK_PACE } from '../travel/profiles.ts'
import { COMMUTE_DISCOUNTS, type Discount, NIGHT_DISCOUNTS, TOLL_TARIFFS } from '../travel/tollRules.ts'

type Words = SourceLine['name']
type Note = Pick<SourceLine, 'source' | 'asOf' | 'certainty'>

export function sourcesOf(problem: Problem, travel: Travel): SourceLine[] {
  return [
    ...roadLines(travel),
    ...problem.tariffs.map(tariffLine),
    ...(usesOurTolls(travel) ? tollLines(problem) : [GIVEN_TOLLS]),
    ...discountLines(problem, travel),
    ...(borrowsTolls(travel) ? [BORROWED_TOLLS] : []),
    ...energySources(problem),
  ]
}

/** By what a travel key begins with; one that prices no tolls of its own has those of the trunk network in its key. */
const ROADS: Readonly<
  Record<string, { readonly source: Words; readonly asOf?: string; readonly certainty: 'B' | 'C' }>
> = {
  trunk: {
    source: {
      ko: '내장 간선도로망: 도로공사 중심선 2023과 손으로 만든 연결, 시내는 직선거리 × 우회계수',
      en: 'embedded trunk network: operator centrelines of 2023 and links made by hand, streets as straight lines times a detour factor',
    },
    asOf: '2023-12-31',
    certainty: 'C',
  },
  valhalla: {
    source: { ko: 'OpenStreetMap 도로, Valhalla의 화물차 경로', en: 'OpenStreetMap roads, truck routes of Valhalla' },
    certainty: 'B',
  },
  osrm: {
    source: { ko: 'OpenStreetMap 도로, OSRM의 경로', en: 'OpenStreetMap roads, routes of OSRM' },
    certainty: 'B',
  },
}
const providerOf = ({ key }: Pick<Travel, 'key'>): string | undefined =>
  Object.keys(ROADS).find((name) => key.startsWith(name))
const borrowsTolls = ({ key }: Travel): boolean => key.includes('tolls(trunk')
const usesOurTolls = (travel: Travel): boolean => providerOf(travel) !== undefined || borrowsTolls(travel)

const GIVEN_TOLLS: SourceLine = {
  topic: 'toll',
  name: { ko: '통행료', en: 'Tolls' },
  value: { ko: '이동표의 값', en: 'as the travel figures give them' },
  source: { ko: '이동 시간과 거리를 준 곳', en: 'whoever gave the travel figures' },
}
const BORROWED_TOLLS: SourceLine = {
  topic: 'toll',
  name: { ko: '유료 구간', en: 'Tolled stretches' },
  value: { ko: '추정', en: 'estimates' },
  source: {
    ko: '가정: 도로를 준 곳이 요금을 몰라 내장 간선도로망의 경로로 셈함',
    en: 'assumed: the source of the roads knows no tolls, so those of the embedded trunk network are taken',
  },
  certainty: 'X',
}

/** Of studies too, which have no travel figures left but the roads that gave them. */
export function roadLines(travel: Pick<Travel, 'key' | 'estimated'>): SourceLine[] {
  const provider = providerOf(travel)
  // an unknown name is still told: whoever made the figures may know it
  const from = provider ? ROADS[provider]! : { source: { ko: travel.key, en: travel.key } }
  const value = travel.estimated ? { ko: '추정', en: 'estimates' } : { ko: '도로 경로', en: 'ways on roads' }
  return [{ topic: 'roads', name: { ko: '거리와 시간', en: 'Distances and times' }, value, ...from }]
}

function tollLines({ vehicles }: Problem): SourceLine[] {
  const tariff = TOLL_TARIFFS.at(-1)!
  const { baseKrw, krwPerKm, laneFactor, roundingKrw, sources, from } = tariff
  const classes = [...new Set(vehicles.map(({ truck }) => truck))].map(
    (truck) => [truck, TRUCK_PACE[truck].tollClass] as const,
  )
  const used = [...new Set(classes.map(([, tollClass]) => tollClass))].sort()
  const line = (name: Words, value: Words, note: Note): SourceLine => ({ topic: 'toll', name, value, ...note })
  return [
    line(
      { ko: `통행료 기본요금 (${from}부터)`, en: `Base fee a ride (since ${from})` },
      {
        ko: `폐쇄식 ${won(baseKrw.closed)}원, 개방식 ${won(baseKrw.open)}원`,
        en: `closed system ₩${won(baseKrw.closed)}, open ₩${won(baseKrw.open)}`,
      },
      sources.baseKrw,
    ),
    line(
      { ko: '통행료 km당, 4차로', en: 'Toll per km, four lanes' },
      {
        ko: `${used.map((tollClass) => `${tollClass}종 ${krwPerKm[tollClass]}원`).join(' · ')}`,
        en: `${used.map((tollClass) => `class ${tollClass} ₩${krwPerKm[tollClass]}`).join(' · ')}`,
      },
      sources.krwPerKm,
    ),
    line(
      { ko: '차로 수에 따라', en: 'By lanes' },
      {
        ko: `2차로 × ${laneFactor['2']}, 6차로 이상 × ${laneFactor['6+']}`,
        en: `two × ${laneFactor['2']}, six and more × ${laneFactor['6+']}`,
      },
      sources.laneFactor,
    ),
    line(
      { ko: '통행료 반올림', en: 'Rounding of a ride' },
      { ko: `${roundingKrw}원`, en: `₩${roundingKrw}` },
      sources.roundingKrw,
    ),
    line(
      { ko: '톤급의 통행료 종', en: 'Toll class of a truck' },
      {
        ko: classes.map(([truck, tollClass]) => `${truck} ${tollClass}종`).join(' · '),
        en: classes.map(([truck, tollClass]) => `${truck} class ${tollClass}`).join(' · '),
      },
      sources.classes,
    ),
    line({ ko: '민자도로', en: 'Private roads' }, { ko: '폐쇄식과 같게', en: 'as the closed system' }, sources.private),
  ]
}

const DISCOUNTS = [
  ['night', { ko: '심야할인', en: 'Night discount' }, NIGHT_DISCOUNTS],
  ['commute', { ko: '출퇴근 할인', en: 'Commute discount' }, COMMUTE_DISCOUNTS],
] as const satisfies [CountedDiscount['discount'], Words, readonly Discount[]][]

/** Those that hold on the first day and are counted, or asked for in vain; beside tolls of ours also those that are left out. */
function discountLines({ startsAt, tollDiscounts = {} }: Problem, travel: Travel): SourceLine[] {
  const date = startsAt.slice(0, 10)
  return DISCOUNTS.flatMap(([which, name, rules]): SourceLine[] => {
    const rule = inForce<Discount>(rules, date)
    const counted = travel.tollDiscounts?.some(({ discount }) => discount === which)
    if (!rule || !(counted || tollDiscounts[which] || usesOurTolls(travel))) return []
    const value = counted
      ? {
          ko: '계산에 씀: 그 시간대 출발이면 모두 받는 만큼만',
          en: 'counted, as far as all who leave in an hour get it',
        }
      : tollDiscounts[which]
        ? {
            ko: '켰지만 세지 않음: 이 도로는 시간대별 통행료를 모르거나, 주말이 든 계획의 출퇴근 할인',
            en: 'asked for, not counted: these roads do not know tolls by the hour, or it is the commute and there is a weekend',
          }
        : { ko: '계산에 쓰지 않음', en: 'not counted' }
    // where nobody has confirmed it for the day, counting it or not is our choice
    return [{ topic: 'toll', name, value, ...rule.note, certainty: certaintyOn(rule, date) }]
  })
}

function tariffLine(tariff: Tariff): SourceLine {
  const { note } = tariff
  return {
    topic: 'tariff',
    name: { ko: `운임표 ${tariff.id}`, en: `Tariff ${tariff.id}` },
    value: describeTariff(tariff),
    ...(note ? notedSource(note) : { source: { ko: '운임표에 적히지 않음', en: 'the tariff does not say' } }),
  }
}

function describeTariff(tariff: Tariff): Words {
  if (tariff.kind === 'terminal')
    return {
      ko: `${won(tariff.baseKrw)}원 + ${tariff.perKgKrw}원/kg, 거리 구간 ${tariff.zones.map(({ factor }) => `× ${factor}`).join(', ')}`,
      en: `₩${won(tariff.baseKrw)} + ₩${tariff.perKgKrw}/kg, by distance zone ${tariff.zones.map(({ factor }) => `× ${factor}`).join(', ')}`,
    }
  const toll = tariff.tollIncluded
    ? { ko: '통행료 포함', en: 'tolls included' }
    : { ko: '통행료 별도', en: 'tolls apart' }
  if (tariff.kind === 'contract')
    return {
      ko: `하루 ${won(tariff.perDayKrw)}원 + ${tariff.perKmKrw}원/km + ${won(tariff.perHourKrw)}원/시간, ${toll.ko}, 유류비 포함`,
      en: `₩${won(tariff.perDayKrw)} a day + ₩${tariff.perKmKrw}/km + ₩${won(tariff.perHourKrw)}/h, ${toll.en}, fuel included`,
    }
  return {
    ko: `${won(tariff.baseKrw)}원 + ${tariff.perKmKrw}원/km, 최저 ${won(tariff.minimumKrw)}원, ${toll.ko}, 유류비 포함`,
    en: `₩${won(tariff.baseKrw)} + ₩${tariff.perKmKrw}/km, at least ₩${won(tariff.minimumKrw)}, ${toll.en}, fuel included`,
  }
}

const won = (krw: number): string => Math.round(krw).toLocaleString('en-US')
