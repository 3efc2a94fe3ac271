/** What a study of supply says: what stops without help in the worst outage written down, and what each help would leave of it. */
import {
  HELPS,
  type HelpName,
  type OutageView,
  outageView,
  type Study,
  type SupplyAnswer,
} from '../../../../study/index.ts'
import { type Answers, no, partly, yes } from '../attacks.ts'
import { drawLengths } from '../charts/bars.ts'
import { drawOutage, MOST_ROWS } from '../charts/spread.ts'
import type { Column, KindReport, Section, StudyPapers } from '../report.ts'
import type { Say } from '../words.ts'
import { HELP_NAMES, nameIn } from './names.ts'
import { costSections, plannedOf } from './supplyCosts.ts'
import { responseSections } from './supplyResponse.ts'

type SupplyStudy = Extract<Study, { kind: 'supply' }>

export function supplyReport(study: SupplyStudy, answer: SupplyAnswer, { data }: StudyPapers, say: Say): KindReport {
  const place = data ? say.of(data.complex.name) : (study.routes?.complex ?? '')
  const { w, share, digits, whole } = say
  const { all } = answer
  const views = answer.outages.map((_, k) => HELPS.map((help) => ({ help, view: outageView(study, answer, k, help) })))
  const worst = views.toSorted((a, b) => b[0]!.view.daysLost - a[0]!.view.daysLost)[0]
  const nothing = worst?.[0]?.view
  const helped = worst ? worst.map(({ view }) => view.daysLost) : []
  const dark = new Set(answer.outages.flatMap((one) => one.nothing.unknown.map(({ firm, item }) => `${firm} ${item}`)))
    .size
  const unknown = w('자료 부족', 'not enough data')
  const known = (value: number | null, show: (value: number) => string) => (value === null ? unknown : show(value))
  const days = (value: number) => w(`${digits(value, 1)}일`, `${digits(value, 1)} days`)
  const weeks = nothing ? w(`${nothing.weeks}주`, nothing.weeks === 1 ? '1 week' : `${nothing.weeks} weeks`) : ''
  const percent = (name: string): Column => ({ name, unit: '%', digits: 1, percent: true })
  return {
    kind: w('공급 안정', 'Supply'),
    question: w(
      '공급사나 항만, 나라 하나가 끊기면 어느 기업이 언제 멈추고, 무엇이 도움이 되나?',
      'If a supplier, a port or a country fails, which firms stop and when, and what would help?',
    ),
    answer: !nothing
      ? w(
          '끊기는 곳이 적혀 있지 않아 품목의 지표만 보입니다 (기준: 대장에 적힌 지금).',
          'No outage is written down: only the indicators of items are shown (baseline: the register as it is).',
        )
      : nothing.firmsStopped > 0
        ? w(
            `${nothing.name}: ${weeks} 끊기면 아무 대책이 없을 때(기준) ${nothing.firmsStopped}곳이 더해서 ${days(nothing.daysLost)} 멈춥니다.`,
            `With ${nothing.name} out for ${weeks} and nothing done about it (baseline), ${nothing.firmsStopped === 1 ? '1 firm stops' : `${nothing.firmsStopped} firms stop`} for ${days(nothing.daysLost)} in all.`,
          )
        : w(
            `${nothing.name}: ${weeks} 끊겨도 재고를 아는 기업은 아무 대책 없이(기준) 멈추지 않습니다.`,
            `With ${nothing.name} out for ${weeks} and nothing done about it (baseline), no firm whose stock is known stops.`,
          ),
    range: nothing
      ? w(
          `대책에 따라 ${days(Math.min(...helped))} ~ ${days(Math.max(...helped))}. 끊길 확률은 셈하지 않으므로 통계의 구간은 없습니다.`,
          `By what is done about it, ${days(Math.min(...helped))} to ${days(Math.max(...helped))}. How likely it is is not worked out, so there is no statistical interval.`,
        )
      : '',
    tone: nothing && nothing.firmsStopped > 0 ? 'bad' : 'good',
    isNot: [
      w(
        '예측이 아닙니다. 끊긴다고 가정했을 때 벌어질 일이며, 끊길 확률은 말하지 않습니다.',
        'It is no forecast: it says what would happen if something failed, not how likely that is.',
      ),
      ...(dark > 0
        ? [
            w(
              `전부가 아닙니다. 재고를 모르는 ${dark}건은 0이 아니라 자료 부족이라 세지 않았습니다.`,
              `It is not everything: ${dark} entries whose stock is not known are left out, which is not nought.`,
            ),
          ]
        : []),
      w(
        '멈춘 날의 값(매출 손실)이 아닙니다. 날 수만 셉니다.',
        'It is not what a day costs (sales lost): only days are counted.',
      ),
    ],
    figures: [
      ...(nothing
        ? [
            {
              name: w('멈춘 기업·일, 대책 없음', 'Firm days stopped, nothing done'),
              text: days(nothing.daysLost),
              value: nothing.daysLost,
              unit: w('일', 'days'),
            },
            {
              name: w('멈춘 기업', 'Firms stopped'),
              text: whole(nothing.firmsStopped),
              value: nothing.firmsStopped,
              unit: w('곳', 'firms'),
            },
          ]
        : []),
      {
        name: w('공급사 집중 (HHI)', 'Suppliers (HHI)'),
        text: known(all.supplierHhi, (value) => digits(value, 2)),
        note: w('쓰는 돈으로 가중', 'by what is spent'),
        value: all.supplierHhi,
        unit: '',
      },
      {
        name: w('나라 집중 (HHI)', 'Countries (HHI)'),
        text: known(all.countryHhi, (value) => digits(value, 2)),
        value: all.countryHhi,
        unit: '',
      },
      {
        name: w('수입 비중', 'Imported'),
        text: known(all.importShare, share),
        value: all.importShare === null ? null : 100 * all.importShare,
        unit: '%',
      },
      {
        name: w('단일 공급', 'Single source'),
        text: known(all.singleSourceShare, share),
        value: all.singleSourceShare === null ? null : 100 * all.singleSourceShare,
        unit: '%',
      },
      {
        name: w('커버 비율', 'Cover'),
        text: known(all.cover, (value) => digits(value, 2)),
        note: w('재고일 ÷ (조달 기간 + 1.65 × 편차)', 'days of stock ÷ (lead time + 1.65 of its spread)'),
        value: all.cover,
        unit: '',
      },
    ],
    sections: [
      ...views.flatMap((helps, k) => [
        ...outageSections(helps, say),
        ...responseSections(
          study,
          answer.outages[k]!,
          { title: titleOf(helps[0]!.view, say), name: helps[0]!.view.name },
          say,
        ),
      ]),
      ...costSections(study, answer, say),
      {
        title: w('품목의 안정', 'How secure the items are'),
        notes: [w('모르는 것은 0이 아니라 빈칸(자료 부족)입니다.', 'What is not known is blank, which is not nought.')],
        table: {
          name: w('품목', 'Items'),
          columns: [
            { name: w('품목', 'Item') },
            { name: w('공급사 HHI', 'Supplier HHI'), digits: 2 },
            { name: w('나라 HHI', 'Country HHI'), digits: 2 },
            percent(w('수입', 'Imported')),
            { name: w('대체 후보', 'Alternatives') },
            { name: w('재고', 'Stock'), unit: w('일', 'days'), digits: 1 },
            { name: w('가장 적은 기업', 'Least of a firm'), unit: w('일', 'days'), digits: 1 },
            { name: w('커버', 'Cover'), digits: 2 },
            { name: w('한 해 쓰는 돈', 'Spent a year'), unit: w('원', 'won') },
          ],
          rows: answer.items.map((item) => [
            study.register.items.find(({ id }) => id === item.item)?.name ?? item.item,
            item.supplierHhi,
            item.countryHhi,
            item.importShare,
            item.alternatives,
            item.stockDays,
            item.leastDays,
            item.cover,
            item.yearKrw,
          ]),
        },
      },
    ],
    method: [
      w(
        '품목마다 하루씩 따라갑니다. 끊긴 곳의 것은 오는 길에 있던 것까지 잃는다고 보고(조심스러운 가정), 나머지는 제 몫을 계속 대며, 끝난 뒤에도 조달 기간이 지나야 다시 들어옵니다. 하루치의 절반만 있으면 반나절을 잃습니다.',
        'Each item is followed day by day. What comes from where it failed is lost, what is on its way too (a cautious assumption); others go on delivering their shares, and afterwards the lead time passes again. Of a day for which only half is there, half a day is lost.',
      ),
      w(
        '여러 품목이 모자란 기업은 가장 모자란 것으로 하루를 한 번만 잃습니다. 대체 공급은 단계(발굴~채택)에 적힌 날과 조달 기간이 지나야 들어오고, 모자란 만큼만 댑니다.',
        'A firm short of several items loses the day once, by the scarcest. Alternatives deliver once the days of their stage (found to adopted) and their lead time have passed, and no more than is missing.',
      ),
      w(
        '대책은 두 단계입니다: 4주 안에 도움이 되는 것(경로 변경, 재고 나눔, 재고 조사)이 긴급, 그보다 걸리는 것(대체 공급 승인, 재고 늘리기, 둘째 공급처)이 중기입니다.',
        'Responses come in two phases: urgent is what delivers within 4 weeks (re-routing, sharing and counting stock), of the medium term what takes longer (qualifying alternatives, more stock, a second supplier).',
      ),
      ...(study.routes
        ? [
            w(
              `가져오는 운송은 ${place}의 뽑은 ${study.routes.days}일에 넣어 계획합니다 (씨앗 ${study.routes.seed}, 하루 ${whole(study.routes.iterations)}번 탐색). 같은 날을 넣지 않고도 계획해 그 차이를 밀크런의 값으로 하며, 넣은 날과 안 넣은 날에 나르는 것이 다르면 그날은 뺍니다.`,
              `Fetching is planned into ${study.routes.days} drawn days of ${place} (seed ${study.routes.seed}, ${whole(study.routes.iterations)} iterations a day), each with and without it; the difference is its cost on the milk run. Days on which not the same else is served are left out.`,
            ),
          ]
        : []),
      w(
        'HHI는 비중의 제곱의 합(1이면 하나뿐), 커버 비율은 재고일 ÷ (조달 기간 + 1.65 × 편차)이며 1보다 작으면 늦는 대로 멈춥니다.',
        'HHI is the sum of squared shares (1: a single one); cover is days of stock ÷ (lead time + 1.65 of its spread): below 1 a delay is felt.',
      ),
    ],
    answers: answersOf(study, answer, dark, say),
  }
}

