import { expect, test } from 'vitest'
import {
  checkPlan,
  describeEdit,
  describeRefusal,
  type Edit,
  type Judged,
  openEditor,
  type Plan,
} from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { RULES } from '../../../solver/rules/index.ts'
import { manyFeatures } from '../features.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, randomProblem, shipment, site } from '../problems.ts'
import { planOf } from '../routes.ts'
import { KINDS, randomEdit } from './randomEdits.ts'

/** What no sentence for people holds: a hole, or the name of a rule as the code has it. */
const UNSAID = new RegExp(
  `undefined|NaN|null|\\b(${RULES.map(({ name }) => name)
    .filter((name) => /[A-Z]/.test(name))
    .join('|')})\\b`,
)

const drivenBy = ({ routes, direct }: Plan) => [...routes, ...direct.flatMap(({ route }) => route ?? [])]
const sumsOf = (plan: Plan) => ({
  deltaKrw: plan.costKrw,
  deltaM: drivenBy(plan).reduce((sum, { distanceM }) => sum + distanceM, 0),
  deltaS: drivenBy(plan).reduce((sum, { departS, returnS }) => sum + returnS - departS, 0),
  deltaWaitS: drivenBy(plan).reduce((sum, { waitS }) => sum + waitS, 0),
  deltaUnserved: plan.unserved.length,
})

function expectDifferences(judged: Judged, before: Plan, after: Plan, where: string) {
  const [was, is] = [sumsOf(before), sumsOf(after)]
  for (const key of ['deltaKrw', 'deltaM', 'deltaS', 'deltaWaitS', 'deltaUnserved'] as const)
    expect(judged[key], `${where} ${key}`).toBe(is[key] - was[key])
  expect(
    judged.lines.reduce((sum, { krw }) => sum + krw, 0),
    where,
  ).toBe(judged.deltaKrw)
}

test('what is accepted is what the check accepts, at the differences told; what is refused names a rule; the rest keeps its times', () => {
  const seen = new Map<string, number>()
  const see = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
  for (let seed = 1; seed <= 70; seed++) {
    const { problem, travel, on } = manyFeatures(seed)
    const random = new Random(seed)
    let editor = openEditor(problem, travel, planOf(problem, travel, { seed, iterations: 20 }))
    for (let k = 0; k < 25; k++) {
      const { plan: before } = editor
      const edit = randomEdit(random, problem, before)
      const where = `seed ${seed} ${k} [${[...on]}] ${JSON.stringify(edit)}`
      const judged = editor.judge(edit)
      see(`${edit.kind} ${judged.plan ? 'accepted' : 'refused'}`)
      expect(judged.broken.length === 0, where).toBe(judged.plan !== undefined)
      for (const locale of ['ko', 'en'] as const) {
        const said = [
          describeEdit(edit, problem, locale),
          ...judged.broken.flatMap((fault) => Object.values(describeRefusal(fault, problem, locale))),
        ]
        expect(said.join(' | '), where).not.toMatch(UNSAID)
        if (locale === 'en') expect(said.join(' | '), where).not.toMatch(/[가-힣]/)
      }
      for (const { excess, rule } of judged.broken) {
        expect(excess, `${where} ${rule}`).toBeGreaterThan(0)
        see(`rule ${rule}`)
      }
      if (!judged.plan) continue
      const after = judged.plan
      expect(checkPlan(problem, travel, after), where).toEqual([])
      expectDifferences(judged, before, after, where)
      for (const route of before.routes)
        if (!judged.routes.includes(route.id))
          expect(
            after.routes.find(({ id }) => id === route.id),
            where,
          ).toEqual({
            ...route,
            ...(after.routes.find(({ id }) => id === route.id)?.driver && {
              driver: after.routes.find(({ id }) => id === route.id)!.driver,
            }),
          })
      expect(after.edits?.at(-1), where).toEqual({ edit, krw: judged.deltaKrw })
      editor = editor.with(after)
    }
  }
  for (const kind of KINDS) expect(seen.get(`${kind} accepted`), kind).toBeGreaterThan(10)
})

const visitsOf = (plan: Plan, id: string) =>
  plan.routes
    .find((route) => route.id === id)!
    .stops.flatMap(({ visits }) => visits.map(({ shipment, kind }) => ({ shipment, kind })))

