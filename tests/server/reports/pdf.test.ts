import { getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { reportOf } from '../../../server/reports/index.ts'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { improve, type Locale, type Plan, type Problem } from '../../../solver/index.ts'
import { makeProblem, makeShipment } from '../makeProblem.ts'

async function makeDay(changes: Partial<Problem> = {}): Promise<{ plan: Plan; problem: Problem }> {
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

/** What a reader finds when searching the pages, and how small the smallest letter is. */
async function read({ plan, problem }: { plan: Plan; problem: Problem }, locale: Locale) {
  const travel = await travelFrom(trunk)(problem)
  const data = await reportOf('pdf').render(plan, problem, locale, { travel })
  const document = await getDocumentProxy(new Uint8Array(data), { verbosity: 0 })
  const pages: string[] = []
  const sizes: number[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    const texts = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []))
    pages.push(texts.map(({ str }) => str).join(' '))
    sizes.push(...texts.map(({ transform }) => Math.hypot(transform[2], transform[3])))
  }
  return { pages, smallest: Math.min(...sizes) }
}

describe('route sheets on paper', () => {
  it('are a page for each truck, whose Hangul can be searched, in letters of 11 point and more', async () => {
    const day = await makeDay()
    const rounds = day.plan.routes.length + day.plan.direct.filter(({ route }) => route).length
    const { pages, smallest } = await read(day, 'ko')
    expect(pages).toHaveLength(rounds)
    expect(rounds).toBeGreaterThan(1)
    expect(pages[0]).toContain('운행지시서')
    expect(pages.join()).toContain('열처리 코어')
    expect(pages.join()).toContain('갑바 필요')
    expect(pages.join()).toContain('−400')
    expect(smallest).toBeGreaterThan(10.9)
  })

  it('speak English when asked, name no price, and say that roads are estimated', async () => {
    const day = await makeDay()
    const { pages } = await read(day, 'en')
    for (const page of pages) {
      expect(page).toContain('Route sheet')
      expect(page).toContain('estimated roads')
    }
    for (const { costKrw } of day.plan.routes) expect(pages.join()).not.toContain(costKrw.toLocaleString('en-US'))
  })

  it('repeat on a second page whose they are', async () => {
    const many = Array.from({ length: 14 }, (_, k) =>
      makeShipment(`s${k}`, { from: k % 2 === 0 ? 'supplier' : 'member', to: 'centre', weightKg: 10 }),
    )
    const day = await makeDay({ shipments: many })
    const longest = Math.max(...day.plan.routes.map(({ stops }) => stops.length))
    const { pages } = await read(day, 'ko')
    const heads = pages.filter((page) => page.includes('운행지시서')).length
    expect(heads).toBe(day.plan.routes.length + day.plan.direct.filter(({ route }) => route).length)
    if (longest > 12) expect(pages.length).toBeGreaterThan(heads)
    for (const page of pages) expect(page).toMatch(/\d{6}-\d{2}/)
  })
})
