/**
 * One firm's share of a plan, in whole won that add up to the plan's cost. Unserved shipments are out. What goes direct, or alone on a
 * truck because it must, is paid by its firm as the plan has it; the rest is split by a method, and nobody pays above its own B1 (each
 * shipment by its cheapest mode): what a cap cuts off, the others take over in proportion to what they save.
 */
import type { Highs } from '../columns/lp.ts'
import type { Plan } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import { type GroupView, isViolated, leastSubsidy, provedUpTo, viewGroups } from './core.ts'
import { type ChooseDual, type Dual, knownDual, rentOf } from './dual.ts'
import { byId, type Game, openGame } from './game.ts'
import { METHODS } from './methods/index.ts'
import type { Method, MethodName, Shared } from './methods/method.ts'
import type { JointKey, MonthRow, MonthSplit, Split, SplitGroup, SplitNote, SplitRow } from './schema.ts'
import { dealOut, toWholeWon } from './shares.ts'

export interface SplitOptions {
  readonly highs: Highs
  /** default: the first of METHODS, dual prices */
  readonly method?: MethodName | undefined
  /** prices of a bound, chosen for the target; default: over the routes known, which prove nothing */
  readonly dual?: ChooseDual | undefined
  readonly seed?: number | undefined
  /** tries of the search for each group */
  readonly iterations?: number | undefined
  /** groups of three and more drawn at random, where there are too many to look at all */
  readonly randomGroups?: number | undefined
  /** orders of joining, where Shapley's are too many */
  readonly samples?: number | undefined
  /** a year, for the subsidy */
  readonly workingDays?: number | undefined
  /** costs that no route carries: coordinator, hub, software; shared beside the plan's */
  readonly joint?: { readonly krw: number; readonly key: JointKey } | undefined
}

const WORKING_DAYS = 250
const MOST_VIOLATIONS_TOLD = 10

/** A method that the number of firms forbids. */
export class TooManyFirms extends RangeError {
  readonly method: MethodName
  readonly firms: number
  readonly mostFirms: number

  constructor({ name, mostFirms }: Method, firms: number) {
    super(`${name}: ${firms} firms, at most ${mostFirms}`)
    this.method = name
    this.firms = firms
    this.mostFirms = mostFirms
  }
}

export const METHOD_LIMITS: readonly Pick<Method, 'name' | 'mostFirms'>[] = METHODS

export function splitPlan(problem: Problem, travel: Travel, plan: Plan, options: SplitOptions): Split {
  const { method = METHODS[0].name } = options
  return openSplit(problem, travel, plan, options)(method)
}

