/** What a planner does on a day: see it, look into a route, plan again, split the cost, stop early, compare, look at it on a phone. */
import type { Locator, Page, Route } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROUTE_COLOURS } from '../../web/state/tokens.ts'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'

const journey = beginJourney({ start: 'demo' })

/** How many pixels of a part of the page have a colour, from a picture of it: the WebGL canvas itself cannot be read back. */
async function countPixels(part: Locator, hex: string): Promise<number> {
  const picture = (await part.screenshot()).toString('base64')
  return await part.page().evaluate(
    async ({ picture, hex }) => {
      const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext('2d')!
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, image.width, image.height)
      const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
      let count = 0
      for (let at = 0; at < data.length; at += 4)
        if (wanted.every((value, k) => Math.abs(data[at + k]! - value) < 3)) count++
      return count
    },
    { picture, hex },
  )
}

const wonIn = (text: string | null) => Number((text ?? '').replace('−', '-').replace(/[^\d-]/g, ''))

describe('a day at the desk', () => {
  let page: Page
  beforeAll(async () => {
    page = await journey.open(DESK)
    // a search, a proof and the files beside this one share the cores
    page.setDefaultTimeout(150_000)
  }, 60_000)

  it('shows a planned day: routes in the list and drawn on the map', async () => {
    await page.locator('.route-card').first().waitFor({ timeout: 150_000 })
    await expect.poll(() => countPixels(page.locator('.map'), ROUTE_COLOURS.light[0]!.fill), POLL).toBeGreaterThan(300)
    expect(await page.locator('.chip', { hasText: '합성 데이터' }).isVisible()).toBe(true)
    await page.locator('.kpi-value.good').or(page.locator('.kpi-value .good')).first().waitFor()
    await page.locator('button.kpi', { hasText: 'CO₂' }).click()
    await page.locator('.carbon-sum').waitFor()
    await takePicture(page, 'plan-carbon-ko')
    await page.keyboard.press('Escape')
    await takePicture(page, 'plan-ko')
  })

  it('opens a route everywhere when it is picked in the list, and closes it on Escape', async () => {
    const card = page.locator('.route-card').first()
    await card.locator('.route-head').click()
    // the first search may still be running: both are read at one moment
    const counts = () => Promise.all([page.locator('.map-badge').count(), card.locator('.stop').count()])
    await expect.poll(async () => ((await counts())[0] > 1 ? 'badges' : 'none'), POLL).toBe('badges')
    await expect.poll(async () => (([badges, stops]) => badges! - stops!)(await counts()), POLL).toBe(0)
    expect(await page.locator('.timeline-names li.lit').count()).toBe(1)
    expect(await page.locator('.timeline-window').count()).toBeGreaterThan(0)
    await expect.poll(() => countPixels(page.locator('.map'), ROUTE_COLOURS.light[0]!.fill), POLL).toBeGreaterThan(600)
    await takePicture(page, 'plan-route-ko')

    await card.locator('.stop-button').nth(1).click()
    await expect.poll(() => page.locator('.map-badge.picked').count(), POLL).toBe(1)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.map-badge').count(), POLL).toBe(0)
  })

  it('says of every shipment sent alone why it is on no route', async () => {
    await page.getByRole('radio', { name: /^개별/ }).check()
    const cards = page.locator('.shipment')
    const count = await cards.count()
    expect(count).toBeGreaterThan(0)
    for (let k = 0; k < count; k++) expect(await cards.nth(k).locator('.reason').count()).toBeGreaterThan(0)
  })

  /** Everything anew, once asked what of the plan is to stay. */
  const planAgain = async () => {
    await page.getByRole('button', { name: '다시 최적화' }).click()
    await page.getByRole('radio', { name: /처음부터/ }).check()
    await page.locator('dialog[open] button[type=submit]').click()
  }
  /** Nothing is replaced before somebody has said so; the same plan once more is no question. */
  const takeNew = async () => {
    const take = page.getByRole('button', { name: '새 계획 쓰기' })
    await take.or(page.getByText('더 나은 계획을 찾지 못해')).first().waitFor({ timeout: 150_000 })
    if (await take.count()) await take.click()
  }

  it('plans again within the seconds asked for', async () => {
    await page.getByRole('radio', { name: '2초' }).check()
    // a busy service refuses the first stream: the search ends on the page nevertheless
    let refused = 0
    const busy = (route: Route) => {
      refused++
      return route.fulfill({ status: 503, body: '' })
    }
    await page.route('**/api/jobs/*/events', busy, { times: 1 })
    await planAgain()
    const stop = page.getByRole('button', { name: '멈추고 최선안 유지' })
    await stop.waitFor()
    await stop.waitFor({ state: 'detached', timeout: 20_000 })
    expect(refused).toBe(1)
    await takeNew()
    await expect.poll(() => page.locator('.solver-state').textContent(), POLL).toBe('계획됨')
  })

  it('shows the ceiling of what it planned, and splits its cost to the won', async () => {
    // with the comparison, which comes after the search
    await page.locator('.gauge-ceiling').waitFor({ timeout: 150_000 })
    expect(await page.locator('.gauge-scale').textContent()).toMatch(/한계 \d/)
    const best = wonIn(await page.locator('.solver-best b').textContent())
    const lower = wonIn(await page.locator('.solver-lower b').textContent())
    expect(lower).toBeGreaterThan(0)
    expect(lower).toBeLessThanOrEqual(best)

    await page.getByRole('link', { name: '비용 배분' }).click()
    await page.locator('.shares tbody tr').first().waitFor({ timeout: 120_000 })
    const amounts = async (row: Locator) => (await row.locator('td').allTextContents()).map(wonIn)
    const firms = await Promise.all((await page.locator('.shares tbody tr').all()).map(amounts))
    const sum = await amounts(page.locator('.shares tfoot tr'))
    // alone, dots, chosen method, saving, and the other methods
    const [chosen, ...others] = [2, ...[...sum.keys()].slice(4)]
    expect(others.length).toBeGreaterThan(1)
    for (const column of [chosen!, ...others]) {
      expect(sum[column]).toBe(best)
      expect(firms.reduce((total, firm) => total + firm[column]!, 0)).toBe(best)
    }
    for (const firm of firms) expect(firm[chosen!]).toBeLessThanOrEqual(firm[0]!)
    await takePicture(page, 'split-ko')
    await page.getByText('비례', { exact: true }).last().click()
    await expect.poll(() => page.locator('.shares thead .headline').first().textContent(), POLL).toMatch(/^비례/)
    expect(await amounts(page.locator('.shares tfoot tr'))).toEqual(sum)
    await page.getByRole('link', { name: '계획', exact: true }).click()
    await page.locator('.route-card').first().waitFor()
  }, 200_000)

  it('prices every other way of a shipment that is picked', async () => {
    await page.getByRole('radio', { name: /^전체/ }).check()
    const card = page.locator('.shipment').first()
    await card.locator('.shipment-button').click()
    await card.locator('.ways-figures').waitFor({ timeout: 150_000 })
    expect(await card.locator('.ways-list li').count()).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.ways').count(), POLL).toBe(0)
    await page.getByRole('radio', { name: /^개별/ }).check()
  })

  it('stops early and keeps the best plan', async () => {
    await page.getByRole('radio', { name: '60초' }).check()
    await planAgain()
    await page.getByText('최적화 중').waitFor()
    await page.locator('.sparkline').waitFor({ timeout: 20_000 })
    await takePicture(page, 'plan-solving-ko')
    await page.getByRole('button', { name: '멈추고 최선안 유지' }).click()
    await takeNew()
    await expect.poll(() => page.locator('.solver-state').textContent(), POLL).toBe('계획됨')
    const kept = wonIn(await page.locator('.solver-best b').textContent())
    await expect.poll(async () => wonIn(await page.locator('.kpi-value').first().textContent()), POLL).toBe(kept)
  })

  it('speaks English when asked, and remembers it', async () => {
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: /^Routes/ }).waitFor()
    await page.reload()
    await page.locator('.route-card').first().waitFor()
    expect(await page.getByRole('heading', { name: /^Routes/ }).isVisible()).toBe(true)
    await expect.poll(() => countPixels(page.locator('.map'), ROUTE_COLOURS.light[0]!.fill), POLL).toBeGreaterThan(300)
    await takePicture(page, 'plan-en')
  })

  it('compares with three baselines in columns that add up', async () => {
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.locator('.baseline-card').nth(2).waitFor({ timeout: 150_000 })
    const cells = async (row: Locator) => (await row.locator('td').allTextContents()).map(wonIn)
    const [money, carbon] = [page.locator('.ledger').nth(0), page.locator('.ledger').nth(1)]
    const lines = await Promise.all((await money.locator('tbody tr').all()).map(cells))
    const sum = await cells(money.locator('tfoot tr'))
    for (const column of [0, 1, 2, 3, 4])
      expect(lines.reduce((total, line) => total + line[column]!, 0)).toBe(sum[column])
    expect(sum[3]! - sum[1]!).toBe(sum[4])
    expect(await page.locator('.target-tag').first().isVisible()).toBe(true)
    // tank-to-wheel and well-to-wheel have rows of their own
    expect(await carbon.locator('tbody tr', { hasText: /TTW\)|WTW\)/ }).count()).toBe(3)
    await page.locator('.sources-card summary', { hasText: 'Tolls' }).click()
    expect(await page.locator('.sources-card .chip:visible').count()).toBeGreaterThan(5)
    await takePicture(page, 'compare-en')
  })

  it('has a dark side', async () => {
    await page.getByRole('button', { name: 'Dark screen' }).click()
    await takePicture(page, 'compare-dark-en')
    await page.getByRole('link', { name: 'Plan' }).click()
    await expect.poll(() => countPixels(page.locator('.map'), ROUTE_COLOURS.dark[0]!.fill), POLL).toBeGreaterThan(300)
    await takePicture(page, 'plan-dark-en')
  })
})

