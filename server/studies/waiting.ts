/** Days of a study on which orders wait: which go today, in which lots, and what their wait has cost. */
import { aloneKrw, type Problem, type Travel } from '../../solver/index.ts'
import {
  type ChosenPatterns,
  cheaperLots,
  collectOf,
  DAILY,
  type Demand,
  demandUnder,
  drawWindow,
  firmsUnder,
  groupPlaces,
  lotsOf,
  NEAR_LANE,
  orderRows,
  type PatternsInput,
  pairKey,
  problemUnder,
  type Release,
  releaseOrders,
  type Setting,
  type Stock,
  travelUnder,
  type Waiting,
  type WindowOrder,
  waitingOf,
} from '../../study/index.ts'
import type { ComplexData } from '../complexes.ts'
import { startThread } from '../jobs/thread.ts'
import type { TravelOf } from '../travel/travelOf.ts'

/** All days of one seed: what is held on the last of them goes then. */
export interface Window {
  readonly dates: readonly string[]
  readonly stock: Stock
  /** whose first run tells which patterns were chosen */
  readonly firstSeed: number
}

interface WaitingDay {
  readonly data: ComplexData
  readonly demand: Demand
  readonly setting: Setting
  readonly at: { readonly seed: number; readonly day: number }
  readonly window: Window
  readonly travelOf: TravelOf
  /** rows of orders as the problem of one date, before any change; undefined: no rows */
  readonly read: (rows: string[][], date: string) => Problem | undefined
}

interface Held extends WindowOrder {
  readonly id: string
  readonly release: Release
}

/** Undefined problem: nothing goes today. */
export async function makeWaitingDay(
  day: WaitingDay,
): Promise<{ readonly problem: Problem | undefined; readonly waiting: Waiting }> {
  const { data, demand, setting, at, window, read } = day
  const { dates, stock } = window
  const groupOf = groupPlaces(data.sites, data.complex)
  // a truck is not filled by firms that take no part
  const taking = new Set(firmsUnder(data.firms, setting.changes, at.seed).map(({ name }) => name))
  const drawn = drawWindow(demandUnder(demand, setting.changes), data.firms, at.seed, dates, groupOf).filter(
    ({ order }) => taking.has(order.firm),
  )
  const patience = await patienceOf(day, groupOf)
  const releases = releaseOrders(drawn, dates, patience)
  const today = drawn.flatMap((order, k): Omit<Held, 'id'>[] =>
    releases[k].day === at.day ? [{ ...order, release: releases[k] }] : [],
  )
  const rows = rowsOf(today, day)
  const held = new Map(today.map((order, k) => [rows[k][0], { ...order, id: rows[k][0] }]))
  const told =
    patience.chosen && at.day === 0 && at.seed === window.firstSeed ? { patterns: named(patience.chosen, data) } : {}
  const problem = read(rows, dates[at.day])
  if (!problem) return { problem: undefined, waiting: { ...waitingOf([], dates, stock), ...told } }

  const changed = (of: Problem): Problem => problemUnder(of, setting.changes, at.seed)
  const lots = lotsOf(problem.shipments, (id) => held.get(id)!.group, data.orders.service.fixedS)
  let { shipments } = problem
  if (lots.shipments.length > 0) {
    const both = changed({ ...problem, shipments: [...shipments, ...lots.shipments] })
    const travel = travelUnder(await day.travelOf(both), setting.changes)
    shipments = [...cheaperLots(shipments, lots, aloneKrw(both, travel))]
  }
  const whole = changed({ ...problem, shipments })
  const ids = whole.shipments.flatMap(({ id }) => lots.membersOf.get(id) ?? [id])
  return {
    problem: whole.shipments.length > 0 ? whole : undefined,
    waiting: {
      ...waitingOf(
        ids.map((id) => held.get(id)!),
        dates,
        stock,
      ),
      ...told,
    },
  }
}

