/** A driver's day on a phone: the link, the way out of reach of every signal, three stops there, and everything back once. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Actual, Complex, Day, DriverLinks, Proof, StoredPlan } from '../../server/api.ts'
import { breaches, untranslated } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, takePicture } from './journey.ts'

const journey = beginJourney()
const { ask } = journey
let plan: StoredPlan
let date: string
let link: DriverLinks['items'][number]
let token: string

const actuals = async () => (await ask<{ items: Actual[] }>(`/plans/${plan.id}/actuals`)).items

beforeAll(async () => {
  let day: Day | undefined
  // the demo plans its days itself, and may be too busy with that to answer
  await vi.waitUntil(
    async () => {
      const [complex] = await ask<Complex[]>('/complexes').catch(() => [])
      day = complex?.days.find((one) => one.plan !== undefined && one.job === undefined)
      return day
    },
    { timeout: 90_000, interval: 500 },
  )
  plan = await ask<StoredPlan>(`/plans/${day!.plan}`)
  plan = await ask<StoredPlan>(`/plans/${plan.id}/confirm`, 'POST', undefined, { 'if-match': `"v${plan.version}"` })
  date = day!.date
  const links = await ask<DriverLinks>(`/plans/${plan.id}/links`, 'POST', {})
  const longest = plan.plan.routes.toSorted((a, b) => b.stops.length - a.stops.length)[0]!
  link = links.items.find(({ route }) => route === longest.id)!
  token = link.url.split('#')[1]!
})

async function openPhone(language: 'ko' | 'en' = 'ko'): Promise<Page> {
  const page = await journey.open(PHONE, { language, hash: `drive/#${token}` })
  await page.locator('.card, .notice p').first().waitFor()
  return page
}
const press = async (page: Page, name: string | RegExp) => await page.getByRole('button', { name }).click()
const sign = async (page: Page) => {
  const pad = page.getByRole('img', { name: '인수 서명' })
  await pad.scrollIntoViewIfNeeded()
  const box = (await pad.boundingBox())!
  await page.mouse.move(box.x + 40, box.y + 60)
  await page.mouse.down()
  for (let step = 1; step <= 12; step++) await page.mouse.move(box.x + 40 + 20 * step, box.y + 60 + 30 * Math.sin(step))
  await page.mouse.up()
}
/** A picture of the size that a camera makes, of noise, which cannot be packed small; gives its bytes. */
const photograph = async (page: Page): Promise<number> =>
  await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 4000
    canvas.height = 3000
    const context = canvas.getContext('2d')!
    const noise = context.createImageData(4000, 500)
    for (let at = 0; at < noise.data.length; at += 65_536)
      crypto.getRandomValues(noise.data.subarray(at, Math.min(at + 65_536, noise.data.length)))
    for (let row = 0; row < 3000; row += 500) context.putImageData(noise, 0, row)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    const files = new DataTransfer()
    files.items.add(new File([blob!], 'IMG_1.png', { type: 'image/png' }))
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!
    input.files = files.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
    return blob!.size
  })