describe('a day on the phone', () => {
  it('shows one thing at a time and never scrolls sideways', async () => {
    const page = await journey.open(PHONE)
    await expect.poll(() => countPixels(page.locator('.map'), ROUTE_COLOURS.light[0]!.fill), POLL).toBeGreaterThan(100)
    const tabs = page.getByRole('navigation', { name: '보기' }).getByRole('button')
    for (const [index, name] of ['pool', 'map', 'routes', 'timeline', 'numbers'].entries()) {
      await tabs.nth(index).click()
      expect(await overhang(page)).toBe(0)
      await takePicture(page, `phone-${name}`)
    }
    await page.getByRole('link', { name: '비교' }).click()
    await page.locator('.baseline-card').first().waitFor({ timeout: 150_000 })
    expect(await overhang(page)).toBe(0)
    await takePicture(page, 'phone-compare')
    await page.getByRole('link', { name: '비용 배분' }).click()
    await page.locator('.shares tbody tr').first().waitFor({ timeout: 120_000 })
    expect(await overhang(page)).toBe(0)
    await takePicture(page, 'phone-split')
  })
})

describe('addresses that nobody knows', () => {
  it('are put on the map one after the other, by click or by degrees, and their orders join the day', async () => {
    const rows = ['접수번호,상차일,업체명,상차지,하차지,중량,상차지주소']
    for (const k of [1, 2]) rows.push(`P${k},2026-12-21,금형A07,먼강재${k},금형A07,600,강원 고성군 간성읍 수성로 ${k}`)
    const url = `${journey.address}/api/imports?complex=gwangju&name=orders.csv`
    const headers = { 'content-type': 'text/csv' }
    expect((await fetch(url, { method: 'POST', headers, body: rows.join('\r\n') })).status).toBe(200)

    const page = await journey.open(DESK, { hash: '#places' })
    await page.getByRole('button', { name: /수성로 1/ }).click()
    await page.getByText('후보가 없습니다').waitFor()
    const map = page.getByRole('region', { name: '주소 지도' })
    await map.locator('canvas').click()
    const pin = page.getByRole('button', { name: /^놓을 위치/ })
    const before = await pin.getAttribute('aria-label')
    await pin.press('ArrowUp')
    expect(await pin.getAttribute('aria-label')).not.toBe(before)
    await page.getByRole('button', { name: '여기에 놓기' }).click()

    await page.getByRole('button', { name: /수성로 2/, expanded: true }).waitFor()
    await page.getByLabel('위도').fill('38.37')
    await page.getByLabel('경도').fill('128.46')
    await takePicture(page, 'places')
    await page.setViewportSize(PHONE)
    expect(await overhang(page)).toBe(0)
    await takePicture(page, 'phone-places')
    await page.getByRole('button', { name: '여기에 놓기' }).click()
    await page.getByText('놓을 주소가 없습니다').waitFor()
    await page.getByRole('button', { name: '계획할 날에 더하기' }).click()
    await page.getByText('주문 2건을 더했습니다').waitFor()
  })
})

it('no page complained', () => {
  expect(journey.faults).toEqual([])
})
