import fc from 'fast-check'
import { getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { reportOf } from '../../../server/reports/index.ts'
import { COST_WORDS } from '../../../server/reports/moneySheets.ts'
import type { PlanPapers } from '../../../server/reports/report.ts'
import { readRounds } from '../../../server/reports/rounds.ts'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { improve, type Locale, type Plan, type Problem, paidLines, sumLines } from '../../../solver/index.ts'
import { makeProblem, makeShipment } from '../makeProblem.ts'

interface Day {
  readonly plan: Plan
  readonly problem: Problem
}
async function makeDay(changes: Partial<Problem> = {}): Promise<Day> {
  const problem = makeProblem({
    shipments: [
      makeShipment('plates', { from: 'supplier', to: 'member', weightKg: 400, item: '열처리 코어', note: '갑바 필요' }),
      makeShipment('cores', { from: 'member', to: 'supplier', weightKg: 312, item: '도금 코어' }),
      makeShipment('mold', { from: 'centre', to: 'port', weightKg: 900, modes: ['hired'] }),
    ],
    ...changes,
  })
  const travel = await travelFrom(trunk)(problem)
  let plan: Plan | undefined
  for (const step of improve(problem, travel, { seed: 1, iterations: 50 })) plan = step.plan ?? plan
  return { plan: plan!, problem }
}
const roundCount = ({ plan }: Day) => plan.routes.length + plan.direct.filter(({ route }) => route).length

/** What a reader finds when searching the pages, where its links lead, and how small the smallest letter is. */
async function read({ plan, problem }: Day, locale: Locale, papers: Partial<PlanPapers> = {}) {
  const travel = await travelFrom(trunk)(problem)
  const data = await reportOf('pdf').render(plan, problem, locale, { travel, ...papers })
  const document = await getDocumentProxy(new Uint8Array(data), { verbosity: 0 })
  const pages: string[] = []
  const links: string[] = []
  const sizes: number[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    const texts = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []))
    pages.push(
      texts
        .map(({ str }) => str)
        .join(' ')
        .replace(/\s+/g, ' '),
    )
    sizes.push(...texts.map(({ transform }) => Math.hypot(transform[2], transform[3])))
    links.push(...(await page.getAnnotations()).flatMap(({ url, unsafeUrl }) => url ?? unsafeUrl ?? []))
  }
  return { pages, links, smallest: Math.min(...sizes) }
}

