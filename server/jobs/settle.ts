/**
 * What was driven and who pays it, of each day of a month: worked out one day after the other in a thread, then kept for as long as nothing
 * that it was made from has changed.
 */
import { createHash } from 'node:crypto'
import {
  asDoneKind,
  carryMarks,
  type DayOrigin,
  type DoneMark,
  METHOD_NAMES,
  type Plan,
  type Problem,
  type SettledDay,
  VERSION,
  type WaitingRule,
} from '../../solver/index.ts'
import type { Actual, Month } from '../api.ts'
import { carrierOf } from '../dispatch.ts'
import { notFound } from '../errors.ts'
import { type DayOfMonth, type MonthInput, monthOf } from '../settle/month.ts'
import type { ComplexRecord, ConfirmedSummary, Nouns, PlanRecord } from '../store/store.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import type { Comparisons } from './comparisons.ts'
import { Cancelled, startThread, type Thread } from './thread.ts'

/** Days of a month, and then some: a day may have been confirmed more than once. */
const MOST_PLANS = 500

export interface Settling {
  /** As it stands; days that are being worked out say so. */
  month(store: Nouns, complex: string, month: string, leftOut?: MonthInput['leftOut']): Promise<Month>
  /** One day of it; undefined: it is being worked out, or has no plan. */
  day(store: Nouns, complex: string, date: string): Promise<SettledDay | undefined>
  /** What a month is made from, for who closes it. */
  input(store: Nouns, complex: string, month: string): Promise<Omit<MonthInput, 'corrections'>>
  /** Once nothing is being worked out any more. */
  settled(): Promise<void>
  close(): Promise<void>
}

interface DayOf extends DayOfMonth {
  readonly confirmed?: ConfirmedSummary
  /** plans of the day of which something was recorded */
  readonly recorded: readonly string[]
  readonly key: string
}

