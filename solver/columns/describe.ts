/** A certificate in words: how it was proved, and what it does not hold plans to. */
import type { Certificate, Relaxation } from '../plan.ts'
import type { Locale } from '../words.ts'

const RELAXATION_WORDS: Readonly<Record<Relaxation, Readonly<Record<Locale, string>>>> = {
  unservedOut: {
    ko: '계획이 싣지 못한 화물은 하한에서도 뺌',
    en: 'shipments that the plan leaves unserved are left out of the bound as well',
  },
  rests: { ko: '휴게는 한 구간만으로 필요한 것만', en: 'rests only where one leg alone needs them' },
  sequence: {
    ko: '고정차: 방문 순서, 시간창, 도중의 적재량 (하루 전체의 시간과 무게와 부피는 지킴)',
    en: 'fixed trucks: order of visits, time windows, load along the way (time, weight and space of the whole day hold)',
  },
  workTime: { ko: '용차의 하루 근무 한도', en: 'working time of hired trucks' },
  detours: {
    ko: '돌아가는 편이 더 싸거나 짧은 구간은 돌아가는 값으로',
    en: 'legs where a way round is cheaper or shorter count as that way round',
  },
  softWindows: { ko: '희망 시간을 벗어난 값', en: 'the price of missing wished times' },
  drivers: { ko: '기사 배정', en: 'drivers' },
  docks: { ko: '하역 자리 수', en: 'docks' },
  balance: { ko: '노선 사이의 균형', en: 'balance between routes' },
  together: { ko: '함께 실어야 하는 화물', en: 'shipments that must ride together' },
  apart: { ko: '함께 실으면 안 되는 화물', en: 'shipments kept apart' },
  mixing: { ko: '혼적 금지', en: 'cargo that must not mix' },
  lastInFirstOut: { ko: '나중에 실은 것을 먼저 내리기', en: 'last in, first out' },
  timeOnBoard: { ko: '차에 실려 있는 시간', en: 'time on board' },
  trips: { ko: '운행 회차 한도', en: 'number of trips' },
  routeLength: { ko: '운행 거리 한도', en: 'length of routes' },
  overtime: { ko: '초과 근무 할증', en: 'overtime pay' },
  timeOfDay: {
    ko: '시간대: 모든 구간을 가장 빠른 시간대의 시간과 가장 싼 통행료로',
    en: 'time of day: every leg at its fastest hour and its least toll',
  },
}

export const describeRelaxation = (relaxation: Relaxation, locale: Locale): string =>
  RELAXATION_WORDS[relaxation][locale]

const PROOF_WORDS: Readonly<Record<Certificate['proof'], Readonly<Record<Locale, string>>>> = {
  optimal: { ko: '최적임이 증명됨', en: 'proved optimal' },
  closed: {
    ko: '가격 계산이 끝남: 이 방법으로 얻을 수 있는 가장 높은 하한',
    en: 'pricing finished: the highest bound this method gives',
  },
  stopped: { ko: '한도에서 멈춤: 더 오래 계산하면 높아질 수 있음', en: 'stopped by its limit: more time may raise it' },
}

export const describeProof = ({ proof }: Certificate, locale: Locale): string => PROOF_WORDS[proof][locale]