/** What takes an edit back, for edits of one shipment or one truck. */
function inverseOf(edit: Edit, before: Plan): Edit | null {
  if (edit.kind === 'reverse') return edit
  if (edit.kind === 'order') return { ...edit, visits: visitsOf(before, edit.route) }
  if (edit.kind === 'retype') return { ...edit, vehicle: before.routes.find(({ id }) => id === edit.route)!.vehicle }
  if (edit.kind !== 'move' || edit.shipments.length > 1) return null
  const [id] = edit.shipments
  const home = before.routes.find(({ stops }) => stops.some(({ pickups }) => pickups.includes(id)))
  if (!home) {
    const mode = before.direct.find((way) => way.shipment === id)?.mode
    return mode ? { kind: 'direct', shipments: [id], mode } : { kind: 'leave', shipments: [id] }
  }
  const visits = visitsOf(before, home.id)
  const [pickupAt, delivery] = [0, 1].map((k) => visits.flatMap((visit, at) => (visit.shipment === id ? [at] : []))[k])
  const isAlone = visits.length === 2
  return isAlone ? null : { ...edit, to: { route: home.id }, pickupAt, deliveryAt: delivery - 1 }
}

test('an edit and what takes it back restore the cost', () => {
  const seen = new Map<string, number>()
  for (let seed = 1; seed <= 60; seed++) {
    const { problem, travel } = randomProblem({ seed, shipments: 8, span: 30 })
    const random = new Random(seed + 100)
    const editor = openEditor(problem, travel, planOf(problem, travel, { seed, iterations: 30 }))
    for (let k = 0; k < 30; k++) {
      const edit = randomEdit(random, problem, editor.plan)
      const judged = editor.judge(edit)
      const back = judged.plan && inverseOf(edit, editor.plan)
      if (!judged.plan || !back) continue
      const restored = editor.with(judged.plan).judge(back)
      const where = `seed ${seed} ${JSON.stringify([edit, back])}`
      expect(restored.broken, where).toEqual([])
      expect(restored.deltaKrw, where).toBe(0 - judged.deltaKrw)
      seen.set(edit.kind, (seen.get(edit.kind) ?? 0) + 1)
    }
  }
  for (const kind of ['move', 'order', 'reverse', 'retype']) expect(seen.get(kind), kind).toBeGreaterThan(15)
})

test('the price list has every truck at its cheapest place of all, cheapest first, and a remedy is allowed', () => {
  let compared = 0
  let remedies = 0
  for (let seed = 1; seed <= 25; seed++) {
    const { problem, travel } = randomProblem({ seed, shipments: 5, span: 20 })
    const editor = openEditor(problem, travel, planOf(problem, travel, { seed, iterations: 30 }))
    for (const { id } of problem.shipments) {
      const offers = editor.offers([id])
      const costs = offers.map((offer) => (offer.plan ? offer.deltaKrw : Number.POSITIVE_INFINITY))
      expect(costs).toEqual(costs.toSorted((a, b) => a - b))
      for (const offer of offers) {
        if (!offer.plan) {
          const remedy = editor.remedy(offer)
          if (remedy) expect(checkPlan(problem, travel, remedy.plan!)).toEqual([])
          if (remedy) remedies++
        }
        if (offer.edit.kind !== 'move') continue
        const { to } = offer.edit
        const riders = 'route' in to ? visitsOf(editor.plan, to.route).filter((visit) => visit.shipment !== id) : []
        const every = Array.from({ length: riders.length + 1 }, (_, pickupAt) =>
          Array.from({ length: riders.length + 1 - pickupAt }, (_, more) =>
            editor.judge({ kind: 'move', shipments: [id], to, pickupAt, deliveryAt: pickupAt + more }),
          ),
        ).flat()
        const best = Math.min(...every.map((judged) => (judged.plan ? judged.deltaKrw : Number.POSITIVE_INFINITY)))
        expect(offer.plan ? offer.deltaKrw : Number.POSITIVE_INFINITY, `seed ${seed} ${id} ${JSON.stringify(to)}`).toBe(
          best,
        )
        compared++
      }
    }
  }
  expect(compared).toBeGreaterThan(300)
  expect(remedies).toBeGreaterThan(50)
})

