/** A day on the live board: what comes in from the road, what will be late before it is, and a word to the driver. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Board, Complex, Job, MeasuredAnswer, StoredPlan } from '../../server/api.ts'
import type { Problem } from '../../solver/index.ts'
import { breaches, untranslated } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, POLL, takePicture } from './journey.ts'

const journey = beginJourney()
const { ask } = journey
const HOUR = 3600
let complex: Complex

/** Where it is now this hour, so that a day there is under way. */
function zoneAt(hour: number, now = new Date()) {
  let offset = hour - now.getUTCHours()
  if (offset < -11) offset += 24
  if (offset > 12) offset -= 24
  const date = new Date(now.getTime() + offset * HOUR * 1000).toISOString().slice(0, 10)
  const sign = offset < 0 ? '-' : '+'
  return {
    date,
    startsAt: `${date}T00:00:00${sign}${String(Math.abs(offset)).padStart(2, '0')}:00`,
    timeZone: offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`,
  }
}

/** A day that is still to come, whatever the hour. */
function tomorrow() {
  const date = new Date(Date.now() + 36 * HOUR * 1000).toISOString().slice(0, 10)
  return { date, startsAt: `${date}T00:00:00+00:00`, timeZone: 'Etc/GMT' }
}

/** The orders of a day of the demo on a day of its own, planned and confirmed. */
async function confirmDay({ date, ...zone }: ReturnType<typeof zoneAt>): Promise<StoredPlan> {
  const example = await ask<Problem>(`/problems/${complex.days.at(-1)!.problem}`)
  const [{ days }] = (await ask<Complex[]>('/complexes')) as [Complex]
  const { id } = await ask<{ id: string }>('/problems', 'POST', { ...example, ...zone })
  const standing = days.find((day) => day.date === date)
  const was = { problem: standing?.problem ?? null, ...(standing?.plan && { plan: standing.plan }) }
  await ask(`/complexes/${complex.id}/days`, 'PUT', { days: [{ date, problem: id, was }] })
  const job = await ask<Job>(`/problems/${id}/jobs`, 'POST', { seconds: 5, iterations: 150 })
  await vi.waitUntil(async () => (await ask<Job>(`/jobs/${job.id}`)).state === 'done', POLL)
  const stored = await ask<StoredPlan>(`/plans/${(await ask<Job>(`/jobs/${job.id}`)).plan}`)
  await ask(`/plans/${stored.id}/confirm`, 'POST', undefined, { 'if-match': `"v${stored.version}"` })
  return stored
}

beforeAll(async () => {
  // the demo plans its days itself
  await vi.waitUntil(
    async () => {
      const [found] = await ask<Complex[]>('/complexes').catch(() => [])
      if (!found?.days.some(({ plan, job }) => plan !== undefined && job === undefined)) return false
      complex = found
      return true
    },
    { timeout: 90_000, interval: 500 },
  )
}, 100_000)

describe('the live board', () => {
  it('shows what will be late before it is, as words come in, and sends a message', async () => {
    const day = zoneAt(10)
    const { id, plan } = await confirmDay(day)
    const startMs = Date.parse(day.startsAt)
    const nowS = Math.floor((Date.now() - startMs) / 1000)
    const page = await journey.open(DESK, { hash: `#live/${day.date}` })
    await page.locator('.board-round').first().waitFor()

    // nothing was recorded: what should have left has not, and its stops will be late long before they are
    const silent = await ask<Board>(`/plans/${id}/board`)
    const worst = silent.rounds.find(({ need, number }) => need === 'late' && number !== undefined)!
    const route = plan.routes.find((one) => one.id === worst.route)!
    expect(worst.stops.some(({ state, lateS, startS }) => state === 'ahead' && lateS > 0 && startS > nowS)).toBe(true)
    const row = page.locator('.board-round', {
      has: page.getByRole('heading', { name: new RegExp(`노선 ${route.id} `) }),
    })
    await row.getByText('출발 소식 없음').waitFor()
    await row.getByText(/늦을 곳 \d/).waitFor()

    // everything as planned until now: nothing of it is late for that
    const event = (stop: number | undefined, kind: string, atS: number) => ({
      id: `${stop ?? 'x'}.${kind}`,
      route: route.id,
      kind,
      at: new Date(startMs + atS * 1000).toISOString(),
      ...(stop !== undefined && { stop }),
    })
    const done = [
      event(undefined, 'departed', route.departS),
      ...route.stops.flatMap(({ arriveS, leaveS }, stop) => [
        event(stop, 'arrived', arriveS),
        event(stop, 'left', leaveS),
      ]),
    ].filter(({ at }) => Date.parse(at) <= Date.now() - 60_000)
    await ask(`/plans/${id}/actuals`, 'POST', { events: done })
    await row.getByText('출발 소식 없음').waitFor({ state: 'hidden' })
    const before = (await ask<Board>(`/plans/${id}/board`)).rounds.find((round) => round.route === route.id)!
    expect([before.heardS !== undefined, before.lateStops < worst.lateStops]).toEqual([true, true])

    // the driver tells of a stop that lasts: the board puts it first
    const at = before.next ?? 0
    const stuck = [
      event(at, 'arrived', Math.min(nowS, route.stops[at]!.arriveS)),
      { ...event(at, 'problem', nowS), note: '지게차 고장' },
    ]
    await ask(`/plans/${id}/actuals`, 'POST', {
      events: stuck.filter((one) => !done.some((known) => known.id === one.id)),
    })
    await row.getByText('문제 있음').first().waitFor()
    await row.getByRole('button', { name: /정차지마다 보기/ }).click()
    await row.getByText('지게차 고장').waitFor()
    await row
      .locator('table tbody tr')
      .nth(route.stops.length - 1)
      .waitFor()
    await takePicture(page, 'board-day-1440-ko')
    expect(await breaches(page)).toEqual([])

    await row.getByRole('button', { name: new RegExp(`노선 ${route.id}.*쓰기`) }).click()
    await page.getByLabel('할 말').fill('뒷문에 지게차가 또 있습니다')
    await page.getByRole('button', { name: '보내기', exact: true }).click()
    await page.locator('.board-said').getByText('뒷문에 지게차가 또 있습니다').waitFor()
    const { messages } = await ask<Board>(`/plans/${id}/board`)
    expect(messages.map(({ route, from, text }) => [route, from, text])).toEqual([
      [route.id, 'coordinator', '뒷문에 지게차가 또 있습니다'],
    ])
    await page.context().close()

    const data = JSON.stringify(await ask(`/plans/${id}/board`)) + JSON.stringify(complex)
    for (const [size, options, name] of [
      [PHONE, { language: 'en' }, '390-en'],
      [DESK, { language: 'en', dark: true }, '1440-en-dark'],
      [PHONE, { dark: true }, '390-ko-dark'],
    ] as const) {
      const other = await journey.open(size, { ...options, hash: `#live/${day.date}` })
      await other.locator('.board-round').first().waitFor()
      expect(await overhang(other), name).toBe(0)
      expect(await breaches(other), name).toEqual([])
      if ('language' in options) expect(await untranslated(other, data), name).toEqual([])
      await takePicture(other, `board-day-${name}`)
      await other.context().close()
    }
  })

  it('is calm before a day begins and after it, with sixty rounds, and says when there is none', async () => {
    const early = tomorrow()
    const { id } = await confirmDay(early)
    const calm = await ask<Board>(`/plans/${id}/board`)
    expect(new Set(calm.rounds.map(({ need }) => need))).toEqual(new Set(['waiting']))
    const page = await journey.open(DESK, { hash: `#live/${early.date}` })
    await page.getByText('아직 시작하지 않았습니다').waitFor()
    await takePicture(page, 'board-before-1440-ko')

    // the same board sixty times over, as a large complex would have it
    const crowd = {
      ...calm,
      rounds: Array.from({ length: 60 }, (_, k) => ({
        ...calm.rounds[k % calm.rounds.length]!,
        route: `r${k}`,
        number: k + 1,
      })),
    }
    await page.route('**/board', async (route) => await route.fulfill({ json: crowd }))
    await page.reload()
    await page.locator('.board-round').nth(59).waitFor()
    expect(await breaches(page)).toEqual([])
    await takePicture(page, 'board-sixty-1440-ko')
    await page.unroute('**/board')
    const [{ days }] = (await ask<Complex[]>('/complexes')) as [Complex]
    const open = days.find(({ confirmed }) => confirmed === undefined)!
    await page.goto(`${journey.address}/#live/${open.date}`)
    await page.getByText('확정된 계획이 없습니다').waitFor()
    await takePicture(page, 'board-none-1440-ko')
    await page.context().close()
  })

  it('says what was measured, and takes it over with one way back', async () => {
    const page = await journey.open(DESK, { hash: `#live/${complex.days[0]!.date}` })
    const found = await ask<MeasuredAnswer>(`/complexes/${complex.id}/measured`)
    const [home] = (await ask<Problem>(`/problems/${complex.days[0]!.problem}`)).sites
    const spread = { count: 12, median: 1440, low: 1080, high: 1860 }
    const site = {
      ...{ site: home!.id, name: home!.name, tookS: spread, plannedS: { ...spread, median: 900 }, moreS: spread },
      ...{ interval: [480, 600], kinds: [{ kind: 'pickup', tookS: spread }], verdict: 'differs', known: true },
      ...{ stopS: { ...spread, interval: [1200, 1500] }, nowS: home!.stopS ?? 0, offerS: (home!.stopS ?? 0) + 540 },
    }
    // what the service works out is tested there; here, what becomes of it
    await page.route(
      '**/measured',
      async (route) => await route.fulfill({ json: { ...found, days: 12, observations: 40, sites: [site] } }),
    )
    await page.getByText('계획과 실제').click()
    await page.getByText(`${home!.name}: 계획 15분, 실제 가운데값 24분 (18분–31분, 12번)`).waitFor()
    expect(await breaches(page)).toEqual([])
    await takePicture(page, 'board-measured-1440-ko')
    await page.getByRole('button', { name: `${home!.name}의 시간 바꾸기` }).click()
    await takePicture(page, 'board-adopt-1440-ko')
    expect(await breaches(page)).toEqual([])
    await page.getByRole('button', { name: '바꾸기', exact: true }).click()
    await page.getByRole('button', { name: '되돌리기' }).waitFor()
    await page.getByRole('button', { name: '되돌리기' }).click()
    await page.getByText('앞의 시간으로 되돌렸습니다.').waitFor()
    const { items } = await ask<{ items: { noun: string; action: string }[] }>(`/audit?limit=20&nounId=${complex.id}`)
    expect(items.filter(({ noun, action }) => noun === 'complex' && action === 'put').length).toBeGreaterThanOrEqual(2)
    await page.context().close()
  })

  it('leaves nothing on the consoles of the pages', () => {
    expect(journey.faults).toEqual([])
  })
})
