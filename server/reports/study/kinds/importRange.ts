/** How sure the saving of joint imports is: its range over the assumptions, whether the choice would be made again, and what moves it. */
import {
  ESTIMATE,
  type ImportRange,
  type ImportStudy,
  NO_RANGE,
  rangeDots,
  rangeTornado,
  uncertainName,
} from '../../../../study/index.ts'
import { drawTornado, MOST_BARS } from '../charts/bars.ts'
import { drawDots } from '../charts/spread.ts'
import type { Figure, Section } from '../report.ts'
import type { Say } from '../words.ts'

/** A figure of more digits finds no room beside a bar; only won are so many. */
const LONG = 100_000

export const noRange = ({ of }: Say): string => `${of(NO_RANGE)}.`

export function rangeText({ saving, draws, seed }: ImportRange, { w, share, whole }: Say): string {
  const { p05, p50, p95 } = saving.quantiles
  return w(
    `오늘 대비 절감 ${share(p05)} ~ ${share(p95)} (5~95 %, 가운데 ${share(p50)}): 불확실한 값을 ${whole(draws)}번 뽑음, 씨앗 ${seed}.`,
    `Saving against today ${share(p05)} to ${share(p95)} (5 to 95 %, median ${share(p50)}): what is uncertain drawn ${whole(draws)} times, seed ${seed}.`,
  )
}

/** Whether the choice would be made again. */
export function stableText(range: ImportRange, { w, whole, won }: Say): string {
  const { draws, cheaper, sameWay, sameOrders, nearlyBest, regretKrw } = range
  const of = (times: number) => `${whole(times)} / ${whole(draws)}`
  return w(
    `뽑은 것 가운데 오늘보다 싼 것 ${of(cheaper.times)}, 같은 수단을 다시 고를 것 ${of(sameWay.times)}, 같은 주문 횟수를 다시 고를 것 ${of(sameOrders.times)}, 고른 것이 최선과 2 % 안인 것 ${of(nearlyBest.times)}. 미리 정해서 더 드는 돈은 한 해 평균 ${won(regretKrw.mean)}입니다.`,
    `Of the draws ${of(cheaper.times)} are cheaper than today, ${of(sameWay.times)} would choose the same way again, ${of(sameOrders.times)} the same number of orders, and in ${of(nearlyBest.times)} the choice is within 2 % of the best. Choosing beforehand costs ${won(regretKrw.mean)} a year on average.`,
  )
}

export function rangeFigures(range: ImportRange, { w, share, whole, won, interval }: Say): Figure[] {
  const { p05, p95, p50 } = range.saving.quantiles
  return [
    {
      name: w('절감의 범위, 오늘 대비', 'Range of the saving against today'),
      text: `${share(p05)} ~ ${share(p95)}`,
      note: w(`5~95 %, 가운데 ${share(p50)}`, `5 to 95 %, median ${share(p50)}`),
      value: null,
      unit: '',
    },
    {
      name: w('같은 선택을 다시 함', 'The same choice again'),
      text: `${whole(range.sameOrders.times)} / ${whole(range.draws)}`,
      note: w(
        `같은 주문 횟수; ${interval(range.sameOrders.interval, share)}`,
        `the same number of orders; ${interval(range.sameOrders.interval, share)}`,
      ),
      value: range.sameOrders.times,
      unit: w('번', 'draws'),
    },
    {
      name: w('미리 정해서 더 드는 돈', 'What choosing beforehand costs'),
      text: won(range.regretKrw.mean),
      note: w('한 해 평균', 'a year, mean'),
      value: Math.round(range.regretKrw.mean),
      unit: w('원', 'won'),
    },
  ]
}

