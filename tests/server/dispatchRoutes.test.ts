/** Rounds of a confirmed plan are offered, answered, driven with another truck, and taken over; nobody sees those of another carrier. */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  DISPATCH_STATES,
  DispatchesSchema,
  DispatchSchema,
  JudgedProposalSchema,
  JudgedTruckSchema,
  MyCarrierSchema,
  pageSchema,
  SheetSchema,
  TakenSchema,
} from '../../server/api.ts'
import { loadComplex } from '../../server/complexes.ts'
import { newId } from '../../server/store/ids.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import {
  checkPlan,
  improve,
  openEditor,
  type Plan,
  type Problem,
  type Route,
  type Shipment,
} from '../../solver/index.ts'
import { makePlan, makeProblem, makeRoute, makeShipment } from './makeProblem.ts'
import { type Opened, openAccounts, type Send } from './openAccounts.ts'
import { expectRefusal, expectShape } from './openApp.ts'

const [round, spot] = makeProblem().vehicles
const large = { ...spot!, id: 'large', truck: '2.5t', capacityKg: 2500, tariff: 'large' } as const
/** Each on a truck of its own, at the same time. */
const ALONE = { mustGoAlone: true, modes: ['route'], pickupWindows: [[28_800, 30_000]] } satisfies Partial<Shipment>
const day: Problem = makeProblem({
  shipments: [
    makeShipment('plates', ALONE),
    makeShipment('mold', { ...ALONE, from: 'centre', to: 'port', weightKg: 900 }),
    makeShipment('base', { ...ALONE, from: 'member', to: 'port', weightKg: 2000 }),
  ],
  vehicles: [{ ...round!, capacityKg: 2500 }, { ...spot!, capacityKg: 1000 }, large],
  tariffs: [...makeProblem().tariffs, { ...makeProblem().tariffs[1]!, id: 'large', baseKrw: 40_000 } as never],
})
const CARRIERS = [
  {
    id: 'one',
    name: '하나운수',
    vehicles: ['round'],
    trucks: [
      { plate: '광주80바0001', vehicle: 'round', driver: '기사 1', phone: '010-0000-0101' },
      { plate: '광주80바0009', vehicle: 'large', driver: '기사 9' },
    ],
  },
  { id: 'two', name: '둘운수', vehicles: ['spot', 'large'] },
  { id: 'three', name: '셋운수', vehicles: [] },
]
const en = { 'accept-language': 'en' }

const travelOf = travelFrom(trunk)
let opened: Opened
let coordinator: Send
let by: Record<string, Send>
let plan: Plan
/** Its rounds: two on the small truck of carrier two, one on the large truck, which carrier one has as well. */
let small: Route
let far: Route
let heavy: Route
let problem: string
/** Of the newest confirmed plan. */
let id: string

beforeAll(async () => {
  opened = await openAccounts()
  const data = await loadComplex('gwangju')
  await opened.store.complexes.put({ ...data, fleet: [...day.vehicles], carriers: CARRIERS })
  coordinator = await opened.add('coordinator@example.com', { role: 'coordinator', complex: 'gwangju' })
  by = {}
  for (const { id: carrier } of CARRIERS)
    by[carrier] = await opened.add(`${carrier}@example.com`, { role: 'carrier', complex: 'gwangju', carrier })
  const travel = await travelOf(day)
  plan = [...improve(day, travel, { seed: 1, iterations: 60 })].flatMap((step) => step.plan ?? []).at(-1)!
  expect(checkPlan(day, travel, plan)).toEqual([])
  const of = (shipment: string) =>
    plan.routes.find(({ stops }) => stops.some(({ pickups }) => pickups.includes(shipment)))!
  ;[small, far, heavy] = ['plates', 'mold', 'base'].map(of)
  expect([small.vehicle, far.vehicle, heavy.vehicle]).toEqual(['spot', 'spot', 'large'])
})
afterAll(async () => await opened.close())

beforeEach(async () => {
  id = newId()
  // a day of its own, so that nothing is taken over from another test
  const startsAt = `20${String(26 + Math.floor(tests / 12))}-${String((tests % 12) + 1).padStart(2, '0')}-23T00:00:00+09:00`
  tests++
  problem = await opened.store.problems.add('gwangju', { ...day, startsAt })
  await opened.store.plans.put({ id, problem, plan })
  await opened.store.plans.confirm(id, 1, '{}')
})
let tests = 0

const get = async (send: Send, url: string) => {
  const response = await send({ url, headers: en })
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}
const said = async () => (await get(coordinator, `/api/plans/${id}/dispatch`)).items
const put = async (route: string, payload: object) =>
  await coordinator({ method: 'PUT', url: `/api/plans/${id}/dispatch/${route}`, headers: en, payload })
