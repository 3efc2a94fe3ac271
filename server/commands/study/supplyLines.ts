/** What a study of supply says, in lines: items, what fetching costs, and each outage with its response in two phases. */
import type { Locale } from '../../../solver/index.ts'
import {
  fetchLine,
  type OutageCourse,
  PHASE_NAMES,
  RESPONSE_NAMES,
  type Register,
  type Response,
  responseCost,
  responseDeed,
  responseGain,
  responseTime,
  type Study,
  type SupplyAnswer,
  secondLine,
} from '../../../study/index.ts'
import { percent } from '../command.ts'

export function supplyLines(
  { items, outages, fetches, diversified }: SupplyAnswer,
  { register }: Extract<Study, { kind: 'supply' }>,
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const nameOf = (id: string) => register.items.find((item) => item.id === id)?.name ?? id
  const firmOf = (id: string) => register.firms.find((firm) => firm.id === id)?.name ?? id
  const shown = (value: number | null, digits = 1): string =>
    value === null ? (ko ? '자료 부족' : 'not enough data') : value.toFixed(digits)
  const days = ({ daysLost, firmsStopped, unknown }: OutageCourse): string => {
    const dark = new Set(unknown.map(({ firm }) => firm)).size
    const known = ko
      ? `${firmsStopped}곳 ${daysLost.toFixed(1)}일`
      : `${firmsStopped} firms ${daysLost.toFixed(1)} days`
    if (dark === 0) return known
    return ko ? `${known} (재고를 몰라 ${dark}곳은 빠짐)` : `${known} (${dark} left out: their stock is not known)`
  }
  return [
    ...items.map(
      (item) =>
        `${nameOf(item.item)}: HHI ${item.supplierHhi.toFixed(2)}, ${ko ? '수입' : 'imported'} ${percent(item.importShare)}, ${ko ? '재고 일수' : 'days of stock'} ${shown(item.stockDays)}, ${ko ? '커버' : 'cover'} ${shown(item.cover, 2)}`,
    ),
    ...(fetches.length > 0 ? [ko ? '대체 공급처에서 한 번 가져오는 값' : 'one fetch from an alternative'] : []),
    ...fetches.map((fetch) => `  ${fetchLine(register, fetch, locale)}`),
    ...(diversified.length > 0 ? [ko ? '공급처를 둘로 나누면 한 해에' : 'a second supplier, a year'] : []),
    ...diversified.map((entry) => `  ${secondLine(register, entry, locale)}`),
    ...outages.flatMap(({ outage, nothing, alternatives, shared, joint, response }) => [
      ko
        ? `${outage.id} ${outage.weeks}주 중단: 멈춤 ${days(nothing)}`
        : `${outage.id} out for ${outage.weeks} weeks: stopped ${days(nothing)}`,
      ...nothing.firms
        .filter(({ stopsOnDay }) => stopsOnDay !== null)
        .map(({ firm, item, stopsOnDay, daysLost }) =>
          ko
            ? `  ${firmOf(firm)}: ${nameOf(item)} 재고가 ${stopsOnDay}일째 끝남, ${daysLost.toFixed(1)}일 멈춤`
            : `  ${firmOf(firm)}: out of ${nameOf(item)} on day ${stopsOnDay}, ${daysLost.toFixed(1)} days lost`,
        ),
      ko
        ? `  대체 공급 ${days(alternatives)}, 재고 나눔 ${days(shared)}, 공동 재고 ${outage.jointDays ?? 0}일분 ${days(joint)}`
        : `  with alternatives ${days(alternatives)}, stocks shared ${days(shared)}, a joint stock of ${outage.jointDays ?? 0} days ${days(joint)}`,
      ...responseLines(register, response, locale),
    ]),
  ]
}

function responseLines(register: Register, { lines, phases }: Response, locale: Locale): string[] {
  const ko = locale === 'ko'
  return [
    ...(['urgent', 'medium'] as const).flatMap((phase) => {
      const own = lines.filter((line) => line.phase === phase)
      return [
        `  [${PHASE_NAMES[phase][locale]}]`,
        ...(own.length === 0 ? [`    ${ko ? '할 수 있는 것이 없음' : 'nothing that can be done'}`] : []),
        ...own.flatMap((line) => [
          `    ${RESPONSE_NAMES[line.kind][locale]} — ${responseDeed(register, line, locale)}`,
          `      ${responseTime(line, locale)}; ${responseGain(line, register, locale)}; ${responseCost(line, locale)}`,
        ]),
      ]
    }),
    ko
      ? `  줄마다의 효과는 더해지지 않음. 멈춤 ${phases.nothing.toFixed(1)}일 → 긴급 조치 모두 ${phases.urgent.toFixed(1)}일 → 중기까지 갖춘 다음 중단 ${phases.both.toFixed(1)}일`
      : `  what the lines gain does not add up: ${phases.nothing.toFixed(1)} days stopped → with all that is urgent ${phases.urgent.toFixed(1)} → in the next outage with all of both ${phases.both.toFixed(1)}`,
  ]
}
