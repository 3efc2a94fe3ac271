/** What a list of complexes says: who is ahead as far as the ranges allow, and what is not known of each. */
import {
  type ComplexesAnswer,
  type ComplexesStudy,
  CRITERIA,
  KNOWN_GAPS,
  KNOWN_TOTAL,
} from '../../../../study/index.ts'
import { CRITERION_NAMES, INDICATOR_NAMES, MISSING_WORDS } from '../../../studies/complexWords.ts'
import { type Answers, no, partly, yes } from '../attacks.ts'
import { drawRanges } from '../charts/ranges.ts'
import type { Column, KindReport, Section, Table } from '../report.ts'
import type { Say } from '../words.ts'

/** Of so many a sentence names each. */
const MOST_NAMED = 6

export function complexesReport(study: ComplexesStudy, answer: ComplexesAnswer, say: Say): KindReport {
  const { w, of, share, digits, whole } = say
  const { complexes, indicators, order, leaders, ranked, weights } = answer
  const byId = new Map(complexes.map((complex, k) => [complex.id, { complex, rank: ranked[k]! }]))
  const nameOf = (id: string): string => {
    const found = byId.get(id)
    return found ? of(found.complex.name) : id
  }
  const named = (ids: readonly string[]): string =>
    ids.length <= MOST_NAMED
      ? ids.map(nameOf).join(', ')
      : w(
          `${ids.slice(0, MOST_NAMED).map(nameOf).join(', ')} 외 ${ids.length - MOST_NAMED}곳`,
          `${ids.slice(0, MOST_NAMED).map(nameOf).join(', ')} and ${ids.length - MOST_NAMED} more`,
        )
  const first = byId.get(order[0]!)
  const silent = ranked.filter(({ total }) => total.value === null).length
  const all = complexes.reduce((sum, { knownOf }) => sum + knownOf[1], 0)
  const known = complexes.reduce((sum, { knownOf }) => sum + knownOf[0], 0)
  const unnamed = KNOWN_GAPS.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const alone = leaders.length === 1
  return {
    kind: w('단지 비교', 'Complexes'),
    question: w(
      `단지 ${complexes.length}곳 가운데 어디에서 밀크런이 값을 할 만하고, 순위는 얼마나 확실한가?`,
      `In which of ${complexes.length} complexes may a milk run be worth it, and how sure is their order?`,
    ),
    answer:
      complexes.length < 2
        ? w(
            '단지가 하나뿐이라 견줄 곳이 없습니다 (기준: 이 목록 안의 다른 단지).',
            'There is only one complex, and nothing to hold it against (baseline: the others on this list).',
          )
        : alone
          ? w(
              `적힌 가중치에서(기준: 이 목록 안의 다른 단지) ${nameOf(order[0]!)}: 범위 안에서 무엇이 참이든 맨 앞입니다.`,
              `With the weights given, ${nameOf(order[0]!)} is ahead of the others on this list (baseline) whatever is true inside the ranges.`,
            )
          : w(
              `적힌 가중치에서 ${leaders.length}곳은 서로 구분되지 않습니다(기준: 이 목록 안의 다른 단지): ${named(leaders)}.`,
              `With the weights given, ${leaders.length} cannot be told apart (baseline: the others on this list): ${named(leaders)}.`,
            ),
    range: first
      ? w(
          `가운데 값의 맨 앞은 ${nameOf(order[0]!)}, 점수 ${digits(first.rank.total.low, 2)} ~ ${digits(first.rank.total.high, 2)} (0~1), 1위일 확률 ${share(first.rank.chances[0] ?? 0)} (씨앗 ${study.seed ?? 1}, ${whole(study.draws ?? 2000)}번 뽑음)`,
          `First by the middles is ${nameOf(order[0]!)}: ${digits(first.rank.total.low, 2)} to ${digits(first.rank.total.high, 2)} of 1, first in ${share(first.rank.chances[0] ?? 0)} of ${whole(study.draws ?? 2000)} draws (seed ${study.seed ?? 1})`,
        )
      : '',
    tone: alone && complexes.length > 1 ? 'good' : 'warn',
    isNot: [
      w(
        '절감액의 순위가 아닙니다. 네 기준의 지표를 이 목록 안에서 0~1로 고른 점수이며, 목록이나 가중치가 바뀌면 점수도 바뀝니다.',
        'It is no order of savings: indicators of four criteria are scaled to 0 to 1 within this list. Another list, or other weights, give other scores.',
      ),
      w(
        '공식 평가가 아닙니다. 공식 배점은 찾지 못했습니다.',
        'It is no official rating: the official scoring was not found.',
      ),
      w(
        `모르는 것은 0이 아닙니다. 지표 ${whole(all)}칸 가운데 ${whole(known)}칸만 알며, 나머지는 무엇이든 될 수 있다고 보았습니다.`,
        `What is not known is not nought: ${whole(known)} of ${whole(all)} figures are known; the others may be anything.`,
      ),
      w(
        `전국이 아닙니다. 2024년 6월까지 지정된 ${KNOWN_TOTAL.value}곳 가운데 ${unnamed}곳은 이름을 찾지 못해 지어내지 않았습니다.`,
        `It is not the whole country: of ${KNOWN_TOTAL.value} designated by June 2024 no page names ${unnamed}, and none is invented.`,
      ),
    ],
    figures: [
      { name: w('단지', 'Complexes'), text: whole(complexes.length), value: complexes.length, unit: w('곳', '') },
      {
        name: w('맨 앞과 구분되지 않는 곳', 'Not told apart from the first'),
        text: whole(leaders.length),
        value: leaders.length,
        unit: w('곳', ''),
      },
      {
        name: w('자료가 모자라 점수가 없는 곳', 'Without a score for lack of data'),
        text: whole(silent),
        value: silent,
        unit: w('곳', ''),
      },
      {
        name: w('아는 지표', 'Figures known'),
        text: `${whole(known)} / ${whole(all)}`,
        value: known,
        unit: w('칸', ''),
      },
      ...CRITERIA.filter((criterion) => weights[criterion] > 0).map((criterion) => ({
        name: w(`가중치 · ${CRITERION_NAMES[criterion].ko}`, `Weight · ${CRITERION_NAMES[criterion].en}`),
        text: share(weights[criterion]),
        value: 100 * weights[criterion],
        unit: '%',
      })),
    ],
    sections: sectionsOf(study, answer, nameOf, say),
    method: [
      w(
        '지표마다 이 목록의 가장 나은 것을 1, 가장 못한 것을 0으로 고르고, 기준마다 평균한 뒤 가중치로 더합니다. 범위는 값의 범위와 모르는 지표(0~1 무엇이든)에서 옵니다.',
        'Each indicator is scaled from the worst of this list, 0, to the best, 1; averaged by criterion and added by weight. Ranges come from those of the figures and from what is not known (anything from 0 to 1).',
      ),
      w(
        '지표의 절반을 모르는 기준은 점수를 말하지 않습니다. 자리의 범위는 점수의 범위가 허락하는 가장 좋은 자리와 나쁜 자리입니다.',
        'Of a criterion with less than half of its indicators known nothing is said. Places run from the best to the worst that the ranges of scores allow.',
      ),
      w(
        '1위일 확률은 가중치를 적힌 값 둘레에서, 값을 범위 안에서 고르게 뽑아 센 것이며(SMAA-2), 어느 값이 참일 확률이 아닙니다.',
        'How often somebody is first is counted over draws of weights around those given and of figures evenly inside their ranges (SMAA-2); it is not how likely any figure is true.',
      ),
    ],
    answers: answersOf(answer, say),
    sheets: [figuresTable(answer, indicators, say)],
  }
}

