/** What a study of complexes says, as lines. */

import type { Locale } from '../../../solver/index.ts'
import {
  type ComplexesAnswer,
  type ComplexesStudy,
  type ComplexFigures,
  CRITERIA,
  DIRECT_SHARE,
  INDICATORS,
  KNOWN_GAPS,
  KNOWN_TOTAL,
  type Ranked,
  type Unit,
} from '../../../study/index.ts'
import { CRITERION_NAMES, INDICATOR_NAMES, MISSING_WORDS } from '../../studies/complexWords.ts'
import { percent, won } from '../command.ts'

/** Of so few all figures are told; of more those of the comparison. */
const FEW = 4
const MOST_NAMED = 8
const MOST_OUTAGES = 4

export function complexesLines(study: ComplexesStudy, answer: ComplexesAnswer, locale: Locale): string[] {
  const ko = locale === 'ko'
  const { complexes, indicators, ranked, order, leaders, sensitivity, compare, networks, weights } = answer
  const byId = new Map(complexes.map((complex, k) => [complex.id, { complex, rank: ranked[k]! }]))
  const nameOf = (id: string): string => byId.get(id)?.complex.name[locale] ?? id
  const named = (ids: readonly string[]): string => {
    const shown = ids.slice(0, MOST_NAMED).map(nameOf).join(', ')
    const rest = ids.length - MOST_NAMED
    if (rest <= 0) return shown
    return ko ? `${shown} 외 ${rest}곳` : `${shown} and ${rest} more`
  }
  const told = compare?.ids ?? (complexes.length <= FEW ? complexes.map(({ id }) => id) : [])
  const unnamed = KNOWN_GAPS.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  return [
    ko
      ? `단지 ${complexes.length}곳, 지표 ${indicators.length}개. 가중치 ${CRITERIA.map((id) => `${CRITERION_NAMES[id].ko} ${percent(weights[id])}`).join(', ')}`
      : `${complexes.length} complexes, ${indicators.length} indicators. Weights: ${CRITERIA.map((id) => `${CRITERION_NAMES[id].en} ${percent(weights[id])}`).join(', ')}`,
    ko
      ? '모르는 값은 0이 아니라 무엇이든 될 수 있는 값이며, 순위는 범위가 허락하는 대로입니다.'
      : 'What is not known is not nought but may be anything; places are as far as the ranges allow.',
    '',
    ...order.map((id) => rankLine(byId.get(id)!, locale)),
    '',
    leaders.length === 1
      ? ko
        ? `범위 안에서 무엇이 참이든 맨 앞: ${nameOf(order[0]!)}`
        : `${nameOf(order[0]!)} is first whatever is true inside the ranges.`
      : ko
        ? `맨 앞과 구분되지 않는 곳 ${leaders.length}곳: ${named(leaders)}`
        : `${leaders.length} cannot be told apart from the first: ${named(leaders)}`,
    ko
      ? '가중치를 절반이나 두 배로 하면 (가운데 값으로 앞의 셋)'
      : 'With half or twice a weight (first three by their middles)',
    ...sensitivity
      .filter(({ criterion }) => weights[criterion] > 0)
      .map(
        (turn) =>
          `  ${CRITERION_NAMES[turn.criterion][locale]} ×${turn.factor}: ${turn.order.slice(0, 3).map(nameOf).join(', ')}`,
      ),
    ...told.flatMap((id) => figureLines(byId.get(id)!.complex, locale)),
    ...(compare
      ? [
          '',
          ko ? '고른 곳끼리만' : 'Held against each other alone',
          ...compare.ranked.map((rank) => rankLine({ complex: byId.get(rank.id)!.complex, rank }, locale)),
          ...(compare.sure.length === 0
            ? [ko ? '  범위가 겹치지 않는 지표가 없습니다.' : '  No indicator whose ranges do not overlap.']
            : compare.sure.map(({ indicator, better, than }) =>
                ko
                  ? `  ${INDICATOR_NAMES[indicator].ko}: 범위 안에서 ${nameOf(better)} > ${nameOf(than)}`
                  : `  ${INDICATOR_NAMES[indicator].en}: whatever is true, ${nameOf(better)} > ${nameOf(than)}`,
              )),
        ]
      : []),
    ...networks.flatMap((network) => networkLines(network, study, nameOf, locale)),
    '',
    ko
      ? `2024년 6월까지 지정된 ${KNOWN_TOTAL.value}곳 가운데 ${unnamed}곳은 이름을 찾지 못했습니다 (${KNOWN_GAPS.map(({ year, from, to }) => `${year}년 ${to - from + 1}곳`).join(', ')}).`
      : `Of the ${KNOWN_TOTAL.value} designated by June 2024 no page names ${unnamed} (${KNOWN_GAPS.map(({ year, from, to }) => `${to - from + 1} of ${year}`).join(', ')}).`,
  ]
}

