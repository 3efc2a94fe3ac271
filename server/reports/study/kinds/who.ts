/** Of pickups: who must take part, whether more days would say anything else, and how likely a stop is late. */
import {
  type Participation,
  type PickupResult,
  type PickupStudy,
  SPREAD,
  type Verdict,
} from '../../../../study/index.ts'
import { drawExits, drawIntervals } from '../charts/intervals.ts'
import type { Column, Section } from '../report.ts'
import type { Say } from '../words.ts'

const MOST_EXITS = 30

export function whoSections(study: PickupStudy, result: PickupResult, say: Say): Section[] {
  const { participation, running } = result
  return [
    ...(participation && participation.curve.length > 1 ? [curveSection(participation, say)] : []),
    ...(participation && participation.exits.length > 0 ? [exitSection(study, participation, say)] : []),
    ...(running.points.length > 1 ? [runningSection(result, say)] : []),
    ...lateSection(study, result, say),
  ]
}

/** The fewest that pay, on average and with the whole interval. */
export function paysSentence({ curve, pays }: Participation, { w, whole }: Say): string {
  const all = curve.at(-1)?.firms ?? 0
  if (pays.onAverage === null)
    return w('견준 어느 수에서도 사업비를 갚지 못합니다.', 'No count that was tried pays for the programme.')
  const average =
    pays.onAverage === all
      ? w(
          `견준 것 가운데 ${whole(all)}곳이 모두 참여해야 평균으로 사업비를 갚습니다.`,
          `Of the counts tried, only all ${whole(all)} firms pay for the programme on average.`,
        )
      : w(
          `평균으로는 ${whole(pays.onAverage)}곳부터 사업비를 갚습니다.`,
          `On average the programme is paid for from ${whole(pays.onAverage)} firms on.`,
        )
  const surely =
    pays.surely === null
      ? w('95 % 구간까지 보면 어느 수에서도 장담할 수 없습니다.', 'By the 95 % interval no count is sure to pay.')
      : w(
          `95 % 구간까지 보면 ${whole(pays.surely)}곳부터입니다.`,
          `By the 95 % interval, from ${whole(pays.surely)} firms on.`,
        )
  return `${average} ${surely}`
}

/** Whose exit breaks it, in a sentence that names at most three. */
export function exitSentence(
  { exits, now }: Participation,
  nameOf: (id: string) => string,
  { w, whole, won }: Say,
): string {
  const [worst] = exits
  if (!worst) return ''
  const missed = w(
    `가장 크게 주는 것은 ‘${nameOf(worst.setting)}’: 한 해 ${won(worst.lostKrw.value)}을 덜 아낍니다.`,
    `What costs most is “${nameOf(worst.setting)}”: ${won(worst.lostKrw.value)} less saved a year.`,
  )
  if (now.pays === 'breaks')
    return `${missed} ${w('아무도 빠지지 않아도 사업비를 갚지 못합니다.', 'The programme is not paid for even if nobody leaves.')}`
  const breaking = exits.filter(({ pays }) => pays === 'breaks')
  const open = exits.filter(({ pays }) => pays === 'open').length
  const named = breaking.slice(0, 3).map(({ setting }) => nameOf(setting))
  const verdicts = [
    ...(breaking.length > 0
      ? [
          w(
            `${whole(exits.length)}가지 가운데 ${whole(breaking.length)}가지에서 나머지가 사업비를 갚지 못합니다 (${named.join(', ')}${breaking.length > 3 ? ' …' : ''}).`,
            `In ${whole(breaking.length)} of ${whole(exits.length)} such exits the others do not pay for the programme (${named.join(', ')}${breaking.length > 3 ? ' …' : ''}).`,
          ),
        ]
      : []),
    ...(open > 0
      ? [
          w(
            `${whole(open)}가지는 95 % 구간으로 말할 수 없습니다.`,
            `Of ${whole(open)} the 95 % interval does not say whether they do.`,
          ),
        ]
      : []),
  ]
  return [
    missed,
    ...(verdicts.length > 0
      ? verdicts
      : [
          w(
            '어느 한 곳이 빠져도 나머지는 사업비를 갚습니다.',
            'Whichever firm leaves, the others pay for the programme.',
          ),
        ]),
  ].join(' ')
}

const percent = (name: string): Column => ({ name, unit: '%', digits: 1, percent: true })
const endsOf = (found: readonly [number, number] | null) => found ?? [null, null]

