/** Map and timeline as tools: zoom, now, drags with their price, the same by keyboard, volumes, streets from a file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'
import { writeTiles } from './tiles.ts'

const folder = mkdtempSync(join(tmpdir(), 'milkrun-tiles-'))
const tiles = join(folder, 'streets.pmtiles')
/** One house over the whole of the complex, and a road across. */
writeFileSync(
  tiles,
  writeTiles({
    z: 10,
    lng: 126.765,
    lat: 35.125,
    attribution: '<a href="https://example.org">© Somebody</a>',
    shapes: [
      {
        layer: 'water',
        kind: 'lake',
        points: [
          [0, 0],
          [4096, 0],
          [4096, 4096],
          [0, 4096],
        ],
      },
      {
        layer: 'roads',
        kind: 'highway',
        name: '평동로',
        points: [
          [0, 0],
          [4096, 4096],
        ],
      },
    ],
  }),
)
afterAll(() => rmSync(folder, { recursive: true }))

const journey = beginJourney({ settings: { MILKRUN_TILES: tiles } })
/** Noon of the first day where the complex is. */
const NOON = new Date('2026-11-23T12:00:00+09:00')
let page: Page

/** Once it holds still: a map that has just flown moves its marks once more. */
const middleOf = async (part: Locator) => {
  let last = await part.boundingBox()
  await expect
    .poll(async () => {
      const before = last
      last = await part.boundingBox()
      return last !== null && before?.x === last.x && before.y === last.y
    }, POLL)
    .toBe(true)
  const { x, y, width, height } = last!
  return { x: x + width / 2, y: y + height / 2 }
}
const block = (row: number, stop: number) => page.locator(`[data-row="${row}"] [data-stop="${stop}"]`)
const ghosts = () => page.locator('.timeline-ghosts').count()
/** The editor is loaded after the first view. */
const hold = async (part: Locator, dx: number) => {
  const { x, y } = await middleOf(part)
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (const share of [0.3, 0.6, 1]) await page.mouse.move(x + dx * share, y)
  return { x: x + dx, y }
}

beforeAll(async () => {
  page = await journey.open(DESK)
  await page.locator('.route-card').nth(1).waitFor({ timeout: 90_000 })
  // the search that the demo begins with has ended, and the plan can be changed
  await page.locator('button:enabled', { hasText: '계획 확정' }).waitFor({ timeout: 90_000 })
  await page.clock.setFixedTime(NOON)
  await page.reload()
  await page.locator('button:enabled', { hasText: '계획 확정' }).waitFor()
}, 240_000)

