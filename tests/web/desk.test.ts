import { describe, expect, it } from 'vitest'
import type { StoredPlan } from '../../server/api.ts'
import type { Edit, Editor, Judged, Plan } from '../../solver/index.ts'
import { ServiceError } from '../../web/service/client.ts'
import { Desk, type DeskService, type Told } from '../../web/service/desk.ts'
import { without } from '../../web/state/changes.ts'
import { inverseOf, NO_HISTORY, remember, type Step, samePlan, stepBack, stepForward } from '../../web/state/history.ts'
import { isOn, lockChoices, locksOn } from '../../web/state/locking.ts'
import { placeStop, shipmentsAt, stepPlace, toneOfOffer } from '../../web/state/offers.ts'
import { differenceOf } from '../../web/state/replan.ts'
import { roughLines } from '../../web/state/roughLines.ts'
import { lines, plan, problem } from './makeDay.ts'

/** With the visits of its stops, which edits speak of. */
const given: Plan = {
  ...plan,
  routes: plan.routes.map((route) => ({
    ...route,
    stops: route.stops.map((stop) => ({
      ...stop,
      visits: [
        ...stop.deliveries.map((shipment) => ({
          shipment,
          kind: 'delivery' as const,
          startS: stop.startS,
          endS: stop.leaveS,
        })),
        ...stop.pickups.map((shipment) => ({
          shipment,
          kind: 'pickup' as const,
          startS: stop.startS,
          endS: stop.leaveS,
        })),
      ],
    })),
  })),
}

/** A judge by hand: only sending direct is possible, 1,000 won a shipment; S9 is on no plan, S8 fits the first plan only. */
function editorOf(plan: Plan): Editor {
  const judge = (edit: Edit): Judged => {
    const nothing = {
      deltaM: 0,
      deltaS: 0,
      deltaWaitS: 0,
      deltaUnserved: 0,
      lines: [],
      priced: true,
      routes: [],
      after: [],
      breaksLocks: [],
    }
    const shipments = 'shipments' in edit ? edit.shipments : []
    const possible = (id: string) => id !== 'S9' && (id !== 'S8' || plan.costKrw === given.costKrw)
    const known = edit.kind === 'direct' && shipments.every(possible)
    if (!known)
      return { ...nothing, edit, shipments, deltaKrw: 0, broken: [{ rule: 'notInPlan', excess: 1, unit: 'ids' }] }
    const deltaKrw = 1000 * shipments.length
    const edits = [...(plan.edits ?? []), { edit, krw: deltaKrw }]
    return {
      ...nothing,
      edit,
      shipments,
      deltaKrw,
      broken: [],
      plan: { ...plan, costKrw: plan.costKrw + deltaKrw, edits },
    }
  }
  return { plan, judge, offers: () => [], with: editorOf } as unknown as Editor
}

const direct = (shipment: string): Edit => ({ kind: 'direct', shipments: [shipment] })
const stored = (plan: Plan, version: number, changedBy = 'local'): StoredPlan => ({
  id: 'p',
  problem: 'day',
  version,
  state: 'draft',
  changedAt: '2026-11-22T00:00:00Z',
  changedBy,
  plan,
})
const idle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A service that holds one plan, as ours does: a version behind is refused. */
function makeService(first: StoredPlan) {
  const service = {
    held: first,
    down: false,
    saves: 0,
    read: async () => service.held,
    save: async (_id: string, version: number, plan: Plan) => {
      if (service.down) throw new ServiceError(0, 'unreachable', 'nobody answers')
      if (version !== service.held.version) throw new ServiceError(412, 'plan.changed', 'it has changed')
      service.saves++
      service.held = stored(
        { ...plan, edits: plan.edits?.map((entry) => ({ ...entry, by: 'local' })) ?? [] },
        version + 1,
      )
      return service.held
    },
    saved: () => {},
    show: async () => {},
  }
  return service satisfies DeskService
}

function open(service: ReturnType<typeof makeService>, shelf = new Map<string, string>()) {
  const desk = new Desk(service, {
    getItem: (key) => shelf.get(key) ?? null,
    setItem: (key, value) => void shelf.set(key, value),
    removeItem: (key) => void shelf.delete(key),
  })
  const told: Told[] = []
  let nth = 0
  desk.subscribe(() => {
    const now = desk.snapshot().told
    if (now && now.nth !== nth) told.push(now.what)
    nth = now?.nth ?? 0
  })
  desk.take(service.held)
  desk.lend(editorOf(desk.snapshot().plan!))
  return { desk, told, shelf, cost: () => desk.snapshot().plan!.costKrw - given.costKrw }
}

