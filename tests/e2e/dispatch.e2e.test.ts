/** A coordinator and two carriers on one confirmed day: offered, accepted, declined, another truck proposed and taken, each at once in sight of the other. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadComplex } from '../../server/complexes.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { improve, type Plan, type Problem, type Shipment } from '../../solver/index.ts'
import { makeProblem, makeShipment } from '../server/makeProblem.ts'
import { type Opened, openAccounts, PASSWORD } from '../server/openAccounts.ts'
import { breaches } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, takePicture } from './journey.ts'

// one refusal is asked for
const journey = beginJourney({ start: 'nothing', expected: /status of (401|422)/ })
let opened: Opened
let address: string
let plan: Plan

const ALONE = { mustGoAlone: true, modes: ['route'], pickupWindows: [[28_800, 30_000]] } satisfies Partial<Shipment>
const [round, spot] = makeProblem().vehicles
const small = { ...spot!, id: 'hired-1t', name: '1톤 용차' }
const large = {
  ...spot!,
  id: 'hired-2.5t',
  name: '2.5톤 용차',
  truck: '2.5t',
  capacityKg: 2500,
  tariff: 'large',
} as const
const day: Problem = makeProblem({
  startsAt: '2026-11-23T00:00:00+09:00',
  shipments: [
    makeShipment('plates', { ...ALONE, item: '금형판' }),
    makeShipment('mold', { ...ALONE, item: '금형', from: 'centre', to: 'port', weightKg: 900 }),
    makeShipment('base', { ...ALONE, item: '베이스', from: 'member', to: 'port', weightKg: 2000 }),
  ],
  vehicles: [round!, small, large],
  tariffs: [...makeProblem().tariffs, { ...makeProblem().tariffs[1]!, id: 'large', baseKrw: 40_000 } as never],
})
const carriers = [
  {
    id: 'one',
    name: '하나운수 (가상)',
    phone: '062-000-0901',
    vehicles: ['hired-1t'],
    trucks: [
      { plate: '광주80바0001', vehicle: 'hired-1t', driver: '기사 1', phone: '010-0000-0101' },
      { plate: '광주80바0002', vehicle: 'hired-1t', driver: '기사 2', phone: '010-0000-0102' },
      { plate: '광주80바0009', vehicle: 'hired-2.5t', driver: '기사 9', phone: '010-0000-0109' },
    ],
  },
  { id: 'two', name: '둘운수 (가상)', vehicles: ['hired-2.5t'] },
]

beforeAll(async () => {
  opened = await openAccounts({ webFolder: join(import.meta.dirname, '../../dist/web') })
  const data = await loadComplex('gwangju')
  await opened.store.complexes.put({ ...data, fleet: [...day.vehicles], carriers })
  const travel = await travelFrom(trunk)(day)
  plan = [...improve(day, travel, { seed: 1, iterations: 60 })].flatMap((step) => step.plan ?? []).at(-1)!
  const problem = await opened.store.problems.add('gwangju', day)
  await opened.store.complexes.setDay('gwangju', '2026-11-23', problem)
  await opened.store.plans.put({ id: 'plan', problem, plan })
  await opened.store.plans.confirm('plan', 1, '{}')
  await opened.add('kim@example.com', { role: 'coordinator', complex: 'gwangju' })
  for (const { id } of carriers)
    await opened.add(`${id}@example.com`, { role: 'carrier', complex: 'gwangju', carrier: id })
  address = await opened.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => await opened?.close())

async function enter(email: string, size = DESK, language: 'ko' | 'en' = 'ko'): Promise<Page> {
  const page = await journey.open(size, { address, language, hash: email.startsWith('kim') ? '#plan/2026-11-23' : '' })
  await page.getByLabel(language === 'ko' ? '이메일' : 'E-mail').fill(email)
  await page.getByLabel(language === 'ko' ? '비밀번호' : 'Password').fill(PASSWORD)
  await page.getByRole('button', { name: language === 'ko' ? '로그인' : 'Sign in' }).click()
  return page
}

/** As it stands, wide and narrow: it fits, and is accessible. */
async function look(page: Page, name: string): Promise<void> {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size)
    const what = `${name}-${size.width}`
    expect(await overhang(page), what).toBe(0)
    expect(await breaches(page), what).toEqual([])
    await takePicture(page, what)
  }
}

