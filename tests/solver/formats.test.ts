import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Highs, loadHighs } from '../../solver/columns/lp.ts'
import {
  evaluateSolution,
  FORMATS,
  type Format,
  FormatError,
  type InstanceStep,
  type Literature,
  parseInstance,
  solveInstance,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'

const noBase = (name: string): string => {
  throw new Error(`asked for ${name}`)
}
const parse = (text: string, format: Format, base = ''): Literature =>
  parseInstance(text, format, base ? () => base : noBase)

function solve(literature: Literature, iterations = 300, seed = 1): InstanceStep {
  let last: InstanceStep | undefined
  for (const step of solveInstance(literature, { seed, iterations })) last = step
  return last!
}
const linesOf = ({ solution }: InstanceStep): string[] => solution.trim().split('\n')

describe('cvrplib', () => {
  // the corners of a square of 10: depot at the origin, 1 at (10, 0), 2 at (10, 10), 3 at (0, 10); the diagonal is 14.14, rounded to 14
  const square = (capacity: number) => `NAME : square
COMMENT : "by hand"
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : ${capacity}
NODE_COORD_SECTION
1 0 0
2 10 0
3 10 10
4 0 10
DEMAND_SECTION
1 0
2 1
3 1
4 1
DEPOT_SECTION
 1
 -1
EOF
`
  test('one tour round the square is 40, in either direction', () => {
    const best = solve(parse(square(3), 'cvrplib'))
    expect(best).toMatchObject({ cost: 40, vehicles: 1, feasible: true, faults: [] })
    // customers count from 1: node 2 of the file is customer 1
    expect(['Route #1: 1 2 3', 'Route #1: 3 2 1']).toContain(linesOf(best)[0])
    expect(linesOf(best)[1]).toBe('Cost 40')
  })

  test('with room for two, a corner tour of 10 + 10 + 14 and one of 20', () => {
    expect(solve(parse(square(2), 'cvrplib'))).toMatchObject({ cost: 54, vehicles: 2, feasible: true })
  })

  test('each alone costs 20 + 28 + 20', () => {
    expect(solve(parse(square(1), 'cvrplib'))).toMatchObject({ cost: 68, vehicles: 3 })
  })

  test('reads Windows line ends', () => {
    expect(solve(parse(square(3).replaceAll('\n', '\r\n'), 'cvrplib')).cost).toBe(40)
  })
})

describe('solomon', () => {
  // customers at (10, 0) and (20, 0), 10 of service each
  const line = (lastDue: number, count = 5) => `LINE

VEHICLE
NUMBER     CAPACITY
  ${count}          10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0          0         0          0        100          0
    1     10          0         4          0         10         10
    2     20          0         4          0         ${lastDue}         10
`
  test('one vehicle reaches the second customer at 30', () => {
    // 10 to customer 1, 10 of service, 10 on
    const best = solve(parse(line(30), 'solomon'))
    expect(best).toMatchObject({ cost: 40, vehicles: 1, feasible: true })
    expect(linesOf(best)).toEqual(['Route #1: 1 2', 'Cost 40'])
  })

  test('where it closes at 25, two are needed: 20 + 40', () => {
    expect(solve(parse(line(25), 'solomon'))).toMatchObject({ cost: 60, vehicles: 2, feasible: true })
  })

  test('where there is only one vehicle, what is left out is a fault, not an error', () => {
    const best = solve(parse(line(25, 1), 'solomon'))
    expect(best.feasible).toBe(false)
    expect(best.faults).toHaveLength(1)
  })

  test('distances are not rounded', () => {
    const diagonal = line(60).replace('20          0         4', '20         20         4')
    // 10 + √(100 + 400) + √800
    expect(solve(parse(diagonal, 'solomon')).cost).toBeCloseTo(10 + Math.sqrt(500) + Math.sqrt(800), 9)
  })

  test('vehicles come first: one long tour rather than two short ones', () => {
    // two customers on opposite sides: apart 20 + 20, in one tour 10 + 20 + 10 = 40 as well; a third further out on one side
    const text = line(100)
      .replace('20          0         4', '-10          0         4')
      .replace('         10         10\n', '        100         10\n')
    expect(solve(parse(text, 'solomon')).vehicles).toBe(1)
  })
})

/** pairs 1 → 2 and 3 → 4 on a line: pickups at 10 and 30, deliveries at 20 and 40 */
const pairs = (second = '4\t40\t0\t-5\t0\t200\t0\t3\t0') => `2\t8\t1
0\t0\t0\t0\t0\t200\t0\t0\t0
1\t10\t0\t5\t0\t200\t0\t0\t2
2\t20\t0\t-5\t0\t200\t0\t1\t0
3\t30\t0\t5\t0\t200\t0\t0\t4
${second}
`

describe('lilim', () => {
  test('both pairs in one tour to the end of the line and back', () => {
    const best = solve(parse(pairs(), 'lilim'))
    expect(best).toMatchObject({ cost: 80, vehicles: 1, feasible: true })
    expect(linesOf(best)).toEqual(['Route #1: 1 2 3 4', 'Cost 80'])
  })

  test('a delivery that closes early asks for a second vehicle', () => {
    // at 40 by 40: straight there over 3; then 1 and 2 wait for the way back, 40 + 30 + 10 + 20 = 100, or another vehicle: 80 + 40
    const best = solve(
      parse(pairs('4\t40\t0\t-5\t0\t40\t0\t3\t0').replace('1\t10\t0\t5\t0\t200', '1\t10\t0\t5\t0\t5'), 'lilim'),
    )
    // 1 closes at 5 and is 10 away: nobody can
    expect(best.feasible).toBe(false)
  })
})

describe('sartori', () => {
  const text = `NAME: small
LOCATION: nowhere
TYPE: PDPTW
SIZE: 3
CAPACITY: 10
NODES
0 41.4 2.1 0 0 240 0 0 0
1 41.5 2.2 5 0 100 3 0 2
2 41.6 2.3 -5 0 100 3 1 0
EDGES
0 7 20
9 0 11
13 20 0
EOF
`
  test('takes minutes from the matrix, which has a direction', () => {
    // 7 to the pickup, 11 to the delivery, 13 home
    const best = solve(parse(text, 'sartori'))
    expect(best).toMatchObject({ cost: 31, vehicles: 1, feasible: true })
    expect(linesOf(best)).toEqual(['Route #1: 1 2', 'Cost 31'])
  })

  test('service takes time but costs nothing', () => {
    // at the delivery after 7 + 3 + 11 = 21
    expect(solve(parse(text.replace('2 41.6 2.3 -5 0 100', '2 41.6 2.3 -5 0 21'), 'sartori')).feasible).toBe(true)
    expect(solve(parse(text.replace('2 41.6 2.3 -5 0 100', '2 41.6 2.3 -5 0 20'), 'sartori')).feasible).toBe(false)
  })
})

describe('hfvrp', () => {
  // two customers of 10 at (10, 0)
  const fleet = (large: string) => ` //a comment
 2 2 999999.0 0.0 1 1
 2 10 100 1.0
 ${large}
 0 0
 10 0 10
 10 0 10
`
  test('one large truck is cheaper than two small ones, and named by its type', () => {
    // 150 + 20 against 2 × (100 + 20)
    const best = solve(parse(fleet('1 20 150 1.0'), 'hfvrp'))
    expect(best).toMatchObject({ cost: 170, vehicles: 1, feasible: true })
    expect(linesOf(best)[0]).toMatch(/^Route #1 type 2: (1 2|2 1)$/)
    expect(linesOf(best)[1]).toBe('Cost 170')
  })

  test('two small ones where the large one is dear by the kilometre', () => {
    // 150 + 8 × 20 = 310 against 240
    expect(solve(parse(fleet('1 20 150 8.0'), 'hfvrp'))).toMatchObject({ cost: 240, vehicles: 2, feasible: true })
  })

  test('no more trucks of a type than there are', () => {
    // one small and one large: 120 + 150 + 20 against 170 for the large one alone
    const few = parse(fleet('0 20 150 1.0'), 'hfvrp')
    expect(solve(few)).toMatchObject({ cost: 240, vehicles: 2, feasible: true })
  })
})

describe('optional', () => {
  const file = (more: object = {}) =>
    JSON.stringify({
      name: 'choice',
      base_file: 'pairs.txt',
      format: 'lilim',
      fleet: [{ type: 'van', capacity: 8, fixed: 10, unit_cost: 2, count: 1 }],
      orders: [
        { pickup: 1, delivery: 2, direct_cost: 1000 },
        { pickup: 3, delivery: 4, direct_cost: 5 },
      ],
      ...more,
    })

  test('carries what is dear to send direct, and names the pickups of what goes direct', () => {
    // 1 and 2: 10 + 2 × 40 = 90, and 5 for the other; both: 10 + 2 × 80 = 170
    const best = solve(parse(file(), 'optional', pairs()))
    expect(best).toMatchObject({ cost: 95, vehicles: 1, feasible: true })
    expect(linesOf(best)).toEqual(['Route #1: 1 2', 'Direct: 3', 'Cost 95'])
  })

  test('sends everything direct where that is cheapest', () => {
    const orders = [
      { pickup: 1, delivery: 2, direct_cost: 50 },
      { pickup: 3, delivery: 4, direct_cost: 5 },
    ]
    const best = solve(parse(file({ orders }), 'optional', pairs()))
    expect(best).toMatchObject({ cost: 55, vehicles: 0, feasible: true })
    expect(linesOf(best)).toEqual(['Direct: 1 3', 'Cost 55'])
  })

  test('puts the routes met together anew where cost comes first, the same bytes for a seed', async () => {
    const loaded = await loadHighs()
    let asked = 0
    const createModel = () => {
      asked++
      return loaded.createModel()
    }
    const highs: Highs = { ...loaded, createModel }
    const random = new Random(7)
    const draw = (most: number) => random.below(most)
    const nodes = Array.from({ length: 48 }, (_, k) => {
      const [demand, pickup, delivery] = k % 2 === 0 ? [2, 0, k + 2] : [-2, k, 0]
      return [k + 1, draw(100), draw(100), demand, 0, 900, 2, pickup, delivery].join('\t')
    })
    const base = ['9\t8\t1', '0\t50\t50\t0\t0\t900\t0\t0\t0', ...nodes].join('\n')
    const orders = nodes.flatMap((_, k) =>
      k % 2 === 0 ? [{ pickup: k + 1, delivery: k + 2, direct_cost: 40 + draw(30) }] : [],
    )
    const types = [
      { capacity: 6, fixed: 40, unit_cost: 1, count: 4 },
      { capacity: 8, fixed: 50, unit_cost: 1.1, count: 4 },
    ]
    const literature = parse(file({ orders, fleet: types }), 'optional', base)
    const last = (objective: 'cost' | 'vehicles') => {
      asked = 0
      let best: InstanceStep | undefined
      for (const step of solveInstance(literature, { seed: 1, iterations: 1000, objective, recombine: { highs } }))
        best = step
      return { cost: best!.cost, feasible: best!.feasible, solution: best!.solution, asked }
    }
    const best = last('cost')
    expect(best).toMatchObject({ feasible: true })
    expect(best.asked).toBeGreaterThan(2)
    expect(last('cost')).toEqual(best)
    expect(last('vehicles').asked).toBe(0)
  })

  test('asks for the file beside it by its name', () => {
    expect(() => parseInstance(file(), 'optional', noBase)).toThrow('asked for pairs.txt')
  })
})

describe('a solution that cannot be', () => {
  const literature = parse(
    JSON.stringify({
      name: 'choice',
      base_file: 'pairs.txt',
      format: 'lilim',
      fleet: [
        { capacity: 8, fixed: 10, unit_cost: 1, count: 1 },
        { capacity: 10, fixed: 20, unit_cost: 1, count: 1 },
      ],
      orders: [
        { pickup: 1, delivery: 2, direct_cost: 100 },
        { pickup: 3, delivery: 4, direct_cost: 5 },
      ],
    }),
    'optional',
    pairs('4\t40\t0\t-5\t0\t45\t0\t3\t0'),
  )
  const faultsOf = (...lines: string[]) => evaluateSolution(literature, lines.join('\n')).faults

  test('one that can be has no faults', () => {
    expect(faultsOf('Route #1 type 1: 1 2 3 4')).toEqual([])
    expect(evaluateSolution(literature, 'Route #1 type 2: 1 2\nDirect: 3')).toMatchObject({ cost: 65, feasible: true })
  })

  test.each<[string, string[], RegExp]>([
    ['too much on board', ['Route #1 type 1: 1 3 2 4'], /10 on board, capacity 8/],
    ['late', ['Route #1 type 1: 3 1 2 4'], /node 4 .* late/],
    ['delivered before its pickup', ['Route #1 type 1: 2 1 3 4'], /2 delivered before its pickup/],
    ['never delivered', ['Route #1 type 1: 1 3 4'], /never delivered/],
    ['delivered by another truck', ['Route #1 type 1: 1', 'Route #2 type 2: 2 3 4'], /never delivered/],
    ['served twice on one route', ['Route #1 type 1: 1 2 1 2 3 4'], /node 1 is served 2 times/],
    ['served on two routes', ['Route #1 type 1: 1 2 3 4', 'Route #2 type 2: 1 2'], /node 1 is served 2 times/],
    ['served and direct', ['Route #1 type 1: 1 2 3 4', 'Direct: 3'], /node 3 is served 2 times/],
    ['left out', ['Route #1 type 1: 1 2'], /node 3 is served 0 times/],
    ['nothing', [''], /node 1 is served 0 times/],
    ['a node that is not there', ['Route #1 type 1: 1 2 3 4 9'], /node 9 is not in the instance/],
    ['the depot', ['Route #1 type 1: 0 1 2 3 4 0'], /node 0 is not in the instance/],
    ['a word', ['Route #1 type 1: 1 2 3 4 home'], /node NaN is not in the instance/],
    ['a type that is not there', ['Route #1 type 3: 1 2 3 4'], /no such vehicle type/],
    ['more trucks than there are', ['Route #1 type 1: 1 2', 'Route #2 type 1: 3 4'], /2 of type 1 used, 1 there are/],
    ['a delivery that goes direct', ['Route #1 type 1: 1 2', 'Direct: 4'], /Direct: 4 is no pickup/],
  ])('%s', (_, lines, fault) => {
    expect(faultsOf(...lines).join('\n')).toMatch(fault)
    expect(evaluateSolution(literature, lines.join('\n')).feasible).toBe(false)
  })
})

describe('a file that cannot be read', () => {
  const good: Record<Exclude<Format, 'optional'>, string> = {
    cvrplib: `DIMENSION : 2\nCAPACITY : 1\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 1 1\nDEMAND_SECTION\n1 0\n2 1\n`,
    solomon: `A\nNUMBER CAPACITY\n1 10\nCUST NO. XCOORD. YCOORD.\n0 0 0 0 0 9 0\n1 1 1 1 0 9 0\n`,
    lilim: pairs(),
    sartori: `SIZE: 3\nCAPACITY: 9\nNODES\n0 1 1 0 0 9 0 0 0\n1 1 1 5 0 9 0 0 2\n2 1 1 -5 0 9 0 1 0\nEDGES\n0 1 1\n1 0 1\n1 1 0\n`,
    hfvrp: `1 1 9 0 1 1\n1 10 1 1\n0 0\n1 1 5\n`,
  }
  const formats = Object.keys(good) as (keyof typeof good)[]

  test.each(formats)('%s: the small example is read', (format) => {
    expect(parse(good[format], format).orders.length).toBeGreaterThan(0)
  })

  test.each(FORMATS)('%s: empty, or something else', (format) => {
    for (const text of ['', '\n\n', 'hello', '{}', '<html></html>', '\u0000\u0001', '[]', 'null'])
      expect(() => parse(text, format, ' '), JSON.stringify(text)).toThrow(FormatError)
  })

  test.each(formats)('%s: a word where a number should be', (format) => {
    // in the last row
    expect(() => parse(good[format].replace(/\S+(\s*)$/, 'x$1'), format)).toThrow(FormatError)
  })

  test('cvrplib: distances of another kind', () => {
    expect(() => parse(good.cvrplib.replace('EUC_2D', 'EXPLICIT'), 'cvrplib')).toThrow(/EXPLICIT/)
  })

  test('hfvrp: fewer customers than announced', () => {
    expect(() => parse(good.hfvrp.replace('1 1 9', '3 1 9'), 'hfvrp')).toThrow(/3 customers announced, 1 found/)
  })

  test.each<[string, Format, string]>([
    ['solomon: no depot', 'solomon', `A\nNUMBER CAPACITY\n1 10\nCUST NO. XCOORD. YCOORD.\n`],
    ['lilim: no nodes', 'lilim', '2 8 1\n'],
    ['lilim: a delivery that is not there', 'lilim', pairs().replace('0\t0\t4\n', '0\t0\t9\n')],
    ['sartori: a matrix that is cut short', 'sartori', good.sartori.replace('\n1 0 1\n1 1 0\n', '')],
    ['sartori: a delivery that is not there', 'sartori', good.sartori.replace('9 0 0 2', '9 0 0 7')],
    [
      'cvrplib: demands in another order than coordinates',
      'cvrplib',
      good.cvrplib.replace('1 0\n2 1\n', '2 1\n1 0\n').replace('1 0 0\n2 1 1', '1 0 0\n2 1 1'),
    ],
    ['hfvrp: no trucks', 'hfvrp', '1 0 9 0 1 1\n0 0\n1 1 5\n'],
  ])('%s', (_, format, text) => {
    expect(() => solve(parse(text, format), 5)).toThrow(FormatError)
  })

  test.each<[string, object]>([
    ['an order at a node that is not there', { orders: [{ pickup: 1, delivery: 77, direct_cost: 1 }] }],
    ['an order without a price', { orders: [{ pickup: 1, delivery: 2 }] }],
    ['a truck without a capacity', { fleet: [{ fixed: 1, unit_cost: 1, count: 1 }] }],
  ])('optional: %s', (_, more) => {
    const sound = {
      name: 'n',
      base_file: 'b',
      format: 'lilim',
      fleet: [{ capacity: 8, fixed: 1, unit_cost: 1, count: 1 }],
      orders: [{ pickup: 1, delivery: 2, direct_cost: 1 }],
    }
    expect(() => solve(parse(JSON.stringify({ ...sound, ...more }), 'optional', pairs()), 5)).toThrow(FormatError)
  })
})

test('the same seed and iterations give the same solution', () => {
  const literature = parse(pairs(), 'lilim')
  expect(solve(literature, 100, 7).solution).toBe(solve(literature, 100, 7).solution)
})

/** Instances of the literature, where somebody has put them beside the repository. */
const folder = new URL('../../../shared/benchmarks/', import.meta.url)

describe.skipIf(!existsSync(folder))(
  'instances of the literature (skipped where ../shared/benchmarks is not there)',
  () => {
    test.each<[string, Format, number, number, number]>([
      // best known: Uchoa et al. 2017; Solomon 1987; Li and Lim 2001
      ['cvrplib/X-n101-k25.vrp', 'cvrplib', 27_591, Number.POSITIVE_INFINITY, 4000],
      ['solomon/R101.txt', 'solomon', 1650.8, 20, 6000],
      ['lilim/lr112.txt', 'lilim', 1003.77, 10, 6000],
    ])('%s: feasible and within a tenth of the best known', (path, format, bestKnown, vehicles, iterations) => {
      const best = solve(parse(readFileSync(new URL(path, folder), 'utf8'), format), iterations)
      expect(best.faults).toEqual([])
      expect(best.cost).toBeLessThan(1.1 * bestKnown)
      expect(best.vehicles).toBeLessThanOrEqual(vehicles)
    })
  },
)
