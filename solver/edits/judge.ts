/**
 * What an edit would mean, before it is done: the plan after it, what that costs more or less, and every rule in the way with its numbers.
 * Only the trucks that it touches are timed and priced; the rest of the plan is carried over as it is, to the second. A plan that is
 * given is one that `checkPlan` accepts (property test), without walking all of it again.
 */
import { checkDocks, checkFleet, checkModes, readDocuments } from '../check.ts'
import type { Trip } from '../docks.ts'
import { writeRoute } from '../document.ts'
import type { Lock } from '../locks/lock.ts'
import { COST_KINDS, type CostLine, type Direct, type Plan, type Route, type Violation } from '../plan.ts'
import { RULES } from '../rules/index.ts'
import type { Documents } from '../rules/rule.ts'
import { type Alone, hireAlone, sendFreight } from './alone.ts'
import { type Asked, readEdit } from './asked.ts'
import { assemblePlan, type Desk, newIds, standing, withDrivers } from './desk.ts'
import type { Edit } from './edit.ts'
import { type Ask, Fitter } from './fit.ts'
import { locksBroken, locksLeft } from './locks.ts'

/** An edit judged. Differences are the plan after it less the plan before. */
export interface Judged {
  readonly edit: Edit
  /** the plan after it, with its entry in the ledger and the locks that still say something; absent: refused */
  readonly plan?: Plan
  /** why it is refused; empty: it is not */
  readonly broken: readonly Violation[]
  readonly deltaKrw: number
  /** metres, hours from departure to return, and waits, of all trucks, hired ones alone included */
  readonly deltaM: number
  readonly deltaS: number
  readonly deltaWaitS: number
  /** shipments that nobody carries; above 0 the plan is cheaper because it does less */
  readonly deltaUnserved: number
  /** differences by kind of cost, those of 0 left out; they add up to `deltaKrw` */
  readonly lines: readonly CostLine[]
  /** false: the figures could not be worked out and are 0, or leave out a leg that no road leads along */
  readonly priced: boolean
  /** ids of the routes that are not as they were: changed, begun or gone */
  readonly routes: readonly string[]
  /** those of them that drive after it, refused or not, to be shown */
  readonly after: readonly Route[]
  /** ids of the shipments it moves, with those that must ride with them */
  readonly shipments: readonly string[]
  /** locks of the plan that it goes against, which is no reason to refuse it */
  readonly breaksLocks: readonly Lock[]
}

/** A plan laid out to be judged on. */
export interface Table {
  readonly desk: Desk
  readonly fitter: Fitter
  readonly documents: Documents
}

export const layTable = (desk: Desk): Table => ({
  desk,
  fitter: new Fitter(desk),
  documents: readDocuments(desk.opened.problem, desk.opened.travel),
})

export function judge(table: Table, edit: Edit): Judged {
  const { desk } = table
  const asked = readEdit(desk, edit)
  if ('rule' in asked) return { edit, broken: [asked], ...NOTHING }
  const drawn = draw(table, asked)
  const { plan, routes, broken } = drawn
  const before = desk.plan
  const deltaKrw = plan.costKrw - before.costKrw
  const [was, is] = [sumsOf(before), sumsOf(plan)]
  const locks = [...(before.locks ?? []), ...asked.locks]
  const { problem } = desk.opened
  const isRefused = broken.length > 0
  const ledger = [...(before.edits ?? []), { edit, krw: deltaKrw }]
  const after = plan.routes.filter(({ id }) => routes.includes(id))
  return {
    edit,
    ...(isRefused ? {} : { plan: withLocks({ ...plan, edits: ledger }, locks) }),
    broken,
    deltaKrw,
    deltaM: is.distanceM - was.distanceM,
    deltaS: is.hoursS - was.hoursS,
    deltaWaitS: is.waitS - was.waitS,
    deltaUnserved: plan.unserved.length - before.unserved.length,
    lines: differences(before.costLines, plan.costLines),
    priced: drawn.priced,
    routes,
    after,
    shipments: asked.moved.map((order) => problem.shipments[order].id),
    breaksLocks: locksBroken(before.locks ?? [], before, plan),
  }
}

