/** Faults in what may ride together. */
import { isNumber, isObject, type Loose, type LooseProblem, listOf, objectsOf, type Say } from './loose.ts'

export function checkCompany({ mixing, together, apart }: Loose, { shipments, byId }: LooseProblem, say: Say): void {
  const classes = new Set(shipments.map(({ cargo }) => cargo))
  listOf(mixing).forEach((pair, index) => {
    listOf(pair).forEach((name, at) => {
      if (typeof name === 'string' && !classes.has(name)) say('mixing.unused', `mixing/${index}/${at}`, { found: name })
    })
  })

  const sets = { together: listOf(together).map(listOf), apart: listOf(apart).map(listOf) }
  for (const list of ['together', 'apart'] as const)
    sets[list].forEach((ids, index) => {
      ids.forEach((id, at) => {
        const path = `${list}/${index}/${at}`
        if (typeof id !== 'string') return
        if (!byId.shipments.has(id)) say('reference.unknown', path, { found: id, list: 'shipments' })
        if (ids.indexOf(id) < at) say('company.twice', path, { found: id })
      })
    })
  sets.together.forEach((ids, index) => {
    ids.forEach((id, at) => {
      const shipment = byId.shipments.get(String(id))
      const path = `together/${index}/${at}`
      if (shipment?.mustGoAlone === true) say('together.alone', path, { found: String(id) })
      if (isNumber(shipment?.maxParts) && shipment.maxParts > 1) say('together.parts', path, { found: String(id) })
      if (Array.isArray(shipment?.modes) && !shipment.modes.includes('route'))
        say('together.noRoute', path, { found: String(id) })
    })
  })
  const groups = sets.together.map((ids) => new Set(ids.filter((id) => typeof id === 'string')))
  sets.apart.forEach((ids, index) => {
    const known = ids.filter((id) => typeof id === 'string')
    const clash = known.flatMap((id, at) => {
      const partners = joined(groups, id)
      return known.slice(at + 1).flatMap((other) => (other !== id && partners.has(other) ? [[id, other]] : []))
    })
    for (const [first, second] of clash) say('apart.together', `apart/${index}`, { first, second })
  })
}

/** Shipments that no road carries within the time they may be on board. */
export function checkRides({ travel }: Loose, { sites, shipments }: LooseProblem, say: Say): void {
  // by whatever truck, at whatever time of day
  const tables = objectsOf(isObject(travel) ? travel.tables : [])
    .flatMap((table) => [table, ...objectsOf(table.slices)])
    .flatMap(({ durationS }): unknown[][] => (Array.isArray(durationS) ? [durationS] : []))
  const siteIndex = new Map(sites.map(({ id }, index) => [id, index]))
  shipments.forEach(({ from, to, maxOnBoardS: limit }, index) => {
    const [start, end] = [siteIndex.get(from), siteIndex.get(to)]
    if (!isNumber(limit) || start === undefined || end === undefined) return
    const rides = tables.map((cells) => cells[start * sites.length + end]).filter(isNumber)
    // a road that is missing takes no time
    const found = Math.min(...rides.filter((rideS) => rideS >= 0))
    if (Number.isFinite(found) && found > limit)
      say('shipment.rideTooShort', `shipments/${index}/maxOnBoardS`, { found, limit })
  })
}

/** Everything that shares a group with the shipment, directly or by way of others. */
function joined(groups: readonly ReadonlySet<string>[], id: string): ReadonlySet<string> {
  let found = new Set([id])
  for (;;) {
    const touched = groups.filter((group) => [...found].some((member) => group.has(member)))
    const grown = new Set([...found, ...touched.flatMap((group) => [...group])])
    if (grown.size === found.size) return found
    found = grown
  }
}
