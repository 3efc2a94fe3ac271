/** What an appraisal says: the two tables, what they come to, and what would turn the answer. */
import { type Appraised, type Table as Money, running, type Study, turnsOf } from '../../../../study/index.ts'
import { type Answers, no, partly, yes } from '../attacks.ts'
import { drawRunning } from '../charts/bars.ts'
import type { Column, KindReport, Table } from '../report.ts'
import type { Say } from '../words.ts'
import { nameIn, TURNS } from './names.ts'

type AppraisalStudy = Extract<Study, { kind: 'appraisal' }>

export function appraisalReport(study: AppraisalStudy, answer: Appraised, say: Say): KindReport {
  const { w, won, wonDifference, share, digits } = say
  const { financial, economic, benefitPerGrant } = answer
  const plain = economic[0]!.table
  const turns = turnsOf(study)
  const values = turns.map((turn) => turn.economic.npvKrw)
  const unit = w('원', 'won')
  const bcOf = ({ bc }: Money) => (bc === null ? w('비용 없음', 'no costs') : digits(bc, 2))
  const irrOf = ({ irr }: Money) =>
    irr.kind === 'one' ? share(irr.rate) : irr.kind === 'none' ? w('없음', 'none') : irr.rates.map(share).join(', ')
  const backOf = ({ discountedPaybackYears: years }: Money) =>
    years === null
      ? w('기간 안에 회수 못 함', 'not within these years')
      : w(`${digits(years, 1)}년`, `${digits(years, 1)} years`)
  const turnName = nameIn(TURNS, w)
  const sides = [
    { name: w('재무', 'Financial'), table: financial },
    ...economic.map(({ krwPerTonne, table }) => ({
      name:
        krwPerTonne === 0
          ? w('경제', 'Economic')
          : w(`경제, CO₂ ${won(krwPerTonne)}/t`, `Economic, CO₂ at ${won(krwPerTonne)}/t`),
      table,
    })),
  ]
  const ratio = (name: string): Column => ({ name, digits: 2 })
  const yearTable = (name: string, { rows, benefitPvKrw, costPvKrw, npvKrw }: Money): Table => ({
    name,
    columns: [
      { name: w('해', 'Year') },
      { name: w('편익', 'Benefits'), unit },
      { name: w('비용', 'Costs'), unit },
      { name: w('할인계수', 'Factor'), digits: 4 },
      { name: w('순현재가치', 'Net present value'), unit, signed: true },
    ],
    rows: [
      ...rows.map(({ year, benefitKrw, costKrw, factor }) => [
        year,
        benefitKrw,
        costKrw,
        factor,
        (benefitKrw - costKrw) * factor,
      ]),
      [w('현재가치', 'Present value'), benefitPvKrw, costPvKrw, null, npvKrw],
    ],
    strong: [rows.length],
  })
  return {
    kind: w('타당성', 'Appraisal'),
    label: {
      text: w(
        '예타 준용 간이',
        'simplified, in the manner of the Korean preliminary feasibility study (예타 준용 간이)',
      ),
      hint: w(
        '예비타당성조사의 방식을 따르되 간단히 한 것입니다. 총사업비 500억 원보다 작은 사업은 예비타당성조사의 대상이 아닙니다.',
        'In the manner of the Korean preliminary feasibility study, simplified. Such a study is asked for from 50 bn won on.',
      ),
    },
    question: w(
      '이 사업은 사회 전체로 보아 쓰는 돈만큼 값을 하나?',
      'Is the programme worth its money to society as a whole?',
    ),
    answer: w(
      `사업을 하지 않는 경우(기준)와 견주어 경제적 순현재가치는 ${wonDifference(plain.npvKrw)}, B/C ${bcOf(plain)} 입니다.`,
      `Against doing without the programme (baseline) its economic net present value is ${wonDifference(plain.npvKrw)}, its B/C ${bcOf(plain)}.`,
    ),
    range: w(
      `편익 ±20 %, 비용 ±20 %, 할인율 3.5~5.5 % 를 하나씩 바꾸면 ${wonDifference(Math.min(...values))} ~ ${wonDifference(Math.max(...values))} · ${study.years}년, 할인율 ${share(study.rate)}, 불변가격`,
      `With benefits ±20 %, costs ±20 % and rates of 3.5 to 5.5 %, one at a time: ${wonDifference(Math.min(...values))} to ${wonDifference(Math.max(...values))} · ${study.years} years at ${share(study.rate)}, constant prices`,
    ),
    tone: plain.npvKrw >= 0 ? 'good' : 'warn',
    isNot: [
      w(
        '예비타당성조사가 아닙니다. 방식을 준용한 간이 계산입니다.',
        'It is no preliminary feasibility study: it only follows its manner, simplified.',
      ),
      w(
        '편익은 실측이 아닙니다. 적힌 값이 모두 이루어진다면 어떻게 되는지를 셈한 것입니다.',
        'Benefits are not measured: it says what follows if all that is written came true.',
      ),
      w(
        '값으로 적지 않은 편익(공급 안정, 일자리)은 들어 있지 않습니다. 없다는 뜻은 아닙니다.',
        'Benefits without a price (stability of supply, jobs) are not in it, which does not say that there are none.',
      ),
    ],
    figures: [
      {
        name: w('순현재가치 · 경제', 'NPV · economic'),
        text: wonDifference(plain.npvKrw),
        value: Math.round(plain.npvKrw),
        unit,
      },
      { name: w('B/C · 경제', 'B/C · economic'), text: bcOf(plain), value: plain.bc, unit: '' },
      {
        name: w('내부수익률 · 경제', 'IRR · economic'),
        text: irrOf(plain),
        value: plain.irr.kind === 'one' ? 100 * plain.irr.rate : null,
        unit: '%',
      },
      {
        name: w('회수 (할인) · 경제', 'Payback (discounted) · economic'),
        text: backOf(plain),
        value: plain.discountedPaybackYears,
        unit: w('년', 'years'),
      },
      {
        name: w('순현재가치 · 재무', 'NPV · financial'),
        text: wonDifference(financial.npvKrw),
        note: w('국비와 세금을 넣음', 'grants and taxes included'),
        value: Math.round(financial.npvKrw),
        unit,
      },
      ...(benefitPerGrant === null
        ? []
        : [
            {
              name: w('편익 ÷ 국비', 'Benefit ÷ grant'),
              text: digits(benefitPerGrant, 2),
              value: benefitPerGrant,
              unit: '',
            },
          ]),
    ],
    sections: [
      {
        title: w('해마다 쌓이는 경제적 순현재가치', 'Economic net present value as it builds up'),
        sentence: w(
          `${study.years}년 뒤 ${wonDifference(plain.npvKrw)}. 회수(할인): ${backOf(plain)}.`,
          `${wonDifference(plain.npvKrw)} after ${study.years} years. Payback (discounted): ${backOf(plain)}.`,
        ),
        chart: drawRunning(running(plain), say),
        notes: [
          w(
            '막대: 그 해의 순현재가치. 선: 할인한 누계.',
            'Bars: net present value of the year. Line: running sum, discounted.',
          ),
        ],
      },
      {
        title: w('두 가지 표', 'The two tables'),
        notes: [
          w(
            '재무: 주고받는 돈, 국비와 세금을 넣음. 경제: 사회 전체, 국비와 이전되는 몫을 뺌. CO₂ 는 톤을 그대로 두고 값마다 따로.',
            'Financial: what is paid and received, grants and taxes included. Economic: society as a whole, without grants and transfers. CO₂ by each price apart.',
          ),
        ],
        table: {
          name: w('재무와 경제', 'Financial and economic'),
          columns: [
            { name: w('표', 'Table') },
            { name: w('편익 현재가치', 'Benefits, present value'), unit },
            { name: w('비용 현재가치', 'Costs, present value'), unit },
            { name: w('순현재가치', 'Net present value'), unit, signed: true },
            ratio('B/C'),
            { name: w('내부수익률', 'IRR'), unit: '%', digits: 1, percent: true },
            { name: w('회수 (할인)', 'Payback (discounted)'), unit: w('년', 'years'), digits: 1 },
          ],
          rows: sides.map(({ name, table }) => [
            name,
            table.benefitPvKrw,
            table.costPvKrw,
            table.npvKrw,
            table.bc,
            table.irr.kind === 'one' ? table.irr.rate : null,
            table.discountedPaybackYears,
          ]),
        },
      },
      {
        title: w('무엇을 바꾸면 달라지나', 'What would change it'),
        sentence: breakEven(plain, say),
        table: {
          name: w('바꾸면', 'Turned'),
          columns: [
            { name: w('바꾼 것', 'Changed') },
            { name: w('할인율', 'Rate'), unit: '%', digits: 1, percent: true },
            { name: w('경제 순현재가치', 'Economic NPV'), unit, signed: true },
            ratio(w('경제 B/C', 'Economic B/C')),
            { name: w('재무 순현재가치', 'Financial NPV'), unit, signed: true },
            ratio(w('재무 B/C', 'Financial B/C')),
          ],
          rows: turns.map(({ word, rate, financial: money, economic: society }) => [
            turnName(word),
            rate,
            society.npvKrw,
            society.bc,
            money.npvKrw,
            money.bc,
          ]),
          strong: [0],
        },
      },
      { title: w('해마다, 경제', 'By year, economic'), table: yearTable(w('경제 해마다', 'Economic by year'), plain) },
      {
        title: w('해마다, 재무', 'By year, financial'),
        table: yearTable(w('재무 해마다', 'Financial by year'), financial),
      },
    ],
    method: [
      w(
        `지금(0년)은 할인하지 않고, t년에 생기는 것은 그 해의 끝에 1 / (1 + ${share(study.rate)})^t 로 할인합니다. 불변가격이며 잔존가치는 마지막 해에 들어갑니다.`,
        `Year 0 is now and not discounted; what happens in year t counts at its end, times 1 / (1 + ${share(study.rate)})^t. Constant prices; a residual value comes in the last year.`,
      ),
      w(
        '경제 표는 국비와, 항목마다 적은 이전(세금, 유류세, 통행료)의 몫을 뺍니다. 내부수익률은 −99 % 에서 10,000 % 사이의 모든 근을 찾아, 하나일 때만 적습니다.',
        'The economic table leaves out grants and the share of each line that only changes hands (VAT, fuel tax, tolls). All roots of the rate of return from −99 % to 10,000 % are looked for; it is given only where there is one.',
      ),
      w(
        '식은 손으로 푼 표와 맞추어 시험합니다. 감도는 편익·비용 ±20 %, 할인율 3.5 / 4.5 / 5.5 % 입니다.',
        'Formulas are tested against sheets worked by hand. Turned are benefits and costs by ±20 %, and rates of 3.5, 4.5 and 5.5 %.',
      ),
    ],
    answers: answersOf(study, answer, say),
  }
}

