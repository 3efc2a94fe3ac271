/** The board of a plan, the same for coordinator and carrier: forecasts, who drives, what was said, and what needs somebody first. */
import {
  baseVehicle,
  expectedTimes,
  type HeardMark,
  type Problem,
  type Route,
  type RouteForecast,
  routeNumber,
  type Travel,
} from '../../solver/index.ts'
import type { Actual, Board, BoardProblem, BoardRound, Dispatch, Message } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import { carrierOf, dispatchesOf } from '../dispatch.ts'
import { routePlaces } from '../reports/geojson.ts'
import { roundsOf } from '../reports/guide.ts'
import type { PlanRecord } from '../store/store.ts'
import type { TravelLeg } from '../travel/provider.ts'
import { holding } from './marks.ts'
import { expectedPlace } from './place.ts'

/** A word that is so much overdue is missed. */
const QUIET_FROM_S = 600
/** Less room than this is worth a look. */
const TIGHT_BELOW_S = 600
/** After the last truck should be back: the day is over. */
const OVER_AFTER_S = 6 * 3600

export interface BoardInput {
  readonly record: PlanRecord
  readonly problem: Problem
  readonly travel: Travel
  readonly data: Pick<ComplexData, 'carriers'>
  readonly dispatches: readonly Dispatch[]
  readonly actuals: readonly Actual[]
  readonly marks: readonly HeardMark[]
  readonly messages: readonly Message[]
  /** by route: of the driver's link */
  readonly links: ReadonlyMap<string, NonNullable<BoardRound['link']>>
  /** ids of photos, by route */
  readonly photos: readonly { readonly id: string; readonly route: string; readonly at: string }[]
  readonly legs: ReadonlyMap<string, readonly TravelLeg[]>
  readonly nowMs: number
  /** only these rounds; default: all */
  readonly only?: ReadonlySet<string>
}

/** Moment of the board: before the day its beginning, after it when the last truck should be back. */
export function boardMoment({ startsAt }: Problem, rounds: readonly Route[], nowMs: number) {
  const nowS = Math.floor((nowMs - Date.parse(startsAt)) / 1000)
  const endS = Math.max(0, ...rounds.map(({ returnS }) => returnS))
  const over = nowS > endS + OVER_AFTER_S
  return { nowS: Math.max(0, over ? endS + OVER_AFTER_S : nowS), over }
}

export function boardOf(input: BoardInput): Board {
  const { record, problem, travel, data, marks, nowMs, only } = input
  const { plan } = record
  const rounds = roundsOf(plan)
  const { nowS, over } = boardMoment(problem, rounds, nowMs)
  const messages = input.messages.filter(({ route }) => only === undefined || only.has(route))
  const forecasts = expectedTimes(problem, travel, plan, marks, nowS)
  const dispatches = new Map(dispatchesOf(data, plan, input.dispatches).map((entry) => [entry.route, entry]))
  const actuals = holding(input.actuals)
  const siteOf = new Map(problem.sites.map((site) => [site.id, site]))
  const alone = new Map(plan.direct.flatMap(({ shipment, route }) => (route ? [[route.id, shipment] as const] : [])))

  const items = rounds.map((route, index): BoardRound => {
    const found = forecasts[index]!
    const dispatch = dispatches.get(route.id)
    const carrier = carrierOf(data, dispatch, route.vehicle)
    const truck = carrier?.trucks?.find(({ plate }) => plate === dispatch?.plate)
    const [driver, phone] = [dispatch?.driver ?? truck?.driver, dispatch?.phone ?? truck?.phone]
    const shipment = alone.get(route.id)
    const stops = found.stops.map(({ stop, ...times }) => {
      const { site, pickups, deliveries } = route.stops[stop]!
      const known = siteOf.get(site)
      return {
        name: known?.name ?? site,
        ...(known?.phone !== undefined && { phone: known.phone }),
        pickups: pickups.length,
        deliveries: deliveries.length,
        ...times,
      }
    })
    const open = stops.filter(({ state }) => state === 'ahead' || state === 'there')
    const late = open.filter(({ lateS }) => lateS > 0)
    const quietS = found.wordDueS !== undefined && found.wordDueS < nowS && !over ? nowS - found.wordDueS : undefined
    const problems = problemsOf(actuals, route.id, input.photos)
    const unread = messages.filter((one) => one.route === route.id && one.from === 'driver' && !one.seenAt).length
    const link = input.links.get(route.id)
    const place = over ? undefined : placeOf(input, route, found, nowS)
    const about = {
      lateS: Math.max(0, ...late.map(({ lateS }) => lateS)),
      lateStops: late.length,
      unread,
      problems,
      ...(quietS !== undefined && { quietS }),
      ...(found.roomS !== undefined && { roomS: found.roomS }),
    }
    return {
      route: route.id,
      ...(shipment === undefined ? { number: routeNumber(route, index) } : { shipment }),
      vehicle: baseVehicle(route.vehicle),
      ...truckClass(problem, route.vehicle),
      ...(carrier && { carrier: carrier.name }),
      dispatch: dispatch?.state ?? 'open',
      ...(dispatch?.plate !== undefined && { plate: dispatch.plate }),
      ...(driver !== undefined && { driver }),
      ...(phone !== undefined && { phone }),
      need: needOf(found, about),
      state: found.state,
      planned: { departS: route.departS, returnS: route.returnS },
      departS: found.departS,
      ...(found.departedS !== undefined && { departedS: found.departedS }),
      returnS: found.returnS,
      behindS: behind(route, found),
      ...about,
      ...(found.next !== undefined && { next: found.next }),
      ...(found.heardS !== undefined && { heardS: found.heardS }),
      stops,
      rests: [...found.rests],
      restDoubt: [...found.restDoubt],
      ...(place && { place }),
      ...(link && { link }),
    }
  })
  return {
    plan: record.id,
    state: record.state,
    startsAt: problem.startsAt,
    timeZone: problem.timeZone,
    nowS,
    over,
    estimated: travel.estimated,
    rounds: items.filter(({ route }) => only === undefined || only.has(route)).sort(byNeed),
    messages: [...messages],
  }
}