/** Several methods side by side: what groups would pay alone is searched for once. */
export function openSplit(
  problem: Problem,
  travel: Travel,
  plan: Plan,
  options: SplitOptions,
): (method: MethodName) => Split {
  const {
    seed = 1,
    iterations = 200,
    randomGroups = 60,
    samples = 40,
    workingDays = WORKING_DAYS,
    joint,
    highs,
  } = options
  const game = openGame(problem, travel, plan, { seed, iterations, randomGroups })
  const { firms } = game
  const ownKrw = firms.reduce((sum, firm) => sum + firm.ownKrw, 0)
  const caps = firms.map(({ b1Krw, b1Missing }) => (b1Missing.length > 0 ? Number.POSITIVE_INFINITY : b1Krw))
  const restCaps = caps.map((cap, firm) => cap - firms[firm].ownKrw)
  const weights = firms.map(({ ridingKrw }) => ridingKrw)
  // firms with nothing on shared trucks have no part in what those cost
  const ridingCaps = restCaps.map((cap, firm) =>
    cap === Number.POSITIVE_INFINITY ? cap : Math.min(cap, weights[firm]),
  )
  let chosen: Dual | null = null
  let subsidy: { readonly looked: number; readonly krw: number } | null = null

  return (name) => {
    const method = METHODS.find((each) => each.name === name)!
    if (firms.length > method.mostFirms) throw new TooManyFirms(method, firms.length)
    const shared = shareRest(method)
    const shares = wholeShares(shared)
    return describe(name, shared, shares)
  }

  function shareRest(method: Method): Shared {
    if (firms.length === 0) return { krw: new Float64Array(0) }
    // first, so that no method asked for before changes what this one sees
    game.basis()
    return method.share(game, {
      highs,
      seed,
      samples,
      caps: ridingCaps,
      dual: (target) => {
        chosen ??= options.dual?.(target) ?? knownDual(game, highs, target)
        return chosen
      },
    })
  }

  /** Beside their own cost, held to B1, then whole won. */
  function wholeShares({ krw }: Shared): { shares: number[]; notes: SplitNote[] } {
    const rest = game.planKrw - ownKrw
    const first = dealOut(rest, krw, ridingCaps, weights)
    // unless the caps leave no other way
    const dealt = first.exceeded ? dealOut(rest, krw, restCaps, weights) : first
    const shares = toWholeWon(
      dealt.krw.map((value, firm) => value + firms[firm].ownKrw),
      game.planKrw,
      caps,
    )
    const notes: SplitNote[] = []
    const ids = (chosenFirms: readonly number[]) => chosenFirms.map((firm) => firms[firm].id)
    const all = firms.map((_, firm) => firm)
    const cut = all.filter((firm) => krw[firm] > ridingCaps[firm] + 1e-6)
    if (dealt.exceeded)
      notes.push({
        note: 'dearerThanB1',
        firms: ids(all.filter((firm) => shares[firm] > caps[firm])),
        krw: game.planKrw - caps.reduce((sum, cap) => sum + cap, 0),
      })
    else if (cut.length > 0)
      notes.push({
        note: 'capped',
        firms: ids(cut),
        krw: Math.round(cut.reduce((sum, firm) => sum + krw[firm] - ridingCaps[firm], 0)),
      })
    const uncapped = all.filter((firm) => caps[firm] === Number.POSITIVE_INFINITY)
    if (uncapped.length > 0) notes.push({ note: 'uncapped', firms: ids(uncapped), krw: 0 })
    return { shares, notes }
  }

  function describe(
    name: MethodName,
    { standardErrorKrw }: Shared,
    { shares, notes }: ReturnType<typeof wholeShares>,
  ): Split {
    const views = viewGroups(game, shares)
    const violated = views.filter(isViolated)
    const dual = name === 'duals' || options.dual ? dualFor() : null
    const proof = dual?.proved && game.separable ? provedUpTo(game, shares, dual) : null
    const rent = dual ? rentOf(dual) : 0
    // a later method may have looked at more groups
    if (subsidy?.looked !== views.length)
      subsidy = { looked: views.length, krw: firms.length > 1 ? leastSubsidy(highs, game) : 0 }
    const joints = shareJoint(game, shares, joint)
    const told = [...notes]
    if (name === 'duals' && dual) {
      const paid = [...game.riding].reduce((sum, shipment) => sum + (dual.prices.get(shipment) ?? 0), ownKrw)
      const over = Math.min(rent, paid - game.planKrw)
      if (over > 0) told.push({ note: 'rentReturned', firms: [], krw: over })
      if (!dual.proved) told.push({ note: 'known', firms: [], krw: 0 })
    }
    return {
      method: name,
      planKrw: game.planKrw,
      rows: firms.map((firm, k): SplitRow => {
        const tightest = views.find(({ members }) => members.includes(k))
        return {
          firm: firm.id,
          shipments: [...firm.shipments],
          b1Krw: firm.b1Krw,
          b2Krw: firm.b2Krw,
          missing: [...new Set([...firm.b1Missing, ...firm.b2Missing])],
          shareKrw: shares[k],
          ownKrw: firm.ownKrw,
          ...savingsOf(firm.b1Krw, firm.b2Krw, shares[k]),
          jointKrw: joints[k],
          ...(standardErrorKrw ? { standardErrorKrw: Math.ceil(standardErrorKrw[k]) } : {}),
          tightest: tightest ? tell(tightest) : null,
        }
      }),
      unserved: plan.unserved.map(({ shipment }) => shipment).toSorted(),
      trucks: 'all',
      seed,
      iterations,
      dual: dual && {
        lowerKrw: dual.lowerKrw,
        rentKrw: rent,
        fleet: dual.fleet
          .filter((truck) => truck.krw < 0)
          .map(({ vehicle, shift, count, krw: price }) => ({ vehicle, shift, count, krw: price })),
        prices: firms.flatMap(({ shipments }) =>
          shipments.map((shipment) => ({ shipment, krw: dual.prices.get(shipment) ?? 0 })),
        ),
        proved: dual.proved,
      },
      stability: {
        verdict: violated.length > 0 ? 'violated' : proof === 0 || firms.length < 2 ? 'proved' : 'holds',
        looked: views.length,
        every: views.length === 2 ** firms.length - 2,
        provedUpToKrw: proof,
        tightest: views.length > 0 ? tell(views[0]) : null,
        violated: violated.slice(0, MOST_VIOLATIONS_TOLD).map(tell),
        violations: violated.length,
      },
      subsidy: {
        dayKrw: subsidy.krw,
        yearKrw: subsidy.krw * workingDays,
        workingDays,
        // charged its prices less all the rent, no firm is in a group that could leave
        enoughKrw:
          dual?.proved && game.separable
            ? Math.max(0, game.planKrw - (dual.lowerKrw + rent) + firms.length * rent)
            : null,
      },
      joint: joint ? { krw: joint.krw, key: joint.key } : null,
      notes: told,
    }
  }

  function dualFor(): Dual | null {
    if (!chosen && options.dual) {
      const target = METHODS.find(({ name }) => name === 'duals')!
      shareRest(target)
    }
    return chosen
  }

  function tell({ members, ...figures }: GroupView): SplitGroup {
    return { firms: members.map((firm) => firms[firm].id), ...figures }
  }
}