describe('the desk of a day', () => {
  it('shows an edit at once, sends it, and undoes and does it again without limit', async () => {
    const service = makeService(stored(given, 1))
    const { desk, cost, told } = open(service)
    expect(desk.apply(direct('S1'))).toBe(true)
    expect([cost(), desk.snapshot().saving]).toEqual([1000, 'saving'])
    desk.apply(direct('S2'))
    desk.apply(direct('S3'))
    await idle()
    // two while the first was on its way go together
    expect([service.saves, service.held.plan.edits?.length, desk.snapshot().saving]).toEqual([2, 3, 'saved'])
    for (let k = 0; k < 5; k++) desk.undo()
    expect(cost()).toBe(0)
    for (let k = 0; k < 5; k++) desk.redo()
    await idle()
    expect([cost(), service.held.plan.edits?.length]).toEqual([3000, 3])
    expect(told.map(({ kind }) => kind)).toEqual([
      ...['done', 'done', 'done'],
      ...['undone', 'undone', 'undone', 'redone', 'redone', 'redone'],
    ])
  })

  it('refuses what the judge refuses and changes nothing', async () => {
    const service = makeService(stored(given, 1))
    const { desk, cost, told } = open(service)
    expect(desk.apply(direct('S9'))).toBe(false)
    await idle()
    expect([cost(), service.saves, told[0]?.kind, desk.snapshot().history.past.length]).toEqual([0, 0, 'refused', 0])
  })

  it('makes the same edit on the plan of somebody who was faster, and its undo as well', async () => {
    const service = makeService(stored(given, 1))
    const { desk, cost, told } = open(service)
    const theirs = { ...given, costKrw: given.costKrw + 50 }
    service.held = stored(theirs, 2, 'user:b')
    desk.apply(direct('S1'))
    await idle()
    expect([cost(), service.held.version]).toEqual([1050, 3])
    expect(told.at(-1)).toMatchObject({ kind: 'elsewhere', by: 'user:b', lost: [] })
    // the way back is an edit like any other, which this judge refuses: theirs is not overwritten
    desk.undo()
    await idle()
    expect([cost(), told.at(-1)?.kind]).toEqual([1050, 'refused'])
  })

  it('tells which edit is not possible on the newer plan, and takes that plan', async () => {
    const service = makeService(stored(given, 1))
    const { desk, cost, told } = open(service)
    service.held = stored({ ...given, costKrw: given.costKrw + 7 }, 2, 'user:b')
    desk.changeLocks({ kind: 'locks', add: [{ grade: 'truck', shipment: 'S1' }], remove: [] })
    expect(desk.apply(direct('S8'))).toBe(true)
    await idle()
    expect([cost(), service.held.version, service.held.plan.locks]).toEqual([
      7,
      3,
      [{ grade: 'truck', shipment: 'S1' }],
    ])
    expect(told.at(-1)).toMatchObject({ kind: 'elsewhere', by: 'user:b', lost: [{ edit: direct('S8') }] })
  })

  it('keeps what cannot be sent on this computer, and sends it when the service is back, after a reload too', async () => {
    const service = makeService(stored(given, 1))
    const { desk, shelf } = open(service)
    service.down = true
    desk.apply(direct('S1'))
    await idle()
    expect([desk.snapshot().saving, shelf.size]).toEqual(['offline', 1])
    service.down = false
    const again = open(service, new Map(shelf))
    expect(again.cost()).toBe(1000)
    await idle()
    expect([service.held.version, again.shelf.size, again.desk.snapshot().saving]).toEqual([2, 0, 'saved'])
    // the first page finds it changed: its own edit is made once more there, as its person had wished
    desk.tryAgain()
    await idle()
    expect(desk.snapshot().saving).toBe('saved')
  })

  it('is quiet about a search that betters its own plan', () => {
    const service = makeService(stored(given, 1, 'worker'))
    const { desk, told, cost } = open(service)
    desk.take(stored({ ...given, costKrw: given.costKrw - 5 }, 2, 'worker'), true)
    desk.take(stored({ ...given, costKrw: given.costKrw - 9 }, 3, 'worker'))
    expect([cost(), told]).toEqual([-9, []])
  })
})

