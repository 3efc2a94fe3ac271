/**
 * What trucks burn and what that emits and costs in Korea, as dated data: every figure with its source and certainty. A problem may bring
 * its own (`problem.energy`); these are the defaults. A new price or a renewed subsidy is an entry more.
 */
import type { TruckClass } from '../problem.ts'
import type { Dated, SourceNote } from '../source.ts'

type Sourced = Dated & { readonly note: SourceNote }

/** Kilometres per litre of diesel with a full load, on a mix of roads. */
export const KM_PER_L: Readonly<Record<TruckClass, number>> = {
  '1t': 9,
  '1.4t': 8,
  '2.5t': 6.8,
  '3.5t': 6.2,
  '5t': 5.2,
  '5t-axle': 4.8,
  '8t': 4.5,
  '11t': 4,
  '18t': 3.4,
  '25t': 3,
}

/** Fuel of an empty truck per fuel of the same truck full; between them by the share of the payload that is on board. */
export const EMPTY_SHARE = 0.775

/** Fuel per kilometre against the mix of roads. Where a table does not tell the kinds of road apart, all is the mix. */
export const ROAD_FACTOR = { expressway: 0.95, other: 1.04 } as const

/** Kilograms per litre of diesel. Never one figure: CO2 of burning it, and CO2e of making and burning it. */
export const KG_PER_L = { ttwCo2: 2.609, wtwCo2e: 3.24 } as const

/** Terminal freight, grams per tonne-kilometre by road. */
export const TERMINAL_G_PER_TKM = { ttwCo2: 135, wtwCo2e: 168 } as const

/** How much of the way from its last stop back to its first a hired truck drives empty on our account, 0 to 1. */
export const HIRED_RETURN_SHARE = 0

export const FACT_NOTES = {
  kmPerL: {
    source: {
      ko: '가정. 기준점: KOTI 2010 평균 4.2 km/L, 화물 앱 두 곳의 5톤 적재 5.0–5.5·공차 7.0, 국토부 2026-03의 25톤 월 2,402 L',
      en: 'assumed. Anchors: KOTI 2010 mean 4.2 km/L, two freight apps 5 t loaded 5.0–5.5 and empty 7.0, ministry of March 2026: 25 t uses 2,402 L a month',
    },
    asOf: '2026-03-11',
    certainty: 'X',
  },
  emptyShare: {
    source: {
      ko: '만차의 75–80 %의 가운데 값. 화물 앱 두 곳의 5톤(적재 5.0–5.5, 공차 7.0 km/L)',
      en: 'middle of 75–80 % of full. Two freight apps on the 5 t truck (loaded 5.0–5.5, empty 7.0 km/L)',
    },
    certainty: 'B',
  },
  roadFactor: {
    source: {
      ko: '가정: 화물 앱 두 곳의 5톤 적재 연비 5.0–5.5 km/L의 두 끝을 일반도로와 고속도로로 봄',
      en: 'assumed: the ends of 5.0–5.5 km/L, which two freight apps give for a loaded 5 t truck, read as streets and expressways',
    },
    certainty: 'X',
  },
  ttwCo2: {
    source: {
      ko: '에너지법 시행규칙 별표 12를 따르는 앱들; 35.2 MJ/L × 74.1 g/MJ과 같음. CO₂만',
      en: 'apps that cite the Energy Act Enforcement Rule, table 12; equals 35.2 MJ/L × 74.1 g/MJ. CO₂ only',
    },
    certainty: 'B',
  },
  wtwCo2e: {
    source: {
      ko: 'ISO 14083·GLEC의 방법, EN 16258의 경유 계수 3.24 (대조: DEFRA 2025 B7 3.197)',
      en: 'method of ISO 14083 and GLEC with the diesel factor of EN 16258, 3.24 (beside it: DEFRA 2025 B7 3.197)',
    },
    certainty: 'G',
  },
  terminalTtwCo2: {
    source: {
      ko: '가정: 120–150 g/t·km의 가운데 값 (대조: DEFRA 화물차 전체 102–107)',
      en: 'assumed: middle of 120–150 g/t·km (beside it: DEFRA, all goods vehicles, 102–107)',
    },
    certainty: 'X',
  },
  terminalWtwCo2e: {
    source: { ko: '가정: 위의 값 × 3.24 ÷ 2.609', en: 'assumed: the figure above × 3.24 ÷ 2.609' },
    certainty: 'X',
  },
  hiredReturn: {
    source: {
      ko: '가정: 용차는 다른 짐을 싣고 돌아간다고 보아 돌아가는 길을 넣지 않음. 넣으면 용차가 많은 쪽이 더 늘어남',
      en: 'assumed: a hired truck finds other goods for the way back, which is left out. Counted, it weighs on whichever side hires more',
    },
    certainty: 'X',
  },
} as const satisfies Record<string, SourceNote>