function sectionsOf(
  study: ComplexesStudy,
  answer: ComplexesAnswer,
  nameOf: (id: string) => string,
  say: Say,
): Section[] {
  const { w, of, digits } = say
  const { complexes, ranked, order, sensitivity, weights, compare, networks } = answer
  const at = new Map(ranked.map((rank, k) => [rank.id, { rank, complex: complexes[k]! }]))
  const rows = order.map((id) => at.get(id)!)
  const placeOf = ([best, worst]: readonly [number, number]) =>
    w(best === worst ? `${best}위` : `${best}–${worst}위`, best === worst ? `${best}` : `${best}–${worst}`)
  const names = new Map(
    study.complexes.flatMap(({ register, suppliers = [], firmList = [] }) =>
      [...(register?.suppliers ?? []), ...(register?.firms ?? []), ...suppliers, ...firmList].map(
        ({ id, name }) => [id, name] as const,
      ),
    ),
  )
  const partner = (id: string): string => names.get(id) ?? id
  const score = (name: string): Column => ({ name, digits: 2 })
  const [chart, ...more] = drawRanges(
    rows.map(({ rank, complex }) => ({
      name: of(complex.name),
      low: rank.total.low,
      high: rank.total.high,
      value: rank.total.value,
      text: `${placeOf(rank.places)} · ${w('지표', 'known')} ${complex.knownOf[0]}/${complex.knownOf[1]}`,
    })),
    say,
  )
  return [
    {
      title: w('순위와 그 범위', 'Places, and how far they may be otherwise'),
      sentence: w(
        '범위가 겹치면 앞뒤를 정하지 않습니다. 점: 가운데 값. 옅은 막대: 자료가 모자라 점수가 없는 곳.',
        'Where ranges overlap nobody is ahead. Dots: middles. Pale bars: too little is known for a score.',
      ),
      chart: chart!,
      more,
      table: {
        name: w('순위', 'Places'),
        columns: [
          { name: w('단지', 'Complex') },
          { name: w('가장 좋은 자리', 'Best place') },
          { name: w('가장 나쁜 자리', 'Worst place') },
          score(w('점수', 'Score')),
          score(w('아래', 'Low')),
          score(w('위', 'High')),
          { name: w('1위일 확률', 'First'), unit: '%', digits: 1, percent: true },
          { name: w('아는 지표', 'Known') },
          { name: w('지표', 'Indicators') },
        ],
        rows: rows.map(({ rank, complex }) => [
          of(complex.name),
          rank.places[0],
          rank.places[1],
          rank.total.value,
          rank.total.low,
          rank.total.high,
          rank.chances[0] ?? 0,
          complex.knownOf[0],
          complex.knownOf[1],
        ]),
      },
    },
    {
      title: w('가중치를 바꾸면', 'With other weights'),
      table: {
        name: w('가중치', 'Weights'),
        columns: [
          { name: w('기준', 'Criterion') },
          { name: w('배수', 'Times'), digits: 1 },
          { name: w('앞의 셋 (가운데 값으로)', 'First three, by their middles') },
        ],
        rows: sensitivity
          .filter(({ criterion }) => weights[criterion] > 0)
          .map((turn) => [
            of(CRITERION_NAMES[turn.criterion]),
            turn.factor,
            turn.order.slice(0, 3).map(nameOf).join(', '),
          ]),
      },
    },
    ...(compare
      ? [
          {
            title: w('고른 곳끼리만', 'Held against each other alone'),
            sentence:
              compare.sure.length === 0
                ? w('범위가 겹치지 않는 지표가 없습니다.', 'No indicator has ranges that do not overlap.')
                : compare.sure
                    .map(({ indicator, better, than }) =>
                      w(
                        `${INDICATOR_NAMES[indicator].ko}: ${nameOf(better)} > ${nameOf(than)}`,
                        `${INDICATOR_NAMES[indicator].en}: ${nameOf(better)} > ${nameOf(than)}`,
                      ),
                    )
                    .join('; '),
            table: {
              name: w('비교', 'Comparison'),
              columns: [
                { name: w('단지', 'Complex') },
                { name: w('가장 좋은 자리', 'Best place') },
                { name: w('가장 나쁜 자리', 'Worst place') },
                score(w('점수', 'Score')),
                score(w('아래', 'Low')),
                score(w('위', 'High')),
              ],
              rows: compare.ranked.map(({ id, places, total }) => [
                nameOf(id),
                places[0],
                places[1],
                total.value,
                total.low,
                total.high,
              ]),
            },
          },
        ]
      : []),
    ...networks.map(({ complex, of: from, network }) => ({
      title: w(
        `${nameOf(complex)}: 공급사와 기업의 묶음`,
        `${nameOf(complex)}: suppliers and firms that belong together`,
      ),
      sentence: w(
        `${from === 'register' ? '공급 대장' : '주문'}에서 공급사 ${network.suppliers}곳, 기업 ${network.firms}곳, 함께 돌기 좋은 묶음 ${network.clusters.length}개 (모듈도 ${digits(network.modularity, 2)}). 한 곳뿐인 공급사가 ${network.singlePoints.filter(({ stopShare }) => stopShare > 0).length}곳 있습니다.`,
        `From ${from === 'register' ? 'the register' : 'orders'}: ${network.suppliers} suppliers, ${network.firms} firms, ${network.clusters.length} natural clusters (modularity ${digits(network.modularity, 2)}); ${network.singlePoints.filter(({ stopShare }) => stopShare > 0).length} suppliers are the only one of something.`,
      ),
      table: {
        name: `${w('묶음', 'Clusters')} ${nameOf(complex)}`,
        columns: [
          { name: w('공급사', 'Suppliers') },
          { name: w('기업', 'Firms') },
          { name: w('안에 남는 몫', 'Stays inside'), unit: '%', digits: 1, percent: true },
        ],
        rows: network.clusters.map(({ suppliers, firms, insideShare }) => [
          suppliers.map(partner).join(', '),
          firms.map(partner).join(', '),
          insideShare,
        ]),
      },
    })),
  ]
}