describe('route sheets on paper', () => {
  it('are a page for each truck, whose Hangul can be searched, in letters of 11 point and more', async () => {
    const day = await makeDay()
    const { pages, smallest } = await read(day, 'ko')
    expect(pages).toHaveLength(roundCount(day))
    expect(roundCount(day)).toBeGreaterThan(1)
    expect(pages[0]).toContain('운행지시서')
    for (const text of ['열처리 코어', '갑바 필요', '−400', '2026년 11월 23일 (월)'])
      expect(pages.join()).toContain(text)
    expect(smallest).toBeGreaterThan(10.9)
  })

  it('speak English when asked, name no price, and say that roads are estimated', async () => {
    const day = await makeDay()
    const { pages } = await read(day, 'en')
    for (const page of pages) {
      expect(page).toContain('Route sheet')
      expect(page).toContain('estimated roads')
      expect(page).toContain('Mon 23 Nov 2026')
      expect(page).not.toMatch(/Fare|Basis|month/)
    }
    for (const { costKrw } of day.plan.routes) expect(pages.join()).not.toContain(costKrw.toLocaleString('en-US'))
  })

  it('name who drives and whom to call, dial when tapped, and say what is not settled yet', async () => {
    const sites = makeProblem().sites.map((site) => ({ ...site, phone: '062-000-0301' }))
    const shipments = [
      makeShipment('plates', {
        fromContact: { name: '김 대리', phone: '010-0000-0999' },
        toContact: { phone: '내선 12' },
      }),
      makeShipment('cores', { from: 'member', to: 'supplier', quantity: 3, unit: 'EA', spec: '600×400', item: '코어' }),
    ]
    const day = await makeDay({ sites, shipments })
    const [round] = day.plan.routes
    const carrier = { id: 'c', name: '운송사 가', contact: '배차실', phone: '062-000-0901' }
    const named = { plate: '광주80바1234', driver: '박기사', phone: '010-0000-0101', note: '우회', carrier }
    const dispatch = (state: 'accepted' | 'offered') => new Map([[round!.id, { ...named, state }]])
    const coordinator = { name: '광주 단지', phone: '062-000-0100' }
    const links = new Map([[round!.id, 'https://milkrun.example/drive/#a.b']])
    const { pages, links: leadTo } = await read(day, 'ko', {
      dispatch: dispatch('accepted'),
      coordinator,
      links,
      id: '2f9ca41e-0000',
    })
    for (const text of [
      '운송사 가',
      '광주80바1234',
      '박기사',
      '010-0000-0101',
      '김 대리',
      '내선 12',
      '코어 3 EA',
      '600×400',
    ])
      expect(pages[0]).toContain(text)
    for (const text of ['조정자 광주 단지', '우회', '로그인 없이', '계획 2f9ca41e · 261123-01 · 1 / 1'])
      expect(pages[0]).toContain(text)
    expect(pages[0]).not.toMatch(/화면의 코드가 없|수락하지/)
    expect(leadTo).toEqual(
      expect.arrayContaining([
        'tel:01000000101',
        'tel:01000000999',
        'tel:0620000301',
        'tel:0620000100',
        'tel:0620000901',
      ]),
    )
    expect(leadTo.every((link) => /^tel:\d+$/.test(link))).toBe(true)
    const without = await read(day, 'ko', { dispatch: dispatch('offered'), coordinator })
    expect(without.pages[0]).toContain('화면의 코드가 없습니다')
    expect(without.pages[0]).toContain('수락하지 않은')
  })

  it('take eleven stops on one page; more go on to a second that says whose it is, counted by themselves', async () => {
    const day = await makeDay()
    const [route] = day.plan.routes
    const stretched = (stops: number) => {
      const all = Array.from({ length: stops }, (_, k) => route!.stops[k % route!.stops.length]!)
      return { ...day, plan: { ...day.plan, routes: [{ ...route!, stops: all }] } }
    }
    const only = [route!.id]
    expect((await read(stretched(11), 'ko', { only })).pages).toHaveLength(1)
    const { pages } = await read(stretched(30), 'ko')
    expect(pages.filter((page) => page.includes('운행지시서'))).toHaveLength(2)
    expect(pages[0]).toContain('261123-01 · 1 / 2')
    expect(pages[1]).toContain(`261123-01 · ${route!.vehicle} · 2026-11-23`)
    expect(pages[1]).toMatch(/^순번 도착 허용/)
    expect(pages[1]).toContain('261123-01 · 2 / 2')
    expect(pages[2]).toContain('261123-02 · 1 / 1')
  })

  it('say of a part of an order which part it is, and never that all of it is there', async () => {
    const day = await makeDay({
      shipments: [
        makeShipment('coils', {
          from: 'centre',
          to: 'port',
          weightKg: 1800,
          pieceKg: 300,
          maxParts: 4,
          quantity: 6,
          unit: 'EA',
          item: '코일',
          modes: ['hired'],
        }),
      ],
      vehicles: makeProblem().vehicles.filter(({ kind }) => kind === 'hired'),
    })
    expect(day.plan.parts).toHaveLength(2)
    const { pages } = await read(day, 'ko')
    expect(pages[0]).toContain('나눔 1/2')
    expect(pages[1]).toContain('나눔 2/2')
    expect(pages.join()).toContain('전체 6 EA 중')
    expect(pages.join()).not.toContain('코일 6 EA')
  })

  it('show on every copy the figures of the plan, and money on the carrier’s alone, adding up to the won', async () => {
    const won = (krw: number) => krw.toLocaleString('en-US')
    const order = fc.record({
      from: fc.constantFrom('centre', 'supplier'),
      to: fc.constantFrom('member', 'port'),
      weightKg: fc.integer({ min: 1, max: 900 }),
      handling: fc.constantFrom(['hand'], ['forklift']),
      modes: fc.constantFrom(undefined, ['hired']),
    })
    const tariffs = makeProblem().tariffs.map((tariff) =>
      tariff.kind === 'contract'
        ? { ...tariff, perHourKrw: 9_000, overtime: { afterS: 3600, perHourKrw: 4_000 }, handLoadKrw: 30_000 }
        : { ...tariff, includedStops: 1, tollIncluded: false },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 6 }), async (orders) => {
        const shipments = orders.map(({ modes, handling, ...rest }, k) =>
          makeShipment(`s${k}`, {
            ...rest,
            handling: handling as ['hand'],
            ...(modes && { modes: modes as ['hired'] }),
            holdKrwPerDay: 100,
          }),
        )
        const day = await makeDay({ shipments, tariffs: tariffs as Problem['tariffs'] })
        const driver = await read(day, 'ko')
        const carrier = await read(day, 'ko', { copy: 'carrier' })
        for (const [index, { route, weightKg }] of readRounds(day.plan, day.problem, {}).entries()) {
          for (const { pages } of [driver, carrier]) {
            expect(pages[index]).toContain(`총중량 ${won(weightKg)} kg`)
            expect(pages[index]).toContain(`총거리 ${(route.distanceM / 1000).toFixed(1)} km`)
            expect(pages[index]).toContain(`예상 통행료 ${won(route.tollKrw)}원`)
          }
          const lines = paidLines(route.costLines)
          for (const { kind, krw } of lines)
            expect(carrier.pages[index]).toMatch(new RegExp(`${COST_WORDS[kind].ko} [^‖]*?${won(krw)}`))
          expect(carrier.pages[index]).toContain(`합계 ${won(sumLines(lines))} 정산 월말`)
          const unpaid = sumLines(route.costLines.filter((line) => !lines.includes(line)))
          expect(sumLines(lines) + unpaid).toBe(route.costKrw)
          expect(driver.pages[index]).not.toMatch(/운임|정산/)
        }
      }),
      { numRuns: 8, seed: 5 },
    )
  })
})
