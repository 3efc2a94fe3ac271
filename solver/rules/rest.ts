import type { Violation } from '../plan.ts'
import { lawOf } from '../problem.ts'
import type { Rule } from './rule.ts'

/**
 * Never more than `driveS` of driving without `restS` of rest. A wait that long counts as rest, loading does not.
 * Enforcement Rule of the Trucking Transport Business Act, article 21 and table 3 (2 h, 15 min).
 */
export const rest: Rule = {
  name: 'rest',
  unit: 's',
  excess(schedule, instance) {
    const { driveS, restS } = instance
    let driven = 0
    let worst = 0
    for (let k = 0; k <= schedule.visits.length; k++) {
      const from = k === 0 ? schedule.departS : schedule.leaveS[k - 1]
      const arrive = k < schedule.visits.length ? schedule.arriveS[k] : schedule.returnS
      let clock = from
      for (const pause of schedule.rests.filter(({ before }) => before === k)) {
        driven += Math.min(pause.startS, arrive) - clock
        worst = Math.max(worst, driven - driveS)
        if (pause.endS - pause.startS >= restS) driven = 0
        clock = Math.min(pause.endS, arrive)
      }
      driven += arrive - clock
      worst = Math.max(worst, driven - driveS)
      if (k < schedule.visits.length && schedule.startS[k] - arrive >= restS) driven = 0
    }
    return worst
  },
  check(route, documents) {
    const { driveS, restS } = lawOf(documents.problem)
    if (restS === 0) return []
    const found: Violation[] = []
    let driven = 0
    let clock = route.departS
    const drive = (seconds: number, stop: number) => {
      driven += seconds
      if (driven > driveS) {
        const where = { route: route.id, vehicle: route.vehicle, stop }
        found.push({ rule: 'rest', ...where, excess: driven - driveS, unit: 's', limit: driveS, found: driven })
        driven = driveS
      }
    }
    const roads = documents.roads(route)
    const targets = [...route.stops, null]
    targets.forEach((stop, index) => {
      let left = roads[index].durationS
      const arrive = stop ? stop.arriveS : route.returnS
      for (const pause of route.rests.filter(({ beforeStop }) => beforeStop === index)) {
        // on the road: what was driven before it; at the site: all of the leg
        const before = Math.max(0, Math.min(left, pause.startS - clock))
        drive(before, index)
        left -= before
        if (pause.endS - pause.startS >= restS) driven = 0
        clock = pause.endS
      }
      drive(left, index)
      if (!stop) return
      // waits: before the first visit, and between visits of the stop
      let ready = arrive
      for (const visit of stop.visits) {
        if (visit.startS - ready >= restS) driven = 0
        ready = visit.endS
      }
      clock = stop.leaveS
    })
    return found
  },
}
