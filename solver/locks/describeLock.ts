/** Locks in words: what was fixed, and why it could not be kept. */
import { describeRule } from '../describe.ts'
import type { Locale } from '../words.ts'
import type { LockState } from './checkLocks.ts'
import type { Lock } from './lock.ts'

const STATE_WORDS = {
  kept: { ko: '지킴', en: 'kept' },
  refused: { ko: '지킬 수 없음', en: 'cannot be kept' },
  broken: { ko: '지켜지지 않음', en: 'not kept' },
} as const

/** "화물 S-14의 차량 고정: 지킬 수 없음 (적재 한도 초과)" */
export function describeLock({ record: { lock, refused }, state }: LockState, locale: Locale): string {
  const reason = refused ? ` (${describeRule(refused.rule, locale)})` : ''
  return `${nameLock(lock, locale)}: ${STATE_WORDS[state][locale]}${reason}`
}

/** "화물 S-14의 차량 고정" */
export function nameLock(lock: Lock, locale: Locale): string {
  const ko = locale === 'ko'
  switch (lock.grade) {
    case 'route':
      return ko ? `노선 ${lock.route} 전체 고정` : `route ${lock.route} as it is`
    case 'sequence':
      return ko ? `노선 ${lock.route}의 순서 고정` : `sequence of route ${lock.route}`
    case 'head':
      return ko
        ? `노선 ${lock.route}의 앞 ${lock.visits}번 상·하차 고정`
        : `first ${lock.visits} services of route ${lock.route}`
    case 'truck':
      return ko ? `화물 ${lock.shipment}의 차량 고정` : `truck of shipment ${lock.shipment}`
    case 'direct':
      return ko ? `화물 ${lock.shipment}의 개별운송 고정` : `shipment ${lock.shipment} sent direct`
    case 'time':
      if (lock.kind === 'pickup')
        return ko ? `화물 ${lock.shipment}의 상차 시각 고정` : `pickup time of ${lock.shipment}`
      return ko ? `화물 ${lock.shipment}의 하차 시각 고정` : `delivery time of ${lock.shipment}`
  }
}