function rankLine(
  { complex, rank }: { readonly complex: ComplexFigures; readonly rank: Ranked },
  locale: Locale,
): string {
  const { total, places, chances } = rank
  const [best, worst] = places
  const [known, all] = complex.knownOf
  const score = `${total.low.toFixed(2)}–${total.high.toFixed(2)}`
  const place = best === worst ? `${best}` : `${best}–${worst}`
  const name = complex.name[locale]
  const first = percent(chances[0] ?? 0)
  if (locale === 'ko') {
    const value = total.value === null ? '자료 부족' : total.value.toFixed(2)
    return `  ${place}위  ${name}: ${value} (${score}), 1위일 확률 ${first}, 지표 ${known}/${all}`
  }
  const value = total.value === null ? 'not enough data' : total.value.toFixed(2)
  return `  ${place}  ${name}: ${value} (${score}), first in ${first}, ${known} of ${all} indicators`
}

function figureLines({ name, figures, batch, firms, lots }: ComplexFigures, locale: Locale): string[] {
  const ko = locale === 'ko'
  const ids = INDICATORS.map(({ id }) => id)
  const gaps = Map.groupBy(
    ids.filter((id) => figures[id].figure === null),
    (id) => figures[id].missing!,
  )
  const direct = lots.filter((lot) => lot.direct).length
  return [
    '',
    name[locale],
    ...ids.flatMap((id) => {
      const { figure } = figures[id]
      if (!figure) return []
      const show = SHOWN[INDICATORS.find((indicator) => indicator.id === id)!.unit]
      const range = figure.low === figure.high ? '' : ` (${show(figure.low, locale)} ~ ${show(figure.high, locale)})`
      return [`  ${INDICATOR_NAMES[id][locale]}: ${show(figure.value, locale)}${range} [${figure.certainty}]`]
    }),
    ...(batch && !firms
      ? [
          ko
            ? `  함께 지정된 ${batch.complexes}곳을 합쳐 기업 ${batch.firms}곳 (이곳의 수는 모름)`
            : `  ${batch.firms} firms in the ${batch.complexes} complexes of its batch (its own number is not known)`,
        ]
      : []),
    ...(lots.length > 0
      ? [
          ko
            ? `  평균 화물이 트럭의 ${percent(DIRECT_SHARE)} 이상인 기업 ${direct}/${lots.length}곳 (단독 운송으로 충분)`
            : `  ${direct} of ${lots.length} firms have a mean lot of ${percent(DIRECT_SHARE)} of a truck or more: a truck of their own is as good`,
        ]
      : []),
    ...[...gaps].map(
      ([missing, of]) =>
        `  ${ko ? '자료 부족' : 'not enough data'} (${MISSING_WORDS[missing][locale]}): ${of.map((id) => INDICATOR_NAMES[id][locale]).join(', ')}`,
    ),
  ]
}

