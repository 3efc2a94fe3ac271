/**
 * Routes built visit by visit. A label is a way to have come to a place with some goods on board and others brought; of two at the same
 * place with the same on board, the one that is not later, and cheaper by whatever the other could still earn and it has earned already,
 * makes the other needless: it can do all that the other can, leaving out what it has done (network.ts). All labels of k visits come
 * before those of k + 1, and what makes a label needless has no more visits or could have been there before. A label also ends where not
 * even the best of what is left could make it pay (moats.ts).
 */
import type { Documents } from './documents.ts'
import { Moats, SECOND_PRICES, type State } from './moats.ts'
import { along, latest, type Network, openNetwork, serve } from './network.ts'
import { type Answer, type Counterexample, type Offer, undercut } from './offer.ts'

interface Label {
  readonly parent: Label | null
  readonly visit: number
  readonly place: number
  readonly timeS: number
  /** reduced cost so far by distance, and by the minimum fare: the route costs the dearer of the two */
  readonly farKrw: number
  readonly minimumKrw: number
  readonly stops: number
  /** riders picked up, those on board included, in two words of 30 bits */
  readonly doneLow: number
  readonly doneHigh: number
  readonly aboard: readonly number[]
  readonly leastKrw: number
  isNeedless: boolean
}

const WORD = 30
/** Labels driven on between two looks at the clock. */
const PAUSE = 256

