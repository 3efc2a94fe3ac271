/** What every journey through the page needs: a service, a browser, pages that tell when they complain, and pictures of them. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type RunningService, startService } from './service.ts'

const pictures = join(import.meta.dirname, '..', '..', 'artifacts')
/** For what the service may take its time with. */
export const POLL = { timeout: 60_000, interval: 200 }
export const DESK = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

interface PageOptions {
  readonly language?: 'ko' | 'en'
  readonly dark?: boolean
  /** of the address: `#compare` */
  readonly hash?: string
}

export interface Journey {
  readonly address: string
  /** what pages have written to their console as errors, and thrown */
  readonly faults: string[]
  open(size: { readonly width: number; readonly height: number }, options?: PageOptions): Promise<Page>
}

/** Before the tests of a file begin; its service and browser end after them. `settings`: environment of the service. */
export function beginJourney(settings: Record<string, string> = {}): Journey {
  let service: RunningService | undefined
  let browser: Browser | undefined
  const faults: string[] = []
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    // a journey opens dozens of pages from one address in a minute
    ;[service, browser] = await Promise.all([
      startService({ MILKRUN_REQUESTS_PER_MINUTE: '100000', ...settings }),
      launchBrowser(),
    ])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
  })
  return {
    get address() {
      return service!.address
    },
    faults,
    async open(viewport, { language = 'ko', dark = false, hash = '' } = {}) {
      const context = await browser!.newContext({ viewport, locale: 'ko-KR', reducedMotion: 'reduce' })
      const kept = {
        'milkrun.language': JSON.stringify(language),
        ...(dark && { 'mantine-color-scheme-value': 'dark' }),
      }
      await context.addInitScript((entries) => {
        for (const [key, value] of entries) if (localStorage.getItem(key) === null) localStorage.setItem(key, value)
      }, Object.entries(kept))
      const page = await context.newPage()
      // two files share the cores of the machine
      page.setDefaultTimeout(60_000)
      page.on('pageerror', (error) => faults.push(`${error}`))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      await page.goto(`${service!.address}/${hash}`)
      return page
    },
  }
}

/** Once its letters have arrived and a frame has been drawn with them. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await document.fonts.ready
    await frame()
    await frame()
  })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** Pixels that the page is wider than its window. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth))