const NEEDS: Readonly<Record<BoardRound['need'], number>> = {
  problem: 0,
  late: 1,
  quiet: 2,
  message: 3,
  tight: 4,
  going: 5,
  waiting: 6,
  finished: 7,
}
const byNeed = (a: BoardRound, b: BoardRound): number =>
  NEEDS[a.need] - NEEDS[b.need] ||
  b.lateS - a.lateS ||
  (b.quietS ?? 0) - (a.quietS ?? 0) ||
  a.planned.departS - b.planned.departS

function needOf(
  { state }: RouteForecast,
  about: Pick<BoardRound, 'problems' | 'lateStops' | 'quietS' | 'unread' | 'roomS'>,
): BoardRound['need'] {
  if (about.problems.some(({ open }) => open)) return 'problem'
  if (about.lateStops > 0) return 'late'
  if ((about.quietS ?? 0) >= QUIET_FROM_S) return 'quiet'
  if (about.unread > 0) return 'message'
  if (state === 'finished' || state === 'waiting') return state
  return about.roomS !== undefined && about.roomS < TIGHT_BELOW_S ? 'tight' : 'going'
}

/** What is next against the plan: a stop that it stands at by its leaving. */
function behind(route: Route, { stops, next, returnS }: RouteForecast): number {
  if (next === undefined) return returnS - route.returnS
  const { state, leaveS, arriveS, planned } = stops[next]!
  return state === 'there' ? leaveS - planned.leaveS : arriveS - planned.arriveS
}

/** A problem is open until the round goes on. A photo belongs to the problem that was told of last before it. */
function problemsOf(actuals: readonly Actual[], route: string, photos: BoardInput['photos']): BoardProblem[] {
  const own = actuals.filter((actual) => actual.route === route)
  const told = own.filter(({ kind }) => kind === 'problem').toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return told.map(({ id, stop, note, at, by, problem }, k): BoardProblem => {
    const untilMs = told[k + 1] ? Date.parse(told[k + 1]!.at) : Number.POSITIVE_INFINITY
    const shown = photos.filter(
      (photo) => photo.route === route && Date.parse(photo.at) >= Date.parse(at) && Date.parse(photo.at) < untilMs,
    )
    return {
      id,
      ...(stop !== undefined && { stop }),
      ...(problem !== undefined && { kind: problem }),
      ...(note !== undefined && { note }),
      at,
      by,
      open: !own.some((other) => other.kind !== 'problem' && Date.parse(other.at) > Date.parse(at)),
      photos: shown.map((photo) => photo.id),
    }
  })
}

function truckClass({ vehicles }: Problem, vehicle: string): { truck?: string } {
  const truck = vehicles.find(({ id }) => id === vehicle)?.truck
  return truck === undefined ? {} : { truck }
}

function placeOf({ problem, legs }: BoardInput, route: Route, found: RouteForecast, nowS: number) {
  const places = routePlaces(route, problem)
  const points = places.map(({ site }) => [site.lng, site.lat] as const)
  return expectedPlace(route, found, points, places[0]?.kind === 'start', legs.get(route.id), nowS)
}