export function rangeSections(study: ImportStudy, range: ImportRange, point: number, say: Say): Section[] {
  const { w, of, share, whole, digits, wonAxis } = say
  const short = (value: number) =>
    Math.abs(value) < 10 ? String(value) : Math.abs(value) < LONG ? whole(value) : wonAxis(value)
  const tornado = rangeTornado(range, point, short)
  const nameOf = (factor: string) => uncertainName(study, factor.split(' '), say.locale)
  const quantiles = Object.entries(range.saving.quantiles)
  const [widest] = tornado.bars
  const percent = { unit: '%', digits: 1, percent: true } as const
  return [
    {
      title: w('절감은 얼마나 확실한가', 'How sure the saving is'),
      sentence: stableText(range, say),
      chart: drawDots(rangeDots(range), 0, say, w('오늘과 같음', 'as today')),
      notes: [
        w(
          `${of(ESTIMATE)}. 점 하나가 ${range.byDraw.length <= 60 ? '뽑은 하나' : '뽑은 것의 쉰에 하나'}, 찬 점은 오늘보다 싼 것. 가로: 오늘 대비 절감. 선택(수단과 주문 횟수)은 문서의 값에서 한 그대로 두었습니다.`,
          `Estimate on assumed prices. A dot is ${range.byDraw.length <= 60 ? 'a draw' : 'one in fifty of the draws'}, full where cheaper than today; across: saving against today. The choice (way and number of orders) is that of the values of the document.`,
        ),
      ],
      table: {
        name: w('절감의 범위', 'Range of the saving'),
        columns: [
          { name: w('무엇', 'What') },
          { name: w('오늘 대비 절감', 'Saving against today'), ...percent },
          { name: w('한 해', 'A year'), unit: w('원', 'won') },
        ],
        rows: [
          ...quantiles.map(([name, value]) => [
            w(`${Number(name.slice(1))} % 분위`, `${Number(name.slice(1))} % quantile`),
            value,
            range.savingKrw.quantiles[name as keyof typeof range.savingKrw.quantiles],
          ]),
          [w('평균', 'Mean'), range.saving.mean, range.savingKrw.mean],
        ],
      },
    },
    {
      title: w('가장 싼 주문 횟수는 얼마나 자주 바뀌나', 'How often another number of orders would be best'),
      table: {
        name: w('최선의 주문 횟수', 'Best number of orders'),
        columns: [
          { name: w('한 해 주문', 'Orders a year') },
          { name: w('가장 싼 횟수', 'Cheapest in') },
          { name: w('뽑은 것 가운데', 'Of the draws'), ...percent },
        ],
        rows: range.orders.map(({ orders, times }) => [orders, times, times / Math.max(1, range.draws)]),
        strong: range.orders.length > 0 ? [0] : [],
      },
    },
    ...(widest
      ? [
          {
            title: w('무엇이 절감을 흔드나', 'What moves the saving'),
            sentence: w(
              `한 번에 하나씩 낮은 값과 높은 값에 두고 공동 주문을 다시 골랐습니다. ${nameOf(widest.factor)} 하나가 ${digits(100 * widest.span, 1)} %p 를 움직입니다.`,
              `One at a time at its low and high, the joint orders chosen anew. What moves it most is ${nameOf(widest.factor)}: ${digits(100 * widest.span, 1)} points.`,
            ),
            chart: drawTornado(tornado, nameOf, say),
            notes: [
              w(
                `가운데 선: 문서의 값에서 ${share(point)} (오늘 대비, ${of(ESTIMATE)}). 막대 끝의 수: 그때의 값.${tornado.bars.length > MOST_BARS ? ` 그림은 가장 큰 ${MOST_BARS}개입니다.` : ''}`,
                `Middle line: ${share(point)} at the values of the document (against today, ${of(ESTIMATE)}). Figures at the ends: the value there.${tornado.bars.length > MOST_BARS ? ` The chart has the ${MOST_BARS} widest.` : ''}`,
              ),
            ],
            table: {
              name: w('흔드는 것', 'What moves it'),
              columns: [
                { name: w('무엇', 'What') },
                { name: w('낮은 값', 'Low'), asWritten: true },
                { name: w('높은 값', 'High'), asWritten: true },
                { name: w('낮을 때 절감', 'Saving at its low'), ...percent },
                { name: w('높을 때 절감', 'Saving at its high'), ...percent },
              ],
              rows: range.turns.map(({ paths, values, low, high }) => [
                uncertainName(study, paths, say.locale),
                values[0],
                values[1],
                low,
                high,
              ]),
            },
          },
        ]
      : []),
  ]
}
