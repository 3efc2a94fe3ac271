/** What `milkrun study` says of waiting: saving, what it takes, and where it comes from. */
import type { Locale } from '../../../solver/index.ts'
import { FREQUENCY_STEPS, type FrequencyResult, type FrequencyStep, type Pattern } from '../../../study/index.ts'
import { percent, won } from '../command.ts'
import { range } from './whoLines.ts'

const STEPS: Readonly<Record<FrequencyStep, { readonly ko: string; readonly en: string }>> = {
  mode: { ko: '수단', en: 'mode' },
  truckSize: { ko: '차량 크기', en: 'truck size' },
  routing: { ko: '노선 묶기', en: 'routing' },
  frequency: { ko: '덜 자주 주문 (밀크런 없이도)', en: 'ordering less often (without a milk run too)' },
  fuller: { ko: '기다려서 더 찬 노선', en: 'fuller rounds by waiting' },
  stock: { ko: '재고', en: 'stock' },
}

export function frequencyLines(
  { settings, best }: FrequencyResult,
  nameOf: (setting: string) => string,
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const points = (share: number): string => `${(100 * share).toFixed(1)} ${ko ? '%p' : 'points'}`
  const signed = (krw: number): string => `${krw > 0 ? '+' : ''}${won(Math.round(krw))}`
  const lines = settings.flatMap((one) => {
    const { setting, saving, more, sameWaiting, wait, stockKg, stockKrw, steps, b1Krw, planKrw, patterns, left } = one
    const money = `${ko ? 'B1' : 'B1'} ${won(Math.round(b1Krw))} → ${FREQUENCY_STEPS.filter((step) => steps[step] !== 0)
      .map((step) => `${STEPS[step][locale]} ${signed(steps[step])}`)
      .join(', ')} → ${won(Math.round(planKrw + stockKrw))}`
    return [
      `  ${nameOf(setting)}${setting === best ? (ko ? '  (가장 많이 절감)' : '  (saves most)') : ''}`,
      ko
        ? `    기다리지 않는 B1 대비 절감 ${range(saving, percent)}${more ? `, 기다려서 더 ${range(more, points)}` : ''}`
        : `    saves ${range(saving, percent)} of B1 without waiting${more ? `, of which waiting ${range(more, points)}` : ''}`,
      ...(more
        ? [
            ko
              ? `    기다릴 수 있는 주문(${percent(wait.mayWaitShare)})이 평균 ${wait.meanDays.toFixed(1)} 영업일, 길게는 ${wait.longestDays}일 기다림, 모든 주문의 ${percent(wait.waitedShare)}가 늦어짐, 더 쌓이는 재고 ${Math.round(stockKg).toLocaleString('en-US')} kg`
              : `    orders that may wait (${percent(wait.mayWaitShare)}) wait ${wait.meanDays.toFixed(1)} working days on average and ${wait.longestDays} at most; ${percent(wait.waitedShare)} of all orders come later; ${Math.round(stockKg).toLocaleString('en-US')} kg more lie about`,
            ko
              ? `    같은 날 같은 로트의 B1 대비 ${range(sameWaiting, percent)}`
              : `    against B1 with the same lots on the same days ${range(sameWaiting, percent)}`,
          ]
        : []),
      `    ${ko ? '하루' : 'a day'}: ${money}`,
      ...(left > 0
        ? [
            ko
              ? `    어느 쪽이든 싣지 못한 주문 ${left}건`
              : `    ${left} orders that one side or the other could not carry`,
          ]
        : []),
      ...(patterns
        ? [
            `    ${ko ? '고른 주기' : 'patterns chosen'}: ${patternCounts(patterns.pairs, locale)}; ${ko ? '고를 때의 어림' : 'estimate when chosen'} ${won(patterns.dailyKrw)} → ${won(patterns.chosenKrw)} ${ko ? '하루' : 'a day'}`,
          ]
        : []),
    ]
  })
  return [
    '',
    ko
      ? '빈도와 대기 (두 쪽이 같은 주문, 창의 마지막 날에는 모두 실음)'
      : 'frequency and waiting (the same orders on both sides; everything goes on the last day of the window)',
    ...lines,
  ]
}

function patternCounts(pairs: readonly { readonly pattern: Pattern }[], locale: Locale): string {
  const ko = locale === 'ko'
  const kindOf = (pattern: Pattern): string => {
    if (pattern === 'full') return ko ? '차면' : 'when full'
    const times = pattern.length
    return times === 5 ? (ko ? '매일' : 'daily') : ko ? `주 ${times}회` : `${times} a week`
  }
  const counts = Map.groupBy(pairs, ({ pattern }) => kindOf(pattern))
  return [...counts].map(([kind, own]) => `${kind} ${own.length}`).join(', ')
}
