/** The sheets of a plan about fuel and CO2, beside B1, and about where the figures come from. */
import { type Burn, footprintOf, type Locale, oneByOne, type Plan, type Problem } from '../../solver/index.ts'
import type { Sheet, SheetRow } from '../sheets/value.ts'
import { BURN_COLUMNS, burnCells, byRoads, type Column, sheetOf } from './columns.ts'
import type { PlanPapers } from './report.ts'
import { sourcesOf } from './sources.ts'

export function fuelSheet(plan: Plan, problem: Problem, locale: Locale, { travel }: PlanPapers): Sheet {
  const ko = locale === 'ko'
  const footprint = footprintOf(problem, travel, plan)
  const { total, modes, emptyReturn } = footprint
  const b1 = oneByOne(problem, travel, plan).footprint
  const columns: readonly Column[] = [
    ['무엇의', 'Of'],
    byRoads(['거리(km)', 'Distance (km)'], travel),
    ...BURN_COLUMNS.map((column) => byRoads(column, travel)),
    byRoads(['유류비(원, 운임에 포함)', 'Fuel (won, contained in the fares)'], travel),
    byRoads(['유가보조금(원)', 'Subsidy (won)'], travel),
    byRoads(['보조금 뺀 유류비(원)', 'Fuel less subsidy (won)'], travel),
  ]
  const row = (of: string, burn: Burn, litres = true): SheetRow => [
    of,
    litres ? burn.distanceM / 1000 : null,
    ...burnCells(burn, litres),
    ...(litres ? [burn.fuelKrw, burn.subsidyKrw, burn.fuelKrw - burn.subsidyKrw] : [null, null, null]),
  ]
  const firms = Map.groupBy(footprint.shipments, ({ firm }) => firm)
  const nameOf = new Map(problem.firms.map(({ id, name }) => [id, name]))
  const rows: SheetRow[] = [
    ...footprint.routes.map(({ route, ...burn }) => row(`${ko ? '노선' : 'route'} ${route}`, burn)),
    ...footprint.direct.map(({ shipment, mode, ...burn }) => row(shipment, burn, mode === 'hired')),
    row(ko ? '노선 합계' : 'Routes, total', modes.route),
    row(ko ? '단독 용차 합계' : 'Hired trucks alone, total', modes.hired),
    row(ko ? '정기화물 합계 (추정)' : 'Terminal freight, total (estimate)', modes.terminal, false),
    row(ko ? '계획 합계' : 'Plan, total', total),
    row(ko ? '하나씩 보내면 (B1)' : 'One by one (B1)', b1.total),
    row(ko ? '용차의 돌아가는 빈 길 전부 (참고)' : 'All empty ways back of hired trucks (beside)', emptyReturn),
    ...[...firms].map(([firm, shares]): SheetRow => {
      const sum = (key: 'fuelMl' | 'ttwCo2G' | 'wtwCo2eG') => shares.reduce((whole, share) => whole + share[key], 0)
      const own = { fuelMl: sum('fuelMl'), ttwCo2G: sum('ttwCo2G'), wtwCo2eG: sum('wtwCo2eG') }
      const of = `${ko ? '몫 (t·km)' : 'share (t·km)'} ${nameOf.get(firm) ?? firm}`
      return [of, null, ...burnCells(own), null, null, null]
    }),
  ]
  return sheetOf(locale, ['연료와 CO2', 'Fuel and CO2'], columns, rows)
}

export function sourcesSheet(problem: Problem, locale: Locale, { travel }: PlanPapers): Sheet {
  const columns: readonly Column[] = [
    ['분야', 'About'],
    ['항목', 'Figure'],
    ['값', 'Value'],
    ['출처', 'Source'],
    ['기준일', 'As of'],
    [
      '확실성 (A 공식·둘 이상, B 하나, C 계산, G 일반 지식, X 가정)',
      'Certainty (A official or two, B one, C derived, G general knowledge, X assumed)',
    ],
  ]
  const topics = {
    roads: { ko: '도로', en: 'roads' },
    toll: { ko: '통행료', en: 'tolls' },
    tariff: { ko: '운임', en: 'tariffs' },
    fuel: { ko: '연료', en: 'fuel' },
    co2: { ko: 'CO₂', en: 'CO₂' },
  } as const
  const rows = sourcesOf(problem, travel).map(({ topic, name, value, source, asOf, certainty }) => [
    topics[topic][locale],
    name[locale],
    value[locale],
    source[locale],
    asOf ?? null,
    certainty ?? null,
  ])
  return sheetOf(locale, ['출처', 'Sources'], columns, rows)
}
