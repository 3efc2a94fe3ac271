/**
 * A day settled: what was driven, what each firm pays of it, and what it would have paid alone. Firms pay their split of the rounds that
 * carried something and of terminal freight; the firms whose goods a round was sent for in vain pay that round, and those served at a stop
 * the waiting there, the same for each shipment. So what firms pay is what carriers and terminal freight get, to the won.
 */
import { oneByOne } from '../baseline.ts'
import { problemInParts } from '../parts.ts'
import { type Plan, sumLines } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import type { MethodName } from '../split/methods/method.ts'
import { toWholeWon } from '../split/shares.ts'
import { type DoneMark, drivenIn } from './done.ts'
import { type Executed, type ExecutedRound, executedPlan, paidLines, type WaitingRule } from './executed.ts'

export interface FirmShare {
  readonly firm: string
  readonly shareKrw: number
}
export interface DayOrigin {
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
}
export interface SettleDayInput extends DayOrigin {
  readonly marks: readonly DoneMark[]
  readonly waiting?: WaitingRule | undefined
  readonly method: MethodName
  /** the split that was agreed, where it is known already; it holds where the plan has no other lines than those paid */
  readonly agreed?: readonly FirmShare[] | undefined
  /** of a disturbed day: the plans it went on from, the first one first. What goods cost alone is a matter of the day as it was ordered */
  readonly origins?: readonly DayOrigin[]
  /** second legs of goods that another truck took over: no order of its own */
  readonly onward?: readonly string[]
  /** by `method` */
  readonly split: (problem: Problem, travel: Travel, plan: Plan) => readonly FirmShare[]
}

export interface SettledFirm {
  readonly firm: string
  readonly shipments: number
  readonly plannedKrw: number
  readonly shareKrw: number
  /** rounds that came for its goods and took nothing */
  readonly vainKrw: number
  readonly waitingKrw: number
  /** every shipment that went, by its cheapest mode, alone */
  readonly b1Krw: number
}
/** With the firm of each shipment that it was sent for, one entry a shipment. */
export interface SettledRound extends ExecutedRound {
  readonly firms: readonly string[]
}
export interface SettledDay {
  /** recorded: of every round something was; planned: of none */
  readonly basis: 'recorded' | 'partly' | 'planned'
  readonly method: MethodName
  readonly plannedKrw: number
  readonly rounds: readonly SettledRound[]
  readonly terminal: Executed['terminal']
  readonly firms: readonly SettledFirm[]
  readonly unserved: readonly string[]
  readonly estimated: boolean
}

/** Whole won, the same to each, what is left over to the first. */
export function dealEqually<T>(krw: number, to: readonly T[]): { readonly to: T; readonly krw: number }[] {
  const each = toWholeWon(
    to.map(() => krw / Math.max(1, to.length)),
    krw,
  )
  return to.map((one, k) => ({ to: one, krw: each[k]! }))
}