const offerAll = async () => await coordinator({ method: 'POST', url: `/api/plans/${id}/dispatch/offer`, headers: en })
const answer = async (who: string, route: string, payload: object) =>
  await by[who]!({ method: 'PUT', url: `/api/my/sheets/${id}/${route}`, headers: en, payload })
const sheetsOf = async (who: string) =>
  (await get(by[who]!, '/api/my/sheets')).items.filter((sheet: { plan: string }) => sheet.plan === id)
const codesOf = (response: Awaited<ReturnType<Send>>) =>
  expectRefusal(response, 422).issues.map(({ code, path }) => `${path} ${code}`)

describe('the dispatch of a plan', () => {
  it('is offered in one act, and told to nobody before', async () => {
    const before = await get(coordinator, `/api/plans/${id}/dispatch`)
    expectShape(DispatchesSchema, before)
    expect(before.items.map(({ state }: { state: string }) => state)).not.toContain('offered')
    expect(await sheetsOf('one')).toEqual([])
    expectRefusal(await by.two!(`/api/my/sheets/${id}/${small.id}/guide`), 404)

    expect((await offerAll()).statusCode).toBe(200)
    for (const { state, version } of await said()) expect([state, version]).toEqual(['offered', 1])
    const sheets = (await Promise.all(CARRIERS.map((carrier) => sheetsOf(carrier.id)))).flat()
    expect(sheets.length).toBe(before.items.length)
    expectShape(pageSchema(SheetSchema), { items: sheets })
    // once more changes nothing
    await offerAll()
    for (const { version } of await said()) expect(version).toBe(1)
  })

  it('tells all faults of a change at once, in the words of who asks, and keeps nothing of it', async () => {
    const who = { plate: '광주80바0042', driver: '기사 42', carrier: 'two', state: 'offered' }
    expect((await put(far.id, { ...who, version: 0 })).statusCode).toBe(200)
    const same = await put(small.id, { ...who, plate: '광주 80바 0042', phone: 'none', version: 0 })
    expect(codesOf(same)).toEqual(['phone dispatch.phone', 'plate dispatch.plateTwice', 'driver dispatch.driverTwice'])
    expect(expectRefusal(same, 422).issues.at(-1)!.message).toContain(`drives route ${far.id} at that time`)
    const wrong = { carrier: 'one', plate: '광주80바0009', state: 'offered' }
    expect(codesOf(await put(small.id, { ...wrong, version: 0 }))).toEqual([
      'carrier dispatch.noTruck',
      'plate dispatch.otherTruck',
    ])
    // that truck stands for the large one
    expect((await put(heavy.id, { ...wrong, version: 0 })).statusCode).toBe(200)
    expect(codesOf(await put(small.id, { carrier: 'nobody', state: 'open', version: 0 }))).toEqual([
      'carrier dispatch.carrier',
    ])
    expect((await said()).find(({ route }: { route: string }) => route === small.id).version).toBe(0)
    // another driver of that name has another number
    const named = { driver: '기사 42', phone: '010-0000-0001', carrier: 'two', state: 'offered' }
    const third = await put(far.id, { ...who, phone: '010-0000-0042', version: 1 })
    expectShape(DispatchSchema, third.json())
    expect((await put(small.id, { ...named, version: 0 })).statusCode).toBe(200)
    expect(expectRefusal(await put(small.id, { ...named, version: 0 }), 412).code).toBe('dispatch.changed')
    expectRefusal(await put('r9', { ...named, version: 0 }), 404)
  })

  it('belongs to a confirmed plan only', async () => {
    await opened.store.plans.put({ id: `${id}-draft`, problem, plan })
    const change = { method: 'PUT', payload: { state: 'offered', version: 0 } } as const
    const url = `/api/plans/${id}-draft/dispatch/${plan.routes[0]!.id}`
    expect(expectRefusal(await coordinator({ ...change, url }), 409).code).toBe('plan.draft')
    await offerAll()
    await opened.store.plans.withdraw(id, 2)
    expect(expectRefusal(await put(plan.routes[0]!.id, change.payload), 409).code).toBe('plan.withdrawn')
    expect((await Promise.all(CARRIERS.map((carrier) => sheetsOf(carrier.id)))).flat()).toEqual([])
    // as a record
    expect((await said()).length).toBe(plan.routes.length + plan.direct.filter(({ route }) => route).length)
  })
})

