/** Explanations as sentences, in Korean and English: what web and command line say of a shipment, a repair, a firm. */
import { amountOf, describeRule } from '../describe.ts'
import type { Reason } from '../plan.ts'
import { DAY_S, type Mode, type Problem } from '../problem.ts'
import type { Locale } from '../words.ts'
import type { Alternative, Repair, ShipmentExplanation } from './explanation.ts'
import type { FirmExplanation, Members } from './firms.ts'
import type { Change } from './repair.ts'

type Words = Readonly<Record<Locale, string>>

/** Won as people read them in a sentence; a real minus. */
const won = (krw: number, locale: Locale): string => {
  const amount = `${krw < 0 ? '−' : ''}${Math.abs(Math.round(krw)).toLocaleString('en-US')}`
  return locale === 'ko' ? `${amount}원` : `${amount} won`
}
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** 15:10, with the day where it is not the first. */
function clockOf(atS: number, locale: Locale): string {
  const minutes = Math.floor((atS % DAY_S) / 60)
  const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
  const day = Math.floor(atS / DAY_S) + 1
  return day === 1 ? time : locale === 'ko' ? `${day}일차 ${time}` : `day ${day} ${time}`
}

/** What stands in the way beside the rules that a route can break. */
const OBSTACLES: Readonly<Record<string, Words>> = {
  cost: { ko: '비용', en: 'cost' },
  noPartner: { ko: '함께 실을 화물을 찾지 못함', en: 'nothing found to share a truck with' },
  locked: { ko: '사람이 고정함', en: 'locked by people' },
  sequence: {
    ko: '빼고 나면 남은 순서로는 운행할 수 없음',
    en: 'without it the rest of its route cannot be driven in that order',
  },
  fleet: { ko: '남은 차량 없음', en: 'no truck left' },
}
const obstacle = (rule: string, locale: Locale): string => OBSTACLES[rule]?.[locale] ?? describeRule(rule, locale)

const GEAR_WORDS = {
  hand: { ko: '수작업', en: 'hands' },
  forklift: { ko: '지게차', en: 'a forklift' },
  hoist: { ko: '호이스트', en: 'a hoist' },
  crane: { ko: '크레인', en: 'a crane' },
} as const
const MODE_WORDS = {
  route: { ko: '노선', en: 'routes' },
  hired: { ko: '단독 용차', en: 'a hired truck alone' },
  terminal: { ko: '정기화물', en: 'terminal freight' },
} as const satisfies Record<Mode, Words>

/** A rule with its number: "truck too large for the site (2 classes)". */
function withAmount(rule: string, excess: number | undefined, unit: string | undefined, locale: Locale): string {
  const words = obstacle(rule, locale)
  if (excess === undefined || unit === undefined || excess >= Number.MAX_SAFE_INTEGER) return words
  return `${words} (${unit === 'share' ? percent(excess) : amountOf(Math.round(excess * 1000) / 1000, unit, locale)})`
}

type Named = Pick<Alternative, 'by' | 'route' | 'vehicle'>

/** "route 2", "one more hired-1t", "terminal freight". */
export function describeWay({ by, route, vehicle }: Named, locale: Locale): string {
  const ko = locale === 'ko'
  if (by === 'route') return ko ? `노선 ${route}` : `route ${route}`
  if (by === 'truck') return ko ? `${vehicle} 차량 단독` : `${vehicle} alone`
  if (by === 'terminal') return MODE_WORDS.terminal[locale]
  const truck = vehicle === undefined ? '' : ` (${vehicle})`
  return `${MODE_WORDS.hired[locale]}${truck}`
}

/** "route 2: 41,879 won", or why not. */
export function describeAlternative(alternative: Alternative, locale: Locale): string {
  const { proof, costKrw, extraKrw = 0, rule = '', excess, unit, breaksLock } = alternative
  const way = describeWay(alternative, locale)
  if (proof === 'possible') {
    const lock = breaksLock ? { ko: ' (고정을 깸)', en: ' (breaks a lock)' }[locale] : ''
    return `${way}: ${won(costKrw ?? extraKrw, locale)}${lock}`
  }
  const level = PROOFS[proof][locale]
  return `${way}: ${level} – ${withAmount(rule, excess, unit, locale)}`
}
const PROOFS = {
  impossible: { ko: '불가 증명됨', en: 'proved impossible' },
  dearer: { ko: '가능하나 더 비쌈', en: 'possible but dearer' },
  notFound: { ko: '찾지 못함', en: 'none found' },
} as const

