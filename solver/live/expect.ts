/**
 * When the trucks of a day under way will be where: what is recorded stands, what is to come follows from it. A truck goes on as its plan
 * says: the order of its stops, the minutes of each service, the waits that were meant, and the rests where the plan has them. A wait of
 * the plan that the law needs as a rest stays one, however late the truck comes. So the driving since the last rest depends on where the
 * truck is, not on when, and a delay never makes anything earlier (where travel depends on the hour only as far as nobody rests on the
 * road: who leaves later may then need no rest). Rests on legs that are over are believed to have been taken, unless the record has
 * no room for them: then the law asks for one at once.
 * No scheduleRoute here: it chooses departures, rests and windows anew, and a forecast must not plan.
 */
import { travelTable } from '../dense.ts'
import type { Mark } from '../disturb/event.ts'
import { marksOf } from '../disturb/standing.ts'
import { problemInParts } from '../parts.ts'
import type { Plan, Rest, Route, Stop, Visit } from '../plan.ts'
import { lawOf, type Problem, type Travel } from '../problem.ts'
import { punctuality } from '../punctuality.ts'
import { makeSlices } from '../slices.ts'
import { softWindow } from '../tariff.ts'
import { visitWindows } from '../windows.ts'
import { type Habits, habitsOf } from './habits.ts'
import { type Drive, legDriver } from './leg.ts'

/** A mark, and when it became known; default: when it happened. */
export interface HeardMark extends Mark {
  readonly knownS?: number
}

export interface Times {
  readonly arriveS: number
  readonly startS: number
  readonly leaveS: number
}

export interface StopForecast extends Times {
  /** index into the stops of the route */
  readonly stop: number
  readonly site: string
  /** passed: nothing was recorded here, but at a later stop; its times are guesses between those known */
  readonly state: 'left' | 'there' | 'ahead' | 'passed'
  readonly planned: Times
  /** as recorded; `arriveS` and `leaveS` have the same where they are */
  readonly arrivedS?: number
  readonly leftS?: number
  /** last second at which service may begin: windows that the plan meant, and when goods are due; absent: any */
  readonly latestS?: number
  /** seconds that it begins after that */
  readonly lateS: number
  /** seconds that it begins after its soft windows close */
  readonly wishedLateS: number
  /** seconds that are left until it is late */
  readonly slackS?: number
  /** moment since which this lateness was to be seen, from what was known then; 0: the plan has it */
  readonly foreseenS?: number
}

export interface RouteForecast {
  readonly route: string
  readonly vehicle: string
  /** waiting: its time has not come. resting, driving: by the forecast */
  readonly state: 'waiting' | 'notLeft' | 'driving' | 'there' | 'resting' | 'finished'
  readonly departS: number
  readonly departedS?: number
  readonly returnS: number
  readonly stops: readonly StopForecast[]
  readonly rests: readonly Rest[]
  /** stop that it stands at or heads for; absent: none is left */
  readonly next?: number
  /** last time of which anything is recorded */
  readonly heardS?: number
  /** when a word from it was to be expected next; absent: none is to come */
  readonly wordDueS?: number
  /** delay from now on that it can take before a stop is late; absent: any */
  readonly roomS?: number
  /** stops where a rest of the plan has no room in what was recorded */
  readonly restDoubt: readonly number[]
}

/** One for each round, hired trucks alone included, in the order of the plan. `marks`: those that hold; later ones than `nowS` count as now. */
export function expectedTimes(
  whole: Problem,
  travel: Travel,
  plan: Plan,
  marks: readonly HeardMark[],
  nowS: number,
): RouteForecast[] {
  const problem = problemInParts(whole, plan.parts ?? [])
  const world = openWorld(problem, travel)
  const rounds = [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])]
  const own = Map.groupBy(marks, ({ route }) => route)
  return rounds.map((route) => {
    const heard = own.get(route.id) ?? []
    const habits = habitsOf(route, world.law)
    const at = (momentS: number): RouteForecast =>
      forecast(
        world,
        route,
        habits,
        heard.filter((mark) => (mark.knownS ?? mark.atS) <= momentS),
        momentS,
      )
    const now = forecast(world, route, habits, heard, nowS)
    return now.stops.some(isLate) ? withForesight(now, at, heard, nowS) : now
  })
}