function curveSection(participation: Participation, say: Say): Section {
  const { w, won, wonAxis } = say
  const { curve, pays } = participation
  const unit = w('원', 'won')
  return {
    title: w('몇 곳이 참여해야 하나', 'How many must take part'),
    sentence: paysSentence(participation, say),
    chart: drawIntervals(
      curve.map(({ firms, yearKrw }) => ({ at: firms, ...yearKrw })),
      {
        form: 'whiskers',
        line: { at: 0, name: w('사업비를 갚는 선', 'programme paid') },
        show: wonAxis,
        axis: w(
          '참여기업 수 (세로: B1 대비 한 해 절감 − 사업비, 원)',
          'firms that take part (upwards: saved a year against B1, programme paid, won)',
        ),
      },
    ),
    notes: [
      w(
        `한 해 절감(B1 대비)에서 사업비 ${won(pays.programmeKrw)}을 뺀 값입니다. 기업은 씨앗마다 새로 뽑고 두 쪽을 다시 계획했습니다. 가는 선: 씨앗 사이에서 잰 95 % 구간이며, 씨앗이 하나면 말할 수 없습니다.`,
        `Saved a year against B1, programme of ${won(pays.programmeKrw)} paid. Firms are drawn anew for each seed and both sides planned anew. Thin lines: 95 % interval between seeds, of which one seed says nothing.`,
      ),
    ],
    table: {
      name: w('참여', 'Participation'),
      columns: [
        { name: w('참여기업', 'Firms') },
        { name: w('한 해 (사업비 뺌)', 'A year, programme paid'), unit },
        { name: w('95 % 아래', '95 % low'), unit },
        { name: w('95 % 위', '95 % high'), unit },
        percent(w('B1 대비 절감', 'Saving of B1')),
        percent(w('95 % 아래', '95 % low')),
        percent(w('95 % 위', '95 % high')),
      ],
      rows: curve.map(({ firms, yearKrw, saving }) => [
        firms,
        yearKrw.value,
        ...endsOf(yearKrw.interval),
        saving.value,
        ...endsOf(saving.interval),
      ]),
    },
  }
}

function exitSection(study: PickupStudy, participation: Participation, say: Say): Section {
  const { w, share } = say
  const { exits } = participation
  const nameOf = settingNames(study, say)
  const unit = w('원', 'won')
  const paid: Readonly<Record<Verdict, string>> = {
    holds: w('갚음', 'paid'),
    open: w('불확실', 'unsure'),
    breaks: w('못 갚음', 'not paid'),
  }
  const reached: Readonly<Record<Verdict, string>> = {
    holds: w('닿음', 'reached'),
    open: w('불확실', 'unsure'),
    breaks: w('못 닿음', 'missed'),
  }
  return {
    title: w('누가 빠지면 무너지나', 'Whose exit breaks it'),
    sentence: exitSentence(participation, nameOf, say),
    chart: drawExits(
      exits.slice(0, MOST_EXITS).map(({ setting, lostKrw, pays }) => ({
        name: nameOf(setting),
        lostKrw,
        breaks: pays === 'breaks',
      })),
      say,
    ),
    notes: [
      w(
        '막대: 그 기업이 빠질 때 한 해 절감(B1 대비)이 주는 값. 빨강: 나머지가 사업비를 갚지 못함. 가는 선: 같은 날끼리 견준 차이의 95 % 구간.',
        'Bars: saved less a year against B1 when the firm leaves. Red: the others do not pay for the programme. Thin lines: 95 % interval of the difference, day by day.',
      ),
    ],
    table: {
      name: w('빠지면', 'Exits'),
      columns: [
        { name: w('설정', 'Setting') },
        { name: w('주는 절감 (한 해)', 'Saved less a year'), unit },
        { name: w('95 % 아래', '95 % low'), unit },
        { name: w('95 % 위', '95 % high'), unit },
        { name: w('나머지의 한 해', 'Others, a year'), unit },
        percent(w('나머지의 B1 대비', 'Others, of B1')),
        { name: w('사업비', 'Programme') },
        { name: w(`목표 ${share(study.targetShare ?? 0.2)}`, `Target ${share(study.targetShare ?? 0.2)}`) },
      ],
      rows: exits.map(({ setting, lostKrw, yearKrw, saving, pays, target }) => [
        nameOf(setting),
        lostKrw.value,
        ...endsOf(lostKrw.interval),
        yearKrw.value,
        saving.value,
        paid[pays],
        reached[target],
      ]),
    },
  }
}

