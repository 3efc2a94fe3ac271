/** What the trucks of a problem burn, on its day: its own figures, else the Korean defaults in force, with where each comes from. */
import { type Problem, TRUCK_CLASSES, type TruckClass } from '../problem.ts'
import { inForce, notedSource, type SourceLine, type SourceNote } from '../source.ts'
import {
  DIESEL_PRICES,
  EMPTY_SHARE,
  FACT_NOTES,
  FUEL_SUBSIDIES,
  HIRED_RETURN_SHARE,
  KG_PER_L,
  KM_PER_L,
  LINKED_SUBSIDIES,
  ROAD_FACTOR,
  SUBSIDISED_L_NOTE,
  SUBSIDISED_L_PER_MONTH,
  TERMINAL_G_PER_TKM,
} from './facts.ts'

/** Every figure filled in. */
export interface Energy {
  readonly kmPerL: Readonly<Record<TruckClass, number>>
  readonly emptyShare: number
  readonly expresswayFactor: number
  readonly otherRoadFactor: number
  readonly dieselKrwPerL: number
  readonly subsidyKrwPerL: number
  readonly ttwCo2KgPerL: number
  readonly wtwCo2eKgPerL: number
  readonly terminalTtwCo2GPerTkm: number
  readonly terminalWtwCo2eGPerTkm: number
  readonly hiredReturnShare: number
}

export function energyOf({ energy = {}, startsAt }: Pick<Problem, 'energy' | 'startsAt'>): Energy {
  const { note: _, kmPerL, ...own } = energy
  const date = startsAt.slice(0, 10)
  const dieselKrwPerL = own.dieselKrwPerL ?? dieselOn(date).krwPerL
  return {
    emptyShare: EMPTY_SHARE,
    expresswayFactor: ROAD_FACTOR.expressway,
    otherRoadFactor: ROAD_FACTOR.other,
    subsidyKrwPerL: (inForce(FUEL_SUBSIDIES, date)?.krwPerL ?? 0) + linkedKrwPerL(dieselKrwPerL, date),
    ttwCo2KgPerL: KG_PER_L.ttwCo2,
    wtwCo2eKgPerL: KG_PER_L.wtwCo2e,
    terminalTtwCo2GPerTkm: TERMINAL_G_PER_TKM.ttwCo2,
    terminalWtwCo2eGPerTkm: TERMINAL_G_PER_TKM.wtwCo2e,
    hiredReturnShare: HIRED_RETURN_SHARE,
    ...own,
    dieselKrwPerL,
    kmPerL: { ...KM_PER_L, ...kmPerL },
  }
}

const dieselOn = (date: string) => inForce(DIESEL_PRICES, date) ?? DIESEL_PRICES[0]

/** Won per litre of 유가연동보조금 at this price on this day. */
function linkedKrwPerL(dieselKrwPerL: number, date: string): number {
  const rule = inForce(LINKED_SUBSIDIES, date)
  return rule ? Math.min(rule.capKrw, rule.share * Math.max(0, dieselKrwPerL - rule.thresholdKrw)) : 0
}