/** "joins route 2 for 22,600 won: saves 18,400; next best: terminal freight 41,000 won" */
export function describeShipment(explanation: ShipmentExplanation, locale: Locale): string {
  const ko = locale === 'ko'
  const { by, route, vehicle, costKrw, savesKrw, alternatives, shipment, dualKrw } = explanation
  const [next] = alternatives.filter(({ proof }) => proof === 'possible')
  const parts: string[] = []
  if (by === 'nobody') parts.push(ko ? '미배정' : 'unserved')
  else {
    const where =
      by === 'route'
        ? ko
          ? `노선 ${route}에 실림`
          : `joins route ${route}`
        : ko
          ? `${describeWay({ by, ...(vehicle === undefined ? {} : { vehicle }) }, locale)}`
          : `goes by ${describeWay({ by, ...(vehicle === undefined ? {} : { vehicle }) }, locale)}`
    parts.push(
      costKrw === undefined ? where : ko ? `${where} ${won(costKrw, locale)}` : `${where} for ${won(costKrw, locale)}`,
    )
  }
  if (next && savesKrw !== undefined)
    parts.push(
      savesKrw >= 0
        ? ko
          ? `${won(savesKrw, locale)} 절감`
          : `saves ${won(savesKrw, locale)}`
        : ko
          ? `더 싼 방법이 있음(${won(-savesKrw, locale)})`
          : `there is a cheaper way, by ${won(-savesKrw, locale)}`,
    )
  const other = next && describeAlternative(next, locale)
  parts.push(
    other
      ? ko
        ? `다음으로 싼 방법: ${other}`
        : `next best: ${other}`
      : ko
        ? '다른 방법을 찾지 못함'
        : 'no other way found',
  )
  if (dualKrw !== undefined) parts.push(ko ? `쌍대가격 ${won(dualKrw, locale)}` : `dual price ${won(dualKrw, locale)}`)
  const [first, ...rest] = parts
  return ko
    ? `${shipment} · ${[first, ...rest].join(' · ')}`
    : `${shipment} · ${first}${rest.length > 0 ? ': ' : ''}${rest.join('; ')}`
}

/** Why no route carries it. `siteName`: what people call a site; default: its id. */
export function describeReason(
  { rule, proof, excess, unit, extraKrw, needed, from, to }: Reason,
  locale: Locale,
  siteName: (id: string) => string = (id) => id,
): string {
  const ko = locale === 'ko'
  if (rule === 'road' && from !== undefined && to !== undefined) {
    const level = PROOFS[proof][locale]
    const [there, here] = [siteName(to), siteName(from)]
    return ko
      ? `${level}: ‘${here}’에서 ‘${there}’로 이어지는 길이 없음. 좌표를 바로잡거나, 이 길을 다닐 수 있는 다른 톤급을 쓰세요`
      : `${level}: no road leads from “${here}” to “${there}”; correct the coordinates, or use another truck class that may drive there`
  }
  if (rule === 'cost' && extraKrw !== undefined)
    return extraKrw >= 0 && proof === 'dearer'
      ? ko
        ? `노선에 실을 수 있으나 ${won(extraKrw, locale)} 더 듦`
        : `a route could carry it for ${won(extraKrw, locale)} more`
      : ko
        ? `노선에 실을 자리가 있음(계획 비용 ${won(extraKrw, locale)})`
        : `a route has a place for it (${won(extraKrw, locale)} to the plan)`
  if (rule === 'parts' && needed !== undefined)
    return ko ? `불가 증명됨: ${needed}건으로 나누어야 함` : `proved impossible: it would need ${needed} parts`
  return `${PROOFS[proof][locale]}: ${withAmount(rule, excess, unit, locale)}`
}

