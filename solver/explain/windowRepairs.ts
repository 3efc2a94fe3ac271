/**
 * The fewest minutes by which a window must open earlier or close later for a truck to take an order. Every kind of window by itself
 * first, then all that bind one visit at once. For each the least so far is kept, and a place on a truck is looked at closely only if it
 * does with less; the amount there is found by halving, so that it works and one minute less does not.
 */

import type { Desk } from '../edits/desk.ts'
import { mayFit, trialsOf } from '../edits/places.ts'
import type { Instance } from '../instance.ts'
import { problemInParts } from '../parts.ts'
import type { Problem, Shipment, Site } from '../problem.ts'
import { visitWindows } from '../windows.ts'
import { claimRepair, type Host, type Repaired, repairedProblem, tryHost } from './hosts.ts'
import type { Change } from './repair.ts'

/** Nobody opens a gate for longer than that; dates move further. */
const MOST_WINDOW_MIN = 12 * 60
const MOST_DATE_MIN = 7 * 24 * 60
/** Places looked at closely per truck and kind of window. */
const MOST_TRIALS = 60

type Side = 'pickup' | 'delivery'
type Source = 'site' | 'own' | 'date'
interface Family {
  readonly side: Side
  readonly later: boolean
  readonly sources: readonly Source[]
}

/** `most`: won that the order may add to the truck, exclusive. */
export function findWindowRepairs(desk: Desk, order: number, hosts: readonly Host[], mostKrw: number): Repaired[] {
  const found: Repaired[] = []
  for (const side of ['pickup', 'delivery'] as const)
    for (const later of [true, false]) {
      const singles = sourcesOf(desk, order, side, later)
      const alone = singles.flatMap((source) =>
        repairBy(desk, order, hosts, mostKrw, { side, later, sources: [source] }),
      )
      found.push(...alone)
      if (alone.length === 0 && singles.length > 1)
        found.push(...repairBy(desk, order, hosts, mostKrw, { side, later, sources: singles }))
    }
  return found
}

export const wholeOf = ({ opened, whole }: Desk, order: number): Shipment => {
  const { id } = opened.problem.shipments[order]
  const name = opened.parts.find((part) => part.id === id)?.shipment ?? id
  return whole.shipments.find((shipment) => shipment.id === name)!
}
const siteOf = (desk: Desk, order: number, side: Side): Site => {
  const shipment = wholeOf(desk, order)
  return desk.whole.sites.find(({ id }) => id === (side === 'pickup' ? shipment.from : shipment.to))!
}
const ownOf = (shipment: Shipment, side: Side) =>
  side === 'pickup' ? shipment.pickupWindows : shipment.deliveryWindows

/** What may keep a visit from being later, or earlier. */
function sourcesOf(desk: Desk, order: number, side: Side, later: boolean): Source[] {
  const shipment = wholeOf(desk, order)
  const dated = side === 'delivery' ? later && shipment.due !== undefined : !later && (shipment.ready ?? 0) > 0
  return [
    ...(siteOf(desk, order, side).windows?.length ? (['site'] as const) : []),
    ...(ownOf(shipment, side)?.length ? (['own'] as const) : []),
    ...(dated ? (['date'] as const) : []),
  ]
}

/** Later or earlier by so many minutes, to a whole minute of the clock. */
const moved = (atS: number, later: boolean, minutes: number): number => {
  if (minutes === 0) return atS
  return later ? (Math.floor(atS / 60) + minutes) * 60 : Math.max(0, (Math.ceil(atS / 60) - minutes) * 60)
}

/** All windows of the family wider by so many minutes. */
function changesAt(desk: Desk, order: number, { side, later, sources }: Family, minutes: number): Change[] {
  const shipment = wholeOf(desk, order)
  const { id } = shipment
  const site = siteOf(desk, order, side)
  const wider = ([opens, closes]: readonly [number, number]): [number, number] =>
    later ? [opens, moved(closes, true, minutes)] : [moved(opens, false, minutes), closes]
  return sources.flatMap((source): Change[] => {
    if (source === 'date')
      return later
        ? [{ kind: 'due', shipment: id, atS: moved(shipment.due!, true, minutes) }]
        : [{ kind: 'ready', shipment: id, atS: moved(shipment.ready!, false, minutes) }]
    if (source === 'site')
      return site.windows!.map((window, index) => ({ kind: 'siteWindow', site: site.id, index, window: wider(window) }))
    const kind = side === 'pickup' ? 'pickupWindow' : 'deliveryWindow'
    return ownOf(shipment, side)!.map((window, index) => ({ kind, shipment: id, index, window: wider(window) }))
  })
}

