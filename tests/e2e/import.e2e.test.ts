/** Orders in, as a coordinator does it: a file with faults mended in place, rows pasted, last week repeated without a mouse, a day changed. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { breaches } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'

const journey = beginJourney({ expected: /status of 422/ })

const settled = async (page: Page) => await expect.poll(() => page.locator('.checking.on').count(), POLL).toBe(0)

const FILE = [
  '내일출하 목록,,,,,,,,',
  '업체명,출발지,도착지,품 명,중량(톤),상차일,도착요청,작업,담당자',
  '금형A02,강재L1,금형A02,KP4M 강판,0.34,12/21,11:50,지게차,김',
  '금형A07,열처리1,금형A07,NAK80 코어,560,12/21,11:40,지게차,김',
  '금형A10,표준3,금형A10,이젝터핀,28kg,12/21,14:00,수작업,김',
  '금형A15,도금1,금형A15,코어,"0,21",12/21,10:00,지게차,김',
  '금형A24,금형A24,열처라2,코어,0.2,12/21,15:00,지게차,김',
  '금형A12,열처라2,금형A12,코어,0.3,12/21,오후 4시,지게차,김',
  '금형A01,새 하청업체,금형A01,블록,0.4,12/21,13:10,지게차,김',
  '합계,,,,33.9,,,,',
].join('\r\n')

describe('orders in', () => {
  it('come from a file whose faults are mended in place; what cannot be mended stays in the grid, over a reload too', async () => {
    const page = await journey.open(DESK, { hash: '#import/2026-12-21' })
    await page.locator('.import-start h1').waitFor()
    expect(await breaches(page)).toEqual([])
    await takePicture(page, 'import-start-ko')
    await page
      .locator('.import-drop input[type=file]')
      .setInputFiles({ name: '내일출하_1221.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })
    await page.locator('.grid table').waitFor(POLL)
    // the same slip twice is one place to mend
    const errors = page.locator('.mend.error')
    await expect.poll(() => errors.count(), POLL).toBe(4)
    await expect.poll(() => page.locator('.select.guess').count(), POLL).toBe(1)
    await settled(page)

    await page.keyboard.press('F8')
    await expect.poll(() => page.locator('td.active').textContent(), POLL).toBe('560')
    await page.locator('.cell-pop', { hasText: '100톤을 넘습니다' }).waitFor()
    expect(await breaches(page)).toEqual([])
    await takePicture(page, 'import-fault-ko')
    await page.keyboard.press('Alt+Enter')
    await expect.poll(() => page.locator('td.active').textContent(), POLL).toBe('0.56톤')
    await settled(page)
    await page.getByRole('button', { name: /^제안대로 3곳/ }).click()
    await expect.poll(() => errors.count(), POLL).toBe(1)
    await settled(page)
    await page.getByRole('button', { name: '6행 가져오기' }).click()
    await page.locator('.import-done', { hasText: '6건을 가져왔습니다' }).waitFor(POLL)

    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.locator('.grid table').waitFor(POLL)
    expect(await page.locator('.grid tbody td.error').textContent()).toBe('새 하청업체')
    // typed over: Hangul goes into the cell as it does anywhere
    await page.keyboard.press('F8')
    await expect.poll(() => page.locator('td.active').textContent(), POLL).toBe('새 하청업체')
    await page.keyboard.insertText('강재L1')
    await page.keyboard.press('Enter')
    await settled(page)
    await expect.poll(() => errors.count(), POLL).toBe(0)
    await page.getByRole('button', { name: '1행 가져오기' }).click()
    await page.getByRole('button', { name: '계획 화면으로' }).click()
    await page.locator('.day-line a', { hasText: '화물' }).filter({ hasText: '7건' }).waitFor(POLL)
    await page.context().close()
  })

  it('are pasted without a row of names, guessed at, and taken back again', async () => {
    const page = await journey.open(DESK, { hash: '#import/2026-12-22' })
    await page.locator('.import-start h1').waitFor()
    const rows = ['금형A02\t강재L1\t금형A02\t340', '금형A03\t열처리1\t금형A03\t480', '금형A05\t강재L1\t금형A05\t900']
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, rows.join('\r\n'))
    await page.locator('.grid table').waitFor(POLL)
    await expect.poll(() => page.locator('.select.guess').count(), POLL).toBeGreaterThan(2)
    await settled(page)
    // two columns hold places: which is which a person says
    const column = (letter: string) => page.getByLabel(new RegExp(`^‘${letter}’ 열의 뜻`))
    await column('A').selectOption('firm')
    await column('B').selectOption('from')
    await column('C').selectOption('to')
    await column('D').selectOption('weightKg')
    await settled(page)
    await page.getByRole('button', { name: '3행 가져오기' }).click()
    await page.locator('.import-done', { hasText: '3건을 가져왔습니다' }).waitFor(POLL)
    await page.getByRole('button', { name: '되돌리기', exact: true }).first().click()
    await page.locator('.import-done', { hasText: '되돌렸습니다' }).waitFor(POLL)
    await page.goto(`${journey.address}/#plan/2026-12-22`)
    await page.getByRole('heading', { name: /화물이 아직 없습니다/ }).waitFor(POLL)
    await page.context().close()
  })

  it('are those of the same weekday before, repeated and changed with the keyboard alone', async () => {
    const page = await journey.open(DESK, { hash: '#plan/2026-12-25' })
    await page.getByRole('heading', { name: /12. 25.*화물이 아직 없습니다/ }).waitFor(POLL)
    await takePicture(page, 'empty-day-ko')
    const tabTo = async (name: RegExp) => {
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab')
        const label = await page.evaluate(() => {
          const element = document.activeElement
          return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
        })
        if (name.test(label)) return
      }
      throw new Error(`the tab key does not reach ${name}`)
    }
    await tabTo(/^12. 18.*불러오기/)
    await page.keyboard.press('Enter')
    await page.locator('.grid table').waitFor(POLL)
    const before = await page.locator('tr[aria-rowindex="2"] td').nth(6).textContent()
    await tabTo(/^2행/)
    for (let k = 0; k < 6; k++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('무거움')
    await page.keyboard.press('Enter')
    await settled(page)
    await expect.poll(() => page.locator('.mend.error').count(), POLL).toBe(1)
    await page.keyboard.press('Control+Z')
    await expect.poll(() => page.locator('tr[aria-rowindex="2"] td').nth(6).textContent(), POLL).toBe(before)
    await settled(page)
    expect(await page.locator('.mend.error').count()).toBe(0)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), POLL).toMatch(/행 가져오기/)
    await page.keyboard.press('Enter')
    await page.locator('.import-done', { hasText: '가져왔습니다' }).waitFor(POLL)
    await page.context().close()
  })

  it('of a day are changed from its plan: a firm less, one more, both undone', async () => {
    const page = await journey.open(DESK, { hash: '#plan/2026-12-14' })
    const count = page.locator('.day-line a').first().locator('.note')
    await expect.poll(() => count.textContent(), POLL).toBe('25건')
    const menu = page.getByRole('button', { name: '화물 바꾸기' })
    await menu.click()
    await page.getByRole('menuitem', { name: '기업 하나 오늘 빼기' }).click()
    await takePicture(page, 'firm-less-ko')
    await page.getByRole('button', { name: /빼고 다시 계획/ }).click()
    await page.locator('.notice-toast', { hasText: '오늘 뺐습니다' }).waitFor(POLL)
    await expect.poll(() => count.textContent(), POLL).not.toBe('25건')
    await page.locator('.notice-toast').getByRole('button', { name: '되돌리기' }).click()
    await expect.poll(() => count.textContent(), POLL).toBe('25건')

    await menu.click()
    await page.getByRole('menuitem', { name: '화물 추가' }).click()
    await page.getByLabel('상차지').fill('없는 곳')
    await page.getByLabel('하차지').fill('금형A02')
    await page.getByLabel('중량(kg)').fill('300')
    await page.getByRole('button', { name: '더하고 다시 계획' }).click()
    await page.getByRole('alert').filter({ hasText: '등록되지 않은 장소입니다' }).waitFor(POLL)
    expect(await breaches(page)).toEqual([])
    await takePicture(page, 'order-more-ko')
    await page.getByLabel('상차지').fill('강재L1')
    await page.getByRole('button', { name: '더하고 다시 계획' }).click()
    await expect.poll(() => count.textContent(), POLL).toBe('26건')

    await menu.click()
    await page.getByRole('menuitem', { name: '이 날의 화물을 표로' }).click()
    await page.locator('.grid table').waitFor(POLL)
    await settled(page)
    await page.locator('tr[aria-rowindex="2"] td').nth(6).dblclick()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('431')
    await page.keyboard.press('Enter')
    // the last row is left out
    await page.keyboard.press('Control+End')
    await page.getByRole('button', { name: '이 행 빼고 가져오기' }).first().click()
    await settled(page)
    await page.getByRole('button', { name: '바뀐 2건 저장' }).click()
    await page.locator('.import-done', { hasText: '더함 0 · 고침 1 · 뺌 1' }).waitFor(POLL)
    await page.getByRole('button', { name: '계획 화면으로' }).click()
    await expect.poll(() => count.textContent(), POLL).toBe('25건')
    await page.context().close()
  })

  it('are there in English and on a phone: the places to mend first, nothing sideways', async () => {
    for (const [size, language] of [
      [DESK, 'en'],
      [PHONE, 'ko'],
      [PHONE, 'en'],
    ] as const) {
      const page = await journey.open(size, { hash: '#import/2026-12-21', language })
      await page
        .locator('.import-drop input[type=file]')
        .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })
      await page.locator('.mend.error').first().waitFor(POLL)
      await settled(page)
      await takePicture(page, `import-${size.width}-${language}`)
      expect(await overhang(page)).toBe(0)
      expect(await breaches(page)).toEqual([])
      if (language === 'en') {
        const words = await page.locator('.import-screen').evaluate((screen) => {
          const copy = screen.cloneNode(true) as Element
          // what the file says stays as it is; its cells are quoted in messages
          for (const part of copy.querySelectorAll(
            '.grid table, .grid-input, .cell-pop, .mend, .mapping-list, .faults-auto',
          ))
            part.remove()
          return copy.textContent ?? ''
        })
        expect(words).not.toMatch(/[가-힣]/)
      }
      await page.context().close()
    }
    expect(journey.faults).toEqual([])
  })
})