/** As people know the places. */
function named({ pairs, ...rest }: ChosenPatterns, { sites }: ComplexData): ChosenPatterns {
  const site = new Map(sites.map((one) => [one.id, one]))
  const townOf = (id: string): string => (site.get(id)?.town ?? site.get(id)?.name ?? id).split(' ')[0]!
  const lanes = new Map(
    [...Map.groupBy(pairs, ({ lane }) => lane)].map(([lane, own]) => {
      const direction = lane.slice(lane.lastIndexOf(' ') + 1)
      const towns = [...new Set(own.map(({ supplier }) => townOf(supplier)))]
      return [lane, lane === NEAR_LANE ? lane : `${towns.join('·')} ${direction}`]
    }),
  )
  return {
    ...rest,
    pairs: pairs.map((pair) => ({
      ...pair,
      supplier: site.get(pair.supplier)?.name ?? pair.supplier,
      lane: lanes.get(pair.lane)!,
    })),
  }
}

/** Each as on the day it was ordered, but for the date of its pickup. */
function rowsOf(orders: readonly Omit<Held, 'id'>[], { data, demand, at, window }: WaitingDay): string[][] {
  const nameOf = (id: string): string => data.sites.find((site) => site.id === id)?.name ?? id
  const far = demand.far ?? []
  return orders.map(({ order, day, index }) => {
    const [row] = orderRows([order], { seed: at.seed, day, date: window.dates[day], far, from: index }, nameOf)
    return row.map((cell, column) => (column === DATE_COLUMN ? window.dates[at.day] : cell))
  })
}
const DATE_COLUMN = 1

async function patienceOf(day: WaitingDay, groupOf: ReadonlyMap<string, string>) {
  const change = collectOf(day.setting)!
  switch (change.kind) {
    case 'collectOn':
      // a weekday comes round within the week
      return { patternOf: () => change.days, fullKg: 0, longestWaitDays: day.window.dates.length }
    case 'collectWhenFull':
      return { patternOf: () => 'full' as const, fullKg: change.kg, longestWaitDays: change.longestWaitDays }
    case 'collectChosen': {
      const chosen = await chosenOf(day, groupOf, change)
      const of = new Map(chosen.pairs.map(({ firm, supplier, pattern }) => [pairKey(firm, supplier), pattern]))
      // who did not order in the weeks of the choice does not wait
      const patternOf = (pair: string) => of.get(pair) ?? DAILY
      return { patternOf, fullKg: change.kg, longestWaitDays: change.longestWaitDays, chosen }
    }
  }
}

/** The same for all days of a setting, and seconds of work: kept by everything it depends on. */
const kept = new Map<string, Promise<ChosenPatterns>>()
const MOST_KEPT = 20

async function chosenOf(
  { data, demand, setting, at, window, travelOf, read }: WaitingDay,
  groupOf: ReadonlyMap<string, string>,
  change: PatternsInput['change'],
): Promise<ChosenPatterns> {
  const drawnFirms = setting.changes.some(({ kind }) => kind === 'participants')
  const key = JSON.stringify([data, setting.changes, window.stock, drawnFirms && at.seed])
  const known = kept.get(key)
  if (known) return await known
  const choose = async (): Promise<ChosenPatterns> => {
    // any day with orders shows the places, trucks and tariffs
    const all = drawWindow(demand, data.firms, at.seed, window.dates, groupOf)
    const first = all.filter(({ day }) => day === all[0]?.day)
    const rows = rowsOf(
      first.map((order) => ({ ...order, release: { day: order.day, cycleDays: 0 } })),
      { data, demand, setting, at, window, travelOf, read },
    )
    const problem = read(rows, window.dates[at.day])
    if (!problem) return { pairs: [], dailyKrw: 0, chosenKrw: 0 }
    const changed = problemUnder(problem, setting.changes, at.seed)
    const travel: Travel = travelUnder(await travelOf(changed), setting.changes)
    const thread = startThread({
      kind: 'patterns',
      input: {
        demand: demandUnder(demand, setting.changes),
        firms: [...firmsUnder(data.firms, setting.changes, at.seed)],
        groupOf,
        problem: { ...changed, shipments: [] },
        distanceM: travel.tables[0]!.distanceM,
        stock: window.stock,
        change,
      },
    })
    return await thread.outcome
  }
  if (kept.size >= MOST_KEPT) kept.clear()
  const chosen = choose()
  kept.set(key, chosen)
  chosen.catch(() => kept.delete(key))
  return await chosen
}