const isLate = ({ lateS, wishedLateS }: StopForecast): boolean => lateS > 0 || wishedLateS > 0

interface Limits {
  readonly latestS: number | undefined
  readonly wishedS: number | undefined
}

interface World {
  readonly law: { readonly driveS: number; readonly restS: number }
  readonly drive: (route: Route) => Drive
  readonly ends: (route: Route) => { readonly start: string | null; readonly end: string | null }
  readonly open: (visit: Visit, atS: number) => number
  readonly limits: (stop: Stop, visit: Visit) => Limits
}

function openWorld(problem: Problem, travel: Travel): World {
  const { driveS, restS } = lawOf(problem)
  const law = { driveS: restS > 0 ? driveS : Number.POSITIVE_INFINITY, restS }
  const siteOf = new Map(problem.sites.map((site) => [site.id, site]))
  const indexOf = new Map(problem.sites.map(({ id }, index) => [id, index]))
  const shipmentOf = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  const vehicleOf = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const slicesOf = new Map(travel.tables.map((table) => [table, makeSlices(table, problem.sites.length, false)]))
  const windowsOf = new Map<string, ReturnType<typeof visitWindows>>()
  const room = punctuality(problem)
  return {
    law,
    drive(route) {
      const table = travelTable(travel, vehicleOf.get(route.vehicle)!.truck)
      return legDriver(table, slicesOf.get(table) ?? null, law, (site) => indexOf.get(site)!, problem.sites.length)
    },
    ends({ vehicle }) {
      const { start = null, end = null } = vehicleOf.get(vehicle)!
      return { start, end }
    },
    open({ shipment: id, kind }, atS) {
      const key = `${kind} ${id}`
      const shipment = shipmentOf.get(id)!
      const site = siteOf.get(kind === 'pickup' ? shipment.from : shipment.to)!
      if (!windowsOf.has(key)) windowsOf.set(key, visitWindows(shipment, site, kind))
      const next = windowsOf.get(key)!.find(([, close]) => atS <= close)
      return next ? Math.max(atS, next[0]) : atS
    },
    limits(stop, visit) {
      const { latestS } = room({ ...stop, startS: visit.startS, visits: [visit] })
      return { latestS, wishedS: softWindow(shipmentOf.get(visit.shipment)!, visit.kind)?.closesS }
    },
  }
}

interface Served extends Times {
  /** [visit] */
  readonly starts: readonly number[]
  /** [visit] waited here before it, rests left out */
  readonly waits: readonly number[]
  readonly rests: readonly Rest[]
}

/** Serves a stop from `arriveS` on: its visits for as long as planned, none before it was meant to begin or its window opens. */
function serve(world: World, { stops }: Route, habits: Habits, index: number, arriveS: number): Served {
  const rests: Rest[] = []
  const starts: number[] = []
  const waits: number[] = []
  let clock = arriveS
  let waitedS = 0
  stops[index].visits.forEach((visit, k) => {
    const { notBeforeS, pauseS, isListed } = habits.visits[index][k]
    const readyS = clock + pauseS
    if (isListed) rests.push({ beforeStop: index, startS: clock, endS: readyS })
    const startS = world.open(visit, Math.max(readyS, notBeforeS))
    waitedS += startS - readyS
    starts.push(startS)
    waits.push(waitedS)
    clock = startS + visit.endS - visit.startS
  })
  return { arriveS, startS: starts[0] ?? arriveS, leaveS: clock, starts, waits, rests }
}

