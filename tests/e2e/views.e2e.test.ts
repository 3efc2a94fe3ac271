/** Every view at both widths, in both languages, light and dark: fits its window, says nothing in the other language, and is accessible. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Complex } from '../../server/api.ts'
import { PLAN_SCREENS } from '../../web/state/address.ts'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const journey = beginJourney()

/** What breaks WCAG 2.2 AA as far as a program can tell, one line a rule and place. */
async function breaches(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    )
  }, RULES)
}

/** Texts, labels and titles of an English page with Hangul in them, that are no data: what stands in the problem comes as it is. */
async function untranslated(page: Page, data: string): Promise<string[]> {
  const said = await page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest('[lang=ko]')) found.push(node.textContent ?? '')
    for (const element of document.querySelectorAll('body *:not([lang=ko])'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '')
    return found.filter((text) => /[가-힣]/.test(text))
  })
  return [...new Set(said)]
    .flatMap((text) => text.match(/[가-힣][가-힣A-Z0-9]*/g) ?? [])
    .filter((word) => !data.includes(word))
}

let data = ''

/** What people have typed: names, items and addresses of the day that is shown. Its plan is split before anybody looks. */
beforeAll(async () => {
  const ask = async (path: string) => await (await fetch(`${journey.address}/api/${path}`)).text()
  const day = await vi.waitUntil(
    async () => (JSON.parse(await ask('complexes')) as Complex[])[0]!.days.find(({ plan, job }) => plan && !job),
    { timeout: 120_000, interval: 500 },
  )
  data = (await ask('complexes')) + (await ask(`problems/${day.problem}`))
  await ask(`plans/${day.plan}/split?methods=quick`)
}, 400_000)

async function settle(page: Page, screen: string): Promise<void> {
  await page.locator('main').first().waitFor({ timeout: 60_000 })
  if (screen === 'split') await page.locator('.shares tbody tr').first().waitFor({ timeout: 120_000 })
  if (screen === 'compare') await page.locator('.baseline-card').first().waitFor({ timeout: 60_000 })
  if (screen === 'plan') await page.locator('.route-card, .phone-tabs').first().waitFor({ timeout: 60_000 })
  await expect.poll(() => page.locator('.skeleton').count(), POLL).toBe(0)
}

describe.each([
  { name: 'desk', size: DESK },
  { name: 'phone', size: PHONE },
])('on a $name', ({ name, size }) => {
  it.each(PLAN_SCREENS)('%s fits, speaks one language, and is accessible in light and dark', async (screen) => {
    for (const language of ['ko', 'en'] as const)
      for (const dark of [false, true]) {
        const page = await journey.open(size, { language, dark, hash: `#${screen}` })
        await settle(page, screen)
        const what = `${screen}-${name}-${language}${dark ? '-dark' : ''}`
        expect(await overhang(page), what).toBe(0)
        // colours do not depend on the language
        if (dark === (language === 'en')) expect(await breaches(page), what).toEqual([])
        if (language === 'en') expect(await untranslated(page, data), what).toEqual([])
        await takePicture(page, what)
        await page.context().close()
      }
  })
})

it('no page complained', () => {
  expect(journey.faults).toEqual([])
})
