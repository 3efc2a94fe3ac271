/** What a study over many complexes says: all together with its range, how far each is and what it says, and which could not be worked out. */
import { dotsOf, type NationalResult, type NationalStudy } from '../../../../study/index.ts'
import type { StudyPart, StudyState } from '../../../api.ts'
import { drawRanges } from '../charts/ranges.ts'
import { drawDots } from '../charts/spread.ts'
import type { Column, Figure, KindReport, Section, StudyPapers, Table } from '../report.ts'
import type { Say } from '../words.ts'
import { nationalAnswers } from './nationalAnswers.ts'
import { nothingYet } from './nothing.ts'

/** Of more, nobody reads each: they are shown as dots, and each stands in the table. */
const MOST_RANGES = 132

const STATES: Readonly<Record<StudyState, readonly [ko: string, en: string]>> = {
  queued: ['기다림', 'waiting'],
  running: ['계산 중', 'running'],
  done: ['끝남', 'done'],
  stopped: ['멈춤', 'stopped'],
  failed: ['실패', 'failed'],
}

interface Row {
  readonly part: StudyPart
  readonly name: string
  readonly says: NationalResult['complexes'][number]['settings'][number] | undefined
}

export function nationalReport(
  study: NationalStudy,
  result: NationalResult,
  papers: StudyPapers,
  say: Say,
): KindReport {
  const { w, share, interval, whole, won } = say
  const { parts = [], complexes: data = [] } = papers
  const [first] = study.settings
  const base = result.all.find(({ setting }) => setting === first!.id)
  const kind = w('여러 단지', 'Many complexes')
  const question = w(
    `단지 ${study.complexes.length}곳에서 공동 순회집하(밀크런)를 하면 모두 합해 운송비가 얼마나 줄고, 얼마나 확실한가?`,
    `How much transport cost do shared pickup rounds (a milk run) save in ${study.complexes.length} complexes together, and how sure is that?`,
  )
  const rows = parts
    .map(
      (part): Row => ({
        part,
        name: part.name[say.locale],
        says: result.complexes
          .find(({ complex }) => complex === part.complex)
          ?.settings.find(({ setting }) => setting === first!.id),
      }),
    )
    .toSorted((a, b) => (b.says?.saving.B1.value ?? -9) - (a.says?.saving.B1.value ?? -9))
  const lost = unfinished(rows, say)
  if (!base)
    return { ...nothingYet({ kind, question, baseline: 'B1' }, say), sections: [...lost, ...tableOf(rows, say)] }

  const { saving, yearKrw, co2Share, target } = base
  const b1 = saving.B1
  const goal = share(study.targetShare ?? 0.2)
  const programme = study.programmeKrwPerYear ?? 0
  const cheaper = b1.value >= 0
  const missing = parts.filter(({ complex }) => !result.complexes.some((one) => one.complex === complex)).length
  const synthetic = data.filter((one) => one.synthetic).length
  const figures: Figure[] = [
    {
      name: w('절감, 기준 B1 대비', 'Saving against B1'),
      text: share(b1.value),
      note: interval(b1.interval, share),
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
      name: w('한 해 절감 합계, B1 대비', 'Saved a year, all together, against B1'),
      text: won(yearKrw.value),
      note: w(`단지마다 사업비 ${won(programme)} 뺌`, `programme of ${won(programme)} paid in each`),
      value: Math.round(yearKrw.value),
      unit: w('원', 'won'),
    },
    {
      name: w('합계에 든 단지', 'Complexes in the sum'),
      text: `${whole(base.complexes)} / ${whole(study.complexes.length)}`,
      note: w(`${whole(base.runs)}회 계산`, `${whole(base.runs)} runs`),
      value: base.complexes,
      unit: w('곳', ''),
    },
    {
      name: w(`${goal} 이상이 확실한 단지`, `Complexes sure to save ${goal}`),
      text: whole(target.above),
      note: w('95 % 구간 전체가 목표 위 (B1 대비)', 'whole 95 % interval above, against B1'),
      value: target.above,
      unit: w('곳', ''),
    },
    {
      name: w(`${goal} 미달이 확실한 단지`, `Complexes sure to save less than ${goal}`),
      text: whole(target.below),
      note: w('95 % 구간 전체가 목표 아래', 'whole 95 % interval below'),
      value: target.below,
      unit: w('곳', ''),
    },
    {
      name: w('아직 말할 수 없는 단지', 'Complexes still open'),
      text: whole(target.open),
      note: w('구간이 목표에 걸침', 'the interval holds the target'),
      value: target.open,
      unit: w('곳', ''),
    },
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
          `단지 ${whole(base.complexes)}곳을 더하면, 화물마다 가장 싼 수단으로 따로 보낼 때(기준 B1)보다 운송비가 ${share(b1.value)} 줄어듭니다.`,
          `Over ${whole(base.complexes)} complexes together, transport costs ${share(b1.value)} less than sending every shipment its own cheapest way (baseline B1).`,
        )
      : w(
          `단지 ${whole(base.complexes)}곳을 더하면, 화물마다 가장 싼 수단으로 따로 보낼 때(기준 B1)보다 운송비가 ${share(-b1.value)} 더 듭니다.`,
          `Over ${whole(base.complexes)} complexes together, transport costs ${share(-b1.value)} more than sending every shipment its own cheapest way (baseline B1).`,
        ),
    range: [
      interval(b1.interval, share),
      w(
        `씨앗 ${study.seeds.length}개 × ${study.days}일의 같은 난수를 모든 단지가 함께 쓰므로, 구간은 실행 ${whole(base.runs)}회가 아니라 뽑은 날의 수로 잽니다`,
        `all complexes share the random numbers of ${study.seeds.length} ${study.seeds.length === 1 ? 'seed' : 'seeds'} × ${study.days} days: the interval rests on the days drawn, not on the ${whole(base.runs)} runs`,
      ),
    ].join(' · '),
    tone: cheaper ? 'good' : 'warn',
    isNot: [
      w(
        `전국의 값이 아닙니다. 고른 ${whole(study.complexes.length)}곳 가운데 결과가 있는 ${whole(base.complexes)}곳의 합이며, 다른 단지로 늘려 셈하지 않았습니다.`,
        `It is not the whole country: it is the sum of the ${whole(base.complexes)} complexes with a result, of ${whole(study.complexes.length)} asked for, carried over to no other.`,
      ),
      ...(missing > 0
        ? [
            w(
              `결과가 없는 단지 ${whole(missing)}곳은 0으로 세지 않고 뺐습니다.`,
              `Without a result and left out, which is not nought: ${missing === 1 ? '1 complex' : `${whole(missing)} complexes`}.`,
            ),
          ]
        : []),
      w(
        '단지의 순위가 아닙니다. 범위가 겹치는 단지끼리는 앞뒤를 말할 수 없습니다.',
        'It is no ranking: where ranges overlap, nobody can tell which complex comes first.',
      ),
      w(
        '실측이 아니며 보도된 40 % 도 아닙니다. 주문은 단지마다 적힌 가정에서 뽑은 국내 집하입니다.',
        'It is not a measurement, nor the reported 40 %: orders are domestic pickups, drawn from the assumptions of each complex.',
      ),
      ...(synthetic > 0
        ? [
            w(
              `단지 ${whole(synthetic)}곳의 기업과 주문은 실제가 아니라 만든 예시입니다.`,
              `Firms and orders of ${whole(synthetic)} of the complexes are made up as an example.`,
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
      ...lost,
      byBaseline(base, say),
      ...byComplex(study, rows, say),
      ...tableOf(rows, say),
      ...bySetting(study, result, say),
    ],
    method: methodOf(study, say),
    answers: nationalAnswers(study, result, base, rows, say),
    sheets: dataTable(papers, say),
  }
}

/** Those that failed, by name and reason; those that are not over, by name. */
function unfinished(rows: readonly Row[], { w, whole }: Say): Section[] {
  const failed = rows.filter(({ part }) => part.state === 'failed')
  const others = rows.filter(({ part }) => part.state !== 'failed' && part.done < part.all)
  const stopped = others.filter(({ part }) => part.state === 'stopped').length
  if (failed.length + others.length === 0) return []
  return [
    {
      title: w('끝나지 않은 단지', 'Complexes that are not done'),
      sentence: w(
        `실패 ${whole(failed.length)}곳, 멈춤 ${whole(stopped)}곳, 기다리거나 계산 중 ${whole(others.length - stopped)}곳. 합계에는 나온 날만 들어 있습니다.`,
        `${whole(failed.length)} failed, ${whole(stopped)} stopped, ${whole(others.length - stopped)} waiting or running. Only days that are there count in the sums.`,
      ),
      table: {
        name: w('끝나지 않은 단지', 'Not done'),
        columns: [
          { name: w('단지', 'Complex') },
          { name: w('상태', 'State') },
          { name: w('계산한 날', 'Runs') },
          { name: w('까닭', 'Why') },
        ],
        rows: [...failed, ...others].map(({ part, name }) => [
          name,
          w(...STATES[part.state]),
          `${whole(part.done)} / ${whole(part.all)}`,
          part.why ? w(part.why.ko, part.why.en) : (part.error ?? '–'),
        ]),
      },
    },
  ]
}

function byBaseline({ saving, baselineKrw, planKrw }: NationalResult['all'][number], { w }: Say): Section {
  return {
    title: w('모두 합해 세 기준과 견주면', 'All together, against three baselines'),
    table: {
      name: w('기준', 'Baselines'),
      columns: [
        { name: w('기준', 'Baseline') },
        { name: w('무엇', 'What it is') },
        percent(w('절감', 'Saving')),
        percent(w('95 % 아래', '95 % low')),
        percent(w('95 % 위', '95 % high')),
        { name: w('기준, 하루의 합', 'Baseline, sum of mean days'), unit: w('원', 'won') },
        { name: w('계획, 하루의 합', 'Plan, sum of mean days'), unit: w('원', 'won') },
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
        saving[id].value,
        ...endsOf(saving[id].interval),
        Math.round(baselineKrw[id]),
        Math.round(planKrw),
      ]),
      strong: [0],
    },
  }
}

const percent = (name: string): Column => ({ name, unit: '%', digits: 1, percent: true })
const endsOf = (found: readonly [number, number] | null) => found ?? [null, null]

/** Each with its range; of very many, how they are spread. */
function byComplex(study: NationalStudy, rows: readonly Row[], say: Say): Section[] {
  const { w, share, whole } = say
  const target = study.targetShare ?? 0.2
  const drawn = rows.flatMap(({ name, says }) => (says ? [{ name, ...says.saving.B1 }] : []))
  if (drawn.length === 0) return []
  const title = w('단지마다 절감과 그 범위', 'Saving by complex, with its range')
  const notes = [
    w(
      `B1 대비 절감. 목표선 ${share(target)}: ${target === 0.2 ? '국내 공동 집하에 기대한 값(한국무역협회, 2009년 무렵, 출처 하나)' : '이 연구에 적은 값'}이며 결과가 아닙니다.`,
      `Saving against B1. Target line ${share(target)}: ${target === 0.2 ? 'what was expected of shared pickups in Korea (KITA, about 2009, one source)' : 'as written in this study'}. It is no result.`,
    ),
  ]
  if (drawn.length > MOST_RANGES) {
    const dots = dotsOf(
      drawn.map(({ value }) => value).toSorted((a, b) => a - b),
      target,
    )
    return [
      {
        title,
        sentence: w(
          `단지 ${whole(drawn.length)}곳의 분포. 점 하나가 쉰에 하나입니다.`,
          `How ${whole(drawn.length)} complexes are spread: a dot is one in fifty.`,
        ),
        chart: drawDots(dots, target, say),
        notes,
      },
    ]
  }
  const ends = drawn.flatMap(({ value, interval }) => [value, ...(interval ?? [])])
  const [chart, ...more] = drawRanges(
    drawn.map(({ name, value, interval }) => ({
      name,
      value,
      low: interval?.[0] ?? value,
      high: interval?.[1] ?? value,
      text: interval ? `${share(value)}  (${share(interval[0])} ~ ${share(interval[1])})` : share(value),
    })),
    say,
    {
      low: Math.min(0, target, ...ends),
      high: Math.max(target, ...ends),
      show: (value) => share(value).replace('.0', ''),
      mark: { at: target, name: `${w('목표', 'target')} ${share(target)}` },
      values: 132,
    },
  )
  return [
    {
      title,
      sentence: w(
        '점: B1 대비 절감. 옅은 막대: 95 % 구간. 겹치면 앞뒤를 정하지 않습니다.',
        'Dots: saving against B1. Pale bars: 95 % interval. Where they overlap nobody is ahead.',
      ),
      chart: chart!,
      more,
      notes,
    },
  ]
}

function tableOf(rows: readonly Row[], { w, whole, locale }: Say): Section[] {
  if (rows.length === 0) return []
  const [unitKrw, unit, decimals] =
    locale === 'ko' ? ([1e4, '만\u00a0원', 0] as const) : ([1e6, 'm\u00a0won', 1] as const)
  const money = (name: string): Column => ({ name, unit, digits: decimals, part: 0.1 })
  return [
    {
      title: w('단지마다', 'By complex'),
      table: {
        name: w('단지', 'Complexes'),
        columns: [
          { name: w('단지', 'Complex'), part: 0.22 },
          { name: w('상태', 'State'), part: 0.08 },
          { name: w('계산', 'Runs'), part: 0.1 },
          { ...percent(w('B1 대비', 'of B1')), part: 0.075 },
          { ...percent(w('95 % 아래', '95 % low')), part: 0.075 },
          { ...percent(w('95 % 위', '95 % high')), part: 0.075 },
          { ...percent(w('B2 대비', 'of B2')), part: 0.075 },
          money(w('한 해 절감', 'Saved a year')),
          money(w('95 % 아래', '95 % low')),
          money(w('95 % 위', '95 % high')),
        ],
        rows: rows.map(({ part, name, says }) => [
          name,
          w(...STATES[part.state]),
          `${whole(part.done)} / ${whole(part.all)}`,
          says?.saving.B1.value ?? null,
          ...endsOf(says?.saving.B1.interval ?? null),
          says?.saving.B2.value ?? null,
          ...[says?.yearKrw.value ?? null, ...endsOf(says?.yearKrw.interval ?? null)].map((krw) =>
            krw === null ? null : krw / unitKrw,
          ),
        ]),
      },
    },
  ]
}

/** What each rests on, for whoever works it out again. */
function dataTable({ complexes = [] }: StudyPapers, { w, of }: Say): Table[] {
  if (complexes.length === 0) return []
  return [
    {
      name: w('단지 자료', 'Data of complexes'),
      columns: [
        { name: w('단지', 'Complex') },
        { name: 'id' },
        { name: w('만든 예시', 'Made up') },
        { name: w('자료의 지문 (SHA-256)', 'Fingerprint of its data (SHA-256)') },
      ],
      rows: complexes.map(({ complex, name, synthetic, fingerprint }) => [
        of(name),
        complex,
        synthetic ? w('예', 'yes') : w('아니요', 'no'),
        fingerprint,
      ]),
    },
  ]
}

function bySetting(study: NationalStudy, { all }: NationalResult, { w, of }: Say): Section[] {
  if (all.length < 2) return []
  const shift = (name: string): Column => ({ name, unit: w('%p', 'points'), digits: 1, percent: true, signed: true })
  const nameOf = (id: string) => {
    const setting = study.settings.find((one) => one.id === id)
    return setting ? of(setting.name) : id
  }
  return [
    {
      title: w('설정마다, 모두 합해', 'By setting, all together'),
      notes: [
        w(
          '첫 설정과의 차이는 둘 다 있는 단지와 날만으로, 같은 난수에서 잽니다.',
          'Differences from the first setting rest on the complexes and days that both have, on the same random numbers.',
        ),
      ],
      table: {
        name: w('설정', 'Settings'),
        columns: [
          { name: w('설정', 'Setting') },
          { name: w('단지', 'Complexes') },
          { name: w('계산', 'Runs') },
          percent(w('B1 대비', 'of B1')),
          percent(w('95 % 아래', '95 % low')),
          percent(w('95 % 위', '95 % high')),
          percent(w('B2 대비', 'of B2')),
          shift(w('첫 설정과의 차이', 'Against the first')),
          shift(w('95 % 아래', '95 % low')),
          shift(w('95 % 위', '95 % high')),
          { name: w('한 해', 'A year'), unit: w('원', 'won') },
        ],
        rows: all.map(({ setting, complexes, runs, saving, difference, yearKrw }) => [
          nameOf(setting),
          complexes,
          runs,
          saving.B1.value,
          ...endsOf(saving.B1.interval),
          saving.B2.value,
          difference?.value ?? null,
          ...endsOf(difference?.interval ?? null),
          Math.round(yearKrw.value),
        ]),
        strong: [0],
      },
    },
  ]
}

const methodOf = (study: NationalStudy, { w, whole }: Say): string[] => [
  w(
    `단지마다 집하 연구 하나를 셈합니다: 그 단지의 기업, 차량, 운임, 수요로 씨앗마다 ${study.days}일을 뽑아 날마다 ${whole(study.iterations)}번 탐색하고, 독립된 검사를 거쳐 세 기준과 견줍니다.`,
    `Each complex is a study of pickups of its own: with its firms, trucks, tariffs and demand ${study.days} days a seed are drawn, each planned by ${whole(study.iterations)} iterations, checked independently, and compared with three baselines.`,
  ),
  w(
    '합계의 하루는 단지마다 평균한 하루를 더한 것이고, 절감률은 그 합의 비입니다. 큰 단지가 더 무겁게 듭니다. 한 해의 금액은 단지마다 그 영업일을 곱합니다.',
    'A day of the sum adds up the mean days of the complexes, and the saving is a ratio of such sums: large complexes weigh more. A year counts the working days of each complex.',
  ),
  w(
    '같은 씨앗과 날의 난수를 모든 단지가 함께 쓰므로 단지끼리 독립이 아닙니다. 그래서 뽑은 날마다 단지를 먼저 더한 뒤 잽니다 (선형화한 비, 날을 묶음으로: Liang·Zeger 1986, 스튜던트 t).',
    'All complexes draw on the same random numbers for a seed and day and are not independent, so complexes are summed within each draw first (linearised ratio, draws as clusters: Liang and Zeger 1986, Student’s t).',
  ),
  w(
    '세 기준: B0 화물마다 알맞은 가장 작은 용차 한 대(상한). B1 화물마다 쓸 수 있는 가장 싼 수단(대표). B2 기업마다 혼자 같은 방법으로 최적화(가장 엄격).',
    'Three baselines: B0 every shipment its own smallest sufficient hired truck (an upper limit). B1 every shipment its cheapest available mode (the headline). B2 every firm alone, optimised by the same method (the hardest).',
  ),
]