/** Every figure of every complex, and what is missing. */
function figuresTable(
  { complexes }: ComplexesAnswer,
  indicators: ComplexesAnswer['indicators'],
  { w, of }: Say,
): Table {
  return {
    name: w('지표', 'Indicators'),
    columns: [
      { name: w('단지', 'Complex') },
      { name: w('기준', 'Criterion') },
      { name: w('지표', 'Indicator') },
      { name: w('값', 'Value') },
      { name: w('아래', 'Low') },
      { name: w('위', 'High') },
      { name: w('단위', 'Unit') },
      { name: w('확실한 정도', 'Certainty') },
      { name: w('모자란 자료', 'Missing') },
    ],
    rows: complexes.flatMap(({ name, figures }) =>
      indicators.map(({ id, criterion, unit }) => {
        const { figure, missing } = figures[id]
        return [
          of(name),
          of(CRITERION_NAMES[criterion]),
          of(INDICATOR_NAMES[id]),
          figure?.value ?? null,
          figure?.low ?? null,
          figure?.high ?? null,
          unit,
          figure?.certainty ?? '',
          missing ? of(MISSING_WORDS[missing]) : '',
        ]
      }),
    ),
  }
}

function answersOf({ complexes, indicators, sensitivity, order }: ComplexesAnswer, say: Say): Answers {
  const { w, of, share } = say
  const counted = new Set<string>(indicators.map(({ id }) => id))
  const saved = complexes.flatMap(({ name, figures }) => {
    const { figure } = figures.savingShare
    return figure ? [`${of(name)} ${share(figure.value)} (${share(figure.low)} ~ ${share(figure.high)})`] : []
  })
  const lots = complexes.reduce((sum, { lots: own }) => sum + own.length, 0)
  const direct = complexes.reduce((sum, { lots: own }) => sum + own.filter((lot) => lot.direct).length, 0)
  const turned = sensitivity.filter((turn) => turn.order[0] !== order[0]).length
  const elsewhere = w(
    '이 연구는 답하지 않습니다. 단지를 견줄 뿐이며, 그 단지의 집하나 수입, 타당성 연구가 답합니다.',
    'This study does not answer it: it compares complexes. A study of pickups, imports or appraisal of a complex does.',
  )
  return {
    baseline: (saved.length > 0 ? partly : no)(
      saved.length > 0
        ? w(
            `절감을 아는 곳은 ${saved.length}곳뿐이며 모두 B1(화물마다 가장 싼 수단) 대비입니다: ${saved.join(', ')}. 나머지는 옮겨 적지 않고 모른다고 두었습니다.`,
            `A saving is known of ${saved.length} only, against B1 (every shipment its cheapest way): ${saved.join(', ')}. It is not carried over to the others, which are left unknown.`,
          )
        : elsewhere,
    ),
    pricing: no(elsewhere),
    frequency: no(elsewhere),
    inventory: counted.has('stockDays')
      ? partly(
          w(
            '재고일과 커버 비율이 지표로 들어 있으나 돈으로 바꾸지 않습니다.',
            'Days of stock and cover are indicators here, but not turned into money.',
          ),
        )
      : no(elsewhere),
    programme: counted.has('npvKrw')
      ? partly(
          w(
            '사업비는 타당성을 함께 적은 단지의 순현재가치와 B/C에만 들어 있습니다.',
            'Programme costs are in NPV and B/C only, of complexes that come with an appraisal.',
          ),
        )
      : no(elsewhere),
    unpoolable: (lots > 0 ? partly : no)(
      lots > 0
        ? w(
            `주문을 아는 기업 ${lots}곳 가운데 ${direct}곳은 평균 화물이 트럭의 71 % 이상이라 단독 운송으로 충분합니다 (Gallego·Simchi-Levi 1990).`,
            `Of ${lots} firms whose orders are known, ${direct} have a mean lot of 71 % of a truck or more: a truck of their own is as good (Gallego and Simchi-Levi 1990).`,
          )
        : elsewhere,
    ),
    participation: no(elsewhere),
    luck: partly(
      w(
        '모르는 것과 넓은 값은 모두 범위로 남겨 두었고, 겹치면 앞뒤를 정하지 않습니다. 날을 뽑지는 않았습니다.',
        'What is not known or wide stays a range, and where ranges overlap nobody is ahead. No days are drawn.',
      ),
    ),
    tuning: yes(
      w(
        `지표와 가중치는 문서에 적힌 대로이고, 가중치를 절반이나 두 배로 한 ${sensitivity.length}가지 가운데 ${turned}가지에서 맨 앞이 바뀝니다.`,
        `Indicators and weights are as the document says. With each weight halved or doubled, the first changes in ${turned} of ${sensitivity.length} cases.`,
      ),
    ),
    service: no(elsewhere),
    carrier: no(elsewhere),
  }
}
