/**
 * What Korean expressways charge and which discounts they give, as dated data: every figure with its source and certainty
 * (A two sources or official, B one source, C derived, G general knowledge, X assumed). A new tariff or a renewed
 * discount is an entry more; prices never stand anywhere else.
 */
import type { Dated, SourceNote } from '../../solver/index.ts'

/**
 * `private`: run by a concession with a price of its own that we do not know; assumed to charge as the closed system does,
 * and to share its ticket where the two meet (X).
 */
export type TollSystem = 'closed' | 'open' | 'private' | 'none'
export type Lanes = '2' | '4' | '6+'
/** 1: two axles, narrow tyres … 3: two axles, wide track, 4: three axles, 5: four and more (toll operators' pages, A). */
export type TollClass = 1 | 2 | 3 | 4 | 5

export interface TollTariff extends Dated {
  /** won a ride */
  readonly baseKrw: Readonly<Record<'closed' | 'open', number>>
  /** won per kilometre on a road of four lanes */
  readonly krwPerKm: Readonly<Record<TollClass, number>>
  readonly laneFactor: Readonly<Record<Lanes, number>>
  /** a ride is rounded to so many won */
  readonly roundingKrw: number
  readonly sources: Readonly<
    Record<'baseKrw' | 'krwPerKm' | 'laneFactor' | 'roundingKrw' | 'classes' | 'private', SourceNote>
  >
}

const QUOTED = { ko: '도로공사 요금을 옮긴 공개 소스 코드', en: "public source code that quotes the operator's tariff" }

/** Oldest first. */
export const TOLL_TARIFFS: readonly TollTariff[] = [
  {
    // the last rise that we know of (G)
    from: '2015-12-29',
    baseKrw: { closed: 900, open: 720 },
    krwPerKm: { 1: 44.3, 2: 45.2, 3: 47, 4: 62.9, 5: 74.4 },
    laneFactor: { '2': 0.5, '4': 1, '6+': 1.2 },
    roundingKrw: 100,
    sources: {
      baseKrw: { source: QUOTED, certainty: 'B' },
      krwPerKm: { source: QUOTED, certainty: 'B' },
      laneFactor: { source: { ko: '일반 지식', en: 'general knowledge' }, certainty: 'G' },
      roundingKrw: { source: QUOTED, certainty: 'B' },
      classes: { source: { ko: '도로 운영사 안내 두 곳', en: "two toll operators' pages" }, certainty: 'A' },
      private: {
        source: {
          ko: '가정: 민자도로의 자체 요금을 모르므로 폐쇄식과 같게 봄',
          en: 'assumed: private roads charge as the closed system does; their own prices are not known',
        },
        certainty: 'X',
      },
    },
  },
]

/** A span of every day in seconds since local midnight; one that ends before it begins goes past midnight. */
export interface DailySpan {
  readonly fromS: number
  readonly toS: number
}
const HOUR_S = 3600
const span = (fromHour: number, toHour: number): DailySpan => ({ fromS: fromHour * HOUR_S, toS: toHour * HOUR_S })

export interface Discount extends Dated {
  /** ISO date from which nobody has confirmed it to us */
  readonly unverifiedFrom?: string
  readonly note: SourceNote
}

/** For commercial trucks that pay electronically. */
export interface NightDiscount extends Discount {
  readonly classes: readonly TollClass[]
  /** by the share of the ride's time inside the span, the largest share first */
  readonly closed: {
    readonly span: DailySpan
    readonly steps: readonly { readonly share: number; readonly cut: number }[]
  }
  /** by the moment at the barrier */
  readonly open: { readonly span: DailySpan; readonly cut: number }
}

const NIGHT = {
  closed: {
    span: span(21, 6),
    steps: [
      { share: 0.8, cut: 0.5 },
      { share: 0.5, cut: 0.3 },
      { share: 0.2, cut: 0.2 },
    ],
  },
  open: { span: span(23, 5), cut: 0.5 },
} as const

export const NIGHT_DISCOUNTS: readonly NightDiscount[] = [
  {
    from: '2012-09-05',
    until: '2017-06-30',
    classes: [4, 5],
    ...NIGHT,
    note: {
      source: { ko: '아주경제 2012-09-05, 서울경제', en: 'Ajunews 2012-09-05, Seoul Economic Daily' },
      asOf: '2012-09-05',
      certainty: 'A',
    },
  },
  {
    from: '2017-07-01',
    unverifiedFrom: '2026-01-01',
    classes: [1, 2, 3, 4, 5],
    ...NIGHT,
    note: {
      source: {
        ko: '아주경제 2012-09-05, cvinfo 7419 (2017년 7월 1~3종 추가). 해마다 연장; 2026년 시행 여부 미확인',
        en: 'Ajunews 2012-09-05, cvinfo 7419 (classes 1–3 since July 2017). Renewed year by year; not confirmed for 2026',
      },
      asOf: '2017-07-01',
      certainty: 'A',
    },
  },
]

/** On weekdays, on short rides of the closed system that stay off private roads, by the moment of leaving it. */
export interface CommuteDiscount extends Discount {
  /** rides shorter than this, gate to gate */
  readonly underM: number
  /** the first entry that fits counts */
  readonly entries: readonly {
    readonly classes: readonly TollClass[]
    readonly spans: readonly DailySpan[]
    readonly cut: number
  }[]
}

export const COMMUTE_DISCOUNTS: readonly CommuteDiscount[] = [
  {
    from: '2011-05-20',
    unverifiedFrom: '2026-01-01',
    underM: 20_000,
    entries: [
      { classes: [1], spans: [span(5, 7), span(20, 22)], cut: 0.5 },
      { classes: [1, 2, 3], spans: [span(5, 9), span(18, 22)], cut: 0.2 },
    ],
    note: {
      source: {
        ko: 'jnnews.co.kr 7473, 노컷뉴스 438143 (2011-05: 2.5톤 미만 50 %, 10톤 미만 2축 20 %, 민자 제외), joonyong. 2026년 조건 미확인',
        en: 'jnnews.co.kr 7473, Nocut News 438143 (May 2011: under 2.5 t 50 %, two axles under 10 t 20 %, no private roads), joonyong. Terms of 2026 not confirmed',
      },
      asOf: '2011-05-20',
      certainty: 'B',
    },
  },
]

/**
 * Which discounts a carrier counts on. Both are off unless somebody switches them on: whether they hold in 2026 is not
 * confirmed, they need a commercial plate and electronic payment, and a toll that turns out lower is the better surprise.
 */
export interface TollDiscounts {
  readonly night: boolean
  readonly commute: boolean
  /** a carrier fined for overloading gets no night discount for some months (since 2022) */
  readonly overloader?: boolean
}
export const NO_DISCOUNTS: TollDiscounts = { night: false, commute: false }
