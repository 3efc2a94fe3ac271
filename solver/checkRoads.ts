/**
 * The roads of a finished route, leg by leg, from its own times: how long the truck was at the wheel, how far it drove and what toll it
 * passed. Where a table has slices of the day, the leg is driven through them here once more; nothing of this is shared with the search.
 */
import type { Route } from './plan.ts'
import { NO_ROAD, type Problem, type Travel, type TravelTable, type Vehicle } from './problem.ts'

export interface RoadLeg {
  readonly durationS: number
  readonly distanceM: number
  readonly tollKrw: number
  /** no road leads there */
  readonly missing?: boolean
}

const NOTHING: RoadLeg = { durationS: 0, distanceM: 0, tollKrw: 0 }

type Pause = Route['rests'][number]

/** Every leg of the route: one to each stop, and the last one home. Where the truck has no place to come from or go to nothing is driven. */
export function roadsOf(problem: Problem, travel: Travel) {
  const siteOf = new Map(problem.sites.map(({ id }, index) => [id, index]))
  return (vehicle: Vehicle, { stops, rests, departS, returnS }: Route): RoadLeg[] => {
    const table = travel.tables.find(({ trucks }) => trucks.includes(vehicle.truck))!
    const places = [vehicle.start ?? null, ...stops.map(({ site }) => site), vehicle.end ?? null]
    return places.slice(1).map((to, leg) => {
      const from = places[leg]
      if (from === null || to === null) return NOTHING
      const cell = siteOf.get(from)! * problem.sites.length + siteOf.get(to)!
      if (table.durationS[cell] === NO_ROAD) return { ...NOTHING, missing: true }
      const distanceM = table.distanceM[cell]
      const leftS = leg === 0 ? departS : stops[leg - 1].leaveS
      const thereS = leg < stops.length ? stops[leg].arriveS : returnS
      // a rest that begins on arrival is taken at the site
      const pauses = rests.filter(({ beforeStop, startS }) => beforeStop === leg && startS < thereS)
      const tollKrw = figuresAt(table, leftS).tollKrw[cell]
      return { durationS: atTheWheelS(table, cell, leftS, pauses), distanceM, tollKrw }
    })
  }
}

const DAY_S = 24 * 60 * 60

/** What holds at a moment, and the moment from which something else may. */
function figuresAt(table: TravelTable, atS: number) {
  const midnightS = Math.floor(atS / DAY_S) * DAY_S
  const daytimeS = atS - midnightS
  const now = table.slices?.find(({ fromS, toS }) => fromS <= daytimeS && daytimeS < toS)
  const edges = (table.slices ?? []).flatMap(({ fromS, toS }) => [fromS, toS]).filter((edge) => edge > daytimeS)
  return {
    durationS: (now ?? table).durationS,
    tollKrw: now?.tollKrw ?? table.tollKrw,
    untilS: midnightS + Math.min(DAY_S, ...edges),
  }
}

/**
 * Seconds of driving on a leg that is begun then, with these pauses. What is left when the pace changes is that share of the new duration,
 * rounded up: as a fraction of whole numbers, so that nothing depends on how it is computed.
 */
function atTheWheelS(table: TravelTable, cell: number, leftS: number, pauses: readonly Pause[]): number {
  if (!table.slices) return table.durationS[cell]
  const ordered = pauses.toSorted((a, b) => a.startS - b.startS)
  let clock = leftS
  let pace = BigInt(figuresAt(table, clock).durationS[cell])
  let ahead = pace
  let wheelS = 0
  for (;;) {
    const { durationS, untilS } = figuresAt(table, clock)
    const now = BigInt(durationS[cell])
    if (now !== pace) ahead = (ahead * now + pace - 1n) / pace
    pace = now
    const pause = ordered.find(({ startS }) => startS >= clock)
    const stopS = Math.min(untilS, pause ? pause.startS : untilS)
    if (clock + Number(ahead) <= stopS) return wheelS + Number(ahead)
    wheelS += stopS - clock
    ahead -= BigInt(stopS - clock)
    clock = stopS
    if (pause?.startS !== clock) continue
    clock = Math.max(clock, pause.endS)
    ordered.splice(ordered.indexOf(pause), 1)
  }
}
