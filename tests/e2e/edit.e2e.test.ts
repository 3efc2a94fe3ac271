/** Changing a plan by hand as a coordinator does: drag with its price, keys, undo, locks and planning again, two people at once, confirm and revise. */
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Complex, StoredPlan } from '../../server/api.ts'
import type { Lock } from '../../solver/index.ts'
import { beginJourney, DESK, PHONE, POLL, takePicture } from './journey.ts'

const journey = beginJourney()
const wonIn = (text: string | null) => Number((text ?? '').replace('−', '-').replace(/[^\d-]/g, ''))

let page: Page
const costOf = async (of: Page) => wonIn(await of.locator('.kpi-value').first().textContent())
const toast = (of: Page) => of.locator('.notice-toast')
const saved = (of: Page) => expect.poll(() => of.locator('.day-tools .chip:not(.plan-state)').count(), POLL).toBe(0)

/** Ready for edits: nobody searches, and the judge is there. */
async function ready(of: Page): Promise<void> {
  await of.locator('.route-card').first().waitFor({ timeout: 60_000 })
  const stop = of.getByRole('button', { name: '멈추고 최선안 유지' })
  if (await stop.count()) await stop.click().catch(() => {})
  await of.waitForFunction(() => !document.querySelector('.dot.running, .dot.queued'), undefined, { timeout: 90_000 })
  await of.getByRole('button', { name: '계획 확정' }).waitFor()
}

/** Takes a stop of the first route in hand; the list of prices stands in the place of the routes. */
async function grab(stop: number): Promise<void> {
  const card = page.locator('.route-card').first()
  if (!(await card.locator('.stop-button').count())) await card.locator('.route-head').click()
  const box = (await card.locator('.stop-button').nth(stop).boundingBox())!
  await page.mouse.move(box.x + 80, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 60, box.y + 30, { steps: 3 })
  await page.locator('.price-list').waitFor()
}

async function hover(offer: Locator): Promise<void> {
  await offer.scrollIntoViewIfNeeded()
  const box = (await offer.boundingBox())!
  await page.mouse.move(box.x + 40, box.y + 16, { steps: 2 })
}

const planOf = async (): Promise<StoredPlan> => {
  const [complex] = await journey.ask<Complex[]>('/complexes')
  const day = complex!.days.find(({ plan }) => plan)
  return await journey.ask<StoredPlan>(`/plans/${day!.plan}`)
}

/** What another coordinator does meanwhile. */
async function lockElsewhere(): Promise<Lock> {
  const { id, version, plan } = await planOf()
  const shipment = plan.routes[0]!.stops.flatMap(({ pickups }) => pickups).at(-1)!
  const lock = { grade: 'truck', shipment } as const
  await journey.ask(`/plans/${id}`, 'PUT', { ...plan, locks: [lock] }, { 'if-match': `"v${version}"` })
  return lock
}

/** The page hears of another version at once; it reads none before what this answers is called, so that its edit comes too late. */
async function keepFromReading(): Promise<() => Promise<void>> {
  const plans = /\/plans\/[^/?]+$/
  const hears = Promise.withResolvers<void>()
  await page.route(plans, async (route) => {
    if (route.request().method() === 'GET') await hears.promise
    await route.continue()
  })
  return async () => {
    hears.resolve()
    await page.unrouteAll({ behavior: 'wait' })
  }
}

beforeAll(async () => {
  page = await journey.open(DESK)
  await ready(page)
  // a search that was stopped may have found one plan more
  await vi.waitUntil(async () => (await costOf(page)) === (await planOf()).plan.costKrw, POLL)
}, 180_000)

