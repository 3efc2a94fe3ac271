/** What a study of pickups says: the saving with its range against three named baselines, and what it rests on. */
import {
  collectOf,
  dotsOf,
  type PickupResult,
  type PickupStudy,
  pickupFall,
  quantile,
  type Run,
  tornadoOf,
} from '../../../../study/index.ts'
import { drawFall, drawTornado } from '../charts/bars.ts'
import { drawDots } from '../charts/spread.ts'
import type { Column, Figure, KindReport, Section, StudyPapers, Table } from '../report.ts'
import type { Say } from '../words.ts'
import { frequencySections } from './frequency.ts'
import { FACTORS, nameIn, PICKUP_STEPS } from './names.ts'
import { nothingYet } from './nothing.ts'
import { pickupAnswers } from './pickupAnswers.ts'
import { whoSections } from './who.ts'

export function pickupReport(study: PickupStudy, result: PickupResult, papers: StudyPapers, say: Say): KindReport {
  const { w, of, share, interval, whole, won } = say
  const [base] = result.settings
  const place = papers.data ? of(papers.data.complex.name) : study.complex
  const kind = w('집하 절감', 'Pickups')
  const question = w(
    `${place}에서 공동 순회집하(밀크런)를 하면 운송비가 얼마나 줄고, 얼마나 확실한가?`,
    `How much transport cost do shared pickup rounds (a milk run) save in ${place}, and how sure is that?`,
  )
  // what all others are held against: the first in which nobody waits
  const first = study.settings.find((setting) => !collectOf(setting))
  if (!base || base.setting !== first?.id) return nothingYet({ kind, question, baseline: 'B1' }, say)
  const { saving, yearKrw, worstWeek, reached, co2Share, lateness } = base
  const b1 = saving.B1
  const target = study.targetShare ?? 0.2
  const programme = study.programmeKrwPerYear ?? 0
  const cheaper = b1.value >= 0
  const days = w(`${whole(base.days)}일`, base.days === 1 ? '1 day' : `${whole(base.days)} days`)
  const figures: Figure[] = [
    {
      name: w('절감, 기준 B1 대비', 'Saving against B1'),
      text: share(b1.value),
      note: w('화물마다 가장 싼 수단', 'every shipment its cheapest way'),
      value: 100 * b1.value,
      unit: '%',
    },
    {
      name: w('절감, 기준 B2 대비', 'Saving against B2'),
      text: share(saving.B2.value),
      note: w('기업마다 따로 최적화', 'every firm alone, optimised'),
      value: 100 * saving.B2.value,
      unit: '%',
    },
    {
      name: w('한 해 절감, B1 대비', 'Saved a year, against B1'),
      text: won(yearKrw.value),
      note: w(`사업비 ${won(programme)} 뺌`, `programme of ${won(programme)} paid`),
      value: Math.round(yearKrw.value),
      unit: w('원', 'won'),
    },
    {
      name: w(`${share(target)} 이상 아낀 날`, `Days that save ${share(target)}`),
      text: `${whole(reached.times)} / ${whole(base.days)}`,
      note: interval(reached.interval, share),
      value: reached.times,
      unit: w('일', 'days'),
    },
    {
      name: w('가장 나쁜 주', 'Worst week'),
      text: worstWeek ? share(worstWeek.share) : '–',
      note: worstWeek
        ? w(
            `${worstWeek.from}부터 닷새, 씨앗 ${worstWeek.seed}`,
            `five days from ${worstWeek.from}, seed ${worstWeek.seed}`,
          )
        : w('이어진 닷새가 없음', 'no five days in a row'),
      value: worstWeek && 100 * worstWeek.share,
      unit: '%',
    },
    {
      name: w('함께 실은 화물', 'Shipments that ride together'),
      text: share(base.pooledShare),
      note: w('나머지는 개별 운송', 'the others go alone'),
      value: 100 * base.pooledShare,
      unit: '%',
    },
    {
      name: w('희망 시각보다 늦은 정차 (계획)', 'Stops after the wished time, as planned'),
      text: share(base.lateShare),
      value: 100 * base.lateShare,
      unit: '%',
    },
    ...(lateness
      ? [
          {
            name: w('정차가 늦을 확률', 'A stop is late with'),
            text: share(lateness.share.value),
            note: interval(lateness.share.interval, share),
            value: 100 * lateness.share.value,
            unit: '%',
          },
        ]
      : []),
    {
      name: w('CO₂, B1 대비', 'CO₂ against B1'),
      text: share(co2Share.value),
      note: interval(co2Share.interval, share),
      value: 100 * co2Share.value,
      unit: '%',
    },
  ]
  return {
    kind,
    question,
    answer: cheaper
      ? w(
          `화물마다 가장 싼 수단으로 따로 보낼 때(기준 B1)보다 운송비가 ${share(b1.value)} 줄어듭니다.`,
          `Transport costs ${share(b1.value)} less than sending every shipment its own cheapest way (baseline B1).`,
        )
      : w(
          `화물마다 가장 싼 수단으로 따로 보낼 때(기준 B1)보다 운송비가 ${share(-b1.value)} 더 듭니다.`,
          `Transport costs ${share(-b1.value)} more than sending every shipment its own cheapest way (baseline B1).`,
        ),
    range: `${interval(b1.interval, share)} · ${w(`${days}을 뽑아 두 쪽을 같은 난수로 견줌`, `${days} drawn, both sides on the same random numbers`)}`,
    tone: cheaper ? 'good' : 'warn',
    isNot: [
      w(
        '실측이 아닙니다. 주문은 적힌 가정에서 뽑은 것이고, 거리와 시간은 도로 자료가 준 값입니다.',
        'It is not a measurement. Orders are drawn from stated assumptions; distances and times are what the roads give.',
      ),
      w(
        '보도된 40 % 가 아닙니다. 그 값은 해외 부품을 함께 들여오는 사업의 사전 기대치이고, 이 연구는 국내 집하입니다.',
        'It is not the reported 40 %: that was expected of importing parts together. This study is of domestic pickups.',
      ),
      w(
        '기업 하나하나의 절감이 아닙니다. 누가 얼마를 나누는지는 비용 배분이 답합니다.',
        'It is not what each firm saves: who pays what is answered by the split of a plan.',
      ),
      ...(papers.data?.complex.synthetic
        ? [
            w(
              '실제 기업의 자리와 주문이 아닙니다. 단지 자료는 이름을 가리고 자리를 흩은 예시입니다.',
              'It is not of real firms: places and orders of this complex are an anonymised example.',
            ),
          ]
        : []),
      w(
        `B0 대비 ${share(saving.B0.value)} 를 절감이라고 하지 마세요. 화물마다 용차 한 대라는 상한과 견준 값입니다.`,
        `Do not quote the ${share(saving.B0.value)} against B0: it is against a truck for every shipment, an upper limit.`,
      ),
    ],
    figures,
    sections: [
      ...sectionsOf(study, result, say),
      ...whoSections(study, result, say),
      ...(result.frequency ? frequencySections(study, result.frequency, say) : []),
    ],
    method: [
      w(
        `씨앗마다 영업일 ${study.days}일의 주문을 수요 모형에서 뽑습니다: 기업과 품목마다 포아송 횟수, 로그정규 무게. 난수는 씨앗·날·기업·품목마다 따로라, 무엇을 바꾸어도 나머지는 같은 주문입니다(공통 난수).`,
        `For each seed ${study.days} working days of orders are drawn from the demand model: Poisson counts and log-normal weights for each firm and flow. Every seed, day, firm and flow has a stream of its own, so that what is not changed stays the same (common random numbers).`,
      ),
      w(
        `그 주문은 실제 주문 파일과 같은 길로 들어와, 날마다 ${whole(study.iterations)}번의 탐색(부수고 다시 짓기)으로 계획되고, 독립된 검사를 거친 뒤 세 기준과 견주어집니다. 기준도 설정마다 다시 셈합니다.`,
        `They go the way of any order file: each day is planned by ${whole(study.iterations)} iterations of ruin and recreate, checked independently, and compared with three baselines, which are worked out anew for every setting too.`,
      ),
      w(
        '절감률은 며칠의 절감을 더해 같은 날들의 기준으로 나눈 것입니다. 95 % 구간은 비의 추정(선형화, Cochran 1977)이며 스튜던트 t를 씁니다. 비율의 구간은 Wilson(1927), 분위수는 Hyndman·Fan 제7형입니다.',
        'A saving is a sum over days divided by the sum of its baseline; its 95 % interval is that of a ratio of means, linearised (Cochran 1977), with Student’s t. Intervals of shares: Wilson (1927). Quantiles: Hyndman and Fan, type 7.',
      ),
      w(
        '세 기준: B0 화물마다 알맞은 가장 작은 용차 한 대(상한). B1 화물마다 쓸 수 있는 가장 싼 수단(대표). B2 기업마다 혼자 같은 방법으로 최적화(가장 엄격).',
        'Three baselines: B0 every shipment its own smallest sufficient hired truck (an upper limit). B1 every shipment its cheapest available mode (the headline). B2 every firm alone, optimised by the same method (the hardest).',
      ),
    ],
    answers: pickupAnswers(study, result, papers, say),
    sheets: [runsTable(papers.runs, say)],
  }
}

