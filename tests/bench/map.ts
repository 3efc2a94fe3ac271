/**
 * The page under load: the real service with days that are put together (bigDay.ts), in the browser of the tests, driven by a mouse.
 * `npm run build && node node24.mjs tests/bench/map.ts --days 0x0,60x10s,500x10 --keep FOLDER`: routes × stops of each, 0x0 is an empty map,
 * and with an s the plan is searched for (`--seconds`) instead of put together, so that it can be edited.
 * Frames: time between animation frames while the map is dragged and zoomed, each waiting until its picture is drawn (a pixel is read back).
 * Without a graphics card the processor draws every frame: the row of the empty map says how much of a frame that is. `main ms`: processor
 * time of the page's main thread a frame, which neither a graphics card nor others on the machine change. Comparison and footprint of a plan
 * are not asked for: they are the service's work.
 */
import { mkdirSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { CDPSession, Page } from 'playwright-core'
import { buildApp } from '../../server/app.ts'
import { loadComplex } from '../../server/complexes.ts'
import { openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { improve, type Plan, type Problem } from '../../solver/index.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { makeBigDay } from './bigDay.ts'
import { codeState, machine } from './records.ts'
import { table } from './report.ts'

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '0x0,60x10s,500x10' },
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
    page: { type: 'string', default: join(import.meta.dirname, '..', '..', 'dist', 'web') },
  },
})
const FIRST = Date.UTC(2026, 10, 23)
const VIEW = { width: 1440, height: 900 }
const QUIET_MS = 1000
/** A page that never comes to rest is measured all the same. */
const PATIENCE_MS = 15_000
const MOVE_MS = 6000

const shapes = values.days.split(',').map((text) => {
  const [routes, stopsPerRoute] = text.replace(/s$/, '').split('x').map(Number)
  if (!Number.isInteger(routes) || !Number.isInteger(stopsPerRoute)) throw new Error(`--days ${text}: give 500x10`)
  return { routes: routes!, stopsPerRoute: stopsPerRoute!, searched: text.endsWith('s') }
})

const database = await openDatabase({ kind: 'memory' })
const store = createStore(database)
const nouns = store.as({ actor: 'bench', complexes: 'all' })
await nouns.complexes.put(await loadComplex('gwangju'))
const dates: string[] = []
const plans: Plan[] = []
for (const [index, { routes, stopsPerRoute, searched }] of shapes.entries()) {
  const date = new Date(FIRST + index * 86_400_000).toISOString().slice(0, 10)
  const made = makeBigDay({ routes, stopsPerRoute, seed: Number(values.seed) })
  const { problem } = made
  const plan = searched ? await searchFor(problem, Number(values.seconds)) : made.plan
  plans.push(plan)
  const id = await nouns.problems.add('gwangju', problem)
  await nouns.complexes.setDay('gwangju', date, id)
  if (routes > 0) await nouns.plans.put({ id: `bench-${date}`, problem: id, plan })
  dates.push(date)
}
const { app } = await buildApp({
  store,
  database,
  provider: trunk,
  concurrency: 0,
  webFolder: values.page,
  limits: { requestsPerMinute: 1e6, eventLoopDelayMs: 0 },
})
const address = await app.listen({ port: 0 })
// the service has drawn the plans before: what is measured is the page
for (const date of dates) await fetch(`${address}/api/plans/bench-${date}/geojson`)

