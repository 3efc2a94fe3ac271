/** What a planner does before deciding: two plans side by side, a scenario, another plan for the day and back, the week and what may wait. */
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Complex, Day, Job } from '../../server/api.ts'
import { breaches, untranslated } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'

const journey = beginJourney()
const LONG = { timeout: 90_000, interval: 300 }

const { ask } = journey
const days = async (): Promise<readonly Day[]> => (await ask<Complex[]>('/complexes'))[0]!.days
const planned = async (problem: string, request: object) => {
  const { id }: Job = await ask(`/problems/${problem}/jobs`, 'POST', request)
  await vi.waitUntil(async () => (await ask<Job>(`/jobs/${id}`)).state === 'done', LONG)
}

let today: Day
let data = ''

/** A day with two plans of its own: the demo's, and a poor one on top. */
beforeAll(async () => {
  today = await vi.waitUntil(async () => (await days()).find(({ plan, job }) => plan && !job), {
    timeout: 120_000,
    interval: 500,
  })
  await planned(today.problem, { seconds: 10, iterations: 1, seed: 9 })
  data = JSON.stringify([await ask('/complexes'), await ask(`/problems/${today.problem}`)])
}, 240_000)

const rows = (page: Page): Locator => page.locator('.plan-rows > li')
const drawn = async (page: Page) => {
  await expect.poll(() => page.locator('.compare-maps canvas').count(), LONG).toBe(2)
  await expect.poll(() => page.locator('.skeleton').count(), LONG).toBe(0)
}

describe('at the desk', () => {
  let page: Page
  beforeAll(async () => {
    page = await journey.open(DESK, { hash: `#compare/${today.date}` })
  }, 60_000)

  it('shows two plans of the day on maps that move together and on one axis of time', async () => {
    // the address says which is chosen
    await page.getByRole('radio', { name: '다른 계획과' }).click()
    await expect.poll(() => rows(page).count(), LONG).toBe(2)
    await drawn(page)
    expect(await page.locator('.compare-headline').innerText()).toMatch(/원[\s\S]*보다 [\d.]+\s?% /)
    const hours = (side: string) => page.getByRole('region', { name: `${side} 계획의 시간표` }).locator('.compare-hour')
    expect(await hours('왼쪽').allInnerTexts()).toEqual(await hours('오른쪽').allInnerTexts())
    expect(await page.locator('.difference tr', { hasText: '주행 km' }).innerText()).toContain('추정')
    expect(await page.locator('.compare-timeline-side .estimate').count()).toBe(2)
    const [left, right] = [0, 1].map((side) => page.locator('.compare-maps > .map').nth(side))
    const before = await right!.screenshot()
    await left!.getByRole('button', { name: '확대' }).click()
    await expect.poll(async () => (await right!.screenshot()).equals(before), POLL).toBe(false)
    expect(await breaches(page)).toEqual([])
    await takePicture(page, 'compare-plans-ko')
  })

  it('shows by a row of the table on both sides whose figure it is, by keyboard too', async () => {
    const row = page.getByRole('button', { name: /^주행 km: / })
    await row.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => row.getAttribute('aria-pressed'), POLL).toBe('true')
    const lit = (side: string) =>
      page.getByRole('region', { name: `${side} 계획의 시간표` }).locator('button[aria-pressed=true]')
    expect(await lit('왼쪽').count()).toBeGreaterThan(0)
    expect(await lit('오른쪽').count()).toBe(await lit('왼쪽').count())
    await page.keyboard.press('Enter')
    await expect.poll(() => lit('왼쪽').count(), POLL).toBe(0)
  })

  it('plans a scenario beside the day, which stays as it is', async () => {
    const before = (await days()).find(({ date }) => date === today.date)!
    await page.getByRole('radio', { name: '2초', exact: true }).check()
    await page.getByLabel('바꿀 것').selectOption('noTerminal')
    await page.getByRole('button', { name: '더하기' }).click()
    await page.getByRole('button', { name: '만들고 계획하기' }).click()
    const scenario = rows(page).filter({ hasText: '시나리오' })
    await expect
      .poll(() => scenario.locator('.plan-row-cost').allInnerTexts(), LONG)
      .toEqual([expect.stringMatching(/원/)])
    await expect.poll(async () => (await ask<{ items: Job[] }>('/jobs?limit=1')).items[0]!.state, LONG).toBe('done')
    await scenario.getByRole('radio', { name: /^오른쪽/ }).check()
    await expect.poll(() => page.locator('.difference').innerText(), LONG).toMatch(/정기화물\s+[\d,]+\s+0\s+−/)
    await expect.poll(() => page.locator('.moved-rows li').count(), LONG).toBeGreaterThan(0)
    expect((await days()).find(({ date }) => date === today.date)).toEqual(before)
    await drawn(page)
    await takePicture(page, 'compare-scenario-ko')
  })

  it('lets another plan stand for the day, and takes it back', async () => {
    const standing = async () => (await days()).find(({ date }) => date === today.date)!.plan
    const before = await standing()
    await page
      .getByRole('button', { name: /^이 계획으로: .*검색/ })
      .first()
      .click()
    await expect.poll(standing, LONG).not.toBe(before)
    await page.getByRole('button', { name: '되돌리기' }).click()
    await expect.poll(standing, LONG).toBe(before)
  })

  it('prints the comparison without its controls', async () => {
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.app > .header').isVisible()).toBe(false)
    expect(await page.locator('.difference').isVisible()).toBe(true)
    await takePicture(page, 'compare-plans-print')
    await page.emulateMedia({ media: 'screen' })
  })
})

