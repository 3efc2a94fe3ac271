/**
 * Instances of the literature's kinds at any size, as text in the literature's formats: same seed, same text.
 * CVRP after Uchoa et al. (2017), section 3: depot and customers on a grid of 1000, half of the customers in clusters.
 * Pickup and delivery after Li and Lim (2001) on the grid of 500 of their largest. Differs from both: clusters are drawn around their
 * centres with exponential distances, and pairs are drawn directly instead of from the routes of a solution.
 */
import { Random } from '../../solver/random.ts'

type Point = readonly [x: number, y: number]

const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random.unit())
const between = (random: Random, from: number, to: number): number => from + random.below(to - from + 1)
const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by)
const anywhere = (random: Random, side: number): Point => [random.below(side + 1), random.below(side + 1)]

/** A point at an exponential distance, on the grid. */
function near(random: Random, [x, y]: Point, mean: number, side: number): Point {
  for (;;) {
    const reach = exponential(random, mean)
    const angle = random.unit() * 2 * Math.PI
    const point: Point = [Math.round(x + reach * Math.cos(angle)), Math.round(y + reach * Math.sin(angle))]
    if (point.every((value) => value >= 0 && value <= side)) return point
  }
}

/** Half of them in clusters, half anywhere. */
function scatter(random: Random, count: number, side: number): Point[] {
  const centres = Array.from({ length: between(random, 3, 8) }, () => anywhere(random, side))
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? near(random, centres[random.below(centres.length)], side / 20, side) : anywhere(random, side),
  )
}

export interface CvrpShape {
  readonly customers: number
  readonly depot: 'center' | 'random'
  /** customers that fill a vehicle, about */
  readonly perRoute: number
  readonly seed: number
}

export function cvrplibText({ customers, depot, perRoute, seed }: CvrpShape): string {
  const random = new Random(seed)
  const start = depot === 'center' ? ([500, 500] as const) : anywhere(random, 1000)
  const points = [start, ...scatter(random, customers, 1000)]
  const demands = points.map((_, index) => (index === 0 ? 0 : between(random, 1, 100)))
  const total = demands.reduce((sum, demand) => sum + demand, 0)
  return [
    `NAME : cvrp-${customers}-${seed}`,
    'TYPE : CVRP',
    `DIMENSION : ${points.length}`,
    'EDGE_WEIGHT_TYPE : EUC_2D',
    `CAPACITY : ${Math.max(100, Math.ceil((perRoute * total) / customers))}`,
    'NODE_COORD_SECTION',
    ...points.map(([x, y], index) => `${index + 1}\t${x}\t${y}`),
    'DEMAND_SECTION',
    ...demands.map((demand, index) => `${index + 1}\t${demand}`),
    'DEPOT_SECTION',
    '1',
    '-1',
    'EOF',
    '',
  ].join('\n')
}

const SIDE = 500
const HORIZON = 2000
const SERVICE = 10
const CAPACITY = 200

interface Pair {
  readonly pickup: Point
  readonly delivery: Point
  readonly demand: number
  readonly pickupWindow: readonly [number, number]
  readonly deliveryWindow: readonly [number, number]
}

function drawPairs(random: Random, orders: number, depot: Point): Pair[] {
  return scatter(random, orders, SIDE).map((pickup): Pair => {
    const delivery = near(random, pickup, SIDE / 8, SIDE)
    const apart = Math.ceil(distance(pickup, delivery))
    const earliest = Math.ceil(distance(depot, pickup))
    // a vehicle that comes at the middle of the first window reaches the middle of the second, and the depot in time
    const lastDelivery = HORIZON - SERVICE - Math.ceil(distance(delivery, depot))
    const atPickup = between(random, earliest, lastDelivery - SERVICE - apart)
    const atDelivery = Math.min(lastDelivery, atPickup + SERVICE + apart + random.below(60))
    const half = random.below(2) === 0 ? 15 : 120
    return {
      pickup,
      delivery,
      demand: between(random, 1, 40),
      pickupWindow: [Math.max(earliest, atPickup - half), Math.min(lastDelivery - SERVICE - apart, atPickup + half)],
      deliveryWindow: [Math.max(earliest, atDelivery - half), Math.min(lastDelivery, atDelivery + half)],
    }
  })
}

/** Order k is picked up at node 2k + 1 and delivered at 2k + 2. */
function pairsText(pairs: readonly Pair[], depot: Point): string {
  const rows = pairs.flatMap(({ pickup, delivery, demand, pickupWindow, deliveryWindow }, k) => [
    [2 * k + 1, ...pickup, demand, ...pickupWindow, SERVICE, 0, 2 * k + 2],
    [2 * k + 2, ...delivery, -demand, ...deliveryWindow, SERVICE, 2 * k + 1, 0],
  ])
  const all = [[pairs.length, CAPACITY, 1], [0, ...depot, 0, 0, HORIZON, 0, 0, 0], ...rows]
  return `${all.map((row) => row.join('\t')).join('\n')}\n`
}

export function lilimText({ orders, seed }: { readonly orders: number; readonly seed: number }): string {
  const depot: Point = [SIDE / 2, SIDE / 2]
  return pairsText(drawPairs(new Random(seed), orders, depot), depot)
}

/** The same pairs with three sizes of truck, fewer than would carry all, and a price of going direct for every order. */
export function optionalText(
  { orders, seed }: { readonly orders: number; readonly seed: number },
  baseFile: string,
): { readonly base: string; readonly json: string } {
  const depot: Point = [SIDE / 2, SIDE / 2]
  const random = new Random(seed)
  const pairs = drawPairs(random, orders, depot)
  const count = Math.ceil(orders / 30)
  const file = {
    name: `optional-${orders}-${seed}`,
    base_file: baseFile,
    format: 'lilim',
    fleet: [
      { type: 'small', capacity: 100, fixed: 120, unit_cost: 0.85, count },
      { type: 'medium', capacity: 200, fixed: 170, unit_cost: 1, count },
      { type: 'large', capacity: 300, fixed: 220, unit_cost: 1.2, count },
    ],
    orders: pairs.map(({ pickup, delivery, demand }, k) => {
      const price = (40 + distance(pickup, delivery) + demand) * (0.75 + random.unit() / 2)
      return { pickup: 2 * k + 1, delivery: 2 * k + 2, direct_cost: Math.round(price * 10) / 10 }
    }),
  }
  return { base: pairsText(pairs, depot), json: `${JSON.stringify(file, null, 1)}\n` }
}
