/** What it costs a year to bring the goods in: one set of formulas for the lots of today and for joint orders. */
import type { Container, ImportStudy, Loose, Supplier, Way } from './schema.ts'

export const DAYS_A_YEAR = 365

export const IMPORT_COSTS = [
  'order', // paper, customs, people
  'collect', // from the suppliers to the port
  'freight', // port to port
  'inland', // to the stock
  'handling', // in and out of the joint stock
  'calls', // deliveries from the joint stock to the firms
  'storage',
  'cycleStock', // carrying what lies between two deliveries
  'safetyStock', // and what covers a late ship or a busy month
  'transitStock', // and what is on its way
  'programme',
] as const
export type ImportCost = (typeof IMPORT_COSTS)[number]
export type ImportLines = Readonly<Record<ImportCost, number>>

/** One way of doing it, a year: whole won, so that lines, sums and differences agree. */
export interface ImportYear {
  readonly lines: ImportLines
  readonly costKrw: number
  /** orders that somebody places */
  readonly orders: number
  /** mean, kg */
  readonly cycleKg: number
  readonly safetyKg: number
  readonly transitKg: number
  readonly co2Kg: number
}

/** A joint shipment's packing: how many of each container, and what goes loose. */
export interface Packing {
  readonly containers: readonly number[]
  readonly looseKg: number
  readonly looseM3: number
}

export const isContainer = (packing: Loose | Container): packing is Container => packing.kind === 'container'
export const containersOf = (way: Way): Container[] => way.packings.filter(isContainer)
export const loosesOf = (way: Way): Loose[] => way.packings.filter((packing): packing is Loose => !isContainer(packing))
export const m3Of = (kg: number, { m3PerTonne }: Supplier): number => (kg / 1000) * m3PerTonne

/** Won of loose goods: freight, and to the stock. Charged by weight or by measure, whichever is more. */
export function looseKrw(loose: Loose, kg: number, m3: number): { readonly freight: number; readonly inland: number } {
  if (kg <= 0 && m3 <= 0) return { freight: 0, inland: 0 }
  return {
    freight: loose.fixedKrw + loose.perKgKrw * Math.max(kg, m3 * loose.kgPerM3),
    inland: loose.inlandFixedKrw + loose.inlandPerKgKrw * kg,
  }
}

interface Packed {
  readonly packing: Packing
  readonly freight: number
  readonly inland: number
}

/** The cheapest packing of one shipment, by trying every number of containers: they are few. Goods may be mixed as they fit. */
export function packCheapest(way: Way, kg: number, m3: number): Packed {
  const containers = containersOf(way)
  const most = containers.map(({ capacityKg, capacityM3 }) => Math.ceil(Math.max(kg / capacityKg, m3 / capacityM3)))
  const total = (counts: readonly number[], of: (container: Container) => number): number =>
    containers.reduce((sum, container, k) => sum + counts[k] * of(container), 0)
  const tried = countsUpTo(most).flatMap((counts): Packed[] => {
    const looseKg = Math.max(0, kg - total(counts, ({ capacityKg }) => capacityKg))
    const looseM3 = Math.max(0, m3 - total(counts, ({ capacityM3 }) => capacityM3))
    const rests = looseKg > 0 || looseM3 > 0 ? loosesOf(way) : [undefined]
    return rests.map((loose) => {
      const rest = loose ? looseKrw(loose, looseKg, looseM3) : { freight: 0, inland: 0 }
      return {
        packing: { containers: counts, looseKg, looseM3 },
        freight: total(counts, ({ krw }) => krw) + rest.freight,
        inland: total(counts, ({ inlandKrw }) => inlandKrw) + rest.inland,
      }
    })
  })
  return tried.reduce((best, one) => (one.freight + one.inland < best.freight + best.inland ? one : best))
}

/** Every list of whole numbers from nought up to these. */
const countsUpTo = (most: readonly number[]): number[][] =>
  most.reduce<number[][]>(
    (lists, limit) => lists.flatMap((list) => Array.from({ length: limit + 1 }, (_, count) => [...list, count])),
    [[]],
  )

/** Of what one firm uses in a day, the standard deviation in kg, from that of all of them together. */
const spreadOfOne = ({ firms, correlation }: ImportStudy, { kgPerYear, dailyCv }: Supplier): number =>
  (dailyCv * kgPerYear) / DAYS_A_YEAR / Math.sqrt(firms + firms * (firms - 1) * correlation)

/** The lots of today: each firm reorders as its stock runs down, so its safety stock covers the lead time. `by`: as if all went this way. */
export function costToday(study: ImportStudy, by?: Way): ImportYear {
  const { firms, order, stock } = study
  const sums = emptySums()
  let orders = 0
  for (const lot of study.today) {
    const supplier = study.suppliers.find(({ id }) => id === lot.supplier)!
    const way = by ?? study.ways.find(({ id }) => id === lot.way)!
    const { lotsPerYear, lotKg, firmsPerLot = 1 } = lot
    const kg = lotsPerYear * lotKg
    const { freight, inland } = packCheapest(way, lotKg, m3Of(lotKg, supplier))
    const firmsHere = (firms * kg) / supplier.kgPerYear
    const daily = supplier.kgPerYear / DAYS_A_YEAR / firms
    const safety =
      stock.serviceZ * Math.hypot(spreadOfOne(study, supplier) * Math.sqrt(way.leadDays), daily * way.leadSdDays)
    orders += lotsPerYear
    sums.order += lotsPerYear * order.ownKrw
    sums.collect += lotsPerYear * (supplier.collectFixedKrw + supplier.collectPerKgKrw * lotKg)
    sums.freight += lotsPerYear * freight
    sums.inland += lotsPerYear * inland
    hold(sums, study, supplier, way, {
      cycleKg: (firmsHere * lotKg) / firmsPerLot / 2,
      safetyKg: firmsHere * safety,
      kg,
      storageKrwPerM3Day: stock.ownStorageKrwPerM3Day,
    })
  }
  return yearOf(sums, orders)
}