/** Where the figures of `energyOf` come from; kilometres per litre of the classes that the problem has. */
export function energySources(problem: Pick<Problem, 'energy' | 'startsAt' | 'vehicles'>): SourceLine[] {
  const energy = energyOf(problem)
  const { energy: own = {} } = problem
  const date = problem.startsAt.slice(0, 10)
  const ownNote: Omit<SourceLine, 'topic' | 'name' | 'value'> = own.note
    ? notedSource(own.note)
    : { source: { ko: '문제에 적힌 값', en: 'as the problem gives it' } }
  const line = (
    topic: SourceLine['topic'],
    [ko, en]: readonly [string, string],
    value: string | SourceLine['value'],
    note: SourceNote,
    isOwn: boolean,
  ): SourceLine => ({
    topic,
    name: { ko, en },
    value: typeof value === 'string' ? { ko: value, en: value } : value,
    ...(isOwn ? ownNote : note),
  })
  const classes = TRUCK_CLASSES.filter((truck) => problem.vehicles.some((vehicle) => vehicle.truck === truck))
  const byClass = (amounts: Readonly<Record<TruckClass, number>>, unit: string) =>
    `${classes.map((truck) => `${truck} ${amounts[truck]}`).join(' · ')} ${unit}`
  const perL = (krw: number) => ({ ko: `${rounded(krw)}원/L`, en: `₩${rounded(krw)}/L` })
  const perTkm = (gram: number) => `${gram} g/t·km`

  const subsidy = inForce(FUEL_SUBSIDIES, date)
  const linked = inForce(LINKED_SUBSIDIES, date)
  const paidBack: SourceLine[] =
    own.subsidyKrwPerL !== undefined
      ? [line('fuel', ['유가보조금', 'Fuel subsidy'], perL(own.subsidyKrwPerL), UNKNOWN_NOTE, true)]
      : [
          line(
            'fuel',
            ['유가보조금', 'Fuel subsidy'],
            subsidy ? perL(subsidy.krwPerL) : NONE,
            subsidy?.note ?? UNKNOWN_NOTE,
            false,
          ),
          line(
            'fuel',
            ['유가연동보조금', 'Price-linked subsidy'],
            linked
              ? {
                  ko: `${linked.thresholdKrw}원/L 초과분의 ${linked.share * 100} %, ${linked.capKrw}원/L까지 (${linked.from} – ${linked.until})`,
                  en: `${linked.share * 100} % of what exceeds ₩${linked.thresholdKrw}/L, up to ₩${linked.capKrw}/L (${linked.from} – ${linked.until})`,
                }
              : NONE,
            linked?.note ?? UNKNOWN_NOTE,
            false,
          ),
          line(
            'fuel',
            ['보조금 월 한도 (계산에 쓰지 않음)', 'Subsidised litres a month (not applied)'],
            byClass(SUBSIDISED_L_PER_MONTH, 'L'),
            SUBSIDISED_L_NOTE,
            false,
          ),
        ]
  return [
    line(
      'fuel',
      ['만차 연비', 'Kilometres per litre, full'],
      byClass(energy.kmPerL, 'km/L'),
      FACT_NOTES.kmPerL,
      own.kmPerL !== undefined,
    ),
    line(
      'fuel',
      ['공차 연료 ÷ 만차 연료', 'Fuel empty ÷ full'],
      `${energy.emptyShare}`,
      FACT_NOTES.emptyShare,
      own.emptyShare !== undefined,
    ),
    line(
      'fuel',
      ['도로별 연료', 'Fuel by road'],
      {
        ko: `고속도로 × ${energy.expresswayFactor}, 그 밖 × ${energy.otherRoadFactor}`,
        en: `expressway × ${energy.expresswayFactor}, other × ${energy.otherRoadFactor}`,
      },
      FACT_NOTES.roadFactor,
      own.expresswayFactor !== undefined || own.otherRoadFactor !== undefined,
    ),
    line(
      'fuel',
      ['경유 가격', 'Diesel price'],
      perL(energy.dieselKrwPerL),
      dieselOn(date).note,
      own.dieselKrwPerL !== undefined,
    ),
    ...paidBack,
    line(
      'co2',
      ['TTW: 연료 연소 CO₂', 'TTW: CO₂ of burning'],
      `${energy.ttwCo2KgPerL} kg CO₂/L`,
      FACT_NOTES.ttwCo2,
      own.ttwCo2KgPerL !== undefined,
    ),
    line(
      'co2',
      ['WTW: 연료 생산과 연소 CO₂e', 'WTW: CO₂e of making and burning'],
      `${energy.wtwCo2eKgPerL} kg CO₂e/L`,
      FACT_NOTES.wtwCo2e,
      own.wtwCo2eKgPerL !== undefined,
    ),
    line(
      'co2',
      ['정기화물 TTW', 'Terminal freight TTW'],
      perTkm(energy.terminalTtwCo2GPerTkm),
      FACT_NOTES.terminalTtwCo2,
      own.terminalTtwCo2GPerTkm !== undefined,
    ),
    line(
      'co2',
      ['정기화물 WTW', 'Terminal freight WTW'],
      perTkm(energy.terminalWtwCo2eGPerTkm),
      FACT_NOTES.terminalWtwCo2e,
      own.terminalWtwCo2eGPerTkm !== undefined,
    ),
    line(
      'co2',
      ['용차의 돌아가는 빈 길', 'Empty way back of hired trucks'],
      energy.hiredReturnShare === 0
        ? { ko: '넣지 않음', en: 'not counted' }
        : { ko: `${energy.hiredReturnShare * 100} % 넣음`, en: `${energy.hiredReturnShare * 100} % counted` },
      FACT_NOTES.hiredReturn,
      own.hiredReturnShare !== undefined,
    ),
  ]
}

const NONE = { ko: '0 (이 날의 규칙을 모름)', en: '0 (no rule known for the day)' }
const UNKNOWN_NOTE: SourceNote = {
  source: { ko: '이 날짜의 자료 없음', en: 'nothing known for this date' },
  certainty: 'X',
}
const rounded = (krw: number): string => (Math.round(krw * 100) / 100).toLocaleString('en-US')
