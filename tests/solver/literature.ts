/** Small random instances in the literature's forms. */
import { scaleArcs } from '../../solver/arcs.ts'
import { parseInstance } from '../../solver/formats/index.ts'
import { makeInstance } from '../../solver/formats/literature.ts'
import type { Instance } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'

/** Ten pairs, or twenty single visits, as a small file of the format says them. */
export function randomInstance(format: 'lilim' | 'solomon' | 'cvrplib', seed: number): Instance {
  const text = format === 'cvrplib' ? cvrpText(seed) : randomText(format, seed, 10)
  return makeInstance(parseInstance(text, format, () => ''))
}

/** A Li-Lim file of pairs, or a Solomon file of single visits, with windows that bite. */
function randomText(format: 'lilim' | 'solomon', seed: number, pairs: number): string {
  const random = new Random(seed)
  const number = (from: number, to: number) => from + random.below(to - from + 1)
  const rows = Array.from({ length: 2 * pairs }, (_, k) => {
    const ready = number(0, 300)
    const pickup = k % 2 === 0
    const demand = pickup || format === 'solomon' ? number(1, 20) : 0
    return { id: k + 1, x: number(0, 60), y: number(0, 60), demand, ready, due: ready + number(40, 400), service: 10 }
  })
  if (format === 'solomon') {
    const lines = rows.map((r) => [r.id, r.x, r.y, r.demand, r.ready, r.due, r.service].join(' '))
    return `R\n\nVEHICLE\nNUMBER CAPACITY\n25 60\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY DUE SERVICE\n\n0 30 30 0 0 900 0\n${lines.join('\n')}\n`
  }
  const lines = rows.map((r, k) => {
    const pickup = k % 2 === 0
    const demand = pickup ? r.demand : -rows[k - 1].demand
    return [r.id, r.x, r.y, demand, r.ready, r.due, r.service, pickup ? 0 : r.id - 1, pickup ? r.id + 1 : 0].join('\t')
  })
  return `25\t60\t1\n0\t30\t30\t0\t0\t900\t0\t0\t0\n${lines.join('\n')}\n`
}

const cvrpText = (seed: number): string => {
  const random = new Random(seed)
  const nodes = Array.from({ length: 21 }, (_, k) => `${k + 1} ${random.below(100)} ${random.below(100)}`)
  const demands = nodes.map((_, k) => `${k + 1} ${k === 0 ? 0 : 1 + random.below(9)}`)
  return `NAME : t\nTYPE : CVRP\nDIMENSION : 21\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 30\nNODE_COORD_SECTION\n${nodes.join('\n')}\nDEMAND_SECTION\n${demands.join('\n')}\nDEPOT_SECTION\n1\n-1\nEOF\n`
}

/** The same, for the general kernel. */
export const asGeneral = (instance: Instance): Instance => ({ ...instance, traits: 'general' })

/** The same with three kinds of trucks, few of each, and orders of which most may go direct; two of the kinds hold the same. */
export function priced(instance: Instance, seed: number): Instance {
  const random = new Random(seed)
  const [base] = instance.types
  const kinds = [
    { capacity: 25, baseCost: 20, unit: 0.8, count: 2 },
    { capacity: 40, baseCost: 35, unit: 1, count: 1 },
    { capacity: 40, baseCost: 10, unit: 1.3, count: 1 },
  ]
  const types = kinds.map(({ capacity, baseCost, unit, count }, vehicle) => ({
    ...base,
    vehicle,
    count,
    baseCost,
    capacity: Float64Array.of(capacity),
    arcCost: scaleArcs(base.arcCost, unit),
  }))
  return {
    ...instance,
    types,
    directCost: Float64Array.from({ length: instance.orders }, () =>
      random.below(8) === 0 ? Number.POSITIVE_INFINITY : 20 + random.below(60),
    ),
    allowed: new Uint8Array(types.length * instance.orders).fill(1),
    carryCost: new Float64Array(types.length * instance.orders),
  }
}
