/**
 * What comes back from a phone: late, several times, in any order, by a clock that is wrong. Each event is kept once, at the instant it
 * really happened as far as the service can tell, and of the stop it belongs to even where the plan has changed meanwhile.
 */
import type { Route } from '../../solver/index.ts'
import type { Actual, DriveEvent, DriveTaken } from '../api.ts'
import type { Words } from '../errors.ts'
import type { LinkRecord, Nouns } from '../store/store.ts'
import { sameRound, sameStop } from './standing.ts'

/** A batch takes its time on the way: less than this is not the clock. */
const MOST_ON_THE_WAY_S = 45
/** So long after an event its driver may take it back or put it right. */
const MAY_CORRECT_MS = 15 * 60_000
/** After the end of a link what was done before still comes in. */
export const LATE_DAYS = 3

/** Seconds by which the clock of the phone is behind ours. */
export function clockOff(phoneNow: string, now: Date): number {
  const offS = Math.round((now.getTime() - Date.parse(phoneNow)) / 1000)
  return Math.abs(offS) < MOST_ON_THE_WAY_S ? 0 : offS
}
/** Nothing has happened later than now. */
export const putRight = (at: string, offS: number, now: Date): Date =>
  new Date(Math.min(Date.parse(at) + 1000 * offS, now.getTime()))

/** The plans that a link has gone through, with its round in each. */
export interface Passage {
  readonly current: { readonly plan: string; readonly round: Route }
  readonly rounds: ReadonlyMap<string, Route>
}

export async function passageOf(store: Nouns, link: LinkRecord, current: Passage['current']): Promise<Passage> {
  const rounds = new Map([[current.plan, current.round]])
  for (const plan of link.plans) {
    const record = rounds.has(plan) ? undefined : await store.plans.get(plan)
    const round = record && sameRound(record.plan, link)
    if (round) rounds.set(plan, round)
  }
  return { current, rounds }
}

/** What is known of the round, whichever plan it was recorded for, with the stops of the plan that stands. */
export async function eventsOf(store: Nouns, { current, rounds }: Passage): Promise<Actual[]> {
  const all: Actual[] = []
  for (const [plan, round] of rounds) {
    for (const event of await store.actuals.list(plan)) {
      if (event.route !== round.id) continue
      const stop =
        event.stop === undefined || plan === current.plan ? event.stop : sameStop(round, current.round, event.stop)
      // of a stop that the round has no more
      if (stop === undefined && event.stop !== undefined) continue
      all.push({ ...event, ...(stop !== undefined && { stop }) })
    }
  }
  const corrected = new Set(all.flatMap(({ corrects }) => corrects ?? []))
  return all
    .map((event) => (corrected.has(event.id) ? { ...event, corrected: true as const } : event))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

type Refused = DriveTaken['refused'][number]

/** Within the transaction in which the link is held: the same batch at the same moment waits. */
export async function recordEvents(
  store: Nouns,
  passage: Passage,
  events: readonly DriveEvent[],
  { offS, now, until, say }: { offS: number; now: Date; until: Date; say: (words: Words) => string },
): Promise<DriveTaken> {
  const { current, rounds } = passage
  const known = new Map<string, Actual>()
  for (const plan of rounds.keys()) for (const event of await store.actuals.list(plan)) known.set(event.id, event)
  const taken: string[] = []
  const refused: Refused[] = []
  const news = new Map<string, Parameters<Nouns['actuals']['add']>[1][number][]>()
  const atOf = new Map([...known.values()].map(({ id, at }) => [id, Date.parse(at)]))
  for (const { id, plan, stop, at: told, corrects, ...rest } of events) {
    if (known.has(id) || taken.includes(id)) {
      if (!taken.includes(id)) taken.push(id)
      continue
    }
    const at = putRight(told, offS, now)
    const from = rounds.get(plan)
    const to = from && stop !== undefined ? sameStop(from, current.round, stop) : undefined
    // of a stop that the plan has no more: it stays with the plan it was done by
    const [home, where, round] =
      stop === undefined || to !== undefined ? [current.plan, to, current.round] : [plan, stop, from ?? current.round]
    const fault = faultOf({
      from,
      stop,
      kind: rest.kind,
      at,
      until,
      correctedAt: corrects === undefined ? null : atOf.get(corrects),
    })
    if (fault) {
      refused.push({ id, message: say(fault) })
      continue
    }
    const event = {
      ...rest,
      id,
      route: round.id,
      at: at.toISOString(),
      ...(where !== undefined && { stop: where }),
      ...(corrects !== undefined && { corrects }),
      ...(offS !== 0 && { clockOffS: offS }),
    }
    news.set(home, [...(news.get(home) ?? []), event])
    atOf.set(id, at.getTime())
    taken.push(id)
  }
  for (const [plan, list] of news) await store.actuals.add(plan, list)
  return { taken, refused, clockOffS: offS }
}

function faultOf({
  from,
  stop,
  kind,
  at,
  until,
  correctedAt,
}: {
  from: Route | undefined
  stop: number | undefined
  kind: DriveEvent['kind']
  at: Date
  until: Date
  /** null: corrects nothing; undefined: what it corrects is not known */
  correctedAt: number | null | undefined
}): Words | undefined {
  if (!from) return { ko: '이 링크의 운행이 아닙니다.', en: 'This is not of the round of this link.' }
  if (stop !== undefined && stop >= from.stops.length)
    return { ko: `이 운행의 정차지는 ${from.stops.length}곳입니다.`, en: `The round has ${from.stops.length} stops.` }
  if (stop === undefined && kind !== 'departed' && kind !== 'problem')
    return { ko: '어느 정차지의 기록인지 없습니다.', en: 'It does not say at which stop.' }
  if (at > until) return { ko: '링크의 기한이 지난 뒤의 기록입니다.', en: 'It happened after the link had expired.' }
  if (correctedAt === undefined) return { ko: '고칠 기록이 없습니다.', en: 'There is no record to correct.' }
  if (correctedAt !== null && Math.abs(at.getTime() - correctedAt) > MAY_CORRECT_MS)
    return {
      ko: '15분이 지난 기록은 담당자가 고칩니다. 담당자에게 알려 주세요.',
      en: 'After 15 minutes the coordinator corrects a record. Tell the coordinator.',
    }
  return undefined
}
