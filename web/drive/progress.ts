/** How far the driver is, from what was recorded, here or elsewhere. Pure: the page draws it. */
import type { Actual, Drive, DriveEvent } from '../../server/api.ts'

/** What happened, sent or not, by the right clock. */
export interface Happened {
  readonly id: string
  readonly kind: Actual['kind']
  readonly stop?: number
  readonly atS: number
  readonly quantity?: number
  readonly shipment?: string
  readonly problem?: Actual['problem']
  readonly waiting: boolean
}

export interface StopState {
  readonly arrivedS?: number
  readonly doneS?: number
  readonly problems: number
}

export interface Progress {
  readonly departedS: number | undefined
  readonly stops: readonly StopState[]
  readonly done: number
  /** where the driver is, or is to go; undefined: all is done */
  readonly current: number | undefined
  readonly isThere: boolean
  /** seconds later than planned; undefined: nothing has happened yet */
  readonly lateS: number | undefined
}

/** What holds: without what was taken back or put right. Events that wait are seen as if they had arrived. */
export function happenedOf(drive: Drive, waiting: readonly DriveEvent[], offsetMs: number): Happened[] {
  const startMs = Date.parse(drive.startsAt)
  const sent = new Set(drive.events.map(({ id }) => id))
  const own = waiting.filter(({ id }) => !sent.has(id))
  const gone = new Set([...drive.events, ...own].flatMap(({ corrects }) => corrects ?? []))
  const told = [
    ...drive.events.map((event) => ({ ...event, atMs: Date.parse(event.at), waiting: false })),
    // of a plan that has changed since, stops may be others: the service says which
    ...own
      .filter(({ plan, stop }) => plan === drive.plan || stop === undefined)
      .map((event) => ({ ...event, atMs: Date.parse(event.at) + offsetMs, waiting: true })),
  ]
  return told
    .filter((event) => !event.void && !gone.has(event.id))
    .map(({ id, kind, stop, atMs, quantity, shipment, problem, waiting }) => ({
      id,
      kind,
      atS: Math.round((atMs - startMs) / 1000),
      waiting,
      ...(stop !== undefined && { stop }),
      ...(quantity !== undefined && { quantity }),
      ...(shipment !== undefined && { shipment }),
      ...(problem !== undefined && { problem }),
    }))
}

/** `chosen`: the stop that the driver goes to before the others. `nowS`: seconds since startsAt. */
export function progressOf(
  drive: Drive,
  happened: readonly Happened[],
  chosen: number | undefined,
  nowS: number,
): Progress {
  const last = (stop: number | undefined, ...kinds: readonly Happened['kind'][]) =>
    happened.filter((event) => event.stop === stop && kinds.includes(event.kind)).at(-1)?.atS
  const stops = drive.stops.map((_, stop): StopState => {
    const arrivedS = last(stop, 'arrived')
    const doneS = last(stop, 'loaded', 'delivered', 'left')
    return {
      ...(arrivedS !== undefined && { arrivedS }),
      ...(doneS !== undefined && { doneS }),
      problems: happened.filter((event) => event.stop === stop && event.kind === 'problem').length,
    }
  })
  const isOpen = (stop: number) => stops[stop] !== undefined && stops[stop].doneS === undefined
  const there = stops.findIndex(({ arrivedS, doneS }) => arrivedS !== undefined && doneS === undefined)
  const first = stops.findIndex(({ doneS }) => doneS === undefined)
  const current = there >= 0 ? there : chosen !== undefined && isOpen(chosen) ? chosen : first < 0 ? undefined : first
  const departedS = last(undefined, 'departed')
  return {
    departedS,
    stops,
    done: stops.filter(({ doneS }) => doneS !== undefined).length,
    current,
    isThere: there >= 0,
    lateS: latenessOf(drive, stops, departedS, there >= 0 ? undefined : current, nowS),
  }
}

/** Of the last thing that happened; and who has not arrived yet is at least as late as the clock says. */
function latenessOf(
  { stops, departS }: Drive,
  states: readonly StopState[],
  departedS: number | undefined,
  next: number | undefined,
  nowS: number,
): number | undefined {
  let latestS = departedS
  let lateS = departedS === undefined ? undefined : departedS - departS
  states.forEach(({ arrivedS, doneS }, stop) => {
    const atS = doneS ?? arrivedS
    if (atS === undefined || (latestS !== undefined && atS < latestS)) return
    latestS = atS
    lateS = doneS === undefined ? atS - stops[stop]!.arriveS : atS - stops[stop]!.leaveS
  })
  const dueS = next === undefined ? undefined : stops[next]!.arriveS
  if (dueS === undefined || nowS <= dueS || lateS === undefined) return lateS
  return Math.max(lateS, nowS - dueS)
}

/** Seconds at the wheel until the law wants a rest, by the planned legs since the last planned one; undefined: nothing left to drive. */
export function driveLeftS({ stops, rests, law }: Drive, current: number | undefined): number | undefined {
  if (current === undefined) return undefined
  const rested = rests.filter(({ beforeStop }) => beforeStop < current).at(-1)?.beforeStop ?? 0
  const drivenS = stops.slice(rested, current).reduce((sum, { legS }) => sum + legS, 0)
  return Math.max(0, law.driveS - drivenS)
}

/** Of the stops that are still to be driven to, from the current one. */
export const restBefore = ({ rests }: Drive, current: number | undefined) =>
  rests.find(({ beforeStop }) => beforeStop === current)