describe('the timeline', () => {
  it('zooms by button and by wheel, keeps names and hours in sight, and remembers', async () => {
    const plane = page.locator('.timeline-plane')
    const widthOf = async () => (await plane.boundingBox())!.width
    const day = await widthOf()
    await page.locator('.timeline').getByText('시간', { exact: true }).click()
    await expect.poll(widthOf, POLL).toBeGreaterThan(day * 2)
    const hour = await widthOf()
    const { x, y } = await middleOf(page.locator('.timeline-body'))
    await page.mouse.move(x, y)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -120)
    await page.keyboard.up('Control')
    await expect.poll(widthOf, POLL).toBeGreaterThan(hour * 1.15)
    const wide = await widthOf()
    await page.reload()
    await page.locator('.timeline-load').first().waitFor()
    expect(await widthOf()).toBe(wide)
    await page.mouse.move(x, y)
    await page.mouse.wheel(3000, 0)
    const body = (await page.locator('.timeline-body').boundingBox())!
    await expect.poll(async () => (await page.locator('.timeline-name').first().boundingBox())!.x, POLL).toBe(body.x)
    await page.locator('.timeline').getByText('하루', { exact: true }).click()
    await expect.poll(widthOf, POLL).toBe(day)
  })

  it('draws a line where the day is now, and none on another day', async () => {
    expect(await page.locator('.timeline-now-line').getAttribute('data-now')).toBe(`${12 * 3600}`)
    expect(await page.locator('.timeline-now').textContent()).toContain('12:00')
  })

  it('prices a later time while a stop is dragged along its row, and another truck while it is dragged onto one', async () => {
    await expect
      .poll(async () => {
        await hold(block(1, 1), 40)
        const shown = await ghosts()
        if (shown === 0) await page.mouse.up()
        return shown
      }, POLL)
      .toBe(1)
    await expect.poll(() => page.locator('.drag-tag').textContent(), POLL).toMatch(/노선 2의 2번째 정차를 \d\d:\d\d에/)
    await takePicture(page, 'timeline-drag-time')
    const other = await middleOf(page.locator('[data-row="0"] .timeline-track'))
    await page.mouse.move(other.x, other.y)
    await expect
      .poll(() => page.locator('[data-row="0"] .timeline-ghosts, .drag-tag.tone-refused').count(), POLL)
      .toBeGreaterThan(0)
    expect(await page.locator('.drag-price').textContent()).not.toBe('')
    await takePicture(page, 'timeline-drag-truck')
    await page.keyboard.press('Escape')
    await page.mouse.up()
    expect(await ghosts()).toBe(0)
  })

  it('does the same by keyboard: walks the stops, tries a time, does it, and takes it back', async () => {
    await page.locator('[data-row="1"] .timeline-name').focus()
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    expect(await block(1, 1).evaluate((part) => part === document.activeElement)).toBe(true)
    const before = await block(1, 1).getAttribute('aria-label')
    for (let k = 0; k < 3; k++) await page.keyboard.press('Shift+ArrowRight')
    const trial = page.locator('.timeline-trial-place')
    await expect.poll(() => trial.textContent(), POLL).toMatch(/2번째 정차를 \d\d:\d\d에.*원/)
    await takePicture(page, 'timeline-keyboard')
    await page.keyboard.press('Enter')
    await expect.poll(() => block(1, 1).getAttribute('aria-label'), POLL).not.toBe(before)
    await page.keyboard.press('Control+z')
    await expect.poll(() => block(1, 1).getAttribute('aria-label'), POLL).toBe(before)
    await block(1, 1).focus()
    await page.keyboard.press('Shift+ArrowUp')
    await expect.poll(() => trial.textContent(), POLL).toMatch(/노선 1로/)
    await page.keyboard.press('Escape')
    expect(await trial.textContent()).toBe('')
  })
})

describe('the map', () => {
  it('lights up the route that a badge is dragged onto, and says what that would cost', async () => {
    await page.locator('.route-head').first().click()
    const chip = page.locator('.edge-route[data-route]').first()
    await chip.waitFor()
    const badge = await middleOf(page.locator('.map-badge').nth(1))
    const target = await middleOf(chip)
    await page.mouse.move(badge.x, badge.y)
    await page.mouse.down()
    await page.mouse.move(badge.x + 12, badge.y)
    await page.mouse.move(target.x - 2, target.y)
    await page.mouse.move(target.x, target.y)
    await expect.poll(() => page.locator('.drag-tag[class*=tone-]').count(), POLL).toBe(1)
    await takePicture(page, 'map-drag')
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await page.keyboard.press('Escape')
  })

  it('draws volumes when asked, clusters from afar, and the streets of a tile file with its maker’s name', async () => {
    await page.getByRole('button', { name: '기업·거래처 물량' }).click()
    await expect.poll(() => page.locator('.map-credit').textContent(), POLL).toContain('© Somebody')
    await takePicture(page, 'map-volumes')
    await page.keyboard.press('n')
    await takePicture(page, 'map-clusters')
    await page.keyboard.press('n')
  })
})

it('fits a phone, and nothing complained', async () => {
  const phone = await journey.open(PHONE)
  await phone.getByRole('navigation', { name: '보기' }).getByRole('button', { name: '시간표' }).click()
  await phone.locator('.timeline-load').first().waitFor()
  expect(await overhang(phone)).toBe(0)
  await takePicture(phone, 'phone-timeline-zoom')
  expect(journey.faults).toEqual([])
})
