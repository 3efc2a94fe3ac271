import { describe, expect, test } from 'vitest'
import {
  type Alternative,
  type Change,
  describeAlternative,
  describeFirm,
  describeMembers,
  describeReason,
  describeRepair,
  describeShipment,
  explainShipments,
  LOCALES,
  type ShipmentExplanation,
} from '../../../solver/index.ts'
import { manyFeatures } from '../features.ts'
import { makeProblem } from '../problems.ts'
import { planOf } from '../routes.ts'

const HANGUL = /[가-힣]/
const freight: Alternative = { by: 'terminal', tariff: 'depot', proof: 'possible', costKrw: 41_000, extraKrw: 18_400 }
const riding: ShipmentExplanation = {
  shipment: 'S-14',
  by: 'route',
  route: '2',
  vehicle: 'own',
  costKrw: 22_600,
  savesKrw: 18_400,
  alternatives: [freight],
  reasons: [],
  repairs: [],
}

describe('a shipment', () => {
  test('in one sentence', () => {
    expect(describeShipment(riding, 'en')).toBe(
      'S-14 · joins route 2 for 22,600 won: saves 18,400 won; next best: terminal freight: 41,000 won',
    )
    expect(describeShipment(riding, 'ko')).toBe(
      'S-14 · 노선 2에 실림 22,600원 · 18,400원 절감 · 다음으로 싼 방법: 정기화물: 41,000원',
    )
  })

  test('that could go for less, that has no other way, that nobody carries', () => {
    expect(describeShipment({ ...riding, savesKrw: -1200 }, 'en')).toContain('there is a cheaper way, by 1,200 won')
    expect(describeShipment({ ...riding, savesKrw: -1200 }, 'ko')).toContain('더 싼 방법이 있음(1,200원)')
    const { savesKrw: _, ...stuck } = { ...riding, alternatives: [], dualKrw: 30_000 }
    expect(describeShipment(stuck, 'en')).toBe(
      'S-14 · joins route 2 for 22,600 won: no other way found; dual price 30,000 won',
    )
    const { costKrw: __, route: ___, vehicle: ____, ...left } = { ...stuck, by: 'nobody' as const }
    expect(describeShipment(left, 'ko')).toMatch(/^S-14 · 미배정 · 다른 방법을 찾지 못함/)
  })

  test('a way that is closed, with its proof and its number', () => {
    const closed: Alternative = { by: 'route', route: '3', vehicle: 'own', proof: 'impossible', rule: 'fitsTruck' }
    expect(describeAlternative({ ...closed, excess: 0.048, unit: 'share' }, 'en')).toBe(
      'route 3: proved impossible – too much for the truck (4.8 %)',
    )
    expect(
      describeAlternative({ ...closed, proof: 'notFound', rule: 'timeWindows', excess: 2040, unit: 's' }, 'ko'),
    ).toBe('노선 3: 찾지 못함 – 시간창을 벗어남 (2,040초)')
    expect(describeAlternative({ ...freight, breaksLock: true }, 'en')).toContain('breaks a lock')
  })
})

test('reasons keep their three levels apart', () => {
  const dearer = { rule: 'cost', proof: 'dearer', vehicle: 'own', extraKrw: 12_000 } as const
  expect(describeReason(dearer, 'en')).toBe('a route could carry it for 12,000 won more')
  expect(describeReason({ rule: 'truckSize', proof: 'impossible', excess: 2, unit: 'classes' }, 'ko')).toBe(
    '불가 증명됨: 진입 가능한 차보다 큼 (2단계)',
  )
  expect(describeReason({ rule: 'noPartner', proof: 'notFound' }, 'en')).toMatch(/^none found: nothing found/)
  expect(describeReason({ rule: 'cost', proof: 'notFound', extraKrw: -500 }, 'en')).toContain('−500 won')
})