describe('history as values', () => {
  const step = (edit: Edit, before: Plan, after: Plan): Step => ({
    kind: 'change',
    change: { kind: 'edit', edit },
    krw: 0,
    before,
    after,
  })

  it('goes back and forward, and a new step forgets what was ahead', () => {
    const one = step(direct('S1'), given, given)
    const two = step(direct('S2'), given, given)
    const history = remember(remember(NO_HISTORY, one), two)
    const back = stepBack(history)!
    expect([back.step, back.history.future]).toEqual([two, [two]])
    expect(stepForward(back.history)?.history).toEqual(history)
    expect(remember(back.history, one).future).toEqual([])
    expect(stepBack(NO_HISTORY)).toBeUndefined()
  })

  it('finds the way back of every edit, to the place where things were', () => {
    const [route] = given.routes
    const back = (edit: Edit) =>
      inverseOf({ kind: 'edit', edit }, given).map((change) => 'edit' in change && change.edit)
    const [s1, s2] = shipmentsAt({ kind: 'route', route: route!.id }, given)
    // S1 is the first to be loaded; of the other shipment nothing is on board before
    expect(back(direct(s1!))).toEqual([
      { kind: 'move', shipments: [s1], to: { route: route!.id }, pickupAt: 0, deliveryAt: expect.any(Number) },
    ])
    expect(back({ kind: 'reverse', route: route!.id })).toMatchObject([{ kind: 'order', route: route!.id }])
    expect(back({ kind: 'retype', route: route!.id, vehicle: 'hired' })).toEqual([
      { kind: 'retype', route: route!.id, vehicle: route!.vehicle },
    ])
    expect(back({ kind: 'swap', one: s1!, other: s2! })).toHaveLength(2)
    expect(back({ kind: 'move', shipments: ['S3'], to: { route: route!.id } })).toMatchObject([
      { kind: 'direct', shipments: ['S3'] },
    ])
    expect(back({ kind: 'time', route: route!.id, stop: 0, startS: 99_999 })).toMatchObject([
      { startS: route!.stops[0]!.startS },
    ])
  })

  it('is the same plan whoever is named in its ledger', () => {
    const entry = { edit: direct('S1'), krw: 1 }
    expect(samePlan({ ...given, edits: [entry] }, { ...given, edits: [{ ...entry, by: 'a' }] })).toBe(true)
    expect(samePlan(given, { ...given, costKrw: 1 })).toBe(false)
  })

  it('takes one edit out of the past where all later ones can be made without it', () => {
    const editor = editorOf(given)
    const first = editor.judge(direct('S1')).plan!
    const second = editorOf(first).judge(direct('S2')).plan!
    const past = [step(direct('S1'), given, first), step(direct('S2'), first, second)]
    const left = without(
      editor,
      past.map((one) => ({ step: one })),
      past[0] as Step & { kind: 'change' },
    )
    expect(left?.edits?.map(({ edit }) => edit)).toEqual([direct('S2')])
    const impossible = [past[0]!, step(direct('S9'), first, second)]
    expect(
      without(
        editor,
        impossible.map((one) => ({ step: one })),
        impossible[0] as Step & { kind: 'change' },
      ),
    ).toBeUndefined()
  })
})

describe('what can be done to a thing', () => {
  const route = given.routes[0]!

  it('is locked by its grade, and the padlock says which', () => {
    const choices = lockChoices({ kind: 'route', route: route.id }, given)
    expect(choices.map(({ name }) => name)).toEqual(['route', 'sequence', 'truck'])
    const locks = choices.find(({ name }) => name === 'truck')!.locks
    expect([isOn(choices[2]!, locks), isOn(choices[0]!, locks)]).toEqual([true, false])
    expect(locksOn({ kind: 'shipment', shipment: route.stops[0]!.pickups[0]! }, given, locks)).toEqual(['truck'])
    expect(lockChoices({ kind: 'shipment', shipment: 'S3' }, given).map(({ name }) => name)).toEqual(['direct'])
  })

  it('moves a stop past the others of its route, and nowhere else', () => {
    const edit = placeStop(given, route.id, 0, 1)
    expect(edit).toMatchObject({ kind: 'order', route: route.id })
    expect(placeStop(given, route.id, 0, 0)).toBeUndefined()
    const visits = edit?.kind === 'order' ? edit.visits : []
    expect(visits.length).toBe(route.stops.flatMap((stop) => stop.visits).length)
  })

  it('is cheaper, dearer, the same or refused; a plan that carries less is never cheaper', () => {
    const judged = editorOf(given).judge(direct('S1'))
    expect(toneOfOffer(judged)).toBe('dearer')
    expect(toneOfOffer({ ...judged, deltaKrw: -1 })).toBe('cheaper')
    expect(toneOfOffer({ ...judged, deltaKrw: 0 })).toBe('same')
    expect(toneOfOffer({ ...judged, deltaKrw: -1, deltaUnserved: 1 })).toBe('dearer')
    expect(toneOfOffer(editorOf(given).judge(direct('S9')))).toBe('refused')
    expect(stepPlace(judged, 1)).toBeUndefined()
  })
})

describe('planning again', () => {
  it('tells what the new plan costs and which routes drive otherwise', () => {
    const after = {
      ...given,
      costKrw: given.costKrw - 500,
      routes: [...given.routes, { ...given.routes[0]!, id: 'x', vehicle: 'hired' }],
    }
    expect(differenceOf(given, after, ['S1'])).toMatchObject({
      deltaKrw: -500,
      deltaRoutes: 1,
      deltaM: given.routes[0]!.distanceM,
      changed: [given.routes.length + 1],
      moved: ['S1'],
    })
  })
})

describe('lines of a plan that nobody has drawn yet', () => {
  it('stay where a route stays, and go straight where it does not', () => {
    expect(roughLines(lines, given, given, problem)).toBe(lines)
    const [route] = given.routes
    const shorter = { ...given, routes: [{ ...route!, stops: route!.stops.slice(0, 1) }] }
    const drawn = roughLines(lines, given, shorter, problem)
    const own = drawn.features.filter(({ geometry }) => geometry.type === 'LineString')
    expect(own.every(({ properties }) => properties.straight === true && properties.number === 1)).toBe(true)
    expect(own).toHaveLength(2)
  })
})
