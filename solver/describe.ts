/** Violations in words, with their numbers. What a rule is called here is what it is called everywhere. */
import { BALANCE_UNIT } from './balance.ts'
import type { Plan, Violation } from './plan.ts'
import type { CountedDiscount, Hours, Problem } from './problem.ts'
import type { Locale } from './words.ts'

const RULE_WORDS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  handling: { ko: '맞는 상·하차 장비 없음', en: 'no gear to lift it' },
  pieceWeight: { ko: '한 개 무게 초과', en: 'piece too heavy' },
  truckSize: { ko: '진입 가능한 차보다 큼', en: 'truck too large for the site' },
  fitsTruck: { ko: '차량에 실을 수 없는 양', en: 'too much for the truck' },
  road: { ko: '이어지는 길이 없음', en: 'no road leads there' },
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
  trips: { ko: '운행 회차 초과 또는 불일치', en: 'too many trips, or not those stated' },
  day: { ko: '운행일이 맞지 않음', en: 'day does not match its shift' },
  modes: { ko: '허용되지 않은 운송 수단', en: 'mode not allowed' },
  fleet: { ko: '있는 차량보다 많은 노선', en: 'more routes than trucks' },
  drivers: { ko: '운전할 수 있는 기사가 없거나 겹침', en: 'no driver of its own who may drive it then' },
  coverage: { ko: '한 번씩 실려야 할 화물', en: 'shipment not carried exactly once' },
  parts: { ko: '나눈 화물이 맞지 않음', en: 'parts do not make up the shipment' },
  notInPlan: { ko: '이전 계획에 그렇게 있지 않음', en: 'not so in the plan before' },
  unknownId: { ko: '문제에 없는 이름', en: 'name not in the problem' },
  times: { ko: '시각이 맞지 않음', en: 'times do not add up' },
  distances: { ko: '거리가 맞지 않음', en: 'distances do not add up' },
  weights: { ko: '무게가 맞지 않음', en: 'weights do not add up' },
  tolls: { ko: '통행료가 맞지 않음', en: 'tolls do not add up' },
  cost: { ko: '비용이 맞지 않음', en: 'cost does not add up' },
  docks: { ko: '하역 자리보다 많은 차량이 동시에 들어감', en: 'more trucks at the site than it has docks' },
  balance: { ko: '노선 사이의 차이가 허용 폭보다 큼', en: 'routes further apart than the spread allows' },
  statement: { ko: '계획이 밝힌 균형·위반 내용이 사실과 다름', en: 'what the plan says of its balance is not so' },
}

const UNIT_WORDS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  s: { ko: '초', en: ' s' },
  m: { ko: ' m', en: ' m' },
  kg: { ko: ' kg', en: ' kg' },
  L: { ko: ' L', en: ' L' },
  krw: { ko: '원', en: ' won' },
  pallets: { ko: ' 파렛트', en: ' pallets' },
  stops: { ko: '곳', en: ' stops' },
  legs: { ko: '구간', en: ' legs' },
  drivers: { ko: '명', en: ' drivers' },
  routes: { ko: '개 노선', en: ' routes' },
  trips: { ko: '회', en: ' trips' },
  days: { ko: '일', en: ' days' },
  trucks: { ko: '대', en: ' trucks' },
  shipments: { ko: '건', en: ' shipments' },
  ids: { ko: '개', en: ' names' },
  visits: { ko: '회', en: ' visits' },
  times: { ko: '회', en: ' times' },
  ends: { ko: '곳', en: ' ends' },
  parts: { ko: '건', en: ' parts' },
  pieces: { ko: '개', en: ' pieces' },
  classes: { ko: '단계', en: ' classes' },
}

export const describeRule = (rule: string, locale: Locale): string => RULE_WORDS[rule]?.[locale] ?? rule

export const amountOf = (value: number, unit: string, locale: Locale): string =>
  `${value.toLocaleString('en-US')}${UNIT_WORDS[unit]?.[locale] ?? ` ${unit}`}`

