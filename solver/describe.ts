/** Violations in words, with their numbers. What a rule is called here is what it is called everywhere. */
import type { Violation } from './plan.ts'
import type { Locale } from './words.ts'

const RULE_WORDS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  handling: { ko: '맞는 상·하차 장비 없음', en: 'no gear to lift it' },
  pieceWeight: { ko: '한 개 무게 초과', en: 'piece too heavy' },
  truckSize: { ko: '진입 가능한 차보다 큼', en: 'truck too large for the site' },
  fitsTruck: { ko: '차량에 실을 수 없는 양', en: 'too much for the truck' },
  pairing: { ko: '상차와 하차가 맞지 않음', en: 'pickup and delivery do not match' },
  goAlone: { ko: '함께 실을 수 없는 화물', en: 'must travel alone' },
  mixing: { ko: '혼적할 수 없는 화물이 함께 실림', en: 'on board with cargo it must not mix with' },
  together: { ko: '함께 실려야 할 화물이 빠짐', en: 'without those it must ride with' },
  apart: { ko: '같은 노선에 실을 수 없는 화물', en: 'on a route with one it must be kept from' },
  lastInFirstOut: { ko: '나중에 실은 화물에 막혀 내릴 수 없음', en: 'unloaded from under what was loaded later' },
  capacity: { ko: '적재 한도 초과', en: 'over the load limit' },
  timeWindows: { ko: '시간창을 벗어남', en: 'outside the time window' },
  timeOnBoard: { ko: '차에 실려 있는 시간 초과', en: 'too long on board' },
  shift: { ko: '운행 시간대를 벗어남', en: 'outside the shift' },
  workTime: { ko: '근무 시간 초과', en: 'over the working time' },
  rest: { ko: '휴게 없이 운전', en: 'driven without rest' },
  stopCount: { ko: '정차 수 초과', en: 'too many stops' },
  routeLength: { ko: '운행 거리 초과', en: 'route too long' },
  modes: { ko: '허용되지 않은 운송 수단', en: 'mode not allowed' },
  fleet: { ko: '있는 차량보다 많은 노선', en: 'more routes than trucks' },
  coverage: { ko: '한 번씩 실려야 할 화물', en: 'shipment not carried exactly once' },
  notInPlan: { ko: '이전 계획에 그렇게 있지 않음', en: 'not so in the plan before' },
  unknownId: { ko: '문제에 없는 이름', en: 'name not in the problem' },
  times: { ko: '시각이 맞지 않음', en: 'times do not add up' },
  distances: { ko: '거리가 맞지 않음', en: 'distances do not add up' },
  weights: { ko: '무게가 맞지 않음', en: 'weights do not add up' },
  tolls: { ko: '통행료가 맞지 않음', en: 'tolls do not add up' },
  cost: { ko: '비용이 맞지 않음', en: 'cost does not add up' },
}

const UNIT_WORDS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  s: { ko: '초', en: ' s' },
  m: { ko: ' m', en: ' m' },
  kg: { ko: ' kg', en: ' kg' },
  L: { ko: ' L', en: ' L' },
  krw: { ko: '원', en: ' won' },
  pallets: { ko: ' 파렛트', en: ' pallets' },
  stops: { ko: '곳', en: ' stops' },
  trucks: { ko: '대', en: ' trucks' },
  shipments: { ko: '건', en: ' shipments' },
  ids: { ko: '개', en: ' names' },
  visits: { ko: '회', en: ' visits' },
  times: { ko: '회', en: ' times' },
  ends: { ko: '곳', en: ' ends' },
  classes: { ko: '단계', en: ' classes' },
}

export const describeRule = (rule: string, locale: Locale): string => RULE_WORDS[rule]?.[locale] ?? rule

/** "노선 2 · 3번째 정차 · 화물 S-14 · 시간창을 벗어남 (2,040초)" */
export function describeViolation(violation: Violation, locale: Locale): string {
  const korean = locale === 'ko'
  const { route, stop, shipment, vehicle, rule, excess, unit } = violation
  const amount = (value: number) => `${value.toLocaleString('en-US')}${UNIT_WORDS[unit]?.[locale] ?? ` ${unit}`}`
  const where = [
    route === undefined ? null : korean ? `노선 ${route}` : `route ${route}`,
    stop === undefined ? null : korean ? `${stop + 1}번째 정차` : `stop ${stop + 1}`,
    shipment === undefined ? null : korean ? `화물 ${shipment}` : `shipment ${shipment}`,
    route === undefined && vehicle !== undefined ? (korean ? `차량 ${vehicle}` : `vehicle ${vehicle}`) : null,
  ].filter((part) => part !== null)
  const limits =
    violation.limit === undefined || violation.found === undefined
      ? amount(excess)
      : korean
        ? `${amount(violation.found)}, 기준 ${amount(violation.limit)}`
        : `${amount(violation.found)} against ${amount(violation.limit)}`
  return [...where, `${describeRule(rule, locale)} (${limits})`].join(' · ')
}