const NOTHING = {
  deltaKrw: 0,
  deltaM: 0,
  deltaS: 0,
  deltaWaitS: 0,
  deltaUnserved: 0,
  lines: [],
  priced: false,
  routes: [],
  after: [],
  shipments: [],
  breaksLocks: [],
} as const

function withLocks({ locks: _, ...plan }: Plan, locks: readonly Lock[]): Plan {
  const left = locksLeft(locks, plan)
  const once = [...new Map(left.map((lock) => [JSON.stringify(lock), lock])).values()]
  return once.length > 0 ? { ...plan, locks: once } : plan
}

function sumsOf({ routes, direct }: Plan) {
  let distanceM = 0
  let hoursS = 0
  let waitS = 0
  const add = (route: Route | undefined) => {
    if (!route) return
    distanceM += route.distanceM
    hoursS += route.returnS - route.departS
    waitS += route.waitS
  }
  for (const route of routes) add(route)
  for (const { route } of direct) add(route)
  return { distanceM, hoursS, waitS }
}

const differences = (before: readonly CostLine[], after: readonly CostLine[]): CostLine[] =>
  COST_KINDS.map((kind) => {
    const of = (lines: readonly CostLine[]) =>
      lines.reduce((sum, line) => (line.kind === kind ? sum + line.krw : sum), 0)
    return { kind, krw: of(after) - of(before) }
  }).filter(({ krw }) => krw !== 0)

interface Drawn {
  readonly plan: Plan
  readonly routes: readonly string[]
  readonly broken: readonly Violation[]
  readonly priced: boolean
}

/** A truck as it would drive. */
interface Driven {
  readonly type: number
  readonly route: Route
}

/** The plan with every truck that the edit touches timed and priced anew, whatever that breaks. */
function draw({ desk, fitter, documents }: Table, asked: Asked): Drawn {
  const { opened, plan, trips } = desk
  const { problem, instance } = opened
  const lifted = new Set(asked.moved)
  // whom the docks are given to first; where none are counted nobody asks
  const fixed: Trip[] = instance.docks ? standing(desk, new Set(asked.changed.keys()), lifted) : []
  const broken: Violation[] = []
  let priced = true
  let isSound = true
  const missed: Violation[] = []
  const settle = (ask: Ask, id: string): Driven => {
    const found = fitter.fit(ask, fixed)
    fixed.push(found.trip)
    if (found.opened !== opened) priced = false
    if (found.broken.length > 0) isSound = false
    missed.push(...found.broken.map((fault) => ({ ...fault, route: id })))
    return { type: found.trip.type, route: writeRoute(found.opened, found.trip.schedule, id) }
  }

  const changed = new Map<number, Driven | null>()
  // trucks that only lose something first: what they give up at a dock is free for the others
  const byPut = [...asked.changed].sort(([, a], [, b]) => a.put.length - b.put.length)
  for (const [index, ask] of byPut) {
    const isEmpty = ask.base.length + ask.put.length === 0
    const { id, driver } = plan.routes[index]
    const driven = isEmpty ? null : settle(ask, id)
    changed.set(index, driven && { ...driven, route: { ...driven.route, ...(driver !== undefined && { driver }) } })
  }
  const ids = newIds(plan)
  const begun = asked.begun.map((ask, k) => settle(ask, ids(k)))
  const kept = trips.flatMap(({ type }, index): Driven[] => {
    const now = changed.get(index)
    return now === undefined ? [{ type, route: plan.routes[index] }] : now ? [now] : []
  })
  // a truck that begins, or another one than it was
  const fresh = [
    ...[...changed].flatMap(([index, now]) => (now && now.type !== trips[index].type ? [now] : [])),
    ...begun,
  ]
  const driven = [...kept, ...begun]
  const staffed = fresh.length > 0 ? withDrivers(opened, driven) : driven.map(({ route }) => route)
  const routes = staffed ?? driven.map(({ route }) => route)

  const alone = asked.direct.map(({ order, mode }) => goAlone(desk, fitter, order, mode, fixed))
  for (const way of alone) {
    if (!way.isSound) isSound = false
    broken.push(...way.broken)
  }
  const named = new Set(asked.moved.map((order) => problem.shipments[order].id))
  const isLeft = asked.left.map((order) => problem.shipments[order].id)
  const stays = new Map(plan.unserved.map((entry) => [entry.shipment, entry]))
  const now = assemblePlan(desk, {
    routes,
    direct: [
      ...plan.direct.filter(({ shipment }) => !named.has(shipment)),
      ...alone.flatMap(({ direct }) => direct ?? []),
    ],
    unserved: [
      ...plan.unserved.filter(({ shipment }) => !named.has(shipment)),
      ...isLeft.map((shipment) => stays.get(shipment) ?? { shipment, reasons: [] }),
    ],
  })

  // what is broken is said as the check would say it
  const touched = [...[...changed.values()].flatMap((truck) => truck?.route ?? []), ...begun.map(({ route }) => route)]
  const solo = alone.flatMap(({ direct }) => direct?.route ?? [])
  if (!isSound)
    for (const route of [...touched, ...solo]) broken.push(...RULES.flatMap((rule) => rule.check(route, documents)))
  for (const route of touched) broken.push(...checkModes(route, documents))
  if (fresh.length > 0) broken.push(...checkFleet(problem, now))
  if (!staffed)
    broken.push(
      ...fresh.map(({ route }) => ({
        rule: 'drivers',
        route: route.id,
        vehicle: route.vehicle,
        excess: 1,
        unit: 'drivers',
      })),
    )
  if (instance.docks && !isSound)
    broken.push(...checkDocks(problem, [...routes, ...now.direct.flatMap(({ route }) => route ?? [])]))
  // law tests hold both sides of a rule together; should one ever say nothing, the other is heard
  if (!isSound && broken.length === 0) broken.push(...missed)
  if (alone.some(({ direct }) => !direct)) priced = false
  const isDifferent = (index: number, truck: Driven | null) =>
    truck === null || drivenAs(truck.route) !== drivenAs(plan.routes[index])
  return {
    plan: now,
    broken: worstOf(broken),
    priced,
    routes: [
      ...[...changed].flatMap(([index, truck]) => (isDifferent(index, truck) ? [plan.routes[index].id] : [])),
      ...begun.map(({ route }) => route.id),
    ],
  }
}

