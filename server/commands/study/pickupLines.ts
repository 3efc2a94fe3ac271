/** What drawn pickups say. */
import type { Locale } from '../../../solver/index.ts'
import type { PickupResult, PickupStudy } from '../../../study/index.ts'
import { percent, won } from '../command.ts'
import { frequencyLines } from './frequencyLines.ts'
import { participationLines, range, sureLines } from './whoLines.ts'

export function pickupLines(
  study: PickupStudy,
  { settings, tornado, frequency, participation, running }: PickupResult,
  count: { done: number; all: number },
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const nameOf = (id: string) => study.settings.find((setting) => setting.id === id)?.name[locale] ?? id
  const target = percent(study.targetShare ?? 0.2)
  // a line each further down
  const exits = new Set(participation?.exits.map(({ setting }) => setting))
  const lines = settings
    .filter(({ setting }) => !exits.has(setting))
    .flatMap((result) => [
      ``,
      `${nameOf(result.setting)}  (${ko ? `${result.days}일` : `${result.days} days`})`,
      ko
        ? `  B1(화물마다 가장 싼 수단) 대비 절감 ${range(result.saving.B1, percent)}, B2(기업마다 따로 최적화) 대비 ${range(result.saving.B2, percent)}, B0(모두 단독 용차, 상한) 대비 ${percent(result.saving.B0.value)}`
        : `  saving against B1 (every shipment its cheapest way) ${range(result.saving.B1, percent)}, against B2 (every firm alone, optimised) ${range(result.saving.B2, percent)}, against B0 (every shipment its own hired truck, an upper limit) ${percent(result.saving.B0.value)}`,
      ko
        ? `  ${target} 이상 절감: ${result.days}일 가운데 ${result.reached.times}일 (${percent(result.reached.interval[0])} ~ ${percent(result.reached.interval[1])})${result.worstWeek ? `, 가장 나쁜 주 ${percent(result.worstWeek.share)}` : ''}`
        : `  saves ${target} or more on ${result.reached.times} of ${result.days} days (${percent(result.reached.interval[0])} ~ ${percent(result.reached.interval[1])})${result.worstWeek ? `, worst week ${percent(result.worstWeek.share)}` : ''}`,
      ko
        ? `  한 해 ${range(result.yearKrw, (krw) => won(Math.round(krw)))} (사업비 ${won(study.programmeKrwPerYear ?? 0)} 뺌)`
        : `  a year ${range(result.yearKrw, (krw) => won(Math.round(krw)))} (programme of ${won(study.programmeKrwPerYear ?? 0)} paid)`,
      ...(result.difference
        ? [
            ko
              ? `  기준 설정과의 차이 ${range(result.difference, (share) => `${(100 * share).toFixed(1)} %p`)}`
              : `  against the first setting ${range(result.difference, (share) => `${(100 * share).toFixed(1)} points`)}`,
          ]
        : []),
    ])
  return [
    ko
      ? `${count.all}회 가운데 ${count.done}회 계산, 95 % 구간, 거리와 시간은 도로 추정에 따름`
      : `${count.done} of ${count.all} runs, 95 % intervals; distances and times as the roads estimate them`,
    ...lines,
    ...(frequency ? frequencyLines(frequency, nameOf, locale) : []),
    ...(tornado.length > 0
      ? ['', ko ? '무엇이 결과를 흔드나 (B1 대비 절감)' : 'What moves the result (saving against B1)']
      : []),
    ...tornado.map(
      ({ low, high, span }) => `  ${nameOf(low)} … ${nameOf(high)}: ${(100 * span).toFixed(1)} ${ko ? '%p' : 'points'}`,
    ),
    ...(participation ? participationLines(participation, nameOf, locale) : []),
    ...sureLines(settings[0], running, locale),
  ]
}
