/** What a pickup study says of who must take part, whether days were enough, and how likely a stop is late. */
import type { Locale } from '../../../solver/index.ts'
import type { Estimate, Participation, PickupResult } from '../../../study/index.ts'
import { percent, won } from '../command.ts'

export const range = ({ value, interval }: Estimate, show: (value: number) => string): string =>
  interval ? `${show(value)} (${show(interval[0])} ~ ${show(interval[1])})` : show(value)

const krw = (value: number): string => won(Math.round(value))
const SHOWN = 8
const VERDICTS = {
  ko: { holds: '갚음', open: '불확실', breaks: '못 갚음' },
  en: { holds: 'pays', open: 'unsure', breaks: 'does not pay' },
} as const

export function participationLines(
  { curve, pays, exits, now }: Participation,
  nameOf: (setting: string) => string,
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const none = ko ? '없음' : 'none'
  return [
    ...(curve.length === 0
      ? []
      : [
          '',
          ko
            ? `몇 곳이 참여해야 하나 (사업비 ${krw(pays.programmeKrw)}까지 뺀 한 해, 구간은 시드 사이)`
            : `How many must take part (a year, programme of ${krw(pays.programmeKrw)} paid; intervals between seeds)`,
          ...curve.map(
            ({ firms, saving, yearKrw }) => `  ${firms}: ${range(yearKrw, krw)}, B1 ${range(saving, percent)}`,
          ),
          ko
            ? `  갚는 가장 적은 수: 평균으로 ${pays.onAverage ?? none}, 95 % 구간까지 ${pays.surely ?? none}`
            : `  the fewest that pay: on average ${pays.onAverage ?? none}, by the 95 % interval ${pays.surely ?? none}`,
        ]),
    ...(exits.length === 0
      ? []
      : [
          '',
          ko
            ? `누가 빠지면 무너지나 (지금은 ${VERDICTS.ko[now.pays]}; 한 해에 주는 절감, 나머지가 사업비를)`
            : `Whose exit breaks it (now it ${VERDICTS.en[now.pays]}; saved less a year, and whether the others pay)`,
          ...exits
            .slice(0, SHOWN)
            .map(
              ({ setting, lostKrw, pays: still }) =>
                `  ${nameOf(setting)}: ${range(lostKrw, krw)}, ${VERDICTS[locale][still]}`,
            ),
          ...(exits.length > SHOWN
            ? [ko ? `  그 밖에 ${exits.length - SHOWN}곳` : `  and ${exits.length - SHOWN} more`]
            : []),
        ]),
  ]
}

export function sureLines(
  first: PickupResult['settings'][number] | undefined,
  { enoughDays }: PickupResult['running'],
  locale: Locale,
): string[] {
  if (!first) return []
  const ko = locale === 'ko'
  const late = first.lateness
  const worst = late?.worst.slice(0, 3).map(({ site, per100Days }) => `${site} ${per100Days.toFixed(1)}`)
  return [
    '',
    enoughDays === null
      ? ko
        ? `${first.days}일로는 ±1 %p 에 들지 못함, 지금의 흩어짐으로는 ${first.daysFor1Point}일 필요 (추정)`
        : `${first.days} days are not within ±1 point; by the spread so far ${first.daysFor1Point} are needed (estimate)`
      : ko
        ? `${enoughDays}일째부터 ±1 %p 안`
        : `within ±1 point from day ${enoughDays} on`,
    ...(late
      ? [
          ko
            ? `노선의 정차가 늦을 확률 ${range(late.share, percent)} (시간이 흩어진다는 가정)${worst?.length ? `; 100일에 늦는 정차: ${worst.join(', ')}` : ''}`
            : `a stop of a round is late with ${range(late.share, percent)} (times assumed to stray)${worst?.length ? `; late stops in 100 days: ${worst.join(', ')}` : ''}`,
        ]
      : []),
  ]
}