/** How far apart the routes of each day are, where the problem asks for balance; says where more than it allows. */
export function describeBalance({ balance }: Problem, plan: Plan, locale: Locale): string[] {
  if (!balance) return []
  const amount = (value: number) => amountOf(value, BALANCE_UNIT[balance.unit], locale)
  const broken = {
    ko: '. 이만큼 실어 나르면서 허용 폭을 지키는 계획을 찾지 못했습니다',
    en: '; no plan was found that keeps it and serves as much',
  }
  return (plan.balance ?? []).map(({ day, spread }) => {
    const words = {
      ko: `노선 균형 ${day}일차: 차이 ${amount(spread)}, 허용 ${amount(balance.spread)}`,
      en: `balance on day ${day}: routes ${amount(spread)} apart, ${amount(balance.spread)} allowed`,
    }
    return words[locale] + (spread > balance.spread ? broken[locale] : '')
  })
}

/** "노선 2 · 3번째 정차 · 화물 S-14 · 시간창을 벗어남 (2,040초)" */
export function describeViolation(violation: Violation, locale: Locale): string {
  const korean = locale === 'ko'
  const { route, stop, shipment, vehicle, driver, site, day, rule, excess, unit } = violation
  const amount = (value: number) => amountOf(value, unit, locale)
  const where = [
    route === undefined ? null : korean ? `노선 ${route}` : `route ${route}`,
    day === undefined ? null : korean ? `${day}일차` : `day ${day}`,
    stop === undefined ? null : korean ? `${stop + 1}번째 정차` : `stop ${stop + 1}`,
    shipment === undefined ? null : korean ? `화물 ${shipment}` : `shipment ${shipment}`,
    route === undefined && site !== undefined ? (korean ? `장소 ${site}` : `site ${site}`) : null,
    route === undefined && vehicle !== undefined ? (korean ? `차량 ${vehicle}` : `vehicle ${vehicle}`) : null,
    driver === undefined ? null : korean ? `기사 ${driver}` : `driver ${driver}`,
  ].filter((part) => part !== null)
  const limits =
    violation.limit === undefined || violation.found === undefined
      ? amount(excess)
      : korean
        ? `${amount(violation.found)}, 기준 ${amount(violation.limit)}`
        : `${amount(violation.found)} against ${amount(violation.limit)}`
  return [...where, `${describeRule(rule, locale)} (${limits})`].join(' · ')
}

const BASIS: Readonly<Record<Hours['basis'], Readonly<Record<Locale, string>>>> = {
  roads: { ko: '도로 자료', en: 'from the roads' },
  stated: { ko: '추정: 사람이 적은 값', en: 'estimates: stated by hand' },
  assumed: { ko: '추정: 밀크런이 가정한 값, 실측 아님', en: 'estimates: assumed by milkrun, not measured' },
}

/** That roads take longer at some hours than at others, and where that is known from. */
export function describeHours({ basis, source }: Hours, locale: Locale): string {
  const words = locale === 'ko' ? '시간대에 따라 다른 이동 시간' : 'travel by time of day'
  return `${words} (${[BASIS[basis][locale], source].filter(Boolean).join(', ')})`
}

const DISCOUNT_WORDS: Readonly<Record<CountedDiscount['discount'], Readonly<Record<Locale, string>>>> = {
  night: { ko: '심야할인', en: 'night discount' },
  commute: { ko: '출퇴근 할인', en: 'commute discount' },
}

/** Which discounts the tolls of a plan count, since when they are known and whether they are known to hold still. */
export function describeTollDiscounts(counted: readonly CountedDiscount[], locale: Locale): string {
  const korean = locale === 'ko'
  const list = counted.map(({ discount, since, unverifiedSince, certainty }) => {
    const facts = [
      korean ? `${since} 시행` : `in force since ${since}`,
      unverifiedSince && (korean ? `${unverifiedSince}부터는 미확인` : `not confirmed since ${unverifiedSince}`),
      `${korean ? '확실도' : 'certainty'} ${certainty}`,
    ]
    return `${DISCOUNT_WORDS[discount][locale]} (${facts.filter(Boolean).join(', ')})`
  })
  return `${korean ? '셈에 넣은 통행료 할인' : 'toll discounts counted'}: ${list.join(', ')}`
}

/** True where by how much they do is an estimate. */
export const hoursEstimated = ({ basis }: Hours): boolean => basis !== 'roads'
