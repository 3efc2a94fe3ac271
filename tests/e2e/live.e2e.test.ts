/** A day that is under way: two coordinators on it, a truck that breaks down at ten, and the times that trucks really kept. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Complex, Day, Job, StoredPlan } from '../../server/api.ts'
import { breaches } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'

const journey = beginJourney()
const { ask } = journey
let day: Day

const dayNow = async (): Promise<Day> => {
  const [complex] = await ask<Complex[]>('/complexes')
  return complex!.days.find(({ date }) => date === day.date)!
}
const planNow = async (): Promise<StoredPlan> => await ask<StoredPlan>(`/plans/${(await dayNow()).plan}`)

beforeAll(async () => {
  // the demo plans its days itself
  await vi.waitUntil(
    async () => {
      // it may be too busy with that to answer
      const [complex] = await ask<Complex[]>('/complexes').catch(() => [])
      if (!complex) return false
      day = complex.days.find(({ plan, job }) => plan !== undefined && job === undefined)!
      return day
    },
    { timeout: 90_000, interval: 500 },
  )
})

const open = async (size: typeof DESK, options: { language?: 'ko' | 'en'; dark?: boolean } = {}) => {
  const page = await journey.open(size, { ...options, hash: `#plan/${day.date}` })
  await page.locator('.kpi, .phone-tabs').first().waitFor({ state: 'attached' })
  return page
}

describe('two coordinators on one day', () => {
  it('see that the other is there, and at once what the other has changed', async () => {
    const first = await open(DESK)
    const second = await open(DESK)
    await first.getByText('함께 보는 중').waitFor()
    const { id, version, plan } = await planNow()
    const shipment = plan.direct[0]!
    const edited: StoredPlan['plan'] = {
      ...plan,
      edits: [{ edit: { kind: 'direct', shipments: [shipment.shipment] }, krw: 0 }],
    }
    await ask(`/plans/${id}`, 'PUT', edited, { 'if-match': `"v${version}"`, 'x-milkrun-page': 'else' })
    for (const page of [first, second]) await page.getByText(`계획을 고쳤습니다:`).first().waitFor()
    await takePicture(first, 'live-two-1440-ko')
    await second.context().close()
    await first.getByText('함께 보는 중').waitFor({ state: 'hidden' })
    await first.context().close()
  })
})

describe('a confirmed day', () => {
  beforeAll(async () => {
    const { id, version } = await planNow()
    await ask(`/plans/${id}/confirm`, 'POST', undefined, { 'if-match': `"v${version}"` })
  })

  it('takes real times as they are typed and pasted, and shows what is late', async () => {
    const page = await open(DESK)
    await page.getByRole('button', { name: '실적' }).click()
    const drawer = page.getByRole('dialog', { name: '실적' })
    const cells = drawer.locator('input')
    expect(await drawer.getByRole('columnheader', { name: /추정/ }).allInnerTexts()).toEqual(['도착 추정', '출발 추정'])
    await cells.first().fill('8시 12')
    expect(await cells.first().getAttribute('aria-invalid')).toBe('false')
    await cells.first().fill('25:99')
    expect(await cells.first().getAttribute('aria-invalid')).toBe('true')
    const { plan } = await planNow()
    const planned = plan.routes[0]!.stops[0]!.arriveS
    const clock = (atS: number) => new Date(Date.UTC(2026, 0, 1) + atS * 1000).toISOString().slice(11, 16)
    await cells.first().fill(clock(planned + 1500))
    await cells.first().press('Enter')
    // Enter goes down: the next stop, the same column
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe('1-arrived')
    await drawer.getByText(/^\+2[45]$/).waitFor()
    await takePicture(page, 'live-actuals-1440-ko')
    expect(await breaches(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.route-head').first().click()
    await page
      .locator('.stop-late')
      .filter({ hasText: /\+2[45]/ })
      .waitFor()
    await page.context().close()
    const phone = await open(PHONE)
    await phone.getByRole('button', { name: '실적' }).click()
    await phone.getByRole('dialog').locator('input').first().waitFor()
    expect(await overhang(phone)).toBe(0)
    await takePicture(phone, 'live-actuals-390-ko')
    await phone.context().close()
  })

  it('goes on when a truck breaks down at ten: what is done stays, the changed drivers are listed, and it is confirmed anew', async () => {
    const page = await open(DESK)
    await page.getByRole('button', { name: '오늘 변동' }).click()
    const drawer = page.getByRole('dialog', { name: '오늘 변동' })
    await drawer.getByLabel('지금 시각').fill('10:00')
    await drawer.getByLabel('어느 노선').selectOption({ index: 1 })
    await drawer.getByRole('button', { name: '적기' }).click()
    await drawer.getByText('노선 1의 차가 고장').first().waitFor()
    await drawer.locator('.live-notes li').first().waitFor()
    await takePicture(page, 'live-disturb-1440-ko')
    expect(await breaches(page)).toEqual([])
    await drawer.getByRole('button', { name: /남은 일 다시 짜기/ }).click()
    await page.getByText('변동을 반영한 초안입니다.').waitFor(POLL)
    const { revises, job } = await dayNow()
    expect(revises).toBeTypeOf('string')
    if (job) await vi.waitUntil(async () => (await ask<Job>(`/jobs/${job}`)).state === 'done', POLL)
    await page.getByRole('button', { name: '바뀐 기사' }).click()
    const list = page.getByRole('dialog', { name: '바뀐 기사' })
    await list.getByText(/알릴 기사 \d+명/).waitFor()
    await takePicture(page, 'live-changes-1440-ko')
    expect(await breaches(page)).toEqual([])
    // still in force
    expect((await ask<StoredPlan>(`/plans/${revises}`)).state).toBe('confirmed')
    await list.getByRole('button', { name: '바뀐 계획 확정' }).click()
    await list.waitFor({ state: 'hidden' })
    await vi.waitUntil(async () => (await planNow()).state === 'confirmed', POLL)
    expect((await ask<StoredPlan>(`/plans/${revises}`)).state).toBe('withdrawn')
    await page.context().close()
  })

  it('is there in English, in the dark and on a phone', async () => {
    for (const [size, options, name] of [
      [DESK, { language: 'en', dark: true }, '1440-en-dark'],
      [PHONE, { language: 'en' }, '390-en'],
      [PHONE, { dark: true }, '390-ko-dark'],
    ] as const) {
      const page = await open(size as typeof DESK, options)
      const english = 'language' in options
      await page.getByRole('button', { name: english ? 'Today’s changes' : '오늘 변동' }).click()
      await page.getByRole('dialog').locator('.live-standings li').first().waitFor()
      expect(await overhang(page), name).toBe(0)
      await takePicture(page, `live-disturb-${name}`)
      expect(await breaches(page), name).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: english ? 'Changed drivers' : '바뀐 기사' }).click()
      await page.getByRole('dialog').locator('.live-changes').waitFor()
      expect(await overhang(page), name).toBe(0)
      await takePicture(page, `live-changes-${name}`)
      await page.context().close()
    }
  })

  it('leaves nothing on the consoles of the pages', () => {
    expect(journey.faults).toEqual([])
  })
})
