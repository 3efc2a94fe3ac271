/**
 * Is it worth its money: costs and benefits of some years at constant prices, in two tables. The financial one holds what is paid and
 * received, grants and taxes included; the economic one leaves out what only changes hands. In the manner of the Korean preliminary
 * feasibility study (예비타당성조사), simplified: such a study is asked for from 50 bn won on, which no milk run reaches.
 *
 * Year 0 is now and is not discounted; what happens in the course of year t counts at its end, times 1 / (1 + rate)^t.
 */
import type { Appraisal, Flow, Sided } from './schema.ts'

export interface TableRow {
  readonly year: number
  readonly benefitKrw: number
  readonly costKrw: number
  /** 1 / (1 + rate)^year */
  readonly factor: number
}

/** Roots of the present value in the rate. Flows that change sign more than once may have several, and then none of them is the answer. */
export type Irr =
  | { readonly kind: 'one'; readonly rate: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly rates: readonly number[] }

export interface Table {
  readonly rows: readonly TableRow[]
  /** present values, won, not rounded */
  readonly benefitPvKrw: number
  readonly costPvKrw: number
  readonly npvKrw: number
  /** null: nothing is spent */
  readonly bc: number | null
  readonly irr: Irr
  /** years until what came in makes up for what went out for good, within the year in proportion; null: not in these years */
  readonly paybackYears: number | null
  /** the same of present values */
  readonly discountedPaybackYears: number | null
}

export interface Appraised {
  readonly financial: Table
  /** one for each price of a tonne of CO2 that is given, and one without */
  readonly economic: readonly { readonly krwPerTonne: number; readonly table: Table }[]
  /** economic benefits without carbon ÷ present value of the grants; null: no grant */
  readonly benefitPerGrant: number | null
}

export function appraise(appraisal: Appraisal): Appraised {
  const { years, rate, flows, carbon } = appraisal
  const prices = [0, ...(carbon?.krwPerTonne ?? [])]
  const economic = prices.map((krwPerTonne) => ({ krwPerTonne, table: tableOf(appraisal, 'economic', krwPerTonne) }))
  const grants = flows.filter(({ grant }) => grant === true)
  const grantPvKrw = sum(yearsOf(years).map((year) => inYear(grants, year, appraisal) * factorOf(rate, year)))
  return {
    financial: tableOf(appraisal, 'financial', 0),
    economic,
    benefitPerGrant: grantPvKrw > 0 ? economic[0].table.benefitPvKrw / grantPvKrw : null,
  }
}

function tableOf(appraisal: Appraisal, side: Sided, krwPerTonne: number): Table {
  const worth = worthOf(appraisal, side, krwPerTonne)
  return { ...worth, irr: irrOf(worth.rows.map(({ benefitKrw, costKrw }) => benefitKrw - costKrw)) }
}

/** A table without its internal rate of return, whose search takes nearly all of the time. */
export function worthOf(appraisal: Appraisal, side: Sided, krwPerTonne: number): Omit<Table, 'irr'> {
  const { years, rate, flows, carbon } = appraisal
  const share = (flow: Flow): number => {
    if (flow.only !== undefined && flow.only !== side) return 0
    if (side === 'financial') return 1
    return flow.grant ? 0 : 1 - (flow.transferShare ?? 0)
  }
  const amount = (kind: Flow['kind'], year: number): number =>
    sum(flows.filter((flow) => flow.kind === kind).map((flow) => inYear([flow], year, appraisal) * share(flow)))
  const rows = yearsOf(years).map((year): TableRow => {
    const carbonKrw = year > 0 ? (carbon?.tonnesPerYear ?? 0) * krwPerTonne : 0
    return {
      year,
      benefitKrw: amount('benefit', year) + Math.max(0, carbonKrw),
      costKrw: amount('cost', year) + Math.max(0, -carbonKrw),
      factor: factorOf(rate, year),
    }
  })
  const benefitPvKrw = sum(rows.map(({ benefitKrw, factor }) => benefitKrw * factor))
  const costPvKrw = sum(rows.map(({ costKrw, factor }) => costKrw * factor))
  const net = rows.map(({ benefitKrw, costKrw }) => benefitKrw - costKrw)
  return {
    rows,
    benefitPvKrw,
    costPvKrw,
    npvKrw: benefitPvKrw - costPvKrw,
    bc: costPvKrw > 0 ? benefitPvKrw / costPvKrw : null,
    paybackYears: paybackOf(net),
    discountedPaybackYears: paybackOf(net.map((krw, year) => krw * factorOf(rate, year))),
  }
}

