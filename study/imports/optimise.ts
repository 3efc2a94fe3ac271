/**
 * How often to order together, and who is in which order: for each way and each number of orders a year the joint
 * replenishment problem with containers, by trying every choice or by a mixed-integer program where they are many. Khouja & Goyal (2008), A review of the joint replenishment problem
 * literature 1989–2005, EJOR 186(1). Differs from it: transport is packed into whole containers and loose goods, and the number of
 * orders is a list to be compared, because people want to see the curve.
 */
import imported, { type Model } from 'javascript-lp-solver'
import {
  containersOf,
  costJoint,
  costToday,
  DAYS_A_YEAR,
  heldKrw,
  type ImportCost,
  type ImportYear,
  type JointPlan,
  leastCommonMultiple,
  loosesOf,
  m3Of,
  type Packing,
} from './cost.ts'
import type { ImportStudy, Way } from './schema.ts'

/** Most are solved in a tenth of a second; one in some hundreds would take minutes. */
const STOPPED_AFTER_MS = 5000
const NEARLY = 1e-6

// the package is typed as a CommonJS module, and is none
const solver = imported as unknown as typeof imported.default

/** One point of the trade-off: fewer orders, fuller containers, more stock. */
export interface ImportChoice extends ImportYear {
  readonly plan: JointPlan
  /** of the turns of one cycle */
  readonly packings: readonly Packing[]
}

export interface ImportAnswer {
  readonly today: ImportYear
  /** the cheapest of each number of orders, over all ways */
  readonly curve: readonly ImportChoice[]
  readonly best: ImportChoice
  /** from today to the best, won a year; below 0: cheaper. They add up to the difference exactly. */
  readonly steps: readonly { readonly step: 'mode' | ImportCost; readonly krw: number }[]
}

export function consolidate(study: ImportStudy): ImportAnswer {
  const today = costToday(study)
  const curve = curveByOrders(study)
  const best = cheapest(curve)
  const way = study.ways.find(({ id }) => id === best.plan.way)
  // the same lots, all by the way of the plan: what is saved so far is the way of travel
  const sameLots = costToday(study, way)
  const mode = sameLots.lines.freight + sameLots.lines.inland - today.lines.freight - today.lines.inland
  const steps = (Object.keys(today.lines) as ImportCost[]).map((step) => {
    const from = step === 'freight' || step === 'inland' ? sameLots : today
    return { step, krw: best.lines[step] - from.lines[step] }
  })
  return { today, curve, best, steps: [{ step: 'mode', krw: mode }, ...steps] }
}

/** The cheapest of each number of orders, over all ways. */
export const curveByOrders = (study: ImportStudy): ImportChoice[] =>
  study.ordersPerYear.map((ordersPerYear) => cheapest(study.ways.map((way) => choose(study, way, ordersPerYear))))

export const cheapest = (choices: readonly ImportChoice[]): ImportChoice =>
  choices.reduce((best, choice) => (choice.costKrw < best.costKrw ? choice : best))

/** So many choices are tried one by one, each in some tens of microseconds; of more a program is solved. */
const TRIED = 4096

/** The best multiples for one way and one number of orders. */
export function choose(study: ImportStudy, way: Way, ordersPerYear: number): ImportChoice {
  const { suppliers, multiples = [1, 2] } = study
  if (multiples.length ** suppliers.length > TRIED) return chooseByProgram(study, way, ordersPerYear)
  const all = suppliers.reduce<number[][]>(
    (lists) => lists.flatMap((list) => multiples.map((multiple) => [...list, multiple])),
    [[]],
  )
  return cheapest(all.filter(allowed(multiples)).map(costed(study, way, ordersPerYear)))
}

/**
 * The same by a mixed-integer program, and then by one supplier at a time as long as that is cheaper: the program calls a number whole
 * that is so to some digits, and may be stopped. What it finds is then good and not proved to be the best.
 */
export function chooseByProgram(study: ImportStudy, way: Way, ordersPerYear: number): ImportChoice {
  const multiples = study.multiples ?? [1, 2]
  const cost = costed(study, way, ordersPerYear)
  const often = Math.min(...multiples)
  let best = cost(solveMultiples(study, way, ordersPerYear, multiples) ?? study.suppliers.map(() => often))
  for (let before: ImportChoice | undefined; before !== best; ) {
    before = best
    const near = study.suppliers.flatMap((_, k) =>
      multiples.map((multiple) => before!.plan.multiples.with(k, multiple)),
    )
    best = cheapest([best, ...near.filter(allowed(multiples)).map(cost)])
  }
  return best
}

/** Somebody is in every order, or there would be fewer of them than are compared. */
const allowed =
  (multiples: readonly number[]) =>
  (chosen: readonly number[]): boolean =>
    !multiples.includes(1) || chosen.includes(1)