describe('a driver with the link to a round', () => {
  it('drives out of reach of every signal; what was recorded there arrives once, in order', async () => {
    const page = await openPhone()
    const context = page.context()
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await page.waitForFunction(async () => {
      const cache = await caches.open('milkrun-drive-1')
      return (await cache.keys()).filter(({ url }) => url.includes('/assets/')).length > 6
    })
    await takePicture(page, 'drive-start-390-ko')
    await press(page, '출발합니다')
    await vi.waitUntil(async () => (await actuals()).length === 1, { timeout: 30_000, interval: 200 })

    await context.setOffline(true)
    await page.getByText('연결이 끊겼습니다').waitFor()
    for (const nth of [1, 2, 3]) {
      await press(page, '도착했습니다')
      const done = page.getByRole('button', { name: /(상차|하차|상·하차) 완료/ })
      await done.click()
      if (nth === 1) {
        expect(await photograph(page)).toBeGreaterThan(30 * 2 ** 20)
        await page.locator('.photos img').waitFor()
        await page.locator('.choices label', { hasText: '일부' }).first().click()
        await page.getByLabel('받는 분 성함').fill('김수령')
        await sign(page)
        await takePicture(page, 'drive-done-390-ko')
      }
      await press(page, '기록하기')
      if (nth === 2) {
        // there is no page but the one on the phone
        await page.reload()
        await page.getByText('연결이 끊겼습니다').waitFor()
        await page.getByText(/기록 \d+건을 이 전화기에 보관 중/).waitFor()
        await takePicture(page, 'drive-offline-390-ko')
      } else await page.locator('.undo').waitFor()
      await page.waitForFunction(() => !document.querySelector('dialog[open]'))
    }
    const waiting = await page.evaluate(() =>
      Object.entries(localStorage)
        .filter(([key]) => key.startsWith('milkrun.drive.out.'))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, text]) => JSON.parse(text).id as string),
    )
    expect(waiting.length).toBeGreaterThanOrEqual(6)
    await context.setOffline(false)
    await vi.waitUntil(async () => (await actuals()).length === 1 + waiting.length, { timeout: 60_000, interval: 300 })
    const proofs = async () => (await ask<{ items: Proof[] }>(`/plans/${plan.id}/proofs`)).items
    await vi.waitUntil(async () => (await proofs()).length === 2, { timeout: 60_000, interval: 300 })
    const kept = await actuals()
    expect(kept.slice(1).map(({ id }) => id)).toEqual(waiting)
    expect(new Set(kept.map(({ by }) => by))).toEqual(new Set([`driver:${link.route}`]))
    const route = plan.plan.routes.find(({ id }) => id === link.route)!
    const first = kept.find(({ stop, quantity }) => stop === 0 && quantity !== undefined)!
    expect(first.quantity).toBeGreaterThan(0)
    expect(kept.filter(({ kind }) => kind === 'arrived').map(({ stop }) => stop)).toEqual([0, 1, 2])
    expect((await proofs()).map(({ kind, type, stop, name }) => [kind, type, stop, name])).toEqual(
      expect.arrayContaining([
        ['photo', 'image/jpeg', 0, undefined],
        ['signature', 'image/png', 0, '김수령'],
      ]),
    )
    for (const { size } of await proofs()) expect(size).toBeLessThan(1.5 * 2 ** 20)
    await page.getByText(/보관 중|보내는 중/).waitFor({ state: 'detached' })
    await page.locator('.head b', { hasText: `${Math.min(4, route.stops.length)}번째` }).waitFor()
    await takePicture(page, 'drive-next-390-ko')
    await context.close()
  })

  it('reads it in both languages, with a thumb and in the sun', async () => {
    for (const language of ['ko', 'en'] as const) {
      // the link belongs to the phone of the test before
      await ask(`/plans/${plan.id}/links/${link.id}/release`, 'POST')
      const page = await openPhone(language)
      const check = async (what: string) => {
        expect(await breaches(page), what).toEqual([])
        expect(await overhang(page), what).toBe(0)
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('button, a[href], .switch, .choices label, .photos label')]
            .map((element) => ({ element, box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && (box.height < 50 || box.width < 50))
            .map(({ element, box }) => `${element.className} ${element.textContent} ${box.width}x${box.height}`),
        )
        expect(small, what).toEqual([])
        if (language === 'en') {
          const data = await page.evaluate(() => JSON.stringify(localStorage))
          expect(await untranslated(page, data), what).toEqual([])
        }
        await takePicture(page, `drive-${what}-390-${language}`)
      }
      await check('round')
      const names =
        language === 'ko'
          ? ['길 안내', '문제 있음', '전체', '설정', '지도']
          : ['Directions', 'Problem', 'All', 'Settings', 'Map']
      for (const [index, name] of names.entries()) {
        await page
          .getByRole('button', { name: new RegExp(`^${name}`) })
          .or(page.locator('.foot .line').last().filter({ hasText: name }))
          .first()
          .click()
        await page.locator('dialog[open]').waitFor()
        if (index === 4) await page.locator('.maplibregl-canvas').waitFor()
        await check(['ways', 'problem', 'stops', 'settings', 'map'][index]!)
        await page.keyboard.press('Escape')
        await page.locator('dialog[open]').waitFor({ state: 'detached' })
      }
      await page.context().close()
    }
  })

  it('is seen by the coordinator: who has opened which link, and what came back', async () => {
    for (const [size, language] of [
      [DESK, 'ko'],
      [PHONE, 'en'],
    ] as const) {
      const page = await journey.open(size, { language, hash: `#plan/${date}` })
      const check = async (what: string) => {
        expect(await breaches(page), what).toEqual([])
        expect(await overhang(page), what).toBe(0)
        await takePicture(page, `drive-${what}-${size.width}-${language}`)
      }
      await page.locator('.live-bar .button', { hasText: language === 'ko' ? '배차' : 'ispatch' }).click()
      await page.getByRole('button', { name: language === 'ko' ? '기사 링크' : 'Driver links' }).click()
      const row = page.locator('.link-row', { has: page.locator('.link-what .good') })
      await row.locator('.icon').click()
      await page.locator('.link-code').waitFor()
      await check('links')
      await page.keyboard.press('Escape')
      await page
        .getByRole('button', { name: language === 'ko' ? '실적' : 'Real times' })
        .last()
        .click()
      await page
        .getByRole('tab')
        .nth(plan.plan.routes.findIndex(({ id }) => id === link.route))
        .click()
      const picture = page.locator('.proof-pictures img').first()
      await picture.scrollIntoViewIfNeeded()
      await page.waitForFunction(
        () => document.querySelector<HTMLImageElement>('.proof-pictures img')!.naturalWidth > 0,
      )
      await check('proofs')
      await page.context().close()
    }
  })

  it('shows nothing to another phone, and says in plain words what to do', async () => {
    const page = await openPhone()
    await page.getByRole('heading', { name: '열 수 없는 링크입니다' }).waitFor()
    expect(await page.textContent('body')).not.toContain(plan.plan.routes[0]!.vehicle)
    expect(await breaches(page)).toEqual([])
    await takePicture(page, 'drive-other-phone-390-ko')
    await page.context().close()
    // every refusal is written to the console of a browser
    expect(journey.faults.filter((text) => !/Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([])
  })
})