describe('a carrier', () => {
  it('accepts with truck and driver, or declines with a reason', async () => {
    const route = small
    await put(route.id, { carrier: 'two', state: 'offered', note: '갑바 준비', version: 0 })
    expect(codesOf(await answer('two', route.id, { state: 'declined', phone: 'x', version: 1 }))).toEqual([
      'phone dispatch.phone',
      'note dispatch.noReason',
    ])
    expect((await answer('two', route.id, { state: 'declined', note: '차가 없음', version: 1 })).statusCode).toBe(200)
    const who = { plate: '광주80바7777', driver: '기사 7', phone: '010-0000-0107' }
    const typed = { ...who, phone: '+82 10 0000 0107', state: 'accepted', version: 2 }
    expect((await answer('two', route.id, typed)).statusCode).toBe(200)
    const [sheet] = await sheetsOf('two')
    // why it was declined went with that
    expect(sheet.dispatch).toEqual({ route: route.id, carrier: 'two', ...who, state: 'accepted', version: 3 })
    expect((await said()).find((one: { route: string }) => one.route === route.id)).toEqual(sheet.dispatch)
    const [line] = (await opened.store.audit.list({ limit: 1, nounId: id })).items
    expect(line).toMatchObject({ actor: 'user:two@example.com', noun: 'dispatch' })
  })

  it('knows its own trucks', async () => {
    const own = await get(by.one!, '/api/my/carrier')
    expectShape(MyCarrierSchema, own)
    expect(own.carrier).toEqual(CARRIERS[0])
    expect(own.vehicles.map((vehicle: { id: string }) => vehicle.id)).toEqual(['round', 'large'])
  })

  it('never sees the round of another, whatever was dispatched to whom', async () => {
    const rounds = ['r1', 'r2', 'r3', 'r4']
    const routes = rounds.map((route) => ({
      ...makeRoute('spot', { supplier: ['+plates'], member: ['-plates'] }),
      id: route,
    }))
    const dispatch = fc.record({
      carrier: fc.constantFrom('one', 'two', 'three', undefined),
      state: fc.constantFrom(...DISPATCH_STATES),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(dispatch, { minLength: 4, maxLength: 4 }), async (given) => {
        id = newId()
        const home = await opened.store.problems.add('gwangju', { ...day, startsAt: '2031-01-01T00:00:00+09:00' })
        await opened.store.plans.put({ id, problem: home, plan: makePlan({ routes }) })
        const { version } = await opened.store.plans.confirm(id, 1, '{}')
        for (const [index, { carrier, state }] of given.entries()) {
          const before = (await opened.store.dispatches.of(id)).find(({ route }) => route === rounds[index])
          const content = { state, ...(carrier !== undefined && { carrier }) }
          await opened.store.dispatches.put(id, rounds[index]!, before?.version ?? 0, content)
        }
        for (const who of Object.keys(by)) {
          const own = rounds.filter((_, index) => {
            const { carrier = 'two', state } = given[index]!
            return carrier === who && state !== 'open'
          })
          expect((await sheetsOf(who)).map(({ route }: { route: string }) => route)).toEqual(own)
          for (const route of rounds) {
            const asks = [
              by[who]!(`/api/my/sheets/${id}/${route}/guide`),
              answer(who, route, { state: 'declined', version: 0 }),
            ]
            const codes = (await Promise.all(asks)).map(({ statusCode }) => statusCode)
            expect(codes, `${who} ${route}`).toEqual(own.includes(route) ? [200, 422] : [404, 404])
          }
        }
        await opened.store.plans.withdraw(id, version)
      }),
      { numRuns: 12 },
    )
  })
})

