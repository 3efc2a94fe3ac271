/** What a study of imports says, in lines: the range before the point, and what the percentage rests on beside it. */
import type { Locale } from '../../../solver/index.ts'
import {
  ESTIMATE,
  IMPORT_STEPS,
  type ImportResult,
  type ImportStudy,
  NO_RANGE,
  rangeSentence,
  stabilitySentence,
  uncertainName,
} from '../../../study/index.ts'
import { percent, won } from '../command.ts'

export function importLines(study: ImportStudy, answer: ImportResult, locale: Locale): string[] {
  const { today, best, curve, steps, range } = answer
  const { reported = [] } = study
  const ko = locale === 'ko'
  const saving = percent((today.costKrw - best.costKrw) / today.costKrw)
  const estimate = ESTIMATE[locale]
  return [
    ko
      ? `오늘 ${won(today.costKrw)} 한 해, 주문 ${today.orders}회`
      : `today ${won(today.costKrw)} a year, ${today.orders} orders`,
    ko
      ? `공동 ${won(best.costKrw)} 한 해, 주문 ${best.orders}회, 오늘 대비 ${saving} [${estimate}]`
      : `jointly ${won(best.costKrw)} a year, ${best.orders} orders, ${saving} below today [${estimate}]`,
    ...(range
      ? [
          `${rangeSentence(range, locale)} [${estimate}]`,
          stabilitySentence(range, locale),
          ko
            ? '무엇이 절감을 흔드나 (낮은 값일 때 … 높은 값일 때, 공동 주문을 매번 다시 고름)'
            : 'what moves the saving (at its low … at its high, the joint orders chosen anew)',
          ...range.turns.map(
            ({ paths, low, high }) => `  ${uncertainName(study, paths, locale)}: ${percent(low)} … ${percent(high)}`,
          ),
        ]
      : [NO_RANGE[locale]]),
    ko ? '오늘에서 공동 주문까지' : 'from today to joint orders',
    ...steps
      .filter(({ krw }) => krw !== 0)
      .map(({ step, krw }) => `  ${IMPORT_STEPS[step][locale]} ${krw > 0 ? '+' : ''}${won(krw)}`),
    ko ? '주문 횟수별' : 'by orders a year',
    ...curve.map(
      ({ plan, costKrw, cycleKg, safetyKg, co2Kg }) =>
        `  ${plan.ordersPerYear}: ${won(costKrw)}, ${ko ? '재고' : 'stock'} ${Math.round(cycleKg + safetyKg).toLocaleString('en-US')} kg, CO₂ ${(co2Kg / 1000).toFixed(1)} t`,
    ),
    ...(reported.length > 0 ? [ko ? '보도된 값 (맞추지 않음)' : 'as reported (nothing is fitted to it)'] : []),
    ...reported.map(({ name, value, rebuilt }) => `  ${name[locale]}: ${value[locale]} — ${rebuilt[locale]}`),
  ]
}