describe('a plan changed by hand', () => {
  it('shows the price of every place before the drop, refuses with the reason, and keeps what was dearer in the ledger', async () => {
    const before = await costOf(page)
    // editing begins when the judge has come
    await expect
      .poll(async () => {
        await grab(1).catch(() => page.mouse.up())
        return await page.locator('.offer').count()
      }, POLL)
      .toBeGreaterThan(3)
    const prices = (await page.locator('.offer:not(.tone-refused):not(.origin) .offer-price b').allTextContents()).map(
      wonIn,
    )
    const ranked = prices.slice(0, -1)
    expect(ranked).toEqual(ranked.toSorted((a, b) => a - b))

    const refused = page.locator('.offer.tone-refused').first()
    await hover(refused)
    expect(await page.locator('.drag-tag.tone-refused').textContent()).toContain('못 놓습니다')
    expect(await refused.evaluate((row) => getComputedStyle(row).cursor)).toBe('not-allowed')
    expect((await refused.locator('.offer-why.bad').textContent())?.length).toBeGreaterThan(5)
    await takePicture(page, 'edit-refused-ko')
    await page.mouse.up()
    await expect.poll(() => toast(page).last().textContent(), POLL).toContain('하지 않았습니다')
    expect(await costOf(page)).toBe(before)

    await grab(1)
    const dearer = page.locator('.offer.tone-dearer').first()
    const price = wonIn(await dearer.locator('.offer-price b').textContent())
    await hover(dearer)
    expect(wonIn(await page.locator('.drag-tag .drag-price').textContent())).toBe(price)
    // the roads are, so their kilometres and minutes
    expect(await page.locator('.drag-tag').textContent()).toMatch(/km .* 추정/)
    expect(await page.locator('.price-list h2').textContent()).toMatch(/추정$/)
    await takePicture(page, 'edit-dearer-ko')
    await page.mouse.up()
    await expect.poll(() => costOf(page), POLL).toBe(before + price)
    await saved(page)
    const ledger = page.getByRole('button', { name: /^편집 대가 장부/ })
    await ledger.click()
    await expect.poll(async () => wonIn(await page.locator('.edits-total b').textContent()), POLL).toBe(price)
    await expect.poll(() => page.locator('.edits-list li').count(), POLL).toBe(1)
    await takePicture(page, 'edit-ledger-ko')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^되돌리기: / }).click()
    await expect.poll(() => toast(page).getByRole('button', { name: '다시 하기' }).count(), POLL).toBe(1)
    await expect.poll(() => costOf(page), POLL).toBe(before)
    await saved(page)
  })

  it('goes by the keyboard alone, back and forth by name', async () => {
    const before = await costOf(page)
    await page.getByRole('radio', { name: /^전체/ }).check()
    await page.locator('.shipment-button').first().focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('m')
    await page.locator('.edit-line').waitFor()
    for (let k = 0; k < 12 && !(await page.locator('.offer.aimed.tone-dearer').count()); k++)
      await page.keyboard.press('ArrowDown')
    const price = wonIn(await page.locator('.offer.aimed .offer-price b').textContent())
    expect(await page.locator('.edit-line [aria-live]').textContent()).toContain('원')
    await takePicture(page, 'edit-keyboard-ko')
    await page.keyboard.press('Enter')
    await expect.poll(() => costOf(page), POLL).toBe(before + price)
    const undo = page.getByRole('button', { name: /^되돌리기: / })
    const name = ((await undo.getAttribute('aria-label')) ?? '').replace('되돌리기: ', '')
    expect(name.length).toBeGreaterThan(3)
    await page.keyboard.press('Control+z')
    await expect.poll(() => costOf(page), POLL).toBe(before)
    expect(await page.getByRole('button', { name: `다시 하기: ${name}` }).count()).toBe(1)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => costOf(page), POLL).toBe(before + price)
    await page.keyboard.press('m')
    await page.locator('.edit-line').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator('.edit-line').count()).toBe(0)
    await saved(page)
  })

  it('keeps what is locked when it is planned again, and the plan before is one undo away', async () => {
    const before = await costOf(page)
    const picked = page.locator('.shipment.picked')
    await page.locator('.shipment:has(.badge):not(.picked) .shipment-button').first().click()
    const where = await picked.locator('.badge').first().textContent()
    await page.keyboard.press('l')
    await page.getByRole('menuitemcheckbox', { name: '이 차에' }).click()
    await page.keyboard.press('Escape')
    expect(await picked.locator('.lock-mark').getAttribute('aria-label')).toBe('잠김: 이 차에')
    await saved(page)
    const id = await picked.getAttribute('id')

    await page.getByRole('radio', { name: '2초' }).check()
    await page.getByRole('button', { name: '다시 최적화' }).click()
    await page.getByRole('radio', { name: /처음부터/ }).check()
    await takePicture(page, 'edit-replan-question-ko')
    await page.locator('dialog button[type=submit]').click()
    const take = page.getByRole('button', { name: '새 계획 쓰기' })
    await take.waitFor({ timeout: 60_000 })
    // the plan before is still the one in sight
    expect(await costOf(page)).toBe(before)
    await takePicture(page, 'edit-replan-result-ko')
    await take.click()
    await expect.poll(() => costOf(page), POLL).toBeLessThan(before)
    expect(await page.locator(`[id="${id}"] .badge`).first().textContent()).toBe(where)
    await expect.poll(() => page.getByRole('button', { name: /^되돌리기: 다시 최적화/ }).count(), POLL).toBe(1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => costOf(page), POLL).toBe(before)
    await page.getByRole('button', { name: /^모든 잠금 풀기/ }).click()
    await expect.poll(() => page.locator('.lock-mark').count(), POLL).toBe(0)
    await saved(page)
  })

  it('makes an edit on the plan of somebody who was faster, and keeps one that cannot be sent', async () => {
    const openMenu = async (nth: number) => {
      await page.getByRole('radio', { name: /^전체/ }).check()
      await expect
        .poll(async () => {
          await page.locator('.shipment .more').nth(nth).click()
          return await page.getByRole('menuitem').count()
        }, POLL)
        .toBeGreaterThan(2)
    }
    const leave = async () => await page.getByRole('menuitem', { name: /^미배정으로 두기/ }).click()
    const unserved = () => page.locator('.pool-tabs em').first().textContent()
    await openMenu(0)
    const hears = await keepFromReading()
    const locked = await lockElsewhere()
    const late = page.waitForResponse((response) => response.status() === 412)
    await leave()
    await late
    await hears()
    await expect.poll(() => toast(page).last().textContent(), POLL).toContain('다른 곳에서 계획이 바뀌어')
    await saved(page)
    expect(await unserved()).toBe('1')
    const now = await planOf()
    expect([now.plan.locks, now.plan.unserved.length]).toEqual([[locked], 1])

    await page.context().setOffline(true)
    await openMenu(1)
    await leave()
    await page.getByText('편집은 이 컴퓨터에 남아 있고 다시 연결되면 저장됩니다').waitFor()
    expect(await unserved()).toBe('2')
    await takePicture(page, 'edit-offline-ko')
    await page.context().setOffline(false)
    await saved(page)
  }, 120_000)

  it('is confirmed, changes no more, and is revised as a draft of its own', async () => {
    const cost = await costOf(page)
    await page.keyboard.press('Control+Enter')
    const dialog = page.locator('dialog[open]')
    await dialog.getByText('아무도 나르지 않는 화물 2건').waitFor()
    await takePicture(page, 'edit-confirm-ko')
    await dialog.getByRole('button', { name: '확정', exact: true }).click()
    await page.locator('.plan-state', { hasText: '확정됨' }).waitFor()
    await page.locator('.shipment .more').first().click()
    await page.getByText('확정된 계획입니다. 고치려면 개정하세요').waitFor()
    expect(await page.getByRole('button', { name: /^되돌리기: / }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await takePicture(page, 'edit-confirmed-ko')
    await page.getByRole('button', { name: '개정하기' }).click()
    await page.locator('dialog[open]').getByRole('button', { name: '개정하기' }).click()
    await page.getByRole('button', { name: '계획 확정' }).waitFor()
    expect(await costOf(page)).toBe(cost)
  })

  it('is changed by menu on a phone', async () => {
    const phone = await journey.open(PHONE, { language: 'en' })
    await phone.locator('.phone-tabs button').nth(2).click()
    await phone.locator('.route-head').first().click()
    await expect
      .poll(async () => {
        await phone.locator('.stop .more').first().click()
        return await phone.getByRole('menuitem').count()
      }, POLL)
      .toBeGreaterThan(2)
    const target = (await phone.getByRole('menuitem', { name: 'Move to…' }).boundingBox())!
    expect(target.height).toBeGreaterThanOrEqual(44)
    await phone.getByRole('menuitem', { name: 'Move to…' }).click()
    const offer = phone.locator('.offer:not(.origin)').getByRole('button').first()
    await offer.scrollIntoViewIfNeeded()
    await takePicture(phone, 'edit-phone-en')
    await offer.click()
    await expect.poll(() => phone.getByRole('button', { name: /^Undo: / }).count(), POLL).toBe(1)
    await saved(phone)
    await phone.context().close()
  })
})

it('no page complained', () => {
  // what the journey provokes: a version that was behind, a service that was away, or busy
  expect(
    journey.faults.filter((fault) => !/412|503|ERR_INTERNET_DISCONNECTED|Worker failed to load/.test(fault)),
  ).toEqual([])
})