const browser = await launchBrowser()
try {
  const rows: string[][] = []
  const touches: string[][] = []
  for (const [index, date] of dates.entries()) {
    const { routes, searched } = shapes[index]!
    const stops = plans[index]!.routes.reduce((sum, route) => sum + route.stops.length, 0)
    const name =
      routes === 0
        ? 'empty map'
        : `${plans[index]!.routes.length} routes, ${stops} stops${searched ? ', searched' : ''}`
    const context = await browser.newContext({ viewport: VIEW, locale: 'ko-KR', reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error(`page: ${error.message}`))
    page.on('console', (message) => message.type() === 'error' && console.error(`page: ${message.text()}`))
    await page.route(searched ? /comparison|footprint/ : /comparison|footprint|\/travel/, (route) =>
      route.fulfill({ status: 404, json: {} }),
    )
    await page.addInitScript(watch)
    const began = performance.now()
    await page.goto(`${address}/#plan/${date}`)
    await page
      .locator(routes === 0 ? '.routes .nothing' : '.route-card')
      .first()
      .waitFor({ timeout: 60_000 })
    const listMs = performance.now() - began
    await page.locator('.map canvas').waitFor({ timeout: 60_000 })
    const mapMs = performance.now() - began
    await settle(page)
    const settledMs = performance.now() - began - QUIET_MS
    if (values.keep) await picture(page, `${name} start`)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const pan = await moving(page, session, drag)
    const zoom = await moving(page, session, wheel)
    if (values.keep) await picture(page, `${name} zoomed`)
    rows.push([name, listMs, mapMs, settledMs].map((value) => text(value)).concat(pan, zoom))
    console.error(rows.at(-1)!.join(' | '))
    if (routes > 0) touches.push([name, ...(await interactions(page, session))])
    if (values.keep) await picture(page, `${name} picked`)
    await context.close()
  }
  console.log(
    `${machine()}; commit ${codeState()}; ${VIEW.width} × ${VIEW.height}; load average ${loadavg()[0]!.toFixed(1)}. Milliseconds.\n`,
  )
  const frames = (what: string) => ['median', 'p95', 'worst', 'long tasks', 'main ms'].map((head) => `${what} ${head}`)
  console.log(table(['day', 'list after', 'map after', 'quiet after', ...frames('pan'), ...frames('zoom')], rows))
  console.log(
    `\nFrom the press to the next frame that shows it: median (worst of several); processor time of the main thread for all that follows.\n`,
  )
  console.log(
    table(['day', 'route in the list', 'shipment in the pool', 'row of the timeline', 'aim of a drag'], touches),
  )
} finally {
  await browser.close()
  await app.close()
  await database.close()
}

/** In the page: notes frames, long tasks and how long presses take. */
function watch(): void {
  const seen = { frames: [] as number[], tasks: [] as number[], presses: [] as number[], on: false }
  Object.assign(window, { seen })
  let drawn: WebGL2RenderingContext | undefined
  const getContext = HTMLCanvasElement.prototype.getContext as (...args: unknown[]) => unknown
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
    const context = getContext.apply(this, args)
    if (context instanceof WebGL2RenderingContext && this.isConnected) drawn = context
    return context
  } as typeof HTMLCanvasElement.prototype.getContext
  let last = 0
  const pixel = new Uint8Array(4)
  const frame = () => {
    // without it the page runs ahead of what is drawn
    if (seen.on) drawn?.readPixels(0, 0, 1, 1, drawn.RGBA, drawn.UNSIGNED_BYTE, pixel)
    const now = performance.now()
    if (seen.on && last > 0) seen.frames.push(now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) if (seen.on) seen.tasks.push(duration)
  }).observe({ type: 'longtask' })
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'click') seen.presses.push(duration)
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
}

interface Seen {
  readonly frames: number[]
  readonly tasks: number[]
  readonly presses: number[]
  on: boolean
}
declare const seen: Seen

/** Until the page has done nothing long for a while. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    ([quietMs, patienceMs]) =>
      new Promise<void>((resolve) => {
        const began = performance.now()
        let last = began
        const watcher = new PerformanceObserver(() => {
          last = performance.now()
        })
        watcher.observe({ type: 'longtask' })
        watcher.observe({ type: 'resource' })
        const timer = setInterval(() => {
          if (performance.now() - last < quietMs! && performance.now() - began < patienceMs!) return
          clearInterval(timer)
          watcher.disconnect()
          resolve()
        }, 50)
      }),
    [QUIET_MS, PATIENCE_MS],
  )
}

async function moving(page: Page, session: CDPSession, act: (page: Page) => Promise<void>): Promise<string[]> {
  const before = await busyMs(session)
  await page.evaluate(() => {
    Object.assign(seen, { frames: [], tasks: [], on: true })
  })
  await act(page)
  const { frames, tasks } = await page.evaluate(() => {
    seen.on = false
    return { frames: seen.frames, tasks: seen.tasks }
  })
  const worked = (await busyMs(session)) - before
  await settle(page)
  const sorted = frames.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  const long = tasks.length === 0 ? '0' : `${tasks.length} (worst ${text(Math.max(...tasks))})`
  return [text(at(0.5)), text(at(0.95)), text(sorted.at(-1)!), long, (worked / sorted.length).toFixed(1)]
}

/** Near the middle of the map, where nothing floats on it. */
async function middle(page: Page): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await page.locator('.map canvas').boundingBox())!
  const spots = [0.5, 0.6, 0.7, 0.8, 0.9].flatMap((down) =>
    [0.5, 0.4, 0.6].map((across) => ({ x: x + width * across, y: y + height * down })),
  )
  const free = await page.evaluate(
    (points) => points.findIndex(({ x, y }) => document.elementFromPoint(x, y)?.tagName === 'CANVAS'),
    spots,
  )
  return spots[Math.max(0, free)]!
}