export function settleDay(input: SettleDayInput): SettledDay {
  const { travel, plan, marks, waiting, method, agreed, origins = [], onward = [] } = input
  const problem = withoutStockPrices(input.problem)
  const firmOf = new Map(problemInParts(problem, plan.parts ?? []).shipments.map(({ id, firm }) => [id, firm]))
  const executed = executedPlan(problem, travel, plan, marks, waiting)
  const paid = executedPlan(problem, travel, plan, [])
  const split = (one: Plan) => (one.routes.length + one.direct.length > 0 ? input.split(problem, travel, one) : [])
  const planned = paid.plan.costKrw === plan.costKrw && agreed ? agreed : split(paid.plan)
  const changed = JSON.stringify(executed.plan) !== JSON.stringify(paid.plan)
  const shares = changed ? split(executed.plan) : planned

  const kgOf = new Map(
    executed.rounds.flatMap(({ quantities }) => quantities.map(({ shipment, kg }) => [shipment, kg])),
  )
  const b1Of = b1Prices([...origins, { problem, travel, plan }], kgOf)
  for (const id of onward) b1Of.delete(id)
  const carried = [
    ...executed.rounds.flatMap((round) => round.carried),
    ...executed.terminal.map(({ shipment }) => shipment),
  ]
  const firms = new Map<string, { -readonly [key in keyof SettledFirm]: SettledFirm[key] }>()
  const at = (firm: string) => {
    const known = firms.get(firm)
    if (known) return known
    const fresh = { firm, shipments: 0, plannedKrw: 0, shareKrw: 0, vainKrw: 0, waitingKrw: 0, b1Krw: 0 }
    firms.set(firm, fresh)
    return fresh
  }
  for (const { firm, shareKrw } of planned) at(firm).plannedKrw += shareKrw
  for (const { firm, shareKrw } of shares) at(firm).shareKrw += shareKrw
  for (const id of carried) {
    const row = at(firmOf.get(id)!)
    if (!onward.includes(id)) row.shipments++
    row.b1Krw += b1Of.get(id) ?? 0
  }
  const routes = new Map(drivenIn(plan).map((route) => [route.id, route]))
  const rounds = executed.rounds.map((round): SettledRound => {
    const { stops } = routes.get(round.route)!
    const sentFor = stops.flatMap(({ pickups }) => pickups).map((id) => firmOf.get(id)!)
    if (round.carried.length === 0) for (const { to, krw } of dealEqually(round.costKrw, sentFor)) at(to).vainKrw += krw
    for (const { stop, krw } of round.waits) {
      const served = stops[stop]!.visits.map(({ shipment }) => firmOf.get(shipment)!)
      for (const part of dealEqually(krw, served)) at(part.to).waitingKrw += part.krw
    }
    return { ...round, firms: sentFor }
  })
  const recorded = rounds.filter(({ basis }) => basis === 'recorded').length
  return {
    basis: recorded === 0 ? 'planned' : recorded === rounds.length ? 'recorded' : 'partly',
    method,
    plannedKrw: paid.plan.costKrw,
    rounds,
    terminal: executed.terminal,
    firms: [...firms.values()].toSorted((a, b) => (a.firm < b.firm ? -1 : 1)),
    unserved: executed.plan.unserved.map(({ shipment }) => shipment).toSorted(),
    estimated: plan.provenance.estimated || plan.provenance.estimatedTolls === true,
  }
}

/** What waiting goods and lateness are worth to a planner is no money that is paid. */
function withoutStockPrices(problem: Problem): Problem {
  return {
    ...problem,
    shipments: problem.shipments.map(
      ({ holdKrwPerDay: _, softPickup: __, softDelivery: ___, ...shipment }) => shipment,
    ),
  }
}

/** [shipment] alone, by its cheapest mode, with what was really loaded; as the day was ordered first. */
function b1Prices(days: readonly DayOrigin[], kgOf: ReadonlyMap<string, number>): Map<string, number> {
  const prices = new Map<string, number>()
  for (const { problem, travel, plan } of days) {
    const weighed = <T extends { readonly id: string; readonly weightKg: number; readonly pieceKg?: number }>(
      one: T,
    ): T => {
      const weightKg = kgOf.get(one.id)
      if (weightKg === undefined || weightKg > one.weightKg) return one
      return { ...one, weightKg, ...(one.pieceKg !== undefined && { pieceKg: Math.min(one.pieceKg, weightKg) }) }
    }
    const { parts } = plan
    const asLoaded = { ...withoutStockPrices(problem), shipments: withoutStockPrices(problem).shipments.map(weighed) }
    const served = { ...plan, unserved: [], ...(parts && { parts: parts.map(weighed) }) }
    for (const { shipment, costKrw } of oneByOne(asLoaded, travel, served).shipments)
      if (!prices.has(shipment)) prices.set(shipment, costKrw)
  }
  return prices
}

/** Whether it holds that firms pay what carriers and terminal freight get. */
export function sumsOf({ firms, rounds, terminal }: Pick<SettledDay, 'firms' | 'rounds' | 'terminal'>) {
  const sum = <T>(list: readonly T[], krw: (one: T) => number) => list.reduce((all, one) => all + krw(one), 0)
  return {
    firmsKrw: sum(firms, ({ shareKrw, vainKrw, waitingKrw }) => shareKrw + vainKrw + waitingKrw),
    carriersKrw: sum(rounds, ({ costKrw, waits }) => costKrw + sum(waits, ({ krw }) => krw)),
    terminalKrw: sum(terminal, ({ lines }) => sumLines(paidLines(lines))),
  }
}
