/** A route of a day under way with what has become of it, and what it must do whatever is planned. */
import type { Opened } from '../direct.ts'
import { clockOf } from '../edits/words.ts'
import { DAY_S, type Problem, type Site } from '../problem.ts'
import { RULES } from '../rules/index.ts'
import { type Schedule, scheduleRoute } from '../schedule.ts'
import type { Roadside } from './roadside.ts'
import type { Standing, TimedVisit } from './standing.ts'

/** A route with what has become of it. */
export interface Going {
  readonly standing: Standing
  readonly stands: { readonly atS: number; readonly place: Roadside | undefined } | undefined
  readonly lateS: number
  /** what it did, and what it still has on its list */
  readonly visits: readonly TimedVisit[]
  /** how many of them stay first */
  readonly head: number
  readonly aboard: readonly string[]
}

export const key = (shipment: string, kind: 'pickup' | 'delivery') => `${kind} ${shipment}`

/** Where the truck stands: at its stop, or as far along its leg as it had driven. */
export function roadsideOf(
  { sites, vehicles }: Problem,
  { route, visits, done }: Standing,
  atS: number,
  place: { readonly lng: number; readonly lat: number; readonly name?: string } | undefined,
): Roadside {
  const indexOf = (id: string) => sites.findIndex((site) => site.id === id)
  const last = visits[done - 1]
  const from = indexOf(last.site)
  const end = vehicles.find(({ id }) => id === route.vehicle)?.end ?? null
  const next = visits[done]
  const isThere = last.endS > atS || (!next && end === null)
  const to = isThere ? from : indexOf(next?.site ?? end!)
  const legS = next ? next.arriveS - last.endS : route.lastLegS
  const driven = isThere || from === to || legS <= 0 ? 0 : Math.min(1, Math.max(0, (atS - last.endS) / legS))
  const along = (a: number, b: number) => a + driven * (b - a)
  const clock = clockOf(atS % DAY_S, 'ko')
  const taken = new Set(sites.map(({ id }) => id))
  let id = `${route.id}-${clock}`
  for (let k = 2; taken.has(id); k++) id = `${route.id}-${clock}-${k}`
  const site: Site = {
    id,
    name: place?.name ?? `고장 지점 ${clock}`,
    lng: place?.lng ?? along(sites[from].lng, sites[to].lng),
    lat: place?.lat ?? along(sites[from].lat, sites[to].lat),
    ...(place ? {} : { precision: 'road' }),
  }
  return { site, from, to, driven }
}

/** S-12 → S-12 / 이어싣기, and 이어싣기 2 where it happens once more. */
export function onwardNames({ shipments }: Problem, goings: readonly Going[]): Map<string, string> {
  const taken = new Set(shipments.map(({ id }) => id))
  const names = new Map<string, string>()
  for (const { stands, aboard } of goings)
    for (const shipment of stands ? aboard : []) {
      const stem = shipment.replace(/ \/ 이어싣기( \d+)?$/, '').slice(0, 66)
      let name = `${stem} / 이어싣기`
      for (let k = 2; taken.has(name); k++) name = `${stem} / 이어싣기 ${k}`
      taken.add(name)
      names.set(shipment, name)
    }
  return names
}

/** What the truck did, where it is heading, and what it has on board. */
export function mustDo({
  standing,
  stands,
  visits,
  head,
  aboard,
}: Going): readonly { shipment: string; kind: 'pickup' | 'delivery'; site: string }[] {
  const first = visits.slice(0, head)
  const place = stands?.place
  if (place) return [...first, ...unloading(aboard, place.site.id)]
  const named = new Set(first.map(({ shipment }) => shipment))
  return [...first, ...visits.slice(Math.max(head, standing.done)).filter(({ shipment }) => named.has(shipment))]
}

/** Last in, first out: any truck can do that. */
export const unloading = (aboard: readonly string[], site: string) =>
  aboard.toReversed().map((shipment) => ({ shipment, kind: 'delivery' as const, site }))

export function scheduleOn(
  { problem, instance, vehicleOf }: Opened,
  vehicle: string,
  visits: readonly { readonly shipment: string; readonly kind: 'pickup' | 'delivery' }[],
  plannedS: number,
): Schedule {
  const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
  const dense = visits.map(({ shipment, kind }) => 2 * orderOf.get(shipment)! + (kind === 'pickup' ? 0 : 1))
  const types = vehicleOf.flatMap((index, type) => (problem.vehicles[index].id === vehicle ? [type] : []))
  const broken = (schedule: Schedule) => RULES.filter((rule) => rule.excess(schedule, instance) > 0).length
  const [best] = types
    .map((type) => scheduleRoute(instance, type, dense))
    .sort((a, b) => broken(a) - broken(b) || Math.abs(a.departS - plannedS) - Math.abs(b.departS - plannedS))
  if (!best) throw new RangeError(`no vehicle ${vehicle}`)
  return best
}