/** Drawn about in a circle. */
async function drag(page: Page): Promise<void> {
  const { x, y } = await middle(page)
  const until = performance.now() + MOVE_MS
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 1; step <= 120 && performance.now() < until; step++) {
    const angle = (step / 40) * 2 * Math.PI
    await page.mouse.move(x + 160 * Math.sin(angle), y + 110 * (1 - Math.cos(angle)))
  }
  await page.mouse.up()
}

/** Out to the country and in again, with the wheel. */
async function wheel(page: Page): Promise<void> {
  const { x, y } = await middle(page)
  await page.mouse.move(x, y)
  const until = performance.now() + MOVE_MS
  for (const by of [...Array(25).fill(120), ...Array(40).fill(-120), ...Array(15).fill(120)]) {
    if (performance.now() > until) break
    await page.mouse.wheel(0, by)
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
}

async function searchFor(problem: Problem, seconds: number): Promise<Plan> {
  const travel = await travelFrom(trunk)(problem)
  const steps = improve(problem, travel, { seed: 1 })
  const startMs = performance.now()
  let plan: Plan | undefined
  for (let used = 0; used < 1; used = (performance.now() - startMs) / 1000 / seconds) {
    const { value: step, done } = steps.next(used)
    if (done || !step) break
    plan = step.plan ?? plan
  }
  return plan!
}

/** Processor time of the page's main thread so far. */
async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
}

async function interactions(page: Page, session: CDPSession): Promise<string[]> {
  const timed = async (selector: string): Promise<string> => {
    const found = page.locator(selector)
    const count = Math.min(4, await found.count())
    if (count === 0) return '–'
    await page.evaluate(() => {
      seen.presses.length = 0
    })
    const before = await busyMs(session)
    for (let k = 0; k < count; k++) {
      try {
        await found.nth(k).click({ timeout: PATIENCE_MS })
      } catch {
        return `over ${PATIENCE_MS}`
      }
      await settle(page)
    }
    const eachMs = text(((await busyMs(session)) - before) / count)
    const times = (await page.evaluate(() => seen.presses)).sort((a, b) => a - b)
    // those below the threshold of the browser's own clock are not told
    if (times.length === 0) return `under 16; ${eachMs}`
    return `${text(times[times.length >> 1]!)} (${text(times.at(-1)!)}); ${eachMs}`
  }
  const inList = await timed('.route-head')
  const inPool = await timed('.shipment-button')
  return [inList, inPool, await timed('.timeline-name'), await aiming(page)]
}

/** A stop dragged over the rows of other trucks: work of the page from one move of the pointer to the frame with its price. */
async function aiming(page: Page): Promise<string> {
  const blocks = page.locator('.timeline-row:nth-child(1) .timeline-load')
  const rows = page.locator('.timeline-track')
  if ((await page.locator('.header-tools, .day-tools').count()) === 0 || (await blocks.count()) === 0) return '–'
  const from = (await blocks.nth(1).boundingBox())!
  await page.mouse.move(from.x + 4, from.y + 6)
  await page.mouse.down()
  await page.mouse.move(from.x + 14, from.y + 8)
  const times: number[] = []
  for (let k = 1; k < Math.min(7, await rows.count()); k++) {
    const { y } = (await rows.nth(k).boundingBox())!
    const began = performance.now()
    await page.mouse.move(from.x + 14, y + 12)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
    times.push(performance.now() - began)
  }
  const shown = await page.locator('.drag-tag').count()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  times.sort((a, b) => a - b)
  return shown === 0 ? 'no tag' : `${text(times[times.length >> 1]!)} (${text(times.at(-1)!)})`
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(values.keep!, { recursive: true })
  await page.screenshot({ path: join(values.keep!, `${name.replaceAll(/[ ,]+/g, '-')}.png`) })
}

function text(value: number | string): string {
  return typeof value === 'string' ? value : value < 100 ? value.toFixed(0) : `${Math.round(value)}`
}
