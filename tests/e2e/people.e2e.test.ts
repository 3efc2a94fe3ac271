/** With accounts: the first administrator comes in by a link, lets a coordinator in, who signs in and out; a wrong password is told so. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makePlan, makeProblem, makeRoute, makeShipment } from '../server/makeProblem.ts'
import { type Opened, openAccounts, PASSWORD } from '../server/openAccounts.ts'
import { breaches } from './axe.ts'
import { beginJourney, DESK, overhang, PHONE, takePicture } from './journey.ts'

// what is refused, or asked of a service that is still busy
const journey = beginJourney({
  settings: { MILKRUN_ACCOUNTS: 'on' },
  start: 'demo',
  expected: /status of (401|422|429)/,
})

/** As the page reckons it. */
const thisMonth = (): string => new Date().toLocaleDateString('sv').slice(0, 7)

/** A screen as it stands, wide in light and narrow in dark: it fits, and is accessible. */
async function look(page: Page, name: string): Promise<void> {
  const wear = (scheme: string) =>
    page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme)
  for (const [size, scheme] of [
    [DESK, 'light'],
    [PHONE, 'dark'],
  ] as const) {
    await page.setViewportSize(size)
    await wear(scheme)
    const what = `${name}-${size.width}`
    expect(await overhang(page), what).toBe(0)
    expect(await breaches(page), what).toEqual([])
    await takePicture(page, what)
  }
  await page.setViewportSize(DESK)
  await wear('light')
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('이메일').fill(email)
  await page.getByLabel('비밀번호').fill(password)
  await page.getByRole('button', { name: '로그인' }).click()
}

const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /계정 메뉴/ }).click()
  await page.getByRole('menuitem', { name: '로그아웃', exact: true }).click()
  await page.getByRole('heading', { name: '로그인' }).waitFor()
}

beforeAll(async () => {
  // busy for a moment with the orders of the example
  await vi.waitUntil(async () => (await fetch(`${journey.address}/health`)).ok, { timeout: 60_000, interval: 300 })
})

/** As the administrator sees them. */
let coordinatorLink = ''

