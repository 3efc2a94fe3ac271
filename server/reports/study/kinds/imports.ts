/** What a study of joint imports says: a year jointly against a year of today's lots, and what moves between them. */
import {
  costToday,
  curveOf,
  ESTIMATE,
  IMPORT_STEPS,
  type ImportResult,
  type ImportStudy,
  importFall,
  importLines,
} from '../../../../study/index.ts'
import { type Answers, no, partly, yes } from '../attacks.ts'
import { drawFall } from '../charts/bars.ts'
import { drawCurve } from '../charts/spread.ts'
import type { KindReport } from '../report.ts'
import type { Say } from '../words.ts'
import { noRange, rangeFigures, rangeSections, rangeText, stableText } from './importRange.ts'

export function importReport(study: ImportStudy, answer: ImportResult, say: Say): KindReport {
  const { w, of, share, won, wonDifference, whole, digits } = say
  const { today, best, curve, range } = answer
  const saved = today.costKrw - best.costKrw
  const part = saved / Math.max(1, today.costKrw)
  const stockOf = (year: typeof today) => year.cycleKg + year.safetyKg
  const way = study.ways.find(({ id }) => id === best.plan.way)!
  const points = curveOf(study, answer)
  const stepName = (step: string) => {
    const { ko, en } = IMPORT_STEPS[step as keyof typeof IMPORT_STEPS]
    return w(ko, en)
  }
  const costs = curve.map(({ costKrw }) => costKrw)
  const pair = (from: string, to: string) => `${from} → ${to}`
  const tonnes = (kg: number) => `${digits(kg / 1000, 1)} t`
  const unit = w('원', 'won')
  const cheaper = saved >= 0
  const bars = importFall(answer)
  return {
    kind: w('수입 통합', 'Imports'),
    question: w(
      `기업 ${study.firms}곳이 해외 부품을 따로 들여오는 대신 함께 주문해 공동 재고에서 쓰면 비용이 얼마나 달라지나?`,
      `What changes if ${study.firms} firms order their foreign parts together into a joint stock instead of each for itself?`,
    ),
    answer: cheaper
      ? w(
          `오늘의 로트를 같은 가정으로 셈한 한 해 비용(기준: 오늘)보다 ${share(part)}, ${won(saved)} 적게 듭니다 [${ESTIMATE.ko}].`,
          `It costs ${share(part)}, or ${won(saved)} a year, less than the lots of today on the same assumptions (baseline: today) [${ESTIMATE.en}].`,
        )
      : w(
          `오늘의 로트를 같은 가정으로 셈한 한 해 비용(기준: 오늘)보다 ${share(-part)} 더 듭니다 [${ESTIMATE.ko}].`,
          `It costs ${share(-part)} more than the lots of today on the same assumptions (baseline: today) [${ESTIMATE.en}].`,
        ),
    range: [
      ...(range ? [rangeText(range, say)] : [noRange(say)]),
      w(
        `주문 횟수를 ${points[0]!.orders}회에서 ${points.at(-1)!.orders}회까지 바꾸면 한 해 ${won(Math.min(...costs))} ~ ${won(Math.max(...costs))}입니다.`,
        `From ${points[0]!.orders} to ${points.at(-1)!.orders} orders a year it costs ${won(Math.min(...costs))} to ${won(Math.max(...costs))}.`,
      ),
    ].join(' '),
    tone: cheaper ? 'good' : 'warn',
    isNot: [
      w(
        '보도된 40 %, 5년 7억 원을 다시 만든 값이 아닙니다. 그 값에는 밝혀지지 않은 항목이 있고, 여기서는 어디에도 맞추지 않았습니다.',
        'It does not rebuild the reported 40 % or 700 million won: those hold items that were not disclosed, and nothing here is fitted to them.',
      ),
      w(
        '견적이 아닙니다. 운임과 창고료는 대부분 가정이며 견적을 받아 바꾸어야 합니다.',
        'It is no quotation: freight and storage are mostly assumed and are to be replaced by quotations.',
      ),
      w(
        '구매 가격의 할인은 들어 있지 않습니다. 물류비만의 차이입니다.',
        'Discounts on purchase prices are not in it: it is a difference of logistics cost only.',
      ),
    ],
    figures: [
      {
        name: w('절감, 오늘 대비', 'Saving against today'),
        text: share(part),
        note: of(ESTIMATE),
        value: 100 * part,
        unit: '%',
      },
      ...(range ? rangeFigures(range, say) : []),
      { name: w('오늘 (한 해)', 'Today, a year'), text: won(today.costKrw), value: today.costKrw, unit },
      { name: w('공동 (한 해)', 'Jointly, a year'), text: won(best.costKrw), value: best.costKrw, unit },
      {
        name: w('주문 횟수', 'Orders'),
        text: pair(whole(today.orders), whole(best.orders)),
        note: of(way.name),
        value: best.orders,
        unit: w('회', 'a year'),
      },
      {
        name: w('평균 재고', 'Mean stock'),
        text: pair(tonnes(stockOf(today)), tonnes(stockOf(best))),
        value: stockOf(best),
        unit: 'kg',
      },
      {
        name: w('CO₂ (국제 구간, 한 해)', 'CO₂ (abroad, a year)'),
        text: pair(tonnes(today.co2Kg), tonnes(best.co2Kg)),
        value: best.co2Kg,
        unit: 'kg',
      },
    ],
    sections: [
      ...(range ? rangeSections(study, range, part, say) : []),
      {
        title: w('얼마나 자주 함께 주문하나', 'How often to order together'),
        sentence: w(
          `한 해 ${best.plan.ordersPerYear}회가 가장 쌉니다: ${won(best.costKrw)}, 평균 재고 ${tonnes(stockOf(best))}. 주문이 드물수록 컨테이너는 차고 재고는 늡니다.`,
          `${best.plan.ordersPerYear} a year are cheapest: ${won(best.costKrw)}, mean stock ${tonnes(stockOf(best))}. Fewer orders fill containers and raise stock.`,
        ),
        chart: drawCurve(points, { krw: today.costKrw, kg: stockOf(today) }, say),
        table: {
          name: w('주문 횟수', 'Orders a year'),
          columns: [
            { name: w('한 해 주문', 'Orders a year') },
            { name: w('비용', 'Cost'), unit },
            { name: w('오늘과의 차이', 'Against today'), unit, signed: true },
            { name: w('평균 재고', 'Mean stock'), unit: 'kg' },
            { name: 'CO₂', unit: 'kg' },
            { name: w('수단', 'Way') },
            { name: w('주문당 컨테이너', 'Containers an order') },
            { name: w('주문당 혼적', 'Loose an order'), unit: 'kg' },
          ],
          rows: points.map((point) => [
            point.orders,
            point.costKrw,
            point.costKrw - today.costKrw,
            point.stockKg,
            point.co2Kg,
            of(point.way),
            point.containers,
            point.looseKg,
          ]),
          strong: points.flatMap((point, k) => (point.best ? [k] : [])),
        },
      },
      {
        title: w('오늘에서 공동까지', 'From today to joint orders'),
        sentence: w(
          `한 해 ${won(today.costKrw)}에서 ${won(best.costKrw)}까지, 걸음을 더하면 ${wonDifference(-saved)}입니다.`,
          `From ${won(today.costKrw)} a year to ${won(best.costKrw)}; the steps add up to ${wonDifference(-saved)}.`,
        ),
        chart: drawFall(bars, stepName, say),
        table: {
          name: w('비용 항목', 'Cost lines'),
          columns: [
            { name: w('항목', 'Line') },
            { name: w('오늘', 'Today'), unit },
            { name: w('공동', 'Jointly'), unit },
            { name: w('차이', 'Difference'), unit, signed: true },
          ],
          rows: [
            ...importLines(answer).map(({ line, todayKrw, jointKrw }) => [
              line === 'freight' || line === 'inland'
                ? w(line === 'freight' ? '국제 운임' : '내륙', line === 'freight' ? 'Freight' : 'Inland')
                : stepName(line),
              todayKrw,
              jointKrw,
              jointKrw - todayKrw,
            ]),
            [w('합계', 'Sum'), today.costKrw, best.costKrw, -saved],
          ],
          strong: [importLines(answer).length],
        },
      },
    ],
    method: [
      w(
        '수단과 주문 횟수마다 작은 정수계획 하나를 풉니다: 어느 공급사를 몇 번째 공동 주문마다 넣을지, 컨테이너 몇 개와 혼적 얼마로 실을지 (공동 보충 문제, Khouja·Goyal 2008). 작은 문제라 끝까지 풀며, 시험에서 모든 경우를 세어 맞춥니다.',
        'For each way and number of orders one small mixed-integer program is solved: in which joint orders each supplier is, in how many containers and how much loose (joint replenishment, Khouja and Goyal 2008). It is small enough to be solved to the end, and held against full enumeration in tests.',
      ),
      w(
        '오늘과 공동은 같은 식으로 셈합니다. 주기 재고는 로트의 절반, 안전재고는 안전계수 × 조달 기간과 쓰임의 편차, 운송 중 재고는 조달 기간에 비례하며, 모두 값 × 유지비율로 비용이 됩니다.',
        'Today and jointly are worked out by the same formulas. Cycle stock is half a lot, safety stock the safety factor times the spread of lead time and use, stock on its way in proportion to the lead time; all of it costs its value times the carrying rate.',
      ),
      w(
        '걸음의 첫째(운송 수단)는 오늘의 로트를 그대로 둔 채 모두 공동의 수단으로 옮긴 차이이고, 나머지는 그다음에 모아서 주문하며 생긴 차이입니다.',
        'The first step (way of travel) is the lots of today as they are, all by the way of the joint plan; the other steps are what ordering together changes after that.',
      ),
      ...(range
        ? [
            w(
              `범위는 문서에 적힌 낮은 값과 높은 값 사이에서 ${whole(range.draws)}번 뽑은 것입니다 (삼각분포, 적힌 값이 가장 그럴듯함, 씨앗 ${range.seed}). 뽑을 때마다 오늘과 공동을 같은 값으로 다시 셈하되, 선택은 값을 알기 전에 한 그대로 둡니다. 재어 본 것의 범위가 아니라 가정의 범위입니다.`,
              `The range is of ${whole(range.draws)} draws between the lows and highs of the document (triangular, its own value the likeliest, seed ${range.seed}). Each draw costs today and jointly on the same prices, with the choice kept as it was made before anybody knew them. It is the range of the assumptions, not of anything measured.`,
            ),
          ]
        : []),
    ],
    answers: answersOf(study, answer, say),
  }
}