describe('the week', () => {
  it('says what waiting saves against each day alone, gives the days their orders, and takes them back', async () => {
    const page = await journey.open(DESK, { hash: `#week/${today.date}` })
    await page.getByRole('radio', { name: '3일' }).first().check()
    await page.getByRole('radio', { name: '기다린 만큼 늦춤' }).check()
    await page.getByLabel('재고비 (원/톤·일)').fill('2000')
    await page.getByLabel('재고비의 출처').fill('시험')
    await page.getByRole('radio', { name: '20초', exact: true }).check()
    await page.getByRole('button', { name: '따져 보기' }).click()
    await page.locator('.week-sums').waitFor({ timeout: 120_000 })
    const sums = await page.locator('.week-sums').innerText()
    expect(sums).toMatch(/하루씩 따로 \(20초 검색\)/)
    const [alone, transport, stock, saved] = [...sums.matchAll(/(−?[\d,]+)원/g)].map(([, text]) =>
      Number(text!.replace('−', '-').replaceAll(',', '')),
    )
    expect(alone! - transport! - stock!).toBe(saved)
    expect(await page.locator('.estimate').isVisible()).toBe(true)
    expect(await breaches(page)).toEqual([])
    await takePicture(page, 'week-waiting-ko')

    const before = (await days()).slice(0, 3).map(({ problem }) => problem)
    await page.getByRole('button', { name: '이대로 날에 나누기' }).click()
    await expect.poll(async () => (await days()).slice(0, 3).map(({ problem }) => problem), LONG).not.toEqual(before)
    await page.getByRole('button', { name: '되돌리기' }).click()
    await expect.poll(async () => (await days()).slice(0, 3).map(({ problem }) => problem), LONG).toEqual(before)
    await page.context().close()
  })
})

describe('on a phone', () => {
  it('stacks both sides, in English', async () => {
    const page = await journey.open(PHONE, { language: 'en', dark: true, hash: `#compare/${today.date}/plans` })
    await drawn(page)
    expect(await overhang(page)).toBe(0)
    const table = page.locator('.difference-card .ledger-scroll')
    expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
    expect(await breaches(page)).toEqual([])
    expect(await untranslated(page, data)).toEqual([])
    await takePicture(page, 'compare-plans-phone-en')
    await page.context().close()
  })
})

it('no page complained', () => {
  // refusals that a page shows, and a machine that is busy, are told to the console by the browser as well
  expect(journey.faults.filter((fault) => !/status of (422|503)/.test(fault))).toEqual([])
})
