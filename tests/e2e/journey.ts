/** What every journey through the page needs: a service, a browser, pages that tell when they complain, and pictures of them. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, vi } from 'vitest'
import type { Complex, Job } from '../../server/api.ts'
import { launchBrowser } from './browser.ts'
import { type RunningService, startService } from './service.ts'

const pictures = join(import.meta.dirname, '..', '..', 'artifacts')
/** For what the service may take its time with. */
export const POLL = { timeout: 60_000, interval: 200 }
/** A service whose cores are taken says so, and the page asks again. */
const BUSY = /status of 503/
export const DESK = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

interface PageOptions {
  readonly language?: 'ko' | 'en'
  readonly dark?: boolean
  /** of the address: `#compare` */
  readonly hash?: string
  /** another service than that of the journey */
  readonly address?: string
}

export interface Journey {
  readonly address: string
  /** where the first administrator sets a password, where there are accounts */
  readonly setup: Promise<string>
  /** what pages have written to their console as errors, and thrown */
  readonly faults: string[]
  /** Asks the service, which has to agree; while it is busy it has done nothing, and is asked again. */
  ask<T>(path: string, method?: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<T>
  open(size: { readonly width: number; readonly height: number }, options?: PageOptions): Promise<Page>
}

interface JourneyOptions {
  /** environment of the service */
  readonly settings?: Record<string, string>
  /**
   * what there is when the tests begin. demo: what a newcomer finds, which is still being planned; planned: the first day, planned in a
   * moment; orders: no plan; nothing: no service
   */
  readonly start?: 'demo' | 'planned' | 'orders' | 'nothing'
  /** what the browser writes down by itself where a test has something refused */
  readonly expected?: RegExp
}

/** Before the tests of a file begin; its service and browser end after them. */
export function beginJourney({ settings, start = 'planned', expected }: JourneyOptions = {}): Journey {
  let service: RunningService | undefined
  let browser: Browser | undefined
  const faults: string[] = []
  const ask: Journey['ask'] = async (...request) => await askAt(service!.address, ...request)
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    // a journey opens dozens of pages from one address in a minute
    ;[service, browser] = await Promise.all([
      start === 'nothing'
        ? undefined
        : startService({ MILKRUN_REQUESTS_PER_MINUTE: '100000', ...settings }, start === 'demo'),
      launchBrowser(),
    ])
    if (service && start === 'planned') await planFirstDay(ask)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
  })
  return {
    get address() {
      return service!.address
    },
    get setup() {
      return service!.setup
    },
    faults,
    ask,
    async open(viewport, { language = 'ko', dark = false, hash = '', address = service!.address } = {}) {
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
        const text = message.text()
        if (message.type() === 'error' && !BUSY.test(text) && !expected?.test(text))
          faults.push(`${text} ${message.location().url}`)
      })
      await page.goto(`${address}/${hash}`)
      return page
    },
  }
}

const PAUSE_MS = 1000
async function askAt<T>(
  address: string,
  path: string,
  method = 'GET',
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  for (;;) {
    const response = await fetch(`${address}/api${path}`, {
      method,
      headers: { 'x-milkrun': '1', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (response.ok) return (await response.json()) as T
    if (response.status !== 503) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** As a person would who presses a button: until the plan is there. */
async function planFirstDay(ask: Journey['ask']): Promise<void> {
  const [complex] = await ask<Complex[]>('/complexes')
  const job = await ask<Job>(`/problems/${complex!.days[0]!.problem}/jobs`, 'POST', { seconds: 2 })
  await vi.waitUntil(async () => (await ask<Job>(`/jobs/${job.id}`)).state === 'done', {
    timeout: 100_000,
    interval: 200,
  })
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