function repairBy(desk: Desk, order: number, hosts: readonly Host[], mostKrw: number, family: Family): Repaired[] {
  const most = family.sources.includes('date') ? MOST_DATE_MIN : MOST_WINDOW_MIN
  const desks = new Map<number, Desk>()
  const at = (minutes: number): Desk => {
    const known = desks.get(minutes) ?? deskWith(desk, changesAt(desk, order, family, minutes))
    desks.set(minutes, known)
    return known
  }
  let best: { minutes: number; host: Host; visits: readonly number[] } | null = null
  let least = most + 1
  for (const host of hosts) {
    let looks = MOST_TRIALS
    for (const { visits, leastKrw } of trialsOf(at(most).opened.instance, host.type, host.visits, order)) {
      if (least === 1 || leastKrw - host.krw >= mostKrw || looks === 0) break
      const works = (minutes: number) => {
        const there = at(minutes)
        if (!mayFit(there.opened.instance, host.type, visits)) return false
        const answer = tryHost(there, host, order, visits)
        return answer !== null && answer.addedKrw < mostKrw
      }
      if (!mayFit(at(least - 1).opened.instance, host.type, visits)) continue
      looks--
      if (!works(least - 1)) continue
      least = halve(works, 0, least - 1)
      best = { minutes: least, host, visits }
    }
  }
  if (!best || best.minutes === 0) return []
  const changes = narrow(desk, order, mostKrw, family, best.minutes, best.host, best.visits)
  const repaired = changes && claimRepair(desk, changes, best.host, order, best.visits)
  return repaired && repaired.extraKrw < mostKrw - currentKrw(desk, order) ? [repaired] : []
}

/** What the order costs where it goes now, if it goes direct. */
export const currentKrw = ({ places }: Desk, order: number): number => {
  const place = places[order]
  return place.by === 'hired' || place.by === 'terminal' ? place.direct.costKrw : 0
}

/** The least amount that works, given one that does and one that does not. */
function halve(works: (amount: number) => boolean, refused: number, working: number): number {
  let [low, high] = [refused, working]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (works(middle)) high = middle
    else low = middle
  }
  return high
}

/** Leaves out every change that the place can do without, then takes back of each what it can; null where more than two remain. */
function narrow(
  desk: Desk,
  order: number,
  mostKrw: number,
  family: Family,
  minutes: number,
  host: Host,
  visits: readonly number[],
): Change[] | null {
  const works = (changes: readonly Change[]) => {
    const answer = tryHost(deskWith(desk, changes), host, order, visits)
    return answer !== null && answer.addedKrw < mostKrw
  }
  const wide = changesAt(desk, order, family, minutes)
  const kept = wide.reduce((left: readonly Change[], change) => {
    const fewer = left.filter((other) => other !== change)
    return works(fewer) ? fewer : left
  }, wide)
  if (kept.length === 0 || kept.length > 2) return null
  return kept.reduce(
    (now: Change[], change) => {
      const slot = wide.indexOf(change)
      const less = (amount: number) => {
        const other = changesAt(desk, order, family, amount)[slot]
        return now.map((entry) => (entry === change ? other : entry))
      }
      return less(halve((amount) => works(less(amount)), 0, minutes))
    },
    [...kept],
  )
}

/** The desk with other windows; prices of hired trucks alone are those of the old. */
function deskWith(desk: Desk, changes: readonly Change[]): Desk {
  const whole = repairedProblem(desk, changes)
  const problem = problemInParts(whole, desk.opened.parts)
  const instance = withWindows(desk.opened.instance, problem, desk.opened.siteIndex)
  return { ...desk, whole, opened: { ...desk.opened, problem, instance } }
}

function withWindows(instance: Instance, problem: Problem, siteIndex: ReadonlyMap<string, number>): Instance {
  const windowFrom = new Int32Array(2 * instance.orders + 1)
  const opens: number[] = []
  const closes: number[] = []
  for (const [order, shipment] of problem.shipments.entries())
    for (const [side, id] of [shipment.from, shipment.to].entries()) {
      const site = problem.sites[siteIndex.get(id)!]
      for (const [open, close] of visitWindows(shipment, site, side === 0 ? 'pickup' : 'delivery')) {
        opens.push(open)
        closes.push(close)
      }
      windowFrom[2 * order + side + 1] = opens.length
    }
  return { ...instance, windowFrom, opensS: Float64Array.from(opens), closesS: Float64Array.from(closes) }
}