describe('repairs', () => {
  const say = (change: Change, locale: 'ko' | 'en') =>
    describeRepair({ changes: [change], by: 'route', route: '2', vehicle: 'own', extraKrw: -12_000 }, locale)

  test('say what to allow, the way, and the won', () => {
    const gate: Change = { kind: 'siteWindow', site: 'a', index: 0, window: [28_800, 54_600] }
    expect(say(gate, 'en')).toBe('open a 08:00–15:10 → route 2, saves 12,000 won')
    expect(say(gate, 'ko')).toBe('a 운영 시간을 08:00–15:10로 → 노선 2, 12,000원 절감')
    expect(say({ kind: 'due', shipment: 's', atS: 86_400 }, 'en')).toBe(
      'due by day 2 00:00 → route 2, saves 12,000 won',
    )
    expect(say({ kind: 'capacity', vehicle: 'own', unit: 'kg', extra: 120 }, 'en')).toContain('+120 kg')
    expect(say({ kind: 'maxTruck', site: 'a', truck: '5t-axle' }, 'ko')).toContain('5톤축')
  })

  test('of every kind there is, in both languages', () => {
    const changes: Change[] = [
      { kind: 'pickupWindow', shipment: 's', index: 0, window: [0, 60] },
      { kind: 'deliveryWindow', shipment: 's', index: 0, window: [0, 60] },
      { kind: 'ready', shipment: 's', atS: 60 },
      { kind: 'gear', site: 'a', gear: 'crane' },
      { kind: 'truckGear', vehicle: 'own', gear: 'hand' },
      { kind: 'lift', site: 'a', gear: 'hoist', kg: 900 },
      { kind: 'truck', vehicle: 'own', count: 2 },
      { kind: 'mode', shipment: 's', mode: 'terminal' },
      { kind: 'maxParts', shipment: 's', maxParts: 3 },
    ]
    const [ko, en] = LOCALES.map((locale) => changes.map((change) => say(change, locale)))
    for (const line of ko) expect(line).toMatch(HANGUL)
    for (const line of en) expect(line).not.toMatch(HANGUL)
    expect(new Set(en).size).toBe(changes.length)
  })
})

test('firms and members', () => {
  const problem = makeProblem()
  const firm = {
    firm: 'f',
    shipments: 2,
    planKrw: 100_000,
    withoutKrw: 80_000,
    addedKrw: 20_000,
    aloneKrw: 90_000,
    excluded: 0,
    lostKrw: 70_000,
    moved: ['s2'],
    unserved: 0,
    unservedWithout: 1,
  }
  expect(describeFirm(firm, problem, 'en').join('\n')).toContain('a saving of 70,000 won is gone')
  expect(describeFirm(firm, problem, 'ko').join('\n')).toContain('미배정 +1건')
  const size = { members: 2, meanKrw: 15_000.4, leastKrw: 5000, mostKrw: 25_000, deviationKrw: 1, meanShare: 0.167 }
  expect(describeMembers({ seed: 1, iterations: 1, draws: 4, sizes: [size] }, 'en')).toEqual([
    '2 members: mean saving against B1 15,000 won (16.7 %), 5,000 won – 25,000 won over 4 orders of joining',
  ])
})

test('no explanation of a random plan leaves a word untranslated', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const { problem, travel } = manyFeatures(seed)
    const plan = planOf(problem, travel, { seed, iterations: 20 })
    for (const explanation of explainShipments(problem, travel, plan)) {
      const { alternatives, reasons, repairs } = explanation
      const lines = (locale: 'ko' | 'en') => [
        describeShipment(explanation, locale),
        ...alternatives.map((way) => describeAlternative(way, locale)),
        ...reasons.map((reason) => describeReason(reason, locale)),
        ...repairs.map((repair) => describeRepair(repair, locale)),
      ]
      for (const line of lines('ko')) expect(line).toMatch(HANGUL)
      for (const line of lines('en')) expect(line).not.toMatch(/[가-힣]|undefined|NaN/)
      // rules are told in words, not by the names they have in the code
      for (const line of [...lines('ko'), ...lines('en')]) expect(line).not.toMatch(/\b[a-z]+[A-Z]\w+/)
    }
  }
})
