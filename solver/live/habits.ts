/** What a route means to do at each leg and visit beside driving and serving: where it rests, and what it waits for. */
import type { Route } from '../plan.ts'

/** A rest on the road: so many seconds at the wheel after leaving. */
export interface Pause {
  readonly afterS: number
  readonly lengthS: number
}

export interface VisitHabit {
  /** it was meant to wait here until then; 0: it was not */
  readonly notBeforeS: number
  /** rest at the site before the visit, at least so long */
  readonly pauseS: number
  /** the rest stands in the plan; otherwise a wait serves as one, because the law needs it */
  readonly isListed: boolean
}

export interface Habits {
  /** [leg], the last one home */
  readonly legs: readonly (readonly Pause[])[]
  /** [stop][visit] */
  readonly visits: readonly (readonly VisitHabit[])[]
  /** seconds at the wheel since the last rest, on leaving a stop, where it was so long on leaving the one before */
  readonly drivenAfter: (stop: number, beforeS: number) => number
}

export function habitsOf(route: Route, { driveS, restS }: { readonly driveS: number; readonly restS: number }): Habits {
  const legs: Pause[][] = []
  const visits: { notBeforeS: number; pauseS: number; isListed: boolean }[][] = []
  /** driving since the last rest, and since the last wait that could be one */
  let driven = 0
  let sinceWait: { readonly stop: number; readonly visit: number; driven: number } | undefined
  const drive = (seconds: number) => {
    driven += seconds
    if (sinceWait) sinceWait.driven += seconds
    if (driven <= driveS || !sinceWait) return
    // without that rest it would be too much
    const habit = visits[sinceWait.stop][sinceWait.visit]
    habit.pauseS = Math.max(habit.pauseS, restS)
    driven = sinceWait.driven
    sinceWait = undefined
  }
  const leg = (index: number, fromS: number, arriveS: number, wheelS: number) => {
    const onRoad = route.rests.filter(({ beforeStop, startS }) => beforeStop === index && startS < arriveS)
    let restedS = 0
    let doneS = 0
    legs.push(
      onRoad.map(({ startS, endS }) => {
        const afterS = startS - fromS - restedS
        drive(afterS - doneS)
        doneS = afterS
        restedS += endS - startS
        rest(endS - startS)
        return { afterS, lengthS: endS - startS }
      }),
    )
    drive(wheelS - doneS)
  }
  const rest = (lengthS: number) => {
    if (lengthS < restS) return
    driven = 0
    sinceWait = undefined
  }
  let clock = route.departS
  route.stops.forEach((stop, index) => {
    leg(index, clock, stop.arriveS, stop.legS)
    const atSite = route.rests.filter(({ beforeStop, startS }) => beforeStop === index && startS >= stop.arriveS)
    visits.push([])
    clock = stop.arriveS
    stop.visits.forEach(({ startS, endS }, k) => {
      const listed = atSite.filter((pause) => pause.startS >= clock && pause.endS <= startS)
      const pauseS = listed.reduce((sum, pause) => sum + pause.endS - pause.startS, 0)
      visits[index].push({ notBeforeS: startS > clock + pauseS ? startS : 0, pauseS, isListed: pauseS > 0 })
      rest(pauseS)
      if (startS - clock >= restS && pauseS < restS) sinceWait = { stop: index, visit: k, driven: 0 }
      clock = endS
    })
    clock = stop.leaveS
  })
  leg(route.stops.length, clock, route.returnS, route.lastLegS)
  return {
    legs,
    visits,
    drivenAfter(stop, beforeS) {
      if (visits[stop].some(({ pauseS }) => pauseS > 0 && pauseS >= restS)) return 0
      const { legS } = route.stops[stop]
      const last = legs[stop].findLast(({ lengthS }) => lengthS >= restS)
      return last ? legS - last.afterS : beforeS + legS
    },
  }
}