const titleOf = ({ name, weeks }: OutageView, { w }: Say): string =>
  w(`${name} ${weeks}주 중단`, `${name} out for ${weeks} ${weeks === 1 ? 'week' : 'weeks'}`)

function outageSections(helps: readonly { readonly help: HelpName; readonly view: OutageView }[], say: Say): Section[] {
  const { w, won, digits } = say
  const nothing = helps[0]!.view
  const helpName = nameIn(HELP_NAMES, w)
  const called = ({ help, view }: (typeof helps)[number]) =>
    help === 'joint' ? w(`공동 재고 ${view.jointDays}일분`, `Joint stock, ${view.jointDays} days`) : helpName(help)
  const title = titleOf(nothing, say)
  const unit = w('원', 'won')
  if (nothing.rows.every(({ known }) => known !== null && known.daysLost === 0))
    return [
      {
        title,
        sentence: w('대책이 없어도(기준) 멈추는 기업이 없습니다.', 'Nobody stops, even if nothing is done (baseline).'),
      },
    ]
  const price = (krw: number | null) => (krw === null ? w('값을 모름', 'price not known') : won(krw))
  return [
    {
      title: `${title}: ${w('재고가 끝나는 날과 멈춘 날', 'when stock ends, and days stopped')}`,
      sentence: w(
        `대책 없음(기준). 하늘색: 재고로 버팀. 빨강: 멈춘 날을 더한 길이. 점선: 공급이 끊긴 ${nothing.weeks}주의 끝.`,
        `Nothing done (baseline). Blue: stock lasts. Red: days stopped, added up. Dashed: the end of the ${nothing.weeks} weeks.`,
      ),
      ...(nothing.rows.length > 0 && {
        chart: drawOutage(nothing, say),
        chartTellsAll: nothing.rows.length <= MOST_ROWS,
      }),
      table: {
        name: `${w('멈춤', 'Stops')} ${nothing.name}`,
        columns: [
          { name: w('기업', 'Firm') },
          { name: w('품목', 'Item') },
          { name: w('재고가 끝나는 날', 'Stock ends on day') },
          { name: w('멈춘 날', 'Days stopped'), digits: 1 },
        ],
        rows: nothing.rows.map(({ firm, item, known }) => [
          firm,
          item,
          known ? known.stopsOnDay : w('자료 부족', 'not enough data'),
          known ? known.daysLost : null,
        ]),
      },
    },
    {
      title: `${title}: ${w('대책마다 멈춘 날', 'days stopped, by what is done')}`,
      chartTellsAll: true,
      chart: drawLengths(
        helps.map((entry) => ({
          name: called(entry),
          value: entry.view.daysLost,
          text: w(
            `${digits(entry.view.daysLost, 1)}일 · ${entry.view.firmsStopped}곳`,
            `${digits(entry.view.daysLost, 1)} days · ${entry.view.firmsStopped} ${entry.view.firmsStopped === 1 ? 'firm' : 'firms'}`,
          ),
          bad: entry.help === 'nothing',
        })),
      ),
      notes: [
        w(
          `대체 공급이 더 드는 값 ${price(helps[1]!.view.extraKrw)}, 공동 재고의 유지비 한 해 ${price(helps[3]!.view.jointKrwPerYear)}.`,
          `Alternatives cost ${price(helps[1]!.view.extraKrw)} more; carrying the joint stock ${price(helps[3]!.view.jointKrwPerYear)} a year.`,
        ),
      ],
      table: {
        name: `${w('대책', 'Help')} ${nothing.name}`,
        columns: [
          { name: w('대책', 'What is done') },
          { name: w('멈춘 기업·일', 'Firm days stopped'), digits: 1 },
          { name: w('멈춘 기업', 'Firms stopped') },
          { name: w('더 드는 값', 'More for the goods'), unit },
          { name: w('재고 유지 한 해', 'Carrying a year'), unit },
        ],
        rows: helps.map((entry) => [
          called(entry),
          entry.view.daysLost,
          entry.view.firmsStopped,
          entry.help === 'alternatives' ? entry.view.extraKrw : null,
          entry.help === 'joint' ? entry.view.jointKrwPerYear : null,
        ]),
        strong: [0],
      },
    },
  ]
}

