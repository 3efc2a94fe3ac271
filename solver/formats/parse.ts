/** Readers of the literature's files. Each throws `FormatError` with the line that cannot be read. */
import { arcsFromCells, arcsFromPoints } from '../arcs.ts'
import type { Fleet, Literature, Node } from './literature.ts'

export class FormatError extends Error {
  override name = 'FormatError'
}

const UNLIMITED = Number.POSITIVE_INFINITY

const numbers = (line: string): number[] => line.trim().split(/\s+/).filter(Boolean).map(Number)
const rowsOf = (text: string): string[] => text.split(/\r?\n/)

function readRow(line: string, columns: number, what: string): number[] {
  const row = numbers(line)
  if (row.length < columns || row.slice(0, columns).some((value) => !Number.isFinite(value)))
    throw new FormatError(`${what}: "${line.trim().slice(0, 60)}" should hold ${columns} numbers`)
  return row
}

/** Refuses what cannot be searched, whatever the format: no trucks, no nodes, orders at nodes that are not there. */
function checked(literature: Literature): Literature {
  const { nodes, fleet, orders } = literature
  if (nodes.length === 0) throw new FormatError('there is no depot')
  if (fleet.length === 0) throw new FormatError('there are no vehicles')
  for (const truck of fleet)
    if (![truck.capacity, truck.fixed, truck.unitCost].every(Number.isFinite) || !(truck.count >= 0))
      throw new FormatError('a vehicle type lacks its count, capacity, fixed cost or cost per distance')
  for (const { pickup, delivery = pickup } of orders)
    for (const node of [pickup, delivery])
      if (!Number.isInteger(node) || node < 1 || node >= nodes.length)
        throw new FormatError(`an order names node ${node}, which is not in the file`)
  return literature
}

/** CVRPLIB (TSPLIB) with EUC_2D distances rounded to the nearest integer. Uchoa et al. 2017. */
export function parseCvrplib(text: string): Literature {
  const field = (name: string) => new RegExp(`^${name}\\s*:\\s*"?([^"\\r\\n]*?)"?\\s*$`, 'm').exec(text)?.[1]?.trim()
  const dimension = Number(field('DIMENSION'))
  const capacity = Number(field('CAPACITY'))
  const kind = field('EDGE_WEIGHT_TYPE')
  if (!Number.isInteger(dimension) || dimension < 2) throw new FormatError('DIMENSION is missing')
  if (!(capacity > 0)) throw new FormatError('CAPACITY is missing')
  if (kind !== 'EUC_2D') throw new FormatError(`EDGE_WEIGHT_TYPE ${kind ?? 'is missing'}: only EUC_2D is read`)
  const rows = rowsOf(text)
  const section = (name: string, columns: number): number[][] => {
    const at = rows.findIndex((row) => row.trim().startsWith(name))
    if (at < 0) throw new FormatError(`${name} is missing`)
    return rows.slice(at + 1, at + 1 + dimension).map((row) => readRow(row, columns, name))
  }
  const places = section('NODE_COORD_SECTION', 3)
  const points = places.map(([, x, y]) => [x, y] as const)
  const demands = section('DEMAND_SECTION', 2)
  const nodes = places.map(([id], index): Node => {
    if (demands[index][0] !== id) throw new FormatError('DEMAND_SECTION lists other nodes than NODE_COORD_SECTION')
    return { id: index, demand: demands[index][1], ready: 0, due: UNLIMITED, service: 0 }
  })
  return checked({
    name: field('NAME') ?? '',
    nodes,
    distance: arcsFromPoints(points, true),
    fleet: [{ count: UNLIMITED, capacity, fixed: 0, unitCost: 1 }],
    orders: nodes.slice(1).map((_, index) => ({ pickup: index + 1 })),
    objective: 'distance',
  })
}

/** Solomon 1987, Gehring and Homberger 1999. */
export function parseSolomon(text: string): Literature {
  const rows = rowsOf(text).filter((row) => row.trim() !== '')
  const fleetAt = rows.findIndex((row) => /NUMBER\s+CAPACITY/i.test(row))
  const customersAt = rows.findIndex((row) => /CUST/i.test(row) && /COORD/i.test(row))
  if (fleetAt < 0 || customersAt < 0) throw new FormatError('the NUMBER CAPACITY and CUST NO. headings are missing')
  const [count, capacity] = readRow(rows[fleetAt + 1] ?? '', 2, 'NUMBER CAPACITY')
  const table = rows.slice(customersAt + 1).map((row) => readRow(row, 7, 'customer'))
  const nodes = table.map(([id, , , demand, ready, due, service]): Node => ({ id, demand, ready, due, service }))
  const points = table.map(([, x, y]) => [x, y] as const)
  return checked({
    name: rows[0].trim(),
    nodes,
    distance: arcsFromPoints(points, false),
    fleet: [{ count, capacity, fixed: 0, unitCost: 1 }],
    orders: nodes.slice(1).map((_, index) => ({ pickup: index + 1 })),
    objective: 'vehicles',
  })
}