/** `multiples`: of each supplier, in every how manieth joint order it is. */
export interface JointPlan {
  readonly way: string
  readonly ordersPerYear: number
  readonly multiples: readonly number[]
}

/** Joint orders on fixed days: the safety stock covers the time to the next order and its lead time. */
export function costJoint(study: ImportStudy, plan: JointPlan): ImportYear & { readonly packings: readonly Packing[] } {
  const { order, stock } = study
  const way = study.ways.find(({ id }) => id === plan.way)!
  const sums = emptySums()
  const cycle = plan.multiples.reduce(leastCommonMultiple, 1)
  const each = plan.ordersPerYear / cycle
  const packings: Packing[] = []
  let orders = 0
  for (let turn = 1; turn <= cycle; turn++) {
    const here = study.suppliers.flatMap((supplier, k) =>
      turn % plan.multiples[k] === 0
        ? [{ supplier, kg: (supplier.kgPerYear * plan.multiples[k]) / plan.ordersPerYear }]
        : [],
    )
    if (here.length === 0) continue
    const kg = here.reduce((sum, entry) => sum + entry.kg, 0)
    const m3 = here.reduce((sum, entry) => sum + m3Of(entry.kg, entry.supplier), 0)
    const { packing, freight, inland } = packCheapest(way, kg, m3)
    packings.push(packing)
    orders += each
    sums.order += each * (order.jointKrw + here.length * order.supplierKrw)
    for (const entry of here)
      sums.collect += each * (entry.supplier.collectFixedKrw + entry.supplier.collectPerKgKrw * entry.kg)
    sums.freight += each * freight
    sums.inland += each * inland
  }
  study.suppliers.forEach((supplier, k) => {
    addHeld(sums, study, supplier, way, (plan.multiples[k] * DAYS_A_YEAR) / plan.ordersPerYear)
  })
  sums.calls += stock.callsPerYear * stock.callKrw
  sums.programme += study.programmeKrwPerYear
  return { ...yearOf(sums, orders), packings }
}

/** Won a year of holding a supplier's goods in the joint stock, ordered every `intervalDays`. */
export function heldKrw(study: ImportStudy, supplier: Supplier, way: Way, intervalDays: number): number {
  const sums = emptySums()
  addHeld(sums, study, supplier, way, intervalDays)
  return IMPORT_COSTS.reduce((sum, line) => sum + sums[line], 0)
}

function addHeld(sums: Sums, study: ImportStudy, supplier: Supplier, way: Way, intervalDays: number): void {
  const { stock } = study
  const daily = supplier.kgPerYear / DAYS_A_YEAR
  const spread = supplier.dailyCv * daily * Math.sqrt(intervalDays + way.leadDays)
  hold(sums, study, supplier, way, {
    cycleKg: (daily * intervalDays) / 2,
    safetyKg: stock.serviceZ * Math.hypot(spread, daily * way.leadSdDays),
    kg: supplier.kgPerYear,
    storageKrwPerM3Day: stock.storageKrwPerM3Day,
  })
  sums.handling += stock.handleKrwPerKg * supplier.kgPerYear
}

type Sums = Record<ImportCost | 'cycleKg' | 'safetyKg' | 'transitKg' | 'co2Kg', number>
const emptySums = (): Sums =>
  Object.fromEntries([...IMPORT_COSTS, 'cycleKg', 'safetyKg', 'transitKg', 'co2Kg'].map((name) => [name, 0])) as Sums

function hold(
  sums: Sums,
  { stock }: ImportStudy,
  supplier: Supplier,
  way: Way,
  held: { cycleKg: number; safetyKg: number; kg: number; storageKrwPerM3Day: number },
): void {
  const { cycleKg, safetyKg, kg, storageKrwPerM3Day } = held
  const transitKg = (kg * way.leadDays) / DAYS_A_YEAR
  const carry = (stockKg: number): number => stockKg * supplier.valueKrwPerKg * stock.carryingRate
  sums.storage += m3Of(cycleKg + safetyKg, supplier) * storageKrwPerM3Day * DAYS_A_YEAR
  sums.cycleStock += carry(cycleKg)
  sums.safetyStock += carry(safetyKg)
  sums.transitStock += carry(transitKg)
  sums.cycleKg += cycleKg
  sums.safetyKg += safetyKg
  sums.transitKg += transitKg
  sums.co2Kg += ((kg / 1000) * way.km * way.co2GPerTkm) / 1000
}

function yearOf(sums: Sums, orders: number): ImportYear {
  const lines = Object.fromEntries(IMPORT_COSTS.map((line) => [line, Math.round(sums[line])])) as Record<
    ImportCost,
    number
  >
  const { cycleKg, safetyKg, transitKg, co2Kg } = sums
  const costKrw = IMPORT_COSTS.reduce((sum, line) => sum + lines[line], 0)
  return { lines, costKrw, orders, cycleKg, safetyKg, transitKg, co2Kg }
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
export const leastCommonMultiple = (a: number, b: number): number => (a / divisor(a, b)) * b