function networkLines(
  { complex, of, network, outages }: ComplexesAnswer['networks'][number],
  study: ComplexesStudy,
  nameOf: (id: string) => string,
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const entry = study.complexes.find(({ id }) => id === complex)
  const partners = [...(entry?.register?.suppliers ?? []), ...(entry?.suppliers ?? [])]
  const supplierOf = (id: string): string => partners.find((one) => one.id === id)?.name ?? id
  const firms = [...(entry?.register?.firms ?? []), ...(entry?.firmList ?? [])]
  const firmOf = (id: string): string => firms.find((one) => one.id === id)?.name ?? id
  const itemOf = (id: string): string => entry?.register?.items.find((item) => item.id === id)?.name ?? id
  const { suppliers, firms: count, clusters, modularity, singlePoints } = network
  return [
    '',
    ko
      ? `${nameOf(complex)} (${of === 'register' ? '공급 대장' : '주문'}): 공급사 ${suppliers}곳과 기업 ${count}곳, 함께 돌기 좋은 묶음 ${clusters.length}개 (모듈도 ${modularity.toFixed(2)})`
      : `${nameOf(complex)} (${of === 'register' ? 'supply register' : 'orders'}): ${suppliers} suppliers and ${count} firms, ${clusters.length} natural milk-run clusters (modularity ${modularity.toFixed(2)})`,
    ...clusters.map(
      (cluster, k) =>
        `  ${k + 1}. ${cluster.suppliers.map(supplierOf).join(', ')} → ${cluster.firms.map(firmOf).join(', ')} (${ko ? '안에 남는 몫' : 'stays inside'} ${percent(cluster.insideShare)})`,
    ),
    ...singlePoints
      .filter(({ stopShare }) => stopShare > 0)
      .map(({ supplier, stopShare, stops, cutOff }) => {
        const items = stops.map(({ item, firms: own }) => `${itemOf(item)} ${own.length}`).join(', ')
        return ko
          ? `  ${supplierOf(supplier)}: 끊기면 기업의 ${percent(stopShare)} 에 다른 공급처가 없음 (${items})${cutOff.length > 0 ? `, ${cutOff.length}곳은 모든 공급이 끊김` : ''}`
          : `  without ${supplierOf(supplier)} ${percent(stopShare)} of the firms have no other source (${items})${cutOff.length > 0 ? `; ${cutOff.length} have no supplier left` : ''}`
      }),
    ...outages.slice(0, MOST_OUTAGES).map(({ id, weeks, firmsStopped, daysLost, firstStopDay, firmsUnknown }) => {
      const dark =
        firmsUnknown === 0
          ? ''
          : ko
            ? `, ${firmsUnknown}곳은 재고를 모름`
            : `; the stock of ${firmsUnknown} is not known`
      const first =
        firstStopDay === null ? '' : ko ? `, 처음 ${firstStopDay}일째` : `, the first on day ${firstStopDay}`
      return ko
        ? `  ${supplierOf(id)} ${weeks}주 중단: ${firmsStopped}곳이 합쳐 ${daysLost.toFixed(1)}일 멈춤${first}${dark}`
        : `  ${supplierOf(id)} out for ${weeks} weeks: ${firmsStopped} firms stop for ${daysLost.toFixed(1)} days in all${first}${dark}`
    }),
  ]
}

const number = (digits: number) => (value: number) => value.toFixed(digits)
const SHOWN: Readonly<Record<Unit, (value: number, locale: Locale) => string>> = {
  share: percent,
  index: number(2),
  days: (value, locale) => `${value.toFixed(1)} ${locale === 'ko' ? '일' : 'days'}`,
  ratio: number(2),
  count: (value) => `${Math.round(10 * value) / 10}`,
  krw: (value) => won(Math.round(value)),
  krwPerTonne: (value, locale) => `${won(Math.round(value))}${locale === 'ko' ? '/톤' : '/t'}`,
  years: (value, locale) => `${value.toFixed(1)} ${locale === 'ko' ? '년' : 'years'}`,
  m2: (value) => `${Math.round(value).toLocaleString('en-US')} m²`,
  tonnes: (value, locale) => `${value} ${locale === 'ko' ? '톤' : 't'}`,
  km: (value) => `${value.toFixed(1)} km`,
  perKm2: (value) => `${value.toFixed(1)} /km²`,
  level: (value, locale) => {
    const level = value === 0 ? 'no' : value === 1 ? 'yes' : 'planned'
    return { no: { ko: '없음', en: 'no' }, planned: { ko: '계획', en: 'planned' }, yes: { ko: '있음', en: 'there' } }[
      level
    ][locale]
  },
}