function answersOf(study: ImportStudy, { today, best, curve, steps, range }: ImportResult, say: Say): Answers {
  const { w, share, won, wonDifference, whole, digits } = say
  const way = study.ways.find(({ id }) => id === best.plan.way)!
  const sameWay = costToday(study, way)
  const step = (name: string) => steps.find((one) => one.step === name)?.krw ?? 0
  const often = curve.reduce((most, one) => (one.plan.ordersPerYear > most.plan.ordersPerYear ? one : most))
  const leads = [...new Set(study.today.map((lot) => lot.way))].map((id) => study.ways.find((one) => one.id === id)!)
  const carried = (year: typeof today) => year.lines.cycleStock + year.lines.safetyStock + year.lines.transitStock
  return {
    baseline: yes(
      w(
        `기준은 오늘의 로트(한 해 ${whole(today.orders)}회)를 같은 가정으로 셈한 ${won(today.costKrw)}입니다. 오늘의 로트가 이미 모두 공동의 수단(${way.name.ko})으로 온다고 보면 ${won(sameWay.costKrw)} 이고, 그 대비 절감은 ${share((sameWay.costKrw - best.costKrw) / sameWay.costKrw)} 입니다.`,
        `The baseline is today’s lots (${whole(today.orders)} a year) on the same assumptions: ${won(today.costKrw)}. Had today’s lots all come by ${way.name.en} already, they would cost ${won(sameWay.costKrw)}, and the saving against that is ${share((sameWay.costKrw - best.costKrw) / sameWay.costKrw)}.`,
      ),
    ),
    pricing: yes(
      w(
        `두 쪽은 같은 식과 같은 운임·보관·재고 값으로 셈합니다. 걸음을 더하면 ${wonDifference(best.costKrw - today.costKrw)}, 차이와 1원까지 같습니다. 다만 주문 한 번의 값은 오늘 ${won(study.order.ownKrw)}, 공동 ${won(study.order.jointKrw)}로 따로 적었습니다.`,
        `Both sides use the same formulas and the same prices of freight, storage and stock. The steps add up to ${wonDifference(best.costKrw - today.costKrw)}, the difference to the won. What an order costs is written apart: ${won(study.order.ownKrw)} today, ${won(study.order.jointKrw)} jointly.`,
      ),
    ),
    frequency: yes(
      w(
        `나누어 적었습니다: 수단을 바꾼 몫 ${wonDifference(step('mode'))}, 주문·통관 ${wonDifference(step('order'))}, 국제 운임을 묶은 몫 ${wonDifference(step('freight'))}. 주문이 ${whole(today.orders)}회에서 ${whole(best.orders)}회로 준 것이 절감의 큰 까닭이라는 점은 곡선이 보입니다: 한 해 ${often.plan.ordersPerYear}회면 ${won(often.costKrw)}입니다.`,
        `They are apart: the way of travel ${wonDifference(step('mode'))}, orders and customs ${wonDifference(step('order'))}, pooled freight ${wonDifference(step('freight'))}. How much comes of ${whole(today.orders)} orders becoming ${whole(best.orders)} the curve shows: with ${often.plan.ordersPerYear} a year it is ${won(often.costKrw)}.`,
      ),
    ),
    inventory: yes(
      w(
        `두 쪽 모두에 넣었습니다: 재고 유지비 오늘 ${won(carried(today))}, 공동 ${won(carried(best))}; 보관 ${won(today.lines.storage)} → ${won(best.lines.storage)}. 평균 재고 ${digits((today.cycleKg + today.safetyKg) / 1000, 1)} t → ${digits((best.cycleKg + best.safetyKg) / 1000, 1)} t.`,
        `It is on both sides: carrying stock ${won(carried(today))} today, ${won(carried(best))} jointly; storage ${won(today.lines.storage)} → ${won(best.lines.storage)}. Mean stock ${digits((today.cycleKg + today.safetyKg) / 1000, 1)} t → ${digits((best.cycleKg + best.safetyKg) / 1000, 1)} t.`,
      ),
    ),
    programme:
      study.programmeKrwPerYear > 0
        ? yes(
            w(
              `사업비 ${won(study.programmeKrwPerYear)}, 공동 재고 입출고 ${won(best.lines.handling)}, 부르면 배송 ${won(best.lines.calls)}이 공동 쪽에 들어 있습니다.`,
              `The joint side holds the programme, ${won(study.programmeKrwPerYear)}, handling of the joint stock, ${won(best.lines.handling)}, and deliveries on call, ${won(best.lines.calls)}.`,
            ),
          )
        : partly(
            w(
              `사업비를 0원으로 두었습니다. 한 해 ${won(today.costKrw - best.costKrw)} 까지는 써도 손해가 아닙니다.`,
              `The programme is put at nought; up to ${won(today.costKrw - best.costKrw)} a year could be spent on it.`,
            ),
          ),
    unpoolable: partly(
      w(
        `적힌 공급사 ${study.suppliers.length}곳의 물량은 모두 두 쪽에 있습니다. 문서에 없는 품목은 어느 쪽에도 없으므로, 절감률을 기업의 전체 물류비에 곱하지 마세요.`,
        `All that the ${study.suppliers.length} suppliers bring is on both sides. Goods that are not in the document are on neither: do not apply the share to all logistics cost of the firms.`,
      ),
    ),
    participation: no(
      w(
        `이 연구는 답하지 않습니다. 기업 ${study.firms}곳이 모두 참여한다고 보았습니다. firms 와 물량을 줄인 연구를 따로 셈해 견주세요.`,
        `This study does not answer it. All ${study.firms} firms are taken to join. Work out another with fewer firms and less volume and compare.`,
      ),
    ),
    luck: range
      ? partly(
          w(
            `날을 뽑는 연구가 아니라 한 해의 평균이며, 가정의 범위를 잽니다: ${rangeText(range, say)} ${stableText(range, say)} 쓰임과 조달 기간의 흔들림은 안전재고로 들어 있습니다.`,
            `No days are drawn: it is of yearly means, with the range of its assumptions. ${rangeText(range, say)} ${stableText(range, say)} Swings of use and lead time are in it as safety stock.`,
          ),
        )
      : no(
          w(
            '이 연구는 답하지 않습니다. 한 해의 평균으로 셈한 한 점이며, 쓰임과 조달 기간의 흔들림은 안전재고로만 들어 있습니다.',
            'This study does not answer it: it is one point of yearly means; swings of use and lead time are in it only as safety stock.',
          ),
        ),
    tuning: yes(
      w(
        `주문 횟수 ${curve.length}가지를 모두 끝까지 풀어 적었고, 보도된 값에 맞춘 것은 없습니다. 로트의 물량이 쓰는 물량과 1 % 안에서 맞지 않으면 계산을 거부합니다.`,
        `All ${curve.length} numbers of orders are solved to the end and shown, and nothing is fitted to reported figures. Where the lots do not bring what is used within 1 %, the study is refused.`,
      ),
    ),
    service: partly(
      w(
        `조달 기간은 오늘 ${leads.map(({ name, leadDays, leadSdDays }) => `${name.ko} ${leadDays}±${leadSdDays}일`).join(', ')}, 공동은 ${way.name.ko} ${way.leadDays}±${way.leadSdDays}일이며 기업은 공동 재고에서 바로 받습니다. 안전계수 ${study.stock.serviceZ} 의 안전재고 ${whole(best.safetyKg)} kg 이 그 값입니다. 실제 결품은 재지 않았습니다.`,
        `Lead times today: ${leads.map(({ name, leadDays, leadSdDays }) => `${name.en} ${leadDays}±${leadSdDays} days`).join(', ')}; jointly ${way.name.en} ${way.leadDays}±${way.leadSdDays} days, and firms are served from stock at once. Its price is a safety stock of ${whole(best.safetyKg)} kg at a safety factor of ${study.stock.serviceZ}. Real shortages are not measured.`,
      ),
    ),
    carrier: no(
      w(
        '이 연구는 답하지 않습니다. 운송사의 원가는 문서에 없습니다. 수출입 컨테이너의 내륙 운송은 안전운임의 대상이므로 적힌 값이 그 아래가 아닌지 확인하세요.',
        'This study does not answer it: what carriers spend is not in the document. Inland legs of import containers fall under the safe-rate rule (안전운임): make sure that the prices given are not below it.',
      ),
    ),
  }
}