/** Two trucks by hand: 1 carries x from a to b, 2 carries y from b to c, both of 1.4 t. */
function twoTrucks() {
  const problem = makeProblem({
    sites: [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0, { name: '첨단' }), site('c', 30, 0)],
    firms: [
      { id: 'f', name: '금형A23' },
      { id: 'g', name: '사출B' },
    ],
    shipments: [
      shipment('x', 'a', 'b', { weightKg: 700, deliveryWindows: [[0, 10 * HOUR]] }),
      shipment('y', 'a', 'c', { weightKg: 710, firm: 'g' }),
    ],
    vehicles: [contract({ count: 2, truck: '1.4t', capacityKg: 1400 }), hired({ count: 0 })],
    law: {},
  })
  const travel = gridTravel(problem.sites)
  const plan = planOf(
    { ...problem, shipments: problem.shipments.map((one) => ({ ...one, modes: ['route'] })), apart: [['x', 'y']] },
    travel,
  )
  return { problem, travel, plan }
}

test('says in both languages what an edit is called, and why it is refused', () => {
  const { problem, travel, plan } = twoTrucks()
  const editor = openEditor(problem, travel, plan)
  const routeOf = (id: string) => plan.routes.find(({ stops }) => stops.some(({ pickups }) => pickups.includes(id)))!.id
  const edit: Edit = { kind: 'move', shipments: ['x'], to: { route: routeOf('y') }, pickupAt: 0, deliveryAt: 2 }
  const judged = editor.judge(edit)
  expect(describeEdit(edit, problem, 'ko')).toBe(`금형A23을 노선 ${routeOf('y')}로`)
  expect(describeEdit(edit, problem, 'en')).toBe(`금형A23 to route ${routeOf('y')}`)
  const words = judged.broken.map((fault) => describeRefusal(fault, problem, 'ko'))
  expect(words).toContainEqual({ what: '적재중량 초과 +10 kg', how: '1.4톤 차량에 1,410 kg이 됩니다.' })
  expect(judged.broken.map((fault) => describeRefusal(fault, problem, 'en'))).toContainEqual({
    what: 'Over the load by 10 kg',
    how: '1,410 kg on a 1.4t truck that takes 1,400 kg.',
  })
  // it costs something all the same: one truck less, and its way
  expect(judged).toMatchObject({ priced: true, routes: expect.arrayContaining(['1', '2']) })
  expect(judged.deltaKrw).toBeLessThan(0)
  // first delivered, then the other loaded: no rule stands against that
  expect(editor.remedy(judged)?.plan?.routes).toHaveLength(1)
  // what is gone is told, not thrown
  for (const gone of [
    { ...edit, shipments: ['z'] },
    { ...edit, to: { route: '9' } },
    { ...edit, pickupAt: 99 },
  ])
    expect(editor.judge(gone).broken).toMatchObject([{ rule: 'notInPlan' }])
})

test('a time that was set stays where later edits leave a way, and going against a lock is told and not refused', () => {
  const { problem, travel, plan } = twoTrucks()
  const editor = openEditor(problem, travel, plan)
  const route = plan.routes.find(({ stops }) => stops.some(({ pickups }) => pickups.includes('x')))!
  const late = route.stops[0].startS + 1800
  const timed = editor.judge({ kind: 'time', route: route.id, stop: 0, startS: late })
  expect(timed.plan?.locks).toEqual([{ grade: 'time', shipment: 'x', kind: 'pickup' }])
  const startOf = ({ routes }: Plan) => {
    const visits = routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.visits))
    return visits.find((visit) => visit.shipment === 'x')?.startS
  }
  expect(startOf(timed.plan!)).toBe(late)
  // another joins the truck: the time stays
  const next = editor.with(timed.plan!)
  const joined = next.judge({ kind: 'move', shipments: ['y'], to: { route: route.id } })
  expect(joined).toMatchObject({ broken: [], breaksLocks: [] })
  expect(startOf(joined.plan!)).toBe(late)
  // sent away it breaks its lock, which no longer says anything of the plan
  const other = plan.routes.find(({ id }) => id !== route.id)!.id
  const moved = next.judge({ kind: 'move', shipments: ['x'], to: { route: other } })
  expect(moved.breaksLocks).toEqual(timed.plan!.locks)
  const sent = next.judge({ kind: 'leave', shipments: ['x'] })
  expect(sent.plan?.locks).toBeUndefined()
  expect(sent).toMatchObject({ deltaUnserved: 1, breaksLocks: timed.plan!.locks })
  // too late for the gate at 10:00: the nearest that is not
  const tooLate = editor.judge({ kind: 'time', route: route.id, stop: 1, startS: 11 * HOUR })
  expect(tooLate.broken).toMatchObject([{ rule: 'timeWindows', site: 'b', excess: HOUR }])
  const remedy = editor.remedy(tooLate)!
  expect(10 * HOUR - remedy.after[0].stops[1].startS).toBeLessThanOrEqual(60)
})