describe('the first administrator', () => {
  it('sets a password by the link that the service printed', async () => {
    const token = (await journey.setup).split('#')[1]!
    const page = await journey.open(DESK, { hash: `#${token}` })
    await page.getByLabel('이름').fill('김관리')
    await page.getByLabel('이메일').fill('boss@example.com')
    const password = page.getByLabel('새 비밀번호')
    await password.fill('boss1234')
    await page.getByRole('button', { name: '저장' }).click()
    const refused = page.getByRole('alert')
    await refused.waitFor()
    expect(await refused.textContent()).toContain('12자보다 짧습니다')
    await look(page, 'people-link')
    await password.fill(PASSWORD)
    await page.getByRole('button', { name: '저장' }).click()
    await page.getByText('비밀번호가 정해졌습니다').waitFor()
    await page.getByLabel('비밀번호').fill(PASSWORD)
    await page.getByRole('button', { name: '로그인' }).click()
    await page.getByRole('heading', { name: '계정과 키' }).waitFor()
    // there is nothing of plans for an administrator
    expect(await page.getByRole('navigation', { name: '화면' }).getByRole('link').allTextContents()).toEqual(['계정'])

    await page.getByLabel('이메일').fill('kim@example.com')
    await page.getByLabel('이름', { exact: true }).fill('김담당')
    await page.getByRole('button', { name: '더하기' }).click()
    const secret = page.locator('.once .secret')
    coordinatorLink = (await secret.textContent())!
    expect(coordinatorLink).toMatch(/#link\/[\w-]{43}$/)
    await page.locator('.person', { hasText: 'kim@example.com' }).getByText('비밀번호 없음').waitFor()
    await page.getByLabel('무엇에 쓰나').fill('ERP')
    expect(await page.getByRole('button', { name: '키 만들기' }).isEnabled()).toBe(true)
    await look(page, 'people-accounts')
    await page.getByRole('button', { name: 'English' }).click()
    await look(page, 'people-accounts-en')
    await page.getByRole('button', { name: '한국어' }).click()
    await signOut(page)
    await page.context().close()
  })
})

describe('a coordinator', () => {
  it('sets a password, signs in, sees the plan of the complex, and signs out', async () => {
    const page = await journey.open(DESK, { hash: coordinatorLink.slice(coordinatorLink.indexOf('#')) })
    await page.getByText('kim@example.com 계정으로').waitFor()
    await page.getByLabel('새 비밀번호').fill(PASSWORD)
    await page.getByRole('button', { name: '저장' }).click()
    await page.getByText('비밀번호가 정해졌습니다').waitFor()
    await page.getByLabel('비밀번호').fill(PASSWORD)
    await page.getByRole('button', { name: '로그인' }).click()
    await page.locator('.kpis').waitFor({ timeout: 60_000 })
    expect(await page.getByRole('navigation', { name: '화면' }).getByRole('link').allTextContents()).toEqual([
      '계획',
      '가져오기',
      '비교',
      '비용 배분',
      '장소',
      '주간',
      '현황',
      '정산',
      '정책 연구',
      '계정',
    ])
    await look(page, 'people-plan')
    await page.goto(`${journey.address}/#password`)
    await page.getByLabel('새 비밀번호').waitFor()
    await look(page, 'people-password')
    await signOut(page)
    // nothing of the plan is left behind
    await page.goto(`${journey.address}/#compare`)
    await page.getByRole('heading', { name: '로그인' }).waitFor()
    expect(await page.locator('.kpis').count()).toBe(0)
    await page.context().close()
  })

  it('is told of a wrong password in words that help, and of too many', async () => {
    const page = await journey.open(DESK)
    const alert = page.getByRole('alert')
    await signIn(page, 'kim@example.com', 'something else')
    await alert.waitFor()
    expect(await alert.textContent()).toContain('이메일이나 비밀번호가 맞지 않습니다')
    await look(page, 'people-wrong')
    for (let k = 0; k < 5; k++) {
      const answered = page.waitForResponse('**/api/session')
      await signIn(page, 'kim@example.com', 'something else')
      await answered
    }
    await page
      .getByText(/분 뒤에 다시 시도하세요/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await look(page, 'people-sign-in-en')
    await page.context().close()
  })
})

describe('who sees a part only', () => {
  let opened: Opened
  let address: string
  beforeAll(async () => {
    opened = await openAccounts({ webFolder: join(import.meta.dirname, '../../dist/web') })
    const { store } = opened
    const firms = ['firm', 'second', 'third'].map((id) => ({ id, name: `금형 ${id}`, site: 'member' }))
    const shipments = [
      makeShipment('plates', { item: '금형판', weightKg: 400 }),
      makeShipment('cores', { firm: 'second', item: '코어' }),
      makeShipment('molds', { firm: 'third' }),
    ]
    const startsAt = `${thisMonth()}-05T00:00:00+09:00`
    const problem = await store.problems.add('gwangju', makeProblem({ firms, shipments, startsAt }))
    const route = makeRoute('round', {
      supplier: ['+plates', '+cores', '+molds'],
      member: ['-plates', '-cores', '-molds'],
    })
    const plan = makePlan({
      costKrw: 90_000,
      routes: [
        {
          ...route,
          stops: route.stops.map((stop) => ({ ...stop, legM: 12_000 })),
          departS: 27_000,
          returnS: 34_000,
          distanceM: 32_400,
          lastLegM: 8400,
          tollKrw: 900,
        },
      ],
    })
    await store.plans.put({ id: 'plan', problem, plan })
    await store.plans.confirm('plan', 1, '{}')
    await store.dispatches.put('plan', 'r1', 0, { carrier: 'carrier-A', state: 'offered' })
    const shares = firms.map(({ id }) => ({ firm: id, shareKrw: 30_000, b1Krw: 42_000, shipments: 1 }))
    const carbon = { fuelMl: 3800, ttwCo2G: 9914, wtwCo2eG: 12_312, b1TtwCo2G: 14_200, b1WtwCo2eG: 17_600 }
    const figures = {
      method: 'duals',
      costKrw: 90_000,
      b1Krw: 126_000,
      shipments: 3,
      distanceM: 32_400,
      carbon,
      shares,
    }
    await store.views.keepFigures('plan', 2, figures)
    await opened.accounts.people.setOpenToPolicy({ actor: 'test', complexes: 'all' }, 'gwangju', true)
    await opened.add('firm@example.com', { role: 'firm', complex: 'gwangju', firm: 'firm' })
    await opened.add('carrier@example.com', { role: 'carrier', complex: 'gwangju', carrier: 'carrier-A' })
    await opened.add('policy@example.com', { role: 'policymaker' })
    address = await opened.app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => await opened?.close())

  async function enter(email: string): Promise<Page> {
    const page = await journey.open(DESK, { address })
    await signIn(page, email)
    return page
  }

  it('as a firm: its statement and its shipments', async () => {
    const page = await enter('firm@example.com')
    await page.getByText('30,000원').first().waitFor()
    await page.getByText('금형판').waitFor()
    expect(await page.locator('main').textContent()).not.toMatch(/코어|90,000/)
    await look(page, 'people-firm')
    await page.getByRole('button', { name: '이전 달' }).click()
    await page.getByText('이 달에 확정된 계획이 없습니다').waitFor()
    await page.context().close()
  })

  it('as a carrier: the sheets of its trucks', async () => {
    const page = await enter('carrier@example.com')
    await page.getByRole('heading', { name: /2.5t/ }).waitFor()
    const text = await page.locator('main').textContent()
    expect(text).toMatch(/예상 통행료 900원.*예상 연료 [1-9]/)
    // what its trucks burn, and no price but its own fare
    expect(text).toMatch(/운임/)
    expect(text).not.toMatch(/90,000|30,000|비용/)
    await look(page, 'people-sheets')
    await page.context().close()
  })

  it('as a policymaker: sums, in English too', async () => {
    const page = await enter('policy@example.com')
    await page.getByText('126,000원').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('₩126,000').waitFor()
    await look(page, 'people-sums-en')
    // studies need no complex of one's own
    await page.getByRole('link', { name: 'Study', exact: true }).click()
    await page.locator('.study-row').first().waitFor()
    await page.context().close()
  })
})

it('no page complained', () => {
  expect(journey.faults).toEqual([])
})