/** Li and Lim 2001: one line K Q speed, then id x y demand ready due service pickup delivery. */
export function parseLilim(text: string): Literature {
  const rows = rowsOf(text).filter((row) => row.trim() !== '')
  const [count, capacity] = readRow(rows[0] ?? '', 2, 'first line')
  const table = rows.slice(1).map((row) => readRow(row, 9, 'node'))
  const points = table.map(([, x, y]) => [x, y] as const)
  const nodes = table.map(([id, , , demand, ready, due, service]): Node => ({ id, demand, ready, due, service }))
  const orders = table.flatMap((row, index) => (index > 0 && row[8] > 0 ? [{ pickup: index, delivery: row[8] }] : []))
  return checked({
    name: '',
    nodes,
    distance: arcsFromPoints(points, false),
    fleet: [{ count, capacity, fixed: 0, unitCost: 1 }],
    orders,
    objective: 'vehicles',
  })
}

/** Sartori and Buriol 2020: id lat lon demand ready due service pickup delivery, and a matrix of minutes. */
export function parseSartori(text: string): Literature {
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*?)\\s*$`, 'm').exec(text)?.[1]
  const size = Number(field('SIZE'))
  const capacity = Number(field('CAPACITY'))
  const rows = rowsOf(text)
  const nodesAt = rows.findIndex((row) => row.trim() === 'NODES')
  const edgesAt = rows.findIndex((row) => row.trim() === 'EDGES')
  if (!Number.isInteger(size) || nodesAt < 0 || edgesAt < 0) throw new FormatError('SIZE, NODES or EDGES is missing')
  const table = rows.slice(nodesAt + 1, nodesAt + 1 + size).map((row) => readRow(row, 9, 'NODES'))
  const distance = new Float64Array(size * size)
  const matrix = rows.slice(edgesAt + 1, edgesAt + 1 + size).filter((row) => row.trim() !== '')
  if (matrix.length < size) throw new FormatError(`EDGES: ${size} rows announced, ${matrix.length} found`)
  matrix.forEach((row, from) => {
    distance.set(readRow(row, size, 'EDGES').slice(0, size), from * size)
  })
  return checked({
    name: field('NAME') ?? '',
    nodes: table.map(([id, , , demand, ready, due, service]) => ({ id, demand, ready, due, service })),
    distance: arcsFromCells(size, distance),
    fleet: [{ count: UNLIMITED, capacity, fixed: 0, unitCost: 1 }],
    orders: table.flatMap((row, index) => (index > 0 && row[8] > 0 ? [{ pickup: index, delivery: row[8] }] : [])),
    objective: 'vehicles',
  })
}

/** Heterogeneous fleets: comment lines, then N T range service …, T lines number capacity fixed unit, depot, customers. Taillard 1999. */
export function parseHfvrp(text: string): Literature {
  const rows = rowsOf(text).filter((row) => row.trim() !== '' && !row.trim().startsWith('//'))
  const [customers, kinds] = readRow(rows[0] ?? '', 2, 'first line')
  const fleet = rows.slice(1, 1 + kinds).map((row): Fleet => {
    const [count, capacity, fixed, unitCost] = readRow(row, 4, 'vehicle type')
    return { count, capacity, fixed, unitCost }
  })
  const [depotX, depotY] = readRow(rows[1 + kinds] ?? '', 2, 'depot')
  const table = rows.slice(2 + kinds, 2 + kinds + customers).map((row) => readRow(row, 3, 'customer'))
  if (table.length < customers) throw new FormatError(`${customers} customers announced, ${table.length} found`)
  const depot: Node = { id: 0, demand: 0, ready: 0, due: UNLIMITED, service: 0 }
  return checked({
    name: '',
    nodes: [depot, ...table.map(([, , demand], index) => ({ ...depot, id: index + 1, demand }))],
    distance: arcsFromPoints([[depotX, depotY], ...table.map(([x, y]) => [x, y] as const)], false),
    fleet,
    orders: table.map((_, index) => ({ pickup: index + 1 })),
    objective: 'cost',
  })
}

interface OptionalFile {
  readonly name: string
  readonly base_file: string
  readonly format: 'lilim' | 'sartori'
  readonly fleet: readonly { capacity: number; fixed: number; unit_cost: number; count: number }[]
  readonly orders: readonly { pickup: number; delivery: number; direct_cost: number }[]
}

/** A pickup-and-delivery instance with a limited mixed fleet and a price for going direct. `readBase` reads the file beside it. */
export function parseOptional(text: string, readBase: (name: string) => string): Literature {
  let file: OptionalFile
  try {
    file = JSON.parse(text) as OptionalFile
  } catch (error) {
    throw new FormatError(`not JSON: ${(error as Error).message}`)
  }
  if (!file?.base_file || !Array.isArray(file.fleet) || !Array.isArray(file.orders))
    throw new FormatError('base_file, fleet or orders is missing')
  const base = (file.format === 'sartori' ? parseSartori : parseLilim)(readBase(file.base_file))
  if (file.orders.some(({ direct_cost }) => !Number.isFinite(direct_cost)))
    throw new FormatError('an order lacks its direct_cost')
  return checked({
    ...base,
    name: file.name,
    fleet: file.fleet.map(({ count, capacity, fixed, unit_cost }) => ({ count, capacity, fixed, unitCost: unit_cost })),
    orders: file.orders.map(({ pickup, delivery, direct_cost }) => ({ pickup, delivery, directCost: direct_cost })),
    objective: 'cost',
  })
}
