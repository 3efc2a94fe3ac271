/** The sheets of a plan that are about money: every line of the ledger, and who pays what. */
import {
  type CostKind,
  describeHours,
  describeTollDiscounts,
  describeViolation,
  type Locale,
  oneByOne,
  type Plan,
  type Problem,
  type Travel,
} from '../../solver/index.ts'
import type { Words } from '../errors.ts'
import type { Sheet, SheetRow, SheetValue } from '../sheets/value.ts'
import { type Column, sheetOf } from './columns.ts'
import type { PlanPapers } from './report.ts'

export const COST_WORDS: Readonly<Record<CostKind, Words>> = {
  fixed: { ko: '고정비·기본운임', en: 'Fixed and base fare' },
  distance: { ko: '거리', en: 'Distance' },
  time: { ko: '시간', en: 'Time' },
  overtime: { ko: '연장', en: 'Overtime' },
  stopFee: { ko: '경유비', en: 'Stop fees' },
  handling: { ko: '수작업비', en: 'Handling' },
  hold: { ko: '보관', en: 'Holding' },
  minimumTopUp: { ko: '최저운임 보충', en: 'Minimum-fare top-up' },
  toll: { ko: '통행료', en: 'Toll' },
  terminal: { ko: '정기화물', en: 'Terminal freight' },
  earliness: { ko: '희망보다 이름', en: 'Earlier than wished' },
  lateness: { ko: '희망보다 늦음', en: 'Later than wished' },
}

/** Where the figures are from, and what of them is an estimate. */
function describeFigures({ key, estimated, estimatedTolls, fallback }: Travel, locale: Locale): string {
  const ko = locale === 'ko'
  const figures = estimated ? (ko ? '추정' : 'estimates') : key
  const tolls = !estimated && estimatedTolls ? (ko ? '통행료는 추정' : 'tolls are estimates') : ''
  const why = fallback
    ? ko
      ? `고른 도로가 답하지 않음: ${fallback.why.ko}`
      : `the chosen roads did not answer: ${fallback.why.en}`
    : ''
  return [figures, tolls, why].filter(Boolean).join('. ')
}

/** Every line of the ledger with whose it is; the lines add up to the cost of the plan. Below, what stands beside it. */
export function costsSheet(plan: Plan, problem: Problem, locale: Locale, papers: PlanPapers): Sheet {
  const ko = locale === 'ko'
  const columns: readonly Column[] = [
    ['무엇의', 'Of'],
    ['비용 항목', 'Cost'],
    ['금액(원)', 'Amount (won)'],
  ]
  const lines = (of: string, costLines: Plan['costLines']): SheetRow[] =>
    costLines.map(({ kind, krw }) => [of, COST_WORDS[kind][locale], krw])
  const b1 = oneByOne(problem, papers.travel, plan)
  const summary: readonly (readonly [string, SheetValue])[] = [
    [ko ? '계획 합계' : 'Plan, total', plan.costKrw],
    [ko ? '하나씩 보내면 (B1)' : 'One by one (B1)', b1.costKrw],
    [ko ? 'B1보다 절감' : 'Saved against B1', b1.savingKrw],
    ...(papers.certificate
      ? ([
          [ko ? '하한: 이보다 싼 계획은 없음' : 'Lower bound: no plan costs less', papers.certificate.lowerKrw],
        ] as const)
      : []),
  ]
  const rows = [
    ...plan.routes.flatMap((route) => lines(`${ko ? '노선' : 'route'} ${route.id}`, route.costLines)),
    ...plan.direct.flatMap(({ shipment, costLines }) => lines(shipment, costLines)),
    ...summary.map(([of, amount]): SheetRow => [of, null, amount]),
    ...plan.violations.map((violation): SheetRow => [describeViolation(violation, locale), null, null]),
    [ko ? '거리와 시간' : 'Distances and times', describeFigures(papers.travel, locale), null],
    ...(plan.provenance.timeOfDay
      ? [[ko ? '시간대' : 'Time of day', describeHours(plan.provenance.timeOfDay, locale), null] as SheetRow]
      : []),
    ...(plan.provenance.tollDiscounts
      ? [
          [
            ko ? '통행료 할인' : 'Toll discounts',
            describeTollDiscounts(plan.provenance.tollDiscounts, locale),
            null,
          ] as SheetRow,
        ]
      : []),
    [
      ko ? '계산' : 'Made by',
      `milkrun ${plan.provenance.version}, seed ${plan.provenance.seed}, ${plan.provenance.iterations}`,
      null,
    ],
  ]
  return sheetOf(locale, ['비용', 'Costs'], columns, rows)
}

/** One sheet for each method that was asked for. */
export function splitSheets(problem: Problem, locale: Locale, { split = [] }: PlanPapers): Sheet[] {
  const firms = new Map(problem.firms.map(({ id, name }) => [id, name]))
  const columns: readonly Column[] = [
    ['업체명', 'Firm'],
    ['화물 수', 'Shipments'],
    ['분담(원)', 'Share (won)'],
    ['하나씩 보내면(원, B1)', 'One by one (won, B1)'],
    ['절감(원)', 'Saved (won)'],
    ['혼자 계획하면(원, B2)', 'Planned alone (won, B2)'],
  ]
  return split.map(({ method, rows }) =>
    sheetOf(
      locale,
      [`분담 ${method}`, `Split ${method}`],
      columns,
      rows.map(({ firm, shipments, shareKrw, b1Krw, savingKrw, b2Krw }) => [
        firms.get(firm) ?? firm,
        shipments.length,
        shareKrw,
        b1Krw,
        savingKrw,
        b2Krw,
      ]),
    ),
  )
}