function sectionsOf(study: PickupStudy, result: PickupResult, say: Say): Section[] {
  const { w, of, share, whole, won, points, interval } = say
  const [base] = result.settings
  const target = study.targetShare ?? 0.2
  const bars = pickupFall(result)
  const stepName = nameIn(PICKUP_STEPS, w)
  const factorName = nameIn(FACTORS, w)
  const dots = dotsOf(base!.byDay, target)
  const tornado = tornadoOf(study, result)
  const wide = tornado?.bars[0]
  const percent = (name: string): Column => ({ name, unit: '%', digits: 1, percent: true })
  const limits = [percent(w('95 % 아래', '95 % low')), percent(w('95 % 위', '95 % high'))]
  const ends = (found: readonly [number, number] | null) => found ?? [null, null]
  const nameOf = (id: string) => {
    const setting = study.settings.find((one) => one.id === id)
    return setting ? of(setting.name) : id
  }
  return [
    {
      title: w('세 기준과 견주면', 'Against three baselines'),
      table: {
        name: w('기준', 'Baselines'),
        columns: [
          { name: w('기준', 'Baseline') },
          { name: w('무엇', 'What it is') },
          percent(w('절감', 'Saving')),
          ...limits,
          { name: w('기준의 하루 평균', 'Baseline, mean of a day'), unit: w('원', 'won') },
          { name: w('계획의 하루 평균', 'Plan, mean of a day'), unit: w('원', 'won') },
        ],
        rows: (
          [
            ['B1', w('화물마다 가장 싼 수단 (대표)', 'every shipment its cheapest way (headline)')],
            ['B2', w('기업마다 따로 최적화 (엄격)', 'every firm alone, optimised (hardest)')],
            ['B0', w('화물마다 용차 한 대 (상한, 참고)', 'a truck for every shipment (upper limit)')],
          ] as const
        ).map(([id, name]) => [
          id,
          name,
          base!.saving[id].value,
          ...ends(base!.saving[id].interval),
          Math.round(base!.baselineKrw[id]),
          Math.round(base!.planKrw),
        ]),
        strong: [0],
      },
    },
    {
      title: w('B1에서 계획까지', 'From B1 to the plan'),
      sentence: w(
        `하루 평균 ${won(base!.baselineKrw.B1)}이 ${won(base!.planKrw)}이 됩니다. 걸음을 더하면 차이와 정확히 같습니다.`,
        `A mean day of ${won(base!.baselineKrw.B1)} becomes ${won(base!.planKrw)}. The steps add up to the difference exactly.`,
      ),
      chart: drawFall(bars, stepName, say),
      chartTellsAll: true,
      notes: [
        w(
          '계획 끝의 가는 선: 절감률의 95 % 구간을 평균 B1에 곱한 것. 주문은 두 쪽이 같은 날 같은 것이라 빈도의 몫은 0입니다.',
          'Thin line at the plan: the 95 % interval of the saving, times the mean of B1. Both sides have the same orders on the same days, so nothing of it is frequency.',
        ),
      ],
      table: {
        name: w('폭포', 'Waterfall'),
        columns: [
          { name: w('걸음', 'Step') },
          { name: w('하루 평균', 'Mean of a day'), unit: w('원', 'won'), digits: 1 },
        ],
        rows: bars.map(({ id, krw }) => [stepName(id), krw]),
        strong: [0, bars.length - 1],
      },
    },
    {
      title: w('절감의 분포', 'Spread of the saving'),
      sentence:
        dots.each === 'day'
          ? w(
              `${dots.dots.length}일 가운데 ${dots.reached}일은 ${share(target)} 이상 아낍니다.`,
              `${dots.reached} of ${dots.dots.length} days save ${share(target)} or more.`,
            )
          : w(
              `비슷한 날 ${dots.dots.length}일 가운데 ${dots.reached}일은 ${share(target)} 이상 아낍니다.`,
              `Of ${dots.dots.length} such days, ${dots.reached} save ${share(target)} or more.`,
            ),
      chart: drawDots(dots, target, say),
      notes: [
        w(
          `뽑은 ${whole(base!.days)}일 가운데 ${whole(base!.reached.times)}일이 목표에 닿음. 비율의 ${interval(base!.reached.interval, share)}. 점 하나가 ${dots.each === 'day' ? '하루' : '쉰에 하나'}, 찬 점은 목표에 닿은 날.`,
          `${whole(base!.reached.times)} of the ${whole(base!.days)} days drawn reach the target; of the share, ${interval(base!.reached.interval, share)}. A dot is ${dots.each === 'day' ? 'a day' : 'one in fifty'}; full dots reach the target.`,
        ),
        target === 0.2
          ? w(
              `목표선 ${share(target)}: 국내 공동 집하에 20 % 를 기대한 값(한국무역협회, 2009년 무렵, 출처 하나)이며 결과가 아닙니다.`,
              `Target line ${share(target)}: what was expected of shared pickups in Korea (KITA, about 2009, one source). It is no result.`,
            )
          : w(
              `목표선 ${share(target)}: 이 연구에 적은 값이며 결과가 아닙니다.`,
              `Target line ${share(target)}: as written in this study. It is no result.`,
            ),
        base!.days >= base!.daysFor1Point
          ? w(
              `뽑은 날이 구간을 ±1 %p 로 좁히기에 넉넉합니다 (${whole(base!.daysFor1Point)}일이면 됨).`,
              `The days drawn are enough for ±1 point (${whole(base!.daysFor1Point)} would do).`,
            )
          : w(
              `구간을 ±1 %p 로 좁히려면 모두 ${whole(base!.daysFor1Point)}일이 필요합니다. 지금은 ${whole(base!.days)}일입니다.`,
              `${whole(base!.daysFor1Point)} days in all would be needed for ±1 point. There are ${whole(base!.days)}.`,
            ),
      ],
      table: {
        name: w('날마다', 'By day'),
        columns: [{ name: w('적게 아낀 순서', 'From the least') }, percent(w('B1 대비 절감', 'Saving of B1'))],
        rows: [0.05, 0.25, 0.5, 0.75, 0.95].map((part) => [
          w(`${100 * part} % 분위`, `${100 * part} % quantile`),
          quantile(base!.byDay, part),
        ]),
      },
    },
    ...(tornado && wide
      ? [
          {
            title: w('무엇이 결과를 흔드나', 'What moves the result'),
            sentence: w(
              `한 번에 하나씩 바꾸고 양쪽을 다시 계획했습니다. ${factorName(wide.factor)} 하나가 ${points(wide.span).replace('+', '')} 를 움직입니다.`,
              `One thing changed at a time, both sides planned anew. ${factorName(wide.factor)} alone moves ${points(wide.span).replace('+', '')}.`,
            ),
            chart: drawTornado(tornado, factorName, say),
            notes: [
              w(
                `가운데 선: 기본 가정 ${share(tornado.base)} (B1 대비). 가는 선: 같은 날끼리 견준 차이의 95 % 구간.`,
                `Middle line: as assumed, ${share(tornado.base)} of B1. Thin lines: 95 % interval of the difference, day by day.`,
              ),
            ],
          },
        ]
      : []),
    ...(result.settings.length > 1
      ? [
          {
            title: w('설정마다', 'By setting'),
            table: {
              name: w('설정', 'Settings'),
              columns: [
                { name: w('설정', 'Setting') },
                { name: w('날', 'Days') },
                percent(w('B1 대비', 'of B1')),
                ...limits,
                percent(w('B2 대비', 'of B2')),
                percent(w('B0 대비', 'of B0')),
                {
                  name: w('기본과의 차이', 'Against the first'),
                  unit: w('%p', 'points'),
                  digits: 1,
                  percent: true,
                  signed: true,
                },
                { name: w('95 % 아래', '95 % low'), unit: w('%p', 'points'), digits: 1, percent: true, signed: true },
                { name: w('95 % 위', '95 % high'), unit: w('%p', 'points'), digits: 1, percent: true, signed: true },
                { name: w('목표 닿은 날', 'Days on target') },
              ],
              rows: result.settings.map(({ setting, days, saving, difference, reached }) => [
                nameOf(setting),
                days,
                saving.B1.value,
                ...ends(saving.B1.interval),
                saving.B2.value,
                saving.B0.value,
                difference?.value ?? null,
                ...ends(difference?.interval ?? null),
                reached.times,
              ]),
              strong: [0],
            },
          },
        ]
      : []),
  ]
}