function forecast(world: World, route: Route, habits: Habits, marks: readonly Mark[], nowS: number): RouteForecast {
  const heard = marks.map((mark) => ({ ...mark, atS: Math.min(mark.atS, nowS) }))
  const { departS: departedS, stops: recorded } = marksOf(route, heard)
  const { start, end } = world.ends(route)
  const drive = world.drive(route)
  const seenS = recorded.map(({ arriveS = NEVER_S, leaveS = NEVER_S }) => Math.max(arriveS, leaveS))
  const lastKnown = seenS.findLastIndex((atS) => atS > NEVER_S)
  // a stop may have been done out of turn: the truck is where it was last heard of
  const here = lastKnown < 0 ? -1 : seenS.lastIndexOf(Math.max(...seenS))
  const isThere = here >= 0 && recorded[here].leaveS === undefined
  const stops: StopForecast[] = []
  const rests: Rest[] = []
  const restDoubt: number[] = []

  const put = (index: number, state: StopForecast['state'], served: Served, times: Times = served) => {
    const { site, arriveS, startS, leaveS, visits } = route.stops[index]
    const { arriveS: arrivedS, leaveS: leftS } = recorded[index]
    const begun = served.starts.map((seconds) => seconds + times.startS - served.startS)
    const limits = visits.map((visit) => world.limits(route.stops[index], visit))
    // visits move together: by how much may the first one
    const room = (limit: keyof Limits) =>
      Math.min(...limits.map((one, k) => (one[limit] ?? Number.POSITIVE_INFINITY) - begun[k]))
    const [slackS, wishS] = [room('latestS'), room('wishedS')]
    const isKnown = state !== 'passed'
    stops[index] = {
      stop: index,
      site,
      state,
      planned: { arriveS, startS, leaveS },
      arriveS: times.arriveS,
      startS: times.startS,
      leaveS: times.leaveS,
      ...(arrivedS !== undefined && { arrivedS }),
      ...(leftS !== undefined && { leftS }),
      ...(isKnown && Number.isFinite(slackS) && { latestS: times.startS + slackS, slackS: Math.max(0, slackS) }),
      lateS: isKnown ? Math.max(0, -slackS) : 0,
      wishedLateS: isKnown ? Math.max(0, -wishS) : 0,
    }
  }

  // what is over
  const firstSeenS = Math.min(...seenS.filter((atS) => atS > NEVER_S))
  const departS = departedS ?? (lastKnown < 0 ? Math.max(route.departS, nowS) : Math.min(route.departS, firstSeenS))
  let clock = departS
  let drivenS = 0
  for (let index = 0; index <= lastKnown; index++) {
    const { arriveS, leaveS } = recorded[index]
    const planned = route.stops[index]
    const serviceS = planned.visits.reduce((sum, { startS, endS }) => sum + endS - startS, 0)
    const restS = habits.legs[index].reduce((sum, { lengthS }) => sum + lengthS, 0)
    const aheadS = Math.min(...seenS.slice(index).filter((atS) => atS > NEVER_S))
    let thereS = Math.min(clock + planned.legS + restS, aheadS)
    let goneS = Math.min(thereS + serviceS, aheadS)
    if (arriveS === undefined && leaveS === undefined)
      put(index, 'passed', serve(world, route, habits, index, thereS), {
        arriveS: thereS,
        startS: thereS,
        leaveS: goneS,
      })
    else {
      thereS = arriveS ?? Math.max(Math.min(planned.arriveS, leaveS! - serviceS), Math.min(clock, leaveS!))
      const served = serve(world, route, habits, index, thereS)
      const isHere = isThere && index === here
      goneS = isHere ? Math.max(served.leaveS, nowS) : Math.max(thereS, leaveS ?? Math.min(served.leaveS, seenS[here]))
      const startS = isHere ? served.startS : Math.min(served.startS, Math.max(thereS, goneS - serviceS))
      put(index, isHere ? 'there' : 'left', served, { arriveS: thereS, startS, leaveS: goneS })
      rests.push(...served.rests)
      const atSite = habits.visits[index].reduce((sum, { pauseS }) => sum + pauseS, 0)
      if (!isHere && goneS - thereS - serviceS < atSite) restDoubt.push(index)
      if (index > 0 && thereS - clock < restS) restDoubt.push(index)
    }
    // loading is no rest, however long it took; a rest of the plan is one unless the record has no room for it
    if (restDoubt.at(-1) !== index) {
      let restedS = 0
      for (const { afterS, lengthS } of habits.legs[index]) {
        const fromS = clock + afterS + restedS
        rests.push({ beforeStop: index, startS: fromS, endS: fromS + lengthS })
        restedS += lengthS
      }
      drivenS = habits.drivenAfter(index, drivenS)
    } else drivenS += planned.legS
    clock = goneS
  }

  // what is to come
  let place = here < 0 ? start : route.stops[here].site
  clock = here < 0 ? departS : stops[here].leaveS
  let roomS = Number.POSITIVE_INFINITY
  let waitedS = 0
  let wordDueS = here < 0 && departedS === undefined ? route.departS : undefined
  if (isThere) wordDueS = serve(world, route, habits, here, stops[here].arriveS).leaveS
  const goOn = (to: string | null, leg: number): number => {
    const way = drive(place, to, clock, drivenS, habits.legs[leg])
    rests.push(...way.rests.map((rest) => ({ beforeStop: leg, ...rest })))
    drivenS = way.drivenS
    return way.arriveS
  }
  for (let index = lastKnown + 1; index < route.stops.length; index++) {
    const stop = route.stops[index]
    const freeS = goOn(stop.site, index)
    wordDueS ??= freeS
    const served = serve(world, route, habits, index, Math.max(freeS, nowS))
    put(index, 'ahead', served)
    rests.push(...served.rests)
    stop.visits.forEach((visit, k) => {
      const { latestS = Number.POSITIVE_INFINITY } = world.limits(stop, visit)
      roomS = Math.min(roomS, waitedS + served.waits[k] + latestS - served.starts[k])
    })
    waitedS += served.waits.at(-1) ?? 0
    clock = served.leaveS
    place = stop.site
    if (habits.visits[index].some(({ pauseS }) => pauseS > 0 && pauseS >= world.law.restS)) drivenS = 0
  }
  const returnS = goOn(end, route.stops.length)
  const next = isThere ? here : lastKnown + 1
  const hasNext = next < route.stops.length
  const state = (): RouteForecast['state'] => {
    if (here < 0 && departedS === undefined) return route.departS > nowS ? 'waiting' : 'notLeft'
    if (!hasNext && returnS <= nowS) return 'finished'
    if (isThere) return 'there'
    const isResting = rests.some(
      ({ beforeStop, startS, endS }) => beforeStop > lastKnown && startS <= nowS && nowS < endS,
    )
    return isResting ? 'resting' : 'driving'
  }
  return {
    route: route.id,
    vehicle: route.vehicle,
    state: state(),
    departS,
    ...(departedS !== undefined && { departedS }),
    returnS,
    stops,
    rests: rests.sort((a, b) => a.beforeStop - b.beforeStop || a.startS - b.startS),
    ...(hasNext && { next }),
    ...(heard.length > 0 && { heardS: Math.max(...heard.map(({ atS }) => atS)) }),
    ...(hasNext && wordDueS !== undefined && { wordDueS }),
    ...(Number.isFinite(roomS) && { roomS }),
    restDoubt,
  }
}