function savingsOf(b1Krw: number, b2Krw: number, shareKrw: number) {
  const [savingKrw, savingB2Krw] = [b1Krw - shareKrw, b2Krw - shareKrw]
  return {
    savingKrw,
    savingShare: b1Krw > 0 ? savingKrw / b1Krw : 0,
    savingB2Krw,
    savingB2Share: b2Krw > 0 ? savingB2Krw / b2Krw : 0,
  }
}

function shareJoint({ firms }: Game, shares: readonly number[], joint: SplitOptions['joint']): number[] {
  if (!joint || firms.length === 0) return firms.map(() => 0)
  const keys: Readonly<Record<JointKey, (firm: number) => number>> = {
    equal: () => 1,
    shipments: (firm) => firms[firm].shipments.length,
    weight: (firm) => firms[firm].weightKg,
    share: (firm) => shares[firm],
  }
  const parts = firms.map((_, firm) => keys[joint.key](firm))
  const all = parts.reduce((sum, part) => sum + part, 0)
  return toWholeWon(
    parts.map((part) => (joint.krw * (all > 0 ? part : 1)) / (all > 0 ? all : parts.length)),
    joint.krw,
  )
}

/** The days of a month added up: whole won of every firm, of the plans and of the joint costs agree. */
export function splitMonth(days: readonly Split[]): MonthSplit {
  if (days.length === 0) throw new RangeError('a month without days')
  const [{ method }] = days
  if (days.some((day) => day.method !== method)) throw new RangeError('days split by different methods')
  const rowsOf = Map.groupBy(
    days.flatMap(({ rows }) => rows),
    ({ firm }) => firm,
  )
  const rows = [...rowsOf].map(([firm, each]): MonthRow & { id: string } => {
    const sum = (figure: (row: SplitRow) => number) => each.reduce((all, row) => all + figure(row), 0)
    const [b1Krw, b2Krw, shareKrw] = [sum((row) => row.b1Krw), sum((row) => row.b2Krw), sum((row) => row.shareKrw)]
    return {
      id: firm,
      firm,
      days: each.length,
      shipments: sum(({ shipments }) => shipments.length),
      b1Krw,
      b2Krw,
      shareKrw,
      ownKrw: sum(({ ownKrw }) => ownKrw),
      ...savingsOf(b1Krw, b2Krw, shareKrw),
      jointKrw: sum(({ jointKrw }) => jointKrw),
    }
  })
  return {
    method,
    days: days.length,
    planKrw: days.reduce((sum, { planKrw }) => sum + planKrw, 0),
    jointKrw: days.reduce((sum, { joint, rows: each }) => sum + (each.length > 0 ? (joint?.krw ?? 0) : 0), 0),
    subsidyKrw: days.reduce((sum, { subsidy }) => sum + subsidy.dayKrw, 0),
    stableDays: days.filter(({ stability }) => stability.verdict !== 'violated').length,
    rows: rows.toSorted(byId).map(({ id: _, ...row }) => row),
  }
}