const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0)
const yearsOf = (years: number): number[] => Array.from({ length: years + 1 }, (_, year) => year)
const factorOf = (rate: number, year: number): number => (1 + rate) ** -year

/** Won of these flows in a year. A residual value comes at the end of the last one. */
function inYear(flows: readonly Flow[], year: number, { years }: Appraisal): number {
  return sum(
    flows.map(({ krw, when }) => {
      if (when.kind === 'once') return when.year === year ? krw : 0
      if (when.kind === 'end') return year === years ? krw : 0
      return year >= (when.from ?? 1) && year <= (when.until ?? years) ? krw : 0
    }),
  )
}

/** Rates from −99 % to 10,000 %, in even steps of ln(1 + rate). */
const LEAST_LOG = Math.log(0.01)
const MOST_LOG = Math.log(101)
const STEPS = 5000

/** Every root in the range: between two neighbouring rates whose present values differ in sign, by halving. */
function irrOf(net: readonly number[]): Irr {
  const changes = net.filter((krw) => krw !== 0).filter((krw, k, all) => k > 0 && krw > 0 !== all[k - 1] > 0)
  if (changes.length === 0) return { kind: 'none' }
  const value = (log: number): number => sum(net.map((krw, year) => krw * Math.exp(-log * year)))
  const rates: number[] = []
  let left = value(LEAST_LOG)
  for (let step = 1; step <= STEPS; step++) {
    const at = LEAST_LOG + ((MOST_LOG - LEAST_LOG) * step) / STEPS
    const right = value(at)
    if (right === 0 || left > 0 !== right > 0) rates.push(halve(value, at - (MOST_LOG - LEAST_LOG) / STEPS, at))
    // a root on the grid itself is counted once
    left = right === 0 ? -left : right
  }
  const [one, ...others] = rates
  if (one === undefined) return { kind: 'none' }
  return others.length === 0 ? { kind: 'one', rate: one } : { kind: 'several', rates }
}

function halve(value: (log: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  const rises = value(high) > value(low)
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2
    if (value(middle) > 0 === rises) high = middle
    else low = middle
  }
  return Math.expm1((low + high) / 2)
}

/** The last time that the running sum rises to nought. */
function paybackOf(net: readonly number[]): number | null {
  let running = 0
  let paid: number | null = 0
  net.forEach((krw, year) => {
    const before = running
    running += krw
    if (running < 0) paid = null
    else if (before < 0) paid = year - 1 + -before / krw
  })
  return paid
}

/** What a hostile reader turns: benefits and costs up and down, and the rate. */
export function vary(appraisal: Appraisal, by: { benefits?: number; costs?: number; rate?: number }): Appraisal {
  const { benefits = 1, costs = 1, rate = appraisal.rate } = by
  const { carbon } = appraisal
  return {
    ...appraisal,
    rate,
    flows: appraisal.flows.map((flow) =>
      // a grant is money agreed, whatever the benefit turns out to be
      flow.grant ? flow : { ...flow, krw: flow.krw * (flow.kind === 'benefit' ? benefits : costs) },
    ),
    ...(carbon && { carbon: { ...carbon, tonnesPerYear: carbon.tonnesPerYear * benefits } }),
  }
}