const costed =
  (study: ImportStudy, way: Way, ordersPerYear: number) =>
  (multiples: readonly number[]): ImportChoice => {
    const plan = { way: way.id, ordersPerYear, multiples }
    return { plan, ...costJoint(study, plan) }
  }

/** Undefined: stopped, or not whole. */
function solveMultiples(
  study: ImportStudy,
  way: Way,
  ordersPerYear: number,
  multiples: readonly number[],
): number[] | undefined {
  const turns = multiples.reduce(leastCommonMultiple, 1)
  const perTurn = ordersPerYear / turns
  const rows: Model['constraints'] = {}
  const columns: Record<string, Record<string, number>> = {}
  const ints: Record<string, 1> = {}
  const turnsOf = (multiple: number): number[] =>
    Array.from({ length: turns }, (_, k) => k + 1).filter((turn) => turn % multiple === 0)

  for (let turn = 1; turn <= turns; turn++) {
    // room for what comes in this turn, by weight and by measure; an order is placed where anything comes
    rows[`kg ${turn}`] = { min: 0 }
    rows[`m3 ${turn}`] = { min: 0 }
    columns[`order ${turn}`] = { cost: perTurn * study.order.jointKrw, [`placed ${turn}`]: study.suppliers.length }
    ints[`order ${turn}`] = 1
    rows[`placed ${turn}`] = { min: 0 }
    for (const { id, krw, inlandKrw, capacityKg, capacityM3 } of containersOf(way)) {
      columns[`${id} ${turn}`] = {
        cost: perTurn * (krw + inlandKrw),
        [`kg ${turn}`]: capacityKg,
        [`m3 ${turn}`]: capacityM3,
      }
      ints[`${id} ${turn}`] = 1
    }
    for (const loose of loosesOf(way)) {
      const name = `${loose.id} ${turn}`
      const mostKg = study.suppliers.reduce((sum, { kgPerYear }) => sum + kgPerYear, 0)
      const mostM3 = study.suppliers.reduce((sum, supplier) => sum + m3Of(supplier.kgPerYear, supplier), 0)
      // chargeable: the weight, or the measure, whichever is more
      rows[`${name} by kg`] = { min: 0 }
      rows[`${name} by m3`] = { min: 0 }
      rows[`${name} used`] = { min: 0 }
      columns[`${name} chargeable`] = {
        cost: perTurn * loose.perKgKrw,
        [`${name} by kg`]: 1,
        [`${name} by m3`]: 1 / loose.kgPerM3,
      }
      columns[`${name} kg`] = {
        cost: perTurn * loose.inlandPerKgKrw,
        [`kg ${turn}`]: 1,
        [`${name} by kg`]: -1,
        [`${name} used`]: -1 / mostKg,
      }
      columns[`${name} m3`] = { cost: 0, [`m3 ${turn}`]: 1, [`${name} by m3`]: -1, [`${name} used`]: -1 / mostM3 }
      columns[`${name} opened`] = { cost: perTurn * (loose.fixedKrw + loose.inlandFixedKrw), [`${name} used`]: 2 }
      ints[`${name} opened`] = 1
    }
  }
  if (multiples.includes(1)) rows.base = { min: 1 }
  study.suppliers.forEach((supplier, k) => {
    rows[`once ${k}`] = { equal: 1 }
    for (const multiple of multiples) {
      const kg = (supplier.kgPerYear * multiple) / ordersPerYear
      const times = ordersPerYear / multiple
      const column: Record<string, number> = {
        cost:
          times * (study.order.supplierKrw + supplier.collectFixedKrw + supplier.collectPerKgKrw * kg) +
          heldKrw(study, supplier, way, (multiple * DAYS_A_YEAR) / ordersPerYear),
        [`once ${k}`]: 1,
        ...(multiple === 1 && { base: 1 }),
      }
      for (const turn of turnsOf(multiple)) {
        column[`kg ${turn}`] = -kg
        column[`m3 ${turn}`] = -m3Of(kg, supplier)
        column[`placed ${turn}`] = -1
      }
      columns[`${k} every ${multiple}`] = column
      ints[`${k} every ${multiple}`] = 1
    }
  })
  const answer = solver.Solve({
    optimize: 'cost',
    opType: 'min',
    constraints: rows,
    variables: columns,
    ints,
    timeout: STOPPED_AFTER_MS,
  }) as Record<string, unknown>
  // the solver calls a fractional answer feasible where it was stopped: nothing is believed that is not whole
  const chosen = study.suppliers.map((_, k) =>
    multiples.filter((multiple) => Math.abs(Number(answer[`${k} every ${multiple}`] ?? 0) - 1) < NEARLY),
  )
  return answer.feasible === true && chosen.every((whole) => whole.length === 1) ? chosen.flat() : undefined
}