export function createSettling(
  { splitStored }: Pick<Comparisons, 'splitStored'>,
  travelOf: TravelOf,
  logBug: (error: unknown, plan: string) => void,
): Settling {
  const working = new Map<string, Promise<void>>()
  let last: Promise<unknown> = Promise.resolve()
  let thread: Thread<SettledDay> | undefined
  let closed = false

  const workOut = async (store: Nouns, day: DayOf, waiting: WaitingRule | undefined): Promise<void> => {
    if (closed) return
    const id = day.plan!
    const { plan, problem: problemId } = await planOf(store, id)
    const origin = async (of: string, driven: Plan): Promise<DayOrigin> => {
      const problem = await problemOf(store, of)
      return { problem, travel: await travelOf(problem, undefined, driven.provenance), plan: driven }
    }
    const { problem, travel } = await origin(problemId, plan)
    const marks: DoneMark[] = []
    for (const source of day.recorded) {
      const found = marksOf(await store.actuals.list(source), problem)
      marks.push(...(source === id ? found : carryMarks((await planOf(store, source)).plan, plan, found)))
    }
    const origins: DayOrigin[] = []
    const onward: string[] = []
    for (let of = await store.disturbances.get(problemId); of; ) {
      const before: PlanRecord = await planOf(store, of.plan)
      origins.unshift(await origin(before.problem, before.plan))
      onward.push(...of.notes.flatMap((note) => (note.kind === 'fetched' ? [note.onward] : [])))
      of = await store.disturbances.get(before.problem)
    }
    const known = await store.views.figures(id)
    const isKnown = known !== undefined && marks.length === 0
    const [split] = isKnown ? [] : await splitStored(store, id, true)
    const method = METHOD_NAMES.find((name) => name === (known?.method ?? split?.method)) ?? METHOD_NAMES[0]!
    const agreed = known?.shares ?? split?.rows
    const proved = split?.dual?.proved ? split.dual : undefined
    if (closed) return
    thread = startThread({
      kind: 'settle',
      input: { problem, travel, plan, marks, waiting, method, agreed, origins, onward },
      proved,
    })
    await store.months.keepSettled(id, day.key, await thread.outcome)
  }

  const start = (store: Nouns, day: DayOf, waiting: WaitingRule | undefined): void => {
    const name = `${day.plan} ${day.key}`
    if (working.has(name) || closed) return
    const work = last
      .then(async () => await workOut(store, day, waiting))
      .catch((error: unknown) => {
        if (!(error instanceof Cancelled)) logBug(error, day.plan!)
      })
      .finally(() => working.delete(name))
    last = work
    working.set(name, work)
  }

  const daysOf = async (store: Nouns, { data, days }: ComplexRecord, month: string): Promise<DayOf[]> => {
    const complex = data.complex.id
    const { items } = await store.views.confirmed({ complex, month, limit: MOST_PLANS })
    const recorded = await store.months.recorded(complex, month)
    const standing = days.filter(({ date }) => date.startsWith(`${month}-`))
    const dates = [...new Set([...standing.map(({ date }) => date), ...items.map(dateOf)])].toSorted()
    return dates.map((date): DayOf => {
      const day = standing.find((one) => one.date === date)
      // of a day that is being planned anew, what was confirmed before holds
      const ofDay = items.filter((plan) => dateOf(plan) === date)
      const confirmed = ofDay.find(({ id }) => id === day?.confirmed || id === day?.revises) ?? ofDay[0]
      const driven = recorded.filter((one) => one.date === date)
      const parts = [
        VERSION,
        confirmed?.version,
        data.waiting ?? null,
        driven.map(({ plan, last: seq }) => [plan, seq]),
      ]
      return {
        date,
        ...(confirmed && { plan: confirmed.id, confirmed }),
        waitingOrders: day?.waiting ?? 0,
        revised: driven.some(({ plan }) => plan !== confirmed?.id) || day?.revises !== undefined,
        recorded: driven.map(({ plan }) => plan),
        key: createHash('sha256').update(JSON.stringify(parts)).digest('base64url'),
      }
    })
  }

  const input: Settling['input'] = async (store, complex, month) => {
    const record = await store.complexes.get(complex)
    if (!record) throw notFound('complex', complex)
    const { data } = record
    const days = await daysOf(store, record, month)
    const plans = days.flatMap(({ plan }) => plan ?? [])
    const kept = new Map((await store.months.settled(plans)).map((one) => [one.plan, one]))
    return {
      data,
      month,
      days: await Promise.all(
        days.map(async (day): Promise<DayOfMonth> => {
          const found = day.plan === undefined ? undefined : kept.get(day.plan)
          if (found?.key !== day.key) {
            if (day.plan !== undefined) start(store, day, data.waiting)
            return day
          }
          return { ...day, settled: found.data, carrierOf: await carriersOf(store, data, day.plan!, found.data) }
        }),
      ),
    }
  }

  return {
    input,
    async month(store, complex, month, leftOut = []) {
      const stored = await store.months.get(complex, month)
      if (stored) return stored
      const corrections = await store.months.corrections(complex, month)
      return monthOf({ ...(await input(store, complex, month)), corrections, leftOut })
    },
    async day(store, complex, date) {
      const { days } = await input(store, complex, date.slice(0, 7))
      return days.find((day) => day.date === date)?.settled
    },
    async settled() {
      while (working.size > 0) await Promise.all(working.values())
    },
    async close() {
      closed = true
      await thread?.cancel()
      await Promise.all(working.values())
    },
  }
}

const dateOf = ({ startsAt }: ConfirmedSummary): string => startsAt.slice(0, 10)

async function planOf(store: Nouns, id: string): Promise<PlanRecord> {
  const record = await store.plans.get(id)
  if (!record) throw notFound('plan', id)
  return record
}

async function problemOf(store: Nouns, id: string): Promise<Problem> {
  const record = await store.problems.get(id)
  if (!record) throw notFound('problem', id)
  return record.problem
}

async function carriersOf(
  store: Nouns,
  data: ComplexRecord['data'],
  plan: string,
  { rounds }: SettledDay,
): Promise<NonNullable<DayOfMonth['carrierOf']>> {
  const stored = await store.dispatches.of(plan)
  const carriers = new Map(
    rounds.map(({ route, vehicle }) => {
      const said = stored.find((one) => one.route === route)
      return [route, carrierOf(data, said, vehicle)?.id ?? null]
    }),
  )
  return (route) => carriers.get(route) ?? null
}

/** What was recorded and holds, in the seconds of the problem. */
function marksOf(actuals: readonly Actual[], { startsAt }: Problem): DoneMark[] {
  const startMs = Date.parse(startsAt)
  return actuals.flatMap(({ kind, route, stop, at, quantity, corrected, void: gone }): DoneMark[] => {
    const known = asDoneKind(kind)
    const atS = Math.round((Date.parse(at) - startMs) / 1000)
    if (!known || corrected || gone || atS < 0) return []
    return [
      {
        route,
        kind: known,
        atS,
        ...(stop !== undefined && { stop }),
        ...(quantity !== undefined && { quantityKg: quantity }),
      },
    ]
  })
}