export const settingNames =
  ({ settings }: Pick<PickupStudy, 'settings'>, { of }: Say) =>
  (id: string): string => {
    const setting = settings.find((one) => one.id === id)
    return setting ? of(setting.name) : id
  }

/** Whether more days would change the answer. */
export function runningSentence(
  { running: { enoughDays }, settings: [base] }: PickupResult,
  { w, whole }: Say,
): string {
  return enoughDays === null
    ? w(
        `${whole(base!.days)}일로는 ±1 %p 에 들지 못했습니다. 지금까지의 흩어짐으로는 ${whole(base!.daysFor1Point)}일쯤 필요합니다 (추정).`,
        `${whole(base!.days)} days are not within ±1 point. By the spread so far about ${whole(base!.daysFor1Point)} are needed (estimate).`,
      )
    : w(
        `${whole(enoughDays)}일째부터 ±1 %p 안이고, 그 뒤로 벗어나지 않았습니다.`,
        `Within ±1 point from day ${whole(enoughDays)} on, and never outside again.`,
      )
}

function runningSection(result: PickupResult, say: Say): Section {
  const { w, share } = say
  return {
    title: w('며칠이면 충분한가', 'How many days are enough'),
    sentence: runningSentence(result, say),
    chart: drawIntervals(
      result.running.points.map(({ days, value, low, high }) => ({ at: days, value, interval: [low, high] })),
      {
        form: 'band',
        show: share,
        axis: w('뽑은 날 (세로: B1 대비 절감)', 'days drawn (upwards: saving against B1)'),
      },
    ),
    chartTellsAll: true,
    notes: [
      w(
        '날이 늘 때 절감률(선)과 95 % 구간(띠). 띠가 더 좁아지지 않으면 날을 더 뽑아도 답은 같습니다.',
        'The saving (line) and its 95 % interval (band) as days are added. Where the band no longer narrows, more days say the same.',
      ),
    ],
    table: {
      name: w('날이 늘 때', 'As days are added'),
      columns: [
        { name: w('날', 'Days') },
        percent(w('B1 대비 절감', 'Saving of B1')),
        percent(w('95 % 아래', '95 % low')),
        percent(w('95 % 위', '95 % high')),
      ],
      rows: result.running.points.map(({ days, value, low, high }) => [days, value, low, high]),
    },
  }
}

function lateSection(study: PickupStudy, { settings: [base] }: PickupResult, say: Say): Section[] {
  const { w, share, interval, whole } = say
  const late = base?.lateness
  if (!late) return []
  const { day, leg, stop, draws } = { ...SPREAD, ...study.spread }
  return [
    {
      title: w('정차가 늦을 확률', 'How likely a stop is late'),
      sentence: w(
        `노선의 정차 하나가 늦을 확률은 ${share(late.share.value)}입니다 (${interval(late.share.interval, share)}).`,
        `A stop of a round is late with a likelihood of ${share(late.share.value)} (${interval(late.share.interval, share)}).`,
      ),
      notes: [
        w(
          `추정. 가정한 흩어짐(로그 표준편차): 도로 시간은 날마다 ${share(day)}, 구간마다 ${share(leg)}, 정차 시간은 ${share(stop)}. 계획한 하루를 ${whole(draws)}번 몰아 보며, 지킬 시간대나 희망 시각을 넘겨 시작하면 늦은 것입니다.`,
          `Estimate. Spread assumed (sd of the logarithm): road times ${share(day)} a day and ${share(leg)} a leg, stops ${share(stop)}. Each planned day is driven ${whole(draws)} times; late is who begins after the window, or the wished hours, that the plan keeps.`,
        ),
        ...(late.worst.length === 0
          ? [w('눈에 띄게 늦는 곳이 없습니다.', 'No place is late often enough to name.')]
          : []),
      ],
      ...(late.worst.length > 0 && {
        table: {
          name: w('늦는 곳', 'Where late'),
          columns: [
            { name: w('자주 늦는 곳', 'Where stops are often late') },
            { name: w('100일에 늦는 정차', 'Late stops in 100 days'), digits: 1 },
          ],
          rows: late.worst.map(({ site, per100Days }) => [site, per100Days]),
        },
      }),
    },
  ]
}
