/** Every view at both widths, in both languages, light and dark: fits its window, says nothing in the other language, and is accessible. */

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Complex } from '../../server/api.ts'
import { PLAN_SCREENS } from '../../web/state/address.ts'
import { breaches, untranslated } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'

const journey = beginJourney()

let data = ''

/** What people have typed: names, items and addresses of the day that is shown. Its plan is split before anybody looks. */
beforeAll(async () => {
  const { ask } = journey
  const day = await vi.waitUntil(
    async () => (await ask<Complex[]>('/complexes'))[0]!.days.find(({ plan, job }) => plan && !job),
    { timeout: 120_000, interval: 500 },
  )
  data = JSON.stringify([await ask('/complexes'), await ask(`/problems/${day.problem}`), await ask('/studies/presets')])
  await ask(`/plans/${day.plan}/split?methods=quick`)
}, 400_000)

async function settle(page: Page, screen: string): Promise<void> {
  await page.locator('main').first().waitFor({ timeout: 60_000 })
  if (screen === 'split') await page.locator('.shares tbody tr').first().waitFor({ timeout: 120_000 })
  if (screen === 'compare') await page.locator('.baseline-card').first().waitFor({ timeout: 60_000 })
  if (screen === 'study') await page.locator('.study-headline').waitFor({ timeout: 60_000 })
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
        const page = await journey.open(size, {
          language,
          dark,
          hash: screen === 'study' ? '#study/new~gwangju-imports' : `#${screen}`,
        })
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