function answersOf({ register, outages }: SupplyStudy, answer: SupplyAnswer, dark: number, say: Say): Answers {
  const { w, won, digits } = say
  const sum = (help: HelpName) => answer.outages.reduce((days, one) => days + one[help].daysLost, 0)
  const carried = answer.outages.map(({ joint }) => joint.jointKrwPerYear)
  const carrying = carried.includes(null) || carried.length === 0 ? null : Math.max(...carried.map((krw) => krw!))
  const extra = answer.outages.flatMap(({ alternatives }) =>
    alternatives.byAlternatives.map(({ extraKrw }) => extraKrw),
  )
  const days = (value: number) => w(`${digits(value, 1)}일`, `${digits(value, 1)} days`)
  const planned = plannedOf(answer)
  const phase = (name: 'nothing' | 'urgent' | 'both') =>
    answer.outages.reduce((sum, { response }) => sum + response.phases[name], 0)
  const mean = (of: (fetch: (typeof planned)[number]) => number) =>
    planned.reduce((sum, fetch) => sum + of(fetch), 0) / Math.max(1, planned.length)
  const [alone, pooled] = [mean(({ aloneKrw }) => aloneKrw), mean(({ pooledKrw }) => pooledKrw)]
  return {
    baseline: yes(
      w(
        `기준은 아무 대책도 없을 때입니다: 적힌 ${outages.length}건을 더해 ${days(sum('nothing'))}. 대책은 하나씩 따로 견줍니다: 대체 공급 ${days(sum('alternatives'))}, 재고 나눔 ${days(sum('shared'))}, 공동 재고 ${days(sum('joint'))}.`,
        `The baseline is that nothing is done: ${days(sum('nothing'))} over the ${outages.length} outages. Helps are compared one by one: alternatives ${days(sum('alternatives'))}, stocks shared ${days(sum('shared'))}, joint stock ${days(sum('joint'))}.`,
      ),
      w(
        `두 단계로 함께 하면 긴급 조치 모두 ${days(phase('urgent'))}, 중기까지 ${days(phase('both'))}.`,
        `Taken together in two phases: all that is urgent ${days(phase('urgent'))}, both phases ${days(phase('both'))}.`,
      ),
    ),
    pricing: (extra.includes(null) ? partly : yes)(
      w(
        `멈춘 날을 세며 돈으로 바꾸지 않습니다. 드는 돈은 따로 적습니다${extra.includes(null) ? '. 값을 모르는 대체 공급처가 있어 그 합은 비워 두었습니다' : ''}.`,
        `Days are counted and not turned into money; what helps cost is written apart${extra.includes(null) ? '. Some alternatives have no price, and their sum is left blank' : ''}.`,
      ),
      planned.length > 0
        ? w(
            `대체 공급처에서 가져오는 운송 ${planned.length}건은 각자와 밀크런을 같은 운임표와 도로로 셈했습니다: 한 번 평균 ${won(alone)} 대 ${won(pooled)}.`,
            `Fetching from alternatives (${planned.length}) is priced by the same tariffs and roads alone and on the milk run: ${won(alone)} against ${won(pooled)} a time on average.`,
          )
        : '',
    ),
    frequency: (planned.length > 0 ? partly : no)(
      planned.length > 0
        ? w(
            `각자와 밀크런은 같은 날 같은 양을 가져오므로 둘의 차이에 빈도의 몫은 없습니다 (${[...new Set(planned.map(({ everyDays }) => everyDays))].join(', ')}일마다). 더 뜸하게 가져오면 어떤지는 셈하지 않았습니다.`,
            `Alone and on the milk run the same amounts are fetched on the same days (every ${[...new Set(planned.map(({ everyDays }) => everyDays))].join(', ')} days), so frequency is no part of the difference. What less frequent fetching would do is not worked out.`,
          )
        : w(
            '이 연구는 답하지 않습니다. 주문을 얼마나 자주 하는지는 재고를 통해서만 들어 있습니다.',
            'This study does not answer it. How often is ordered is in it through stock only.',
          ),
    ),
    inventory:
      carrying === null
        ? partly(
            w(
              '공동 재고의 유지비는 품목의 값을 모르면 셈하지 못하고 비워 둡니다.',
              'What carrying a joint stock costs is left blank where the value of an item is not known.',
            ),
          )
        : yes(
            w(
              `공동 재고의 유지비를 적습니다: 가장 많은 경우 한 해 ${won(carrying)} (유지비율 ${digits(100 * register.carryingRate, 0)} %).`,
              `Carrying the joint stock is shown: at most ${won(carrying)} a year (at ${digits(100 * register.carryingRate, 0)} % of its value).`,
            ),
          ),
    programme: no(
      w(
        '이 연구는 답하지 않습니다. 공동 재고의 창고와 담당자의 값은 들어 있지 않습니다. 타당성 연구에 비용으로 적으세요.',
        'This study does not answer it. Warehouse and people of a joint stock are not in it: put them into an appraisal.',
      ),
    ),
    unpoolable: (dark > 0 ? partly : yes)(
      w(
        `대장에 적힌 품목 ${register.items.length}개를 모두 봅니다. ${dark > 0 ? `재고를 모르는 ${dark}건은 세지 못했고 그렇게 적었습니다.` : '재고를 모르는 기업은 없습니다.'}`,
        `All ${register.items.length} items of the register are looked at. ${dark > 0 ? `${dark} entries without a known stock could not be counted, and say so.` : 'Every stock is known.'}`,
      ),
    ),
    participation: partly(
      w(
        `재고 나눔과 공동 재고는 기업 ${register.firms.length}곳이 모두 한다고 본 값입니다. 몇 곳만 하면 그사이의 값이 됩니다. 얼마인지는 셈하지 않았습니다.`,
        `Shared and joint stocks take all ${register.firms.length} firms to join. With fewer it lies between; how far is not worked out.`,
      ),
    ),
    luck: (planned.length > 0 ? partly : no)(
      planned.length > 0
        ? w(
            `가져오는 운송은 뽑은 ${Math.max(...planned.map(({ days: own }) => own.length))}일의 평균이며, 밀크런으로 한 번에 ${won(Math.min(...planned.flatMap(({ days: own }) => own.map(({ pooledKrw }) => pooledKrw))))} ~ ${won(Math.max(...planned.flatMap(({ days: own }) => own.map(({ pooledKrw }) => pooledKrw))))} 입니다. 끊김은 뽑은 것이 아니라 가정한 것이며, 재고는 적힌 날의 값입니다.`,
            `What fetching costs is the mean of up to ${Math.max(...planned.map(({ days: own }) => own.length))} drawn days, from ${won(Math.min(...planned.flatMap(({ days: own }) => own.map(({ pooledKrw }) => pooledKrw))))} to ${won(Math.max(...planned.flatMap(({ days: own }) => own.map(({ pooledKrw }) => pooledKrw))))} a time on the milk run. Outages are supposed, not drawn, and stocks are those of the day they were written down.`,
          )
        : w(
            '이 연구는 답하지 않습니다. 끊김은 뽑은 것이 아니라 가정한 것이며, 재고는 적힌 날의 값입니다.',
            'This study does not answer it. Outages are supposed, not drawn, and stocks are those of the day they were written down.',
          ),
    ),
    tuning: (planned.length > 0 ? partly : yes)(
      planned.length > 0
        ? w(
            '멈춤은 적힌 규칙으로 하루씩 따라갈 뿐입니다. 가져오는 운송은 정한 횟수만큼 탐색한 계획이며 어떤 값에도 맞추지 않았습니다. 하한은 구하지 않습니다.',
            'Stops are followed day by day by the rules above. Fetching is planned by a fixed number of iterations, fitted to no figure; no lower bound is worked out.',
          )
        : w(
            '최적화가 없습니다. 적힌 규칙으로 하루씩 따라갈 뿐입니다.',
            'There is no optimiser: days are followed by the rules above.',
          ),
    ),
    service: yes(
      w(
        `이 연구가 재는 것이 바로 그것입니다: 기준에서 ${days(sum('nothing'))} 멈추고, 공동 재고가 있으면 ${days(sum('joint'))} 입니다.`,
        `That is what it counts: ${days(sum('nothing'))} stopped in the baseline, ${days(sum('joint'))} with a joint stock.`,
      ),
    ),
    carrier: no(
      w(
        `이 연구는 답하지 않습니다. ${planned.length > 0 ? '가져오는 운송은 두 쪽에서 같은 운임표로 받지만, 차의 원가와 시간당 수입은 남기지 않습니다.' : '대체 공급의 운송은 적힌 값으로만 들어 있습니다.'}`,
        `This study does not answer it. ${planned.length > 0 ? 'Carriers of what is fetched are paid by the same tariffs on both sides, but no cost of a truck nor income an hour is kept.' : 'Carriage of alternatives is in it only as the price given.'}`,
      ),
    ),
  }
}