describe('a confirmed day', () => {
  it('is offered, answered, driven with another truck, and the coordinator sees it at once', async () => {
    const kim = await enter('kim@example.com')
    await kim.getByRole('button', { name: '배차 0/3' }).click()
    const drawer = kim.getByRole('dialog', { name: '배차' })
    await drawer.getByText('보내지 않음').first().waitFor()

    const one = await enter('one@example.com')
    await one.getByText('받은 운행이 없습니다').waitFor()
    await drawer.getByRole('button', { name: '3개 노선 운송사에 보내기' }).click()
    await drawer.getByText('답 기다림 3').waitFor()
    await one.reload()
    await one.getByText('답을 기다리는 노선 2개').waitFor()
    const cards = one.locator('.sheet-card')
    await cards.nth(1).waitFor()
    expect(await cards.count()).toBe(2)
    expect(await one.locator('main').textContent()).not.toMatch(/베이스|둘운수|2,000 kg/)
    await look(one, 'dispatch-carrier')
    await one.setViewportSize(PHONE)

    // the same truck cannot be at two places
    const near = cards.filter({ hasText: '금형판' })
    const far = cards.filter({ hasText: '금형 900' })
    // the first truck that is free is at hand
    await near.getByRole('button', { name: '수락', exact: true }).click()
    await near.getByText('광주80바0001').waitFor()
    await far.getByLabel('우리 차량에서 고르기').selectOption('광주80바0001')
    await far.getByRole('button', { name: '수락', exact: true }).click()
    await far.getByText('같은 시간에 노선').first().waitFor()
    // nobody has to reload to see what was accepted
    await drawer.getByText('수락 1 · 답 기다림 2').waitFor()
    await look(kim, 'dispatch-drawer')
    await kim.setViewportSize(DESK)

    await far.getByRole('button', { name: '다른 차종 제안' }).click()
    await far.getByLabel('차종', { exact: true }).selectOption('hired-2.5t')
    await far.getByText('화물과 시각을 모두 지킵니다').waitFor()
    await far.getByLabel('우리 차량에서 고르기').selectOption('광주80바0009')
    await look(one, 'dispatch-propose')
    await far.getByRole('button', { name: '담당자에게 제안' }).click()
    await far.getByText('담당자의 답을 기다립니다').waitFor()

    const proposal = drawer.getByRole('region', { name: '다른 차량 제안' })
    await proposal.getByText('화물과 시각을 모두 지킵니다').waitFor()
    await look(kim, 'dispatch-proposal')
    await kim.setViewportSize(DESK)
    await proposal.getByRole('button', { name: '받아들여 계획 바꾸기' }).click()
    await proposal.getByRole('button', { name: '계획을 고쳐 다시 확정' }).click()
    await drawer.getByText('수락 2 · 답 기다림 1').waitFor()
    expect((await opened.store.plans.get('plan'))!.state).toBe('withdrawn')
    const [confirmed] = (await opened.store.views.confirmed({ limit: 1 })).items
    const said = await opened.store.dispatches.of(confirmed!.id)
    expect(said.map(({ state, plate }) => `${state} ${plate ?? ''}`).sort()).toEqual([
      'accepted 광주80바0001',
      'accepted 광주80바0009',
      'offered ',
    ])

    const two = await enter('two@example.com', PHONE, 'en')
    await two.getByText('1 round waits for an answer').waitFor()
    await two.getByRole('button', { name: 'Decline' }).click()
    await two.getByLabel('Reason').fill('Truck in repair')
    await look(two, 'dispatch-decline-en')
    await two.locator('form').getByRole('button', { name: 'Decline' }).click()
    await two.getByText('Declined because: Truck in repair').waitFor()
    await drawer.getByText('거절한 까닭: Truck in repair').waitFor()
    await kim.keyboard.press('Escape')
    await kim.getByRole('button', { name: 'English' }).click()
    await kim.getByRole('button', { name: 'Dispatch 2/3' }).click()
    const english = kim.getByRole('dialog', { name: 'Dispatch' })
    await english
      .getByRole('button', { name: /Change the dispatch of Route/ })
      .last()
      .click()
    await look(kim, 'dispatch-drawer-en')
  })

  it('no page complained', () => {
    expect(journey.faults).toEqual([])
  })
})
