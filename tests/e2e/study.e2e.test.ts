/** The policymaker's study: presets worked out in the page, a document with faults, a pickup study from its start to its figures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { breaches, untranslated } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'

const journey = beginJourney({ start: 'orders', expected: /404|422/ })
const preset = (id: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'studies', `${id}.json`), 'utf8')

it.each(['reported-saving', 'supply-example', 'mold-complexes'])(
  '%s is worked out in the page, on desk and phone, and is accessible',
  async (id) => {
    for (const [size, language, dark] of [
      [DESK, 'ko', false],
      [PHONE, 'en', true],
    ] as const) {
      const page = await journey.open(size, { language, dark, hash: `#study/new~${id}` })
      await page.locator('.study-headline').waitFor()
      expect(await overhang(page)).toBe(0)
      expect(await breaches(page)).toEqual([])
      if (language === 'en') {
        const data = preset(id) + (await (await fetch(`${journey.address}/api/studies/presets`)).text())
        expect(await untranslated(page, data)).toEqual([])
      }
      await takePicture(page, `study-${id}-${size === DESK ? 'desk' : 'phone'}`)
      if (size === PHONE) {
        const editor = page.locator('.study-editor')
        await page.getByRole('button', { name: 'Change what it rests on' }).click()
        await expect.poll(async () => (await editor.boundingBox())!.y, POLL).toBeLessThan(size.height)
        await page.getByRole('button', { name: 'See the results' }).click()
        await expect.poll(async () => (await editor.boundingBox())!.y, POLL).toBeGreaterThan(size.height)
      }
      await page.context().close()
    }
  },
)

it('works imports out anew while a price is typed, gives the figures of a chart, and keeps them as a study', async () => {
  const page = await journey.open(DESK, { hash: '#study/new~gwangju-imports' })
  const figure = page.locator('.study-figure')
  // the range of the assumptions, once its draws are there
  await expect.poll(() => figure.textContent(), POLL).toMatch(/오늘보다 .* ~ /)
  await page.locator('.study-headline', { hasText: '가정한 가격에 따른 추정' }).waitFor()
  const before = await figure.textContent()
  await page.getByRole('textbox', { name: /항공 air · 운임/ }).fill('9,000')
  await expect.poll(() => figure.textContent(), POLL).toMatch(/~/)
  await expect.poll(() => figure.textContent(), POLL).not.toBe(before)
  const saved = page.waitForEvent('download')
  await page.locator('.study-card').first().getByRole('button', { name: 'CSV' }).click()
  // a busy browser may lose the name, never the figures
  expect(readFileSync(await (await saved).path(), 'utf8').split('\r\n').length).toBeGreaterThan(5)
  const picture = page.waitForEvent('download')
  await page.locator('.study-card').first().getByRole('button', { name: 'SVG' }).click()
  const svg = readFileSync(await (await picture).path(), 'utf8')
  expect(svg).toContain('<svg')
  expect(svg).not.toContain('class=')
  await page.getByRole('button', { name: '저장', exact: true }).click()
  await page.locator('.study-own .study-row[aria-current]').waitFor()
  await page.context().close()
})

it('ranks complexes anew as a weight is moved by key, holds a few side by side, and adds one from a list of its firms', async () => {
  const page = await journey.open(DESK, { hash: '#study/new~mold-complexes' })
  const figure = page.locator('.study-figure')
  await figure.waitFor()
  expect(await figure.textContent()).toContain('자료가 있는 단지가 없습니다')
  // of its place and its network one complex is known: with the weight on the place alone, it has a point
  for (const criterion of ['공급망 안정성', '경제성', '기반시설'])
    await page.getByRole('slider', { name: `${criterion} 가중치` }).press('Home')
  await expect.poll(() => page.locator('.ranking .chart circle').count(), POLL).toBeGreaterThan(0)
  expect(await figure.textContent()).toContain('구분되지 않습니다')
  const chosen = page.locator('.complex-chosen button')
  const before = await chosen.count()
  await page.getByRole('checkbox', { name: '충주 견주기' }).check()
  await expect.poll(() => chosen.count(), POLL).toBe(before + 1)
  const saved = page.waitForEvent('download')
  await page.getByRole('group', { name: '순위와 그 범위 내려받기' }).getByRole('button', { name: 'CSV' }).click()
  expect(
    readFileSync(await (await saved).path(), 'utf8')
      .trim()
      .split('\r\n'),
  ).toHaveLength(10)
  const list = '업체명,공정,위도,경도\n하나금형,금형,36.8,127.1\n둘금형,금형,36.81,127.12\n셋금형,금형,36.79,127.11\n'
  await page
    .locator('.complex-upload input[type=file]')
    .setInputFiles({ name: '천안 금형.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await page.locator('.ranking-choices li').nth(9).waitFor()
  await page.getByText(/더했습니다: .*기업 3곳/).waitFor()
  expect(await breaches(page)).toEqual([])
  await page.context().close()
})

it('tells every fault of a document with its place and remedy', async () => {
  const page = await journey.open(DESK, { hash: '#study' })
  const study = JSON.parse(preset('gwangju-quick')) as Record<string, unknown>
  const buffer = Buffer.from(JSON.stringify({ ...study, seeds: [], days: 0, settings: [{ id: 'a' }] }))
  await page
    .locator('.study-list input[type=file]')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer })
  await page.locator('.study-faults').waitFor()
  const places = await page.locator('.study-faults code').allTextContents()
  for (const place of ['seeds', 'days', 'settings/0']) expect(places.some((text) => text.startsWith(place))).toBe(true)
  expect(await page.locator('.study-faults li b').count()).toBe(places.length)
  await page.context().close()
})

it('draws days in the service, shows how far it is, and reads as a saving with its baseline and range', async () => {
  const page = await journey.open(DESK)
  await page.locator('.kpis').waitFor({ timeout: POLL.timeout })
  await page.keyboard.press('9')
  await page.locator('.study-row', { hasText: '빠른 보기' }).click()
  await page.getByRole('textbox', { name: '하루 계산 횟수' }).fill('200')
  await page.getByText(/15회 · 약/).waitFor()
  await page.getByRole('button', { name: '계산 시작' }).click()
  await page.locator('.study-head .chip.good').waitFor()
  expect(await page.locator('.study-figure').textContent()).toMatch(/기준 B1보다 .*\s%/)
  expect(await page.locator('.study-range').textContent()).toMatch(/95\s% 구간/)
  expect(await page.locator('.chart circle').count()).toBe(15)
  expect(await breaches(page)).toEqual([])
  await takePicture(page, 'study-pickup')
  await page.context().close()
})

it('asks three complexes the same, says which orders are assumed, and sums them up', async () => {
  const page = await journey.open(DESK, { hash: '#study/new~three-complexes' })
  await page.getByRole('textbox', { name: '씨앗 (쉼표로 나눔)' }).fill('6')
  await page.getByRole('textbox', { name: '씨앗마다 영업일' }).fill('1')
  await page.getByRole('textbox', { name: '하루 계산 횟수' }).fill('100')
  await page.locator('.complex-picker summary').click()
  // all three, and the box for all
  await expect.poll(() => page.locator('.complex-picker input:checked').count(), POLL).toBe(4)
  await page.getByRole('button', { name: '계산 시작' }).click()
  await page.locator('.study-head .chip.good').waitFor()
  expect(await page.locator('.study-figure').textContent()).toMatch(/기준 B1보다 .*\s%/)
  const rows = page.locator('.national-table').first().locator('tbody tr')
  expect(await rows.count()).toBe(3)
  expect(await rows.filter({ hasText: '주문 가정' }).count()).toBe(2)
  expect(await breaches(page)).toEqual([])
  await takePicture(page, 'study-national')
  await page.setViewportSize(PHONE)
  expect(await overhang(page)).toBe(0)
  await takePicture(page, 'phone-study-national')
  await page.context().close()
})

it('no page complained', () => {
  expect(journey.faults).toEqual([])
})