describe('another truck', () => {
  const judge = async (who: string, route: string, vehicle: string) =>
    await by[who]!({
      method: 'POST',
      url: `/api/my/sheets/${id}/${route}/judge`,
      headers: en,
      payload: { vehicle },
    })
  const take = async (route: string, version: number, planVersion = 2) =>
    await coordinator({
      method: 'POST',
      url: `/api/plans/${id}/dispatch/${route}/take`,
      headers: { ...en, 'if-match': `"v${planVersion}"` },
      payload: { version },
    })

  it('is judged before it is proposed, priced for the coordinator, and taken into a revised plan', async () => {
    await offerAll()
    const route = small
    expect(codesOf(await judge('two', route.id, 'round'))).toEqual(['proposal/vehicle dispatch.noTruck'])
    expect(codesOf(await judge('two', route.id, 'spot'))).toEqual(['proposal/vehicle dispatch.sameTruck'])
    const response = await judge('two', route.id, 'large')
    expect(response.statusCode, response.body).toBe(200)
    expectShape(JudgedTruckSchema, response.json())
    const told = response.json()
    expect(told).toMatchObject({ vehicle: 'large', fits: true, broken: [], fareBeforeKrw: route.costKrw })
    expect(told.fareKrw).toBeGreaterThan(route.costKrw)

    const proposal = { vehicle: 'large', plate: '광주80바0008' }
    const proposed = await answer('two', route.id, { state: 'offered', driver: '기사 8', proposal, version: 1 })
    expect(proposed.statusCode, proposed.body).toBe(200)
    const judged = await get(coordinator, `/api/plans/${id}/dispatch/${route.id}/proposal`)
    expectShape(JudgedProposalSchema, judged)
    expect(judged.deltaKrw).toBe(told.fareKrw - told.fareBeforeKrw)
    await answer('two', far.id, { state: 'accepted', plate: '광주80바0001', version: 1 })

    expect(expectRefusal(await take(route.id, 1), 412).code).toBe('dispatch.changed')
    expect(expectRefusal(await take(route.id, 2, 1), 412).code).toBe('plan.changed')
    const taken = await take(route.id, 2)
    expect(taken.statusCode, taken.body).toBe(200)
    expectShape(TakenSchema, taken.json())
    expect((await opened.store.plans.get(id))!.state).toBe('withdrawn')
    const next = (await opened.store.plans.get(taken.json().plan))!
    expect(next).toMatchObject({ state: 'confirmed', problem, plan: { costKrw: plan.costKrw + judged.deltaKrw } })
    expect(next.plan.edits).toMatchObject([
      {
        edit: { kind: 'retype', route: route.id, vehicle: 'large' },
        krw: judged.deltaKrw,
        by: 'user:coordinator@example.com',
      },
    ])
    const { problem: stored } = (await opened.store.problems.get(problem))!
    expect(checkPlan(stored, await travelOf(stored), next.plan)).toEqual([])
    // who proposed it drives it; the others go on as they were
    id = next.id
    const after = await said()
    expect(after.find((one: { route: string }) => one.route === route.id)).toMatchObject({
      carrier: 'two',
      plate: '광주80바0008',
      driver: '기사 8',
      state: 'accepted',
    })
    expect(after.find((one: { route: string }) => one.route === route.id)).not.toHaveProperty('proposal')
    expect(after.find((one: { route: string }) => one.route === far.id)).toMatchObject({
      plate: '광주80바0001',
      state: 'accepted',
    })
    expect((await sheetsOf('two')).map((sheet: { vehicle: string }) => sheet.vehicle)).toContain('large')
  })

  it('for what goes alone makes a route of it, which its carrier drives', async () => {
    const { modes: _, ...alone } = ALONE
    const shipments = day.shipments.map(({ modes: __, ...shipment }) => ({ ...shipment, ...alone }))
    const loose: Problem = { ...day, shipments, startsAt: '2032-01-01T00:00:00+09:00' }
    const travel = await travelOf(loose)
    const searched = [...improve(loose, travel, { seed: 1, iterations: 60 })].flatMap((step) => step.plan ?? []).at(-1)!
    const judgedAlone = openEditor(loose, travel, searched).judge({
      kind: 'direct',
      shipments: ['mold'],
      mode: 'hired',
    })
    const start = judgedAlone.plan ?? searched
    const direct = start.direct.find(({ shipment }) => shipment === 'mold')!.route!
    id = newId()
    await opened.store.plans.put({ id, problem: await opened.store.problems.add('gwangju', loose), plan: start })
    await opened.store.plans.confirm(id, 1, '{}')
    await offerAll()
    const proposal = { vehicle: 'large', plate: '광주80바0008' }
    const proposed = await answer('two', direct.id, { state: 'offered', proposal, version: 1 })
    expect(proposed.statusCode, proposed.body).toBe(200)
    const taken = await take(direct.id, 2)
    expect(taken.statusCode, taken.body).toBe(200)
    id = taken.json().plan
    const next = (await opened.store.plans.get(id))!.plan
    expect(next.routes.find((one) => one.id === taken.json().route)).toMatchObject({ vehicle: 'large' })
    expect(next.direct.some(({ shipment }) => shipment === 'mold')).toBe(false)
    expect((await said()).find((one: { route: string }) => one.route === taken.json().route)).toMatchObject({
      carrier: 'two',
      plate: '광주80바0008',
      state: 'accepted',
    })
  })

  it('that does not carry the goods is refused with the rule in the way', async () => {
    await offerAll()
    const told = (await judge('two', heavy.id, 'spot')).json()
    expect(told.fits).toBe(false)
    expect(told.broken.map(({ what }: { what: string }) => what)).toContain('Over the load by 1,000 kg')
    const refused = await answer('two', heavy.id, { state: 'offered', proposal: { vehicle: 'spot' }, version: 1 })
    expect(codesOf(refused)).toContain('proposal/vehicle dispatch.unfit')
    expect((await said()).find((one: { route: string }) => one.route === heavy.id).version).toBe(1)
  })

  it('is not taken on a day whose trucks have begun', async () => {
    await offerAll()
    const route = small
    await answer('two', route.id, { state: 'offered', proposal: { vehicle: 'large' }, version: 1 })
    await opened.store.actuals.add(id, [
      { id: 'x', route: route.id, kind: 'departed', at: '2026-11-23T08:00:00+09:00' },
    ])
    expect(expectRefusal(await take(route.id, 2), 409).code).toBe('dispatch.underWay')
  })
})