/** Of a stop of which nothing is recorded. */
const NEVER_S = Number.NEGATIVE_INFINITY

/** Since when each late stop was to be seen as late, without a break until now. */
function withForesight(
  now: RouteForecast,
  at: (momentS: number) => RouteForecast,
  marks: readonly HeardMark[],
  nowS: number,
): RouteForecast {
  const moments = [...new Set([0, ...marks.map(({ knownS, atS }) => knownS ?? atS), nowS])]
    .filter((momentS) => momentS <= nowS)
    .sort((a, b) => a - b)
  const seen = new Map<number, readonly boolean[]>()
  const lateAt = (momentS: number, stop: number): boolean => {
    if (!seen.has(momentS)) seen.set(momentS, at(momentS).stops.map(isLate))
    return seen.get(momentS)![stop]
  }
  const since = (stop: number): number => {
    let k = moments.length - 1
    while (k > 0 && lateAt(moments[k - 1], stop)) k--
    if (k === 0) return moments[0]
    // silence between two words may have said it before the second one
    let [low, high] = [moments[k - 1], moments[k]]
    if (high - 1 > low && !lateAt(high - 1, stop)) return high
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (lateAt(middle, stop)) high = middle
      else low = middle
    }
    return high
  }
  return {
    ...now,
    stops: now.stops.map((stop) => (isLate(stop) ? { ...stop, foreseenS: since(stop.stop) } : stop)),
  }
}
