/** Where orders of a pickup study may wait for their day: what that adds, held against the same goods fetched daily, as bars of its own. */
import {
  type FallBar,
  FREQUENCY_STEPS,
  type FrequencyResult,
  type FrequencySetting,
  type PickupStudy,
} from '../../../../study/index.ts'
import { drawFall } from '../charts/bars.ts'
import type { Column, Section } from '../report.ts'
import type { Say } from '../words.ts'
import { nameIn } from './names.ts'

const STEPS = {
  b1: ['기준 B1 (기다리지 않음)', 'B1, nobody waits'],
  mode: ['수단', 'Mode'],
  truckSize: ['차량 크기', 'Truck size'],
  routing: ['노선 묶기', 'Routing'],
  frequency: ['빈도 (뜸하고 큰 로트)', 'Frequency (larger lots)'],
  fuller: ['찬 노선', 'Fuller rounds'],
  stock: ['재고', 'Stock'],
  plan: ['계획과 재고', 'Plan and stock'],
} as const

export const bestOf = ({ settings, best }: FrequencyResult): FrequencySetting | undefined =>
  settings.find(({ setting }) => setting === best)

export function frequencySections(study: PickupStudy, result: FrequencyResult, say: Say): Section[] {
  const { w, of, share, points, interval, digits } = say
  const best = bestOf(result)
  const stepName = nameIn(STEPS, w)
  const nameOf = (id: string) => {
    const setting = study.settings.find((one) => one.id === id)
    return setting ? of(setting.name) : id
  }
  const percent = (name: string): Column => ({ name, unit: '%', digits: 1, percent: true })
  const shift = (name: string): Column => ({ name, unit: w('%p', 'points'), digits: 1, percent: true, signed: true })
  const table = {
    name: w('빈도', 'Frequency'),
    columns: [
      { name: w('설정', 'Setting') },
      percent(w('절감 (재고 뺌)', 'Saving, stock paid')),
      percent(w('95 % 아래', '95 % low')),
      percent(w('95 % 위', '95 % high')),
      shift(w('기다려서 더', 'More by waiting')),
      shift(w('95 % 아래', '95 % low')),
      shift(w('95 % 위', '95 % high')),
      percent(w('같이 기다린 B1 대비', 'Of B1 that waits too')),
      { name: w('재고', 'Stock'), unit: w('원/일', 'won a day') },
      { name: w('평균 대기', 'Mean wait'), unit: w('일', 'days'), digits: 2 },
      { name: w('가장 긴 대기', 'Longest'), unit: w('일', 'days') },
    ],
    rows: result.settings.map(({ setting, saving, more, sameWaiting, stockKrw, wait }) => [
      nameOf(setting),
      saving.value,
      ...(saving.interval ?? [null, null]),
      more?.value ?? null,
      ...(more?.interval ?? [null, null]),
      sameWaiting.value,
      stockKrw,
      wait.meanDays,
      wait.longestDays,
    ]),
    strong: result.settings.flatMap(({ setting }, k) => (setting === result.best ? [k] : [])),
  }
  const title = w('덜 자주 나르면', 'Going less often')
  const note = w(
    '기준은 기다리지 않는 B1입니다. 기다림이 하는 일은 빈도·찬 노선·재고의 걸음으로 따로 적고, 수단·차량·노선의 몫에는 넣지 않습니다. 빈도의 몫은 밀크런 없이도 기업이 스스로 얻을 수 있습니다.',
    'The baseline is B1 where nobody waits. What waiting does stands in steps of its own (frequency, fuller rounds, stock) and in none of the others. Firms could have the part of frequency without a milk run.',
  )
  if (!best) return [{ title, notes: [note], table }]
  let at = best.b1Krw
  const bars: FallBar[] = [
    { id: 'b1', krw: at, from: 0, to: at, level: true, interval: null },
    ...FREQUENCY_STEPS.map((id): FallBar => {
      const from = at
      at += best.steps[id]
      return { id, krw: best.steps[id], from, to: at, level: false, interval: null }
    }),
    {
      id: 'plan',
      krw: best.planKrw + best.stockKrw,
      from: 0,
      to: best.planKrw + best.stockKrw,
      level: true,
      interval: null,
    },
  ]
  return [
    {
      title,
      sentence: w(
        `${nameOf(best.setting)}: 재고까지 치르고 ${share(best.saving.value)} (${interval(best.saving.interval, share)})${best.more ? `, 기다려서 더해진 것은 ${points(best.more.value)} (${interval(best.more.interval, points)})` : ''}. 평균 ${digits(best.wait.meanDays, 2)}일 기다립니다.`,
        `${nameOf(best.setting)}: ${share(best.saving.value)} with the stock paid (${interval(best.saving.interval, share)})${best.more ? `; waiting adds ${points(best.more.value)} (${interval(best.more.interval, points)})` : ''}. Orders that may wait do so ${digits(best.wait.meanDays, 2)} days.`,
      ),
      chart: drawFall(bars, stepName, say),
      notes: [note],
      table,
    },
  ]
}