/** Seconds left go to `next`. */
export function* searchLabels(
  documents: Documents,
  offer: Offer,
  most: number,
  network: Network = openNetwork(documents, offer),
): Generator<void, Answer | null, number | undefined> {
  const { truck, truckKrw } = offer
  const { riders, legKrw, legS } = network
  if (riders.length > 2 * WORD) return null
  if (riders.length === 0) return { how: 'labels', work: 0, leastKrw: 0, counterexample: null }
  const maxStops = truck.vehicle.maxStops ?? Number.POSITIVE_INFINITY
  const far = new Moats(network, truck.closesS, truck.stopFeeKrw, true)
  const near = truck.minimumKrw > truck.fixedKrw ? new Moats(network, truck.closesS, truck.stopFeeKrw, false) : null
  const ends = riders.map((rider) => [latest(rider, 0), latest(rider, 1)] as const)
  const has = (low: number, high: number, rider: number) =>
    rider < WORD ? (low >> rider) & 1 : (high >> (rider - WORD)) & 1

  let leastKrw = 0
  let counterexample: Counterexample | null = null
  let work = 0
  const groups = new Map<string, Label[]>()

  const isInTime = (place: number, timeS: number, rider: number) => {
    const { places, goods } = riders[rider]
    const loadS = timeS + legS[place][places[0]]
    return loadS <= ends[rider][0] && loadS + goods.serviceS[0] + legS[places[0]][places[1]] <= ends[rider][1]
  }

  /** Least reduced cost of any route that begins like the label. */
  function leastOf(label: State & Pick<Label, 'farKrw' | 'minimumKrw' | 'stops' | 'doneLow' | 'doneHigh'>): number {
    const { place, timeS, doneLow, doneHigh } = label
    const open: number[] = []
    for (let rider = 0; rider < riders.length; rider++)
      if (!has(doneLow, doneHigh, rider) && isInTime(place, timeS, rider)) open.push(rider)
    // stops that the fare includes are given back
    const freeKrw = Math.max(0, truck.includedStops - label.stops) * truck.stopFeeKrw
    let most = Number.NEGATIVE_INFINITY
    for (let price = 0; price < SECOND_PRICES && most < leastKrw; price++) {
      most = Math.max(most, label.farKrw - freeKrw + far.least(price, label, open))
      if (near) most = Math.max(most, label.minimumKrw - freeKrw + near.least(price, label, open))
    }
    return most
  }

  /** The label after one more visit; null where it is too late, too much, or cannot pay. */
  function extend(label: Label | null, rider: number, end: 0 | 1): Label | null {
    const { places, gainKrw } = riders[rider]
    const to = places[end]
    const from = label ? label.place : network.start
    const isStop = label === null || from !== to
    const stops = (label?.stops ?? 0) + (isStop ? 1 : 0)
    if (stops > maxStops) return null
    const readyS = (label?.timeS ?? truck.opensS) + along(legS, from, to)
    const timeS = serve(network, riders[rider], end, readyS, isStop)
    if (timeS + along(legS, to, network.end) > truck.closesS) return null
    const aboard = end === 0 ? [...(label?.aboard ?? []), rider] : label!.aboard.filter((other) => other !== rider)
    if (end === 0) {
      aboard.sort((a, b) => a - b)
      for (const [d, most] of truck.capacity.entries())
        if (aboard.reduce((sum, other) => sum + riders[other].goods.amounts[d], 0) > most) return null
    }
    for (const other of aboard) if (timeS + legS[to][riders[other].places[1]] > ends[other][1]) return null
    const feeKrw = isStop && stops > truck.includedStops ? truck.stopFeeKrw : 0
    const paidKrw = feeKrw - (end === 0 ? gainKrw : 0)
    const bit = end === 0 ? 1 << (rider % WORD) : 0
    const next = {
      place: to,
      timeS,
      stops,
      aboard,
      farKrw: (label?.farKrw ?? truck.fixedKrw - truckKrw) + along(legKrw, from, to) + paidKrw,
      minimumKrw: (label?.minimumKrw ?? truck.minimumKrw - truckKrw) + paidKrw,
      doneLow: (label?.doneLow ?? 0) | (rider < WORD ? bit : 0),
      doneHigh: (label?.doneHigh ?? 0) | (rider < WORD ? 0 : bit),
    }
    const least = leastOf(next)
    return least < leastKrw
      ? { ...next, parent: label, visit: 2 * rider + end, leastKrw: least, isNeedless: false }
      : null
  }

  const counted = (stops: number) => (Number.isFinite(maxStops) ? stops : Math.min(stops, truck.includedStops))
  /** True where `a` makes `b` needless. */
  function replaces(a: Label, b: Label): boolean {
    if (a.timeS > b.timeS || a.farKrw > b.farKrw || a.minimumKrw > b.minimumKrw) return false
    if (counted(a.stops) > counted(b.stops)) return false
    const low = a.doneLow & ~b.doneLow
    const high = a.doneHigh & ~b.doneHigh
    if ((low | high) === 0) return true
    let more = 0
    for (let rider = 0; rider < riders.length; rider++)
      if (has(low, high, rider) && isInTime(b.place, b.timeS, rider)) more += riders[rider].gainKrw
    return a.farKrw + more <= b.farKrw && a.minimumKrw + more <= b.minimumKrw
  }

  let layer: Label[] = []
  const keep = (label: Label | null) => {
    if (!label) return
    work++
    if (label.aboard.length === 0) {
      const far = label.farKrw + along(legKrw, label.place, network.end)
      const krw = Math.max(far, label.minimumKrw)
      if (krw < leastKrw) {
        leastKrw = krw
        counterexample = undercut(documents, offer, visitsOf(label, network)) ?? counterexample
      }
    }
    const key = `${label.place} ${label.aboard.join()}`
    const group = groups.get(key)
    if (!group) groups.set(key, [label])
    else {
      for (const other of group) if (replaces(other, label)) return
      let kept = 0
      for (const other of group)
        if (replaces(label, other)) other.isNeedless = true
        else group[kept++] = other
      group.length = kept
      group.push(label)
    }
    layer.push(label)
  }
  for (const rider of riders.keys()) keep(extend(null, rider, 0))
  while (layer.length > 0) {
    const current = layer
    layer = []
    for (const [at, label] of current.entries()) {
      if (work > most || (at % PAUSE === 0 && ((yield) ?? 1) <= 0)) {
        const open = [...current.slice(at), ...layer].reduce((least, one) => Math.min(least, one.leastKrw), leastKrw)
        return { how: 'labels', work, leastKrw: Math.floor(open), counterexample }
      }
      if (label.isNeedless || label.leastKrw >= leastKrw) continue
      for (let rider = 0; rider < riders.length; rider++)
        if (!has(label.doneLow, label.doneHigh, rider)) keep(extend(label, rider, 0))
      for (const rider of label.aboard) keep(extend(label, rider, 1))
    }
  }
  return { how: 'labels', work, leastKrw, counterexample }
}

function visitsOf(last: Label, { riders }: Network): number[] {
  const visits: number[] = []
  for (let label: Label | null = last; label; label = label.parent)
    visits.unshift(2 * riders[label.visit >> 1].goods.index + (label.visit & 1))
  return visits
}