function breakEven({ benefitPvKrw, costPvKrw }: Money, { w, share }: Say): string {
  if (benefitPvKrw <= 0) return w('편익이 없어 값을 할 수 없습니다.', 'Without benefits it cannot be worth its money.')
  const times = costPvKrw / benefitPvKrw
  return times > 1
    ? w(
        `값을 하려면 편익이 지금의 ${share(times)} 이어야 합니다 (B/C 1이 갈림길).`,
        `To be worth it, benefits would have to be ${share(times)} of what they are (B/C of 1 is the divide).`,
      )
    : w(
        `편익이 지금의 ${share(times)} 로 줄어도 값을 합니다 (B/C 1이 갈림길).`,
        `Benefits may fall to ${share(times)} of what they are (B/C of 1 is the divide).`,
      )
}

function answersOf(study: AppraisalStudy, { financial, economic }: Appraised, say: Say): Answers {
  const { w, of, won, wonDifference } = say
  const plain = economic[0]!.table
  const costs = study.flows.filter(({ kind, only }) => kind === 'cost' && only !== 'financial')
  const benefits = study.flows.filter(({ kind, grant }) => kind === 'benefit' && !grant)
  const grants = study.flows.filter(({ grant }) => grant)
  const sourceOf = ({ note }: (typeof study.flows)[number]) =>
    note ? ` (${(say.locale === 'ko' && note.sourceKo) || note.source})` : w(' (출처 없음)', ' (no source)')
  const apart = w('편익이 한 값으로 적혀 있어', 'Benefits are written as one figure, so')
  return {
    baseline: partly(
      w(
        `기준은 사업을 하지 않는 경우입니다. 편익이 어떤 기준과 견준 것인지는 그 출처가 말합니다: ${benefits.map((flow) => `${of(flow.name)}${sourceOf(flow)}`).join('; ')}.`,
        `The baseline is doing without the programme. What benefits were held against their sources say: ${benefits.map((flow) => `${of(flow.name)}${sourceOf(flow)}`).join('; ')}.`,
      ),
    ),
    pricing: yes(
      w(
        `모두 불변가격이며 두 표를 나눕니다: 재무 ${wonDifference(financial.npvKrw)}, 경제 ${wonDifference(plain.npvKrw)}. ${grants.length > 0 ? `국비 ${grants.map((flow) => won(flow.krw)).join(', ')} 은 재무 표에만 있습니다.` : '국비는 적혀 있지 않습니다.'}`,
        `All is in constant prices, in two tables: financial ${wonDifference(financial.npvKrw)}, economic ${wonDifference(plain.npvKrw)}. ${grants.length > 0 ? `The grant of ${grants.map((flow) => won(flow.krw)).join(', ')} is in the financial one only.` : 'No grant is written down.'}`,
      ),
    ),
    frequency: no(
      w(
        `이 연구는 답하지 않습니다. ${apart} 무엇에서 왔는지 나눌 수 없습니다. 집하나 수입 통합의 연구가 나누어 보입니다.`,
        `This study does not answer it. ${apart} it cannot be told what they come from; studies of pickups or imports do.`,
      ),
    ),
    inventory: no(
      w(
        `이 연구는 답하지 않습니다. 재고의 비용은 항목으로 적은 만큼만 들어 있습니다 (비용 항목: ${costs.map((flow) => of(flow.name)).join(', ') || '없음'}).`,
        `This study does not answer it. Stock costs only what is written as a line (costs: ${costs.map((flow) => of(flow.name)).join(', ') || 'none'}).`,
      ),
    ),
    programme:
      costs.length > 0
        ? yes(
            w(
              `비용이 현재가치 ${won(plain.costPvKrw)}로 들어 있습니다: ${costs.map((flow) => `${of(flow.name)} ${won(flow.krw)}`).join(', ')}.`,
              `Costs are in it, ${won(plain.costPvKrw)} at present value: ${costs.map((flow) => `${of(flow.name)} ${won(flow.krw)}`).join(', ')}.`,
            ),
          )
        : partly(
            w('비용이 적혀 있지 않습니다. B/C를 말할 수 없습니다.', 'No costs are written down, so there is no B/C.'),
          ),
    unpoolable: no(
      w(
        '이 연구는 답하지 않습니다. 어떤 화물이 편익에 들었는지는 그 출처를 보세요.',
        'This study does not answer it. See the sources of the benefits for what cargo is in them.',
      ),
    ),
    participation: partly(
      w(
        `참여에 따른 편익은 셈하지 않았습니다. 편익이 20 % 적으면 ${wonDifference(turnsOf(study)[2]!.economic.npvKrw)}입니다. ${breakEven(plain, say)}`,
        `Benefits by participation are not worked out. With 20 % less of them it is ${wonDifference(turnsOf(study)[2]!.economic.npvKrw)}. ${breakEven(plain, say)}`,
      ),
    ),
    luck: partly(
      w(
        '뽑은 날이 없는 계산이라 통계의 구간은 없고, 편익·비용 ±20 % 와 할인율의 표가 그 자리를 대신합니다.',
        'Nothing is drawn, so there is no statistical interval; the table of benefits and costs ±20 % and of rates stands in its place.',
      ),
    ),
    tuning: yes(
      w(
        '최적화가 없습니다. 적힌 값을 더하고 할인했을 뿐이며, 식은 손으로 푼 표로 시험합니다.',
        'There is no optimiser: figures as written are summed and discounted, by formulas tested against sheets worked by hand.',
      ),
    ),
    service: no(
      w(
        '이 연구는 답하지 않습니다. 지연과 대기의 값은 항목으로 적은 만큼만 들어 있습니다.',
        'This study does not answer it. Lateness and waiting count only as far as they are written as lines.',
      ),
    ),
    carrier: no(
      w(
        `이 연구는 답하지 않습니다. ${apart} 운송사의 수입이 준 것인지 알 수 없습니다. 그랬다면 이전이며 경제 표에서 빠져야 합니다.`,
        `This study does not answer it. ${apart} it cannot be told whether carriers earn less. If they do, that is a transfer and does not belong in the economic table.`,
      ),
    ),
  }
}