const PRESS = { ko: 'newsfield, keyzard, 공개 소스 코드', en: 'newsfield, keyzard, public source code' }

/** Won per litre at the pump, oldest first: the first holds where nothing is known. */
export const DIESEL_PRICES: readonly (Sourced & { readonly krwPerL: number })[] = [
  {
    from: '0000-01-01',
    krwPerL: 1700,
    note: {
      source: { ko: '가정: 이 날의 가격을 모를 때', en: 'assumed where no price of the day is known' },
      certainty: 'X',
    },
  },
  {
    from: '2022-07-31',
    until: '2022-08-31',
    krwPerL: 1983,
    note: { source: PRESS, asOf: '2022-07-31', certainty: 'B' },
  },
  {
    from: '2023-01-01',
    until: '2023-01-31',
    krwPerL: 1663,
    note: { source: PRESS, asOf: '2023-01-01', certainty: 'B' },
  },
  { from: '2026-08-01', krwPerL: 1848, note: { source: PRESS, asOf: '2026-08-01', certainty: 'B' } },
]

/** 유가보조금: won per litre paid back to every commercial truck. A cut of the fuel tax lowers it. */
export const FUEL_SUBSIDIES: readonly (Sourced & { readonly krwPerL: number })[] = [
  {
    from: '2025-05-01',
    until: '2025-10-31',
    krwPerL: 266.58,
    note: {
      source: { ko: '전남 개인(용달)화물협회 공지', en: 'notice of the Jeonnam association of owner-drivers' },
      asOf: '2025-05-01',
      certainty: 'B',
    },
  },
  {
    from: '2026-01-01',
    krwPerL: 345.54,
    note: {
      source: {
        ko: '2026년 화물 앱들의 소스 코드 (유류세 인하가 없을 때의 단가)',
        en: 'source code of freight apps of 2026 (the rate without a cut of the fuel tax)',
      },
      asOf: '2026-01-01',
      certainty: 'B',
    },
  },
]

/** 유가연동보조금: a share of what the pump price exceeds the threshold by, up to the cap. */
export const LINKED_SUBSIDIES: readonly (Sourced & {
  readonly thresholdKrw: number
  readonly share: number
  readonly capKrw: number
})[] = [
  {
    from: '2025-05-01',
    until: '2026-02-28',
    thresholdKrw: 1700,
    share: 0.5,
    capKrw: 183,
    note: {
      source: {
        ko: '서울신문 2026-03-11, 전남 용달협회 공지',
        en: 'Seoul Shinmun 2026-03-11, notices of the Jeonnam association',
      },
      asOf: '2026-02-28',
      certainty: 'A',
    },
  },
  {
    from: '2026-03-01',
    until: '2026-04-30',
    thresholdKrw: 1700,
    share: 0.7,
    capKrw: 183,
    note: {
      source: {
        ko: '국토교통부: zdnet·SBS·서울신문 2026-03-11',
        en: 'ministry, in zdnet, SBS and Seoul Shinmun of 2026-03-11',
      },
      asOf: '2026-03-11',
      certainty: 'A',
    },
  },
]

/** Litres a month that are subsidised at most. A day's plan does not know the month: shown, not applied. */
export const SUBSIDISED_L_PER_MONTH: Readonly<Record<TruckClass, number>> = {
  '1t': 683,
  '1.4t': 1014,
  '2.5t': 1014,
  '3.5t': 1547,
  '5t': 1547,
  '5t-axle': 1547,
  '8t': 2220,
  '11t': 3059,
  '18t': 4308,
  '25t': 4308,
}
export const SUBSIDISED_L_NOTE: SourceNote = {
  source: {
    ko: '운송사 공지(bk-gls.net)의 톤급별 월 한도',
    en: 'monthly limits by class in a notice of a carrier (bk-gls.net)',
  },
  certainty: 'B',
}