function runsTable(runs: readonly Run[], { w }: Say): Table {
  const won = w('원', 'won')
  return {
    name: w('실행', 'Runs'),
    columns: [
      { name: w('설정', 'setting') },
      { name: w('씨앗', 'seed') },
      { name: w('날', 'day') },
      { name: w('날짜', 'date') },
      { name: w('화물', 'shipments') },
      { name: w('무게', 'weight'), unit: 'kg' },
      { name: w('계획', 'plan'), unit: won },
      { name: 'B0', unit: won },
      { name: 'B1', unit: won },
      { name: 'B2', unit: won },
      { name: w('수단', 'mode'), unit: won },
      { name: w('차량 크기', 'truck size'), unit: won },
      { name: w('노선 묶기', 'routing'), unit: won },
      { name: w('싣지 못함', 'not carried') },
      { name: w('기준이 싣지 못함', 'not carried by a baseline') },
      { name: w('노선', 'routes') },
      { name: w('함께 실은 화물', 'shipments pooled') },
      { name: w('정차', 'stops') },
      { name: w('늦은 정차', 'late stops') },
      { name: w('거리', 'distance'), unit: 'm' },
      { name: w('대기', 'waiting'), unit: 's' },
      { name: w('CO₂ 연소', 'CO₂ of burning'), unit: 'g' },
      { name: w('B1의 CO₂ 연소', 'CO₂ of burning, B1'), unit: 'g' },
    ],
    rows: runs.map((run) => [
      run.setting,
      run.seed,
      run.day,
      run.date,
      run.shipments,
      run.weightKg,
      run.planKrw,
      run.baselineKrw.B0,
      run.baselineKrw.B1,
      run.baselineKrw.B2,
      run.steps.mode,
      run.steps.truckSize,
      run.steps.routing,
      run.unserved,
      run.excluded,
      run.routes,
      run.pooled,
      run.stops,
      run.late,
      run.planM,
      run.waitS,
      run.co2G,
      run.b1Co2G,
    ]),
  }
}