/** What makes a route another one, whatever the order of its keys: a plan may have travelled. */
const drivenAs = ({ vehicle, driver, departS, returnS, costKrw, stops }: Route): string =>
  JSON.stringify([
    [vehicle, driver, departS, returnS, costKrw],
    stops.map(({ arriveS, visits }) => [arriveS, visits.map(({ shipment, kind, startS }) => [shipment, kind, startS])]),
  ])

/** A load that is too much is so at every stop it passes: each rule once for a truck and a shipment, by the most. */
function worstOf(broken: readonly Violation[]): Violation[] {
  const worst = new Map<string, Violation>()
  for (const fault of broken) {
    const key = JSON.stringify([fault.rule, fault.route, fault.shipment, fault.unit])
    const known = worst.get(key)
    if (!known || known.excess < fault.excess) worst.set(key, fault)
  }
  return [...worst.values()]
}

type Way = Omit<Alone, 'direct'> & { readonly direct: Direct | null }

/** By the mode that is asked for, or the cheaper that takes it; where neither does, as a hired truck would. */
function goAlone(
  desk: Desk,
  fitter: Fitter,
  order: number,
  mode: 'hired' | 'terminal' | undefined,
  fixed: Trip[],
): Way {
  const hired = mode === 'terminal' ? null : hireAlone(desk, fitter, order, fixed)
  const freight = mode === 'hired' ? null : sendFreight(desk, order)
  const [best] = [hired, freight]
    .flatMap((way) => way ?? [])
    .sort((a, b) => Number(b.isSound) - Number(a.isSound) || (a.isSound ? a.direct.costKrw - b.direct.costKrw : 0))
  if (best?.trip) fixed.push(best.trip)
  const { id: shipment } = desk.opened.problem.shipments[order]
  return best ?? { direct: null, isSound: false, broken: [{ rule: 'modes', shipment, excess: 1, unit: 'shipments' }] }
}