function describeChange(change: Change, locale: Locale): string {
  const ko = locale === 'ko'
  const span = ([opens, closes]: readonly [number, number]) => `${clockOf(opens, locale)}–${clockOf(closes, locale)}`
  const at = (atS: number) => clockOf(atS, locale)
  switch (change.kind) {
    case 'siteWindow':
      return ko ? `${change.site} 운영 시간을 ${span(change.window)}로` : `open ${change.site} ${span(change.window)}`
    case 'pickupWindow':
      return ko ? `상차 시간대를 ${span(change.window)}로` : `pick up ${span(change.window)}`
    case 'deliveryWindow':
      return ko ? `하차 시간대를 ${span(change.window)}로` : `deliver ${span(change.window)}`
    case 'ready':
      return ko ? `상차 가능 시각을 ${at(change.atS)}로 앞당김` : `ready by ${at(change.atS)}`
    case 'due':
      return ko ? `도착 기한을 ${at(change.atS)}로 늦춤` : `due by ${at(change.atS)}`
    case 'capacity': {
      const extra = amountOf(change.extra, change.unit, locale)
      return ko ? `${change.vehicle} 대신 ${extra} 더 싣는 차량` : `+${extra} of room on ${change.vehicle}`
    }
    case 'maxTruck': {
      const truck = ko ? change.truck.replace('t-axle', '톤축').replace(/t$/, '톤') : change.truck.replace(/t/, ' t')
      return ko ? `${change.site}에 ${truck}까지 진입` : `let ${truck} trucks into ${change.site}`
    }
    case 'gear':
      return ko ? `${change.site}에 ${GEAR_WORDS[change.gear].ko}` : `${GEAR_WORDS[change.gear].en} at ${change.site}`
    case 'truckGear':
      return ko
        ? `${change.vehicle} 차량에 ${GEAR_WORDS[change.gear].ko}`
        : `${GEAR_WORDS[change.gear].en} on ${change.vehicle}`
    case 'lift': {
      const kg = amountOf(change.kg, 'kg', locale)
      return ko
        ? `${change.site}의 ${GEAR_WORDS[change.gear].ko} 한도를 ${kg}로`
        : `${GEAR_WORDS[change.gear].en} for ${kg} at ${change.site}`
    }
    case 'truck':
      return ko ? `${change.vehicle} 차량을 ${change.count}대로` : `one more ${change.vehicle} (${change.count} in all)`
    case 'mode':
      return ko ? `${MODE_WORDS[change.mode].ko} 허용` : `allow ${MODE_WORDS[change.mode].en}`
    case 'maxParts':
      return ko ? `${change.maxParts}건으로 나누기 허용` : `allow ${change.maxParts} parts`
  }
}

/** "open the gate 08:00–15:10: route 2, −12,000 won to the plan" */
export function describeRepair(repair: Repair, locale: Locale): string {
  const { changes, extraKrw } = repair
  const what = changes.map((change) => describeChange(change, locale)).join(locale === 'ko' ? ', ' : ' and ')
  const way = describeWay(repair, locale)
  const effect = {
    ko: extraKrw < 0 ? `${won(-extraKrw, locale)} 절감` : `${won(extraKrw, locale)} 더 듦`,
    en: extraKrw < 0 ? `saves ${won(-extraKrw, locale)}` : `costs ${won(extraKrw, locale)}`,
  }[locale]
  return `${what} → ${way}, ${effect}`
}

/** What the plan loses without the firm. */
export function describeFirm(explanation: FirmExplanation, { firms }: Problem, locale: Locale): string[] {
  const { firm, shipments, withoutKrw, addedKrw, aloneKrw, excluded, lostKrw, moved, unserved, unservedWithout } =
    explanation
  const name = firms.find(({ id }) => id === firm)?.name ?? firm
  const money = (krw: number) => won(krw, locale)
  const more = unservedWithout - unserved
  return locale === 'ko'
    ? [
        `${name} (화물 ${shipments}건): 함께 나르는 데 ${money(addedKrw)}, 따로 보내면 ${money(aloneKrw)}${excluded === 0 ? '' : ` (따로는 보낼 수 없는 ${excluded}건 빼고)`}`,
        `빠지면 계획은 ${money(withoutKrw)}, 사라지는 절감 ${money(lostKrw)}`,
        `남은 화물 가운데 ${moved.length}건의 차량이나 수단이 바뀜${more === 0 ? '' : `, 미배정 ${more > 0 ? '+' : '−'}${Math.abs(more)}건`}`,
      ]
    : [
        `${name} (${shipments} shipments): ${money(addedKrw)} to carry with the others, ${money(aloneKrw)} one by one${excluded === 0 ? '' : ` (but for ${excluded} that only a route can carry)`}`,
        `without it the plan costs ${money(withoutKrw)}, and a saving of ${money(lostKrw)} is gone`,
        `${moved.length} shipments of others would go by another truck or mode${more === 0 ? '' : `; ${more > 0 ? '+' : '−'}${Math.abs(more)} unserved`}`,
      ]
}

/** One line for each number of members. */
export const describeMembers = ({ sizes, draws }: Members, locale: Locale): string[] =>
  sizes.map(({ members, meanKrw, leastKrw, mostKrw, meanShare }) => {
    const spread = `${won(leastKrw, locale)} – ${won(mostKrw, locale)}`
    return locale === 'ko'
      ? `기업 ${members}곳: B1 대비 평균 절감 ${won(meanKrw, locale)} (${percent(meanShare)}), 순서 ${draws}가지에서 ${spread}`
      : `${members} ${members === 1 ? 'member' : 'members'}: mean saving against B1 ${won(meanKrw, locale)} (${percent(meanShare)}), ${spread} over ${draws} orders of joining`
  })
